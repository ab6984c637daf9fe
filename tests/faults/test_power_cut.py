"""The power fails at any system call: what was told stays true, whatever the disk had not yet written."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bench.power import AfterCut, laid_down, power_cuts, without_directory_syncs
from bench.traced import Recording, applied, on_disk, recorded
from central_platform.opening import Keyring
from config.bundle import packed
from config.catalogue import SHIPPED
from config.published import CONFIGURATION, published_layer
from kiosk.terminal.catalogues import Catalogues
from offline_queue.contract_files import canonical
from offline_queue.failures import QueueDamaged, QueueFailure
from offline_queue.queue_values import Sealed
from offline_queue.salvage import salvage
from tests.faults.conftest import Tell
from tests.faults.figures import Figures
from tests.faults.judging import Told, judge_queue
from tests.faults.writing import AREA, BUNDLE_KEY, COPY, QUEUE, opened, work_the_queue
from tests.offline_queue.samples import terminal_key, written_down

SEED = 20261122
LONG_MARKS = [pytest.mark.long, pytest.mark.timeout(3600)]
SHORT, LONG = 50, 20_000
"""States a kind of work; there are six."""

WEAK = 80
"""States in which a weakened variant must be caught."""

SOURCES = (
    "items/id_card_renewal.yaml",
    "district/district.yaml",
    "district/papers.yaml",
    "district/themes.yaml",
    "district/departments/statistics.yaml",
    "calendar/2026.yaml",
)
"""A catalogue as small as can be: every state of the disk has it twice."""

CARD_S = 60
"""The settings' number is told by the one that they set: this and the number."""

SCHEMA = Path(__file__).parents[1] / "offline_queue/schemas/1_first.sql"

Judge = Callable[[Path, AfterCut], set[str]]

counts = pytest.mark.parametrize(
    "count", [pytest.param(SHORT, id="short"), pytest.param(LONG, id="long", marks=LONG_MARKS)]
)


@pytest.fixture(scope="module")
def envelopes(tmp_path_factory: pytest.TempPathFactory, terminal: Path) -> Path:
    directory = tmp_path_factory.mktemp("envelopes")
    for number in range(1, 9):
        application_id = f"00000000-0000-4000-8000-{number:012}"
        written_down(directory, application_id, terminal, pages=number % 3)
    return directory


def record(folder: Path, work: str, terminal: Path, more: Path, weakness: str = "") -> Recording:
    state = folder / "state"
    state.mkdir(exist_ok=True)
    return recorded(state, ["tests.faults.writing", work, state, terminal, more, weakness])


def judged(
    recording: Recording, judge: Judge, memory: Path, suite: str, count: int, chance: random.Random
) -> Figures:
    figures = Figures(f"power cut, {suite}", SEED)
    for state in power_cuts(recording, chance, count):
        directory = memory / "after"
        directory.mkdir()
        laid_down(state, directory)
        figures.judged(judge(directory, state), f"state {figures.cases} after step {state.step}")
        shutil.rmtree(directory)
    return figures


def of_queue(terminal: Path, envelopes: Path) -> Judge:
    sealed_bytes = {path.name: path.read_bytes() for path in envelopes.iterdir()}
    return lambda state, cut: judge_queue(state, terminal, Told.read(cut.said), sealed_bytes)


@pytest.fixture
def chance() -> random.Random:
    return random.Random(SEED)  # noqa: S311 — a run to repeat


@counts
def test_what_was_told_of_an_application_survives_a_power_cut(
    tmp_path: Path,
    memory: Path,
    terminal: Path,
    envelopes: Path,
    chance: random.Random,
    tell: Tell,
    count: int,
) -> None:
    recording = record(tmp_path, "queue", terminal, envelopes)
    judge = of_queue(terminal, envelopes)
    figures = judged(recording, judge, memory, "submit, acknowledge, purge", count, chance)
    tell(figures)
    assert not figures.wrong, figures.line()


@pytest.mark.parametrize(
    ("weakness", "wrong"),
    [
        ("normal", "lost"),
        ("delete_before_verify", "lost"),
        ("parts_deleted_when_over", "lost"),
        ("application_first", "without its parts"),
    ],
)
def test_the_same_power_cuts_catch_a_weakened_queue(
    tmp_path: Path,
    memory: Path,
    terminal: Path,
    envelopes: Path,
    chance: random.Random,
    tell: Tell,
    weakness: str,
    wrong: str,
) -> None:
    recording = record(tmp_path, "queue", terminal, envelopes, weakness)
    figures = judged(recording, of_queue(terminal, envelopes), memory, f"weakened ({weakness})", WEAK, chance)
    tell(figures)
    assert figures.wrong[wrong], figures.line()


@counts
def test_a_power_cut_while_the_tables_are_brought_up_to_date_loses_nothing(
    tmp_path: Path, memory: Path, terminal: Path, chance: random.Random, tell: Tell, count: int
) -> None:
    state = tmp_path / "state"
    state.mkdir()
    database = sqlite3.connect(state / QUEUE)
    database.executescript(SCHEMA.read_text("utf-8"))
    database.close()

    def judge(state: Path, _cut: AfterCut) -> set[str]:
        try:
            outbox = opened(state, terminal)
        except QueueFailure:
            return {"corrupt"}
        found = outbox.counts()
        leased = [each.sealed for each in iter(lambda: outbox.delivery.lease("small"), None)]
        sent = [each.envelope for each in leased if isinstance(each, Sealed)]
        outbox.close()
        wrong = set()
        if (found.kept, found.delivered, found.quarantined) != (2, 1, 1):
            wrong.add("lost")
        if sent != [b"sealed bytes of application 1", b"sealed bytes of application 4"]:
            wrong.add("stuck")
        if len(leased) != len(sent) + 1:  # the rating of the delivered one
            wrong.add("lost")
        return wrong

    figures = judged(record(tmp_path, "migrate", terminal, tmp_path), judge, memory, "migrate", count, chance)
    tell(figures)
    assert not figures.wrong, figures.line()


@pytest.fixture(scope="module")
def catalogues_used(tmp_path_factory: pytest.TempPathFactory, terminal: Path) -> Recording:
    """A terminal that had no catalogue uses one bundle, then another."""
    folder = tmp_path_factory.mktemp("catalogues")
    bundles = folder / "bundles"
    bundles.mkdir()
    sources = {name: (SHIPPED / name).read_bytes() for name in SOURCES}
    for version in (3, 4):
        content = packed(sources, version, AREA, datetime(2026, 11, 22, tzinfo=UTC), BUNDLE_KEY)
        (bundles / f"{version}.catalogue").write_bytes(content)
    return record(folder, "catalogue", terminal, bundles)


def of_catalogues(recording: Recording) -> Judge:
    """What is in use is whole, and no older than what was said to be in use."""
    whole: dict[str, bytes | str] = {}
    tree = recording.before.copied()
    for step in recording.steps:
        applied(tree, step)
        whole |= {path: content for path, content in tree.flat() if content}

    def judge(state: Path, cut: AfterCut) -> set[str]:
        current = Catalogues(state, None).current
        said = [int(line.split()[1]) for line in cut.said]
        if current.number < max(said, default=0):
            return {"lost"}
        if current.number == 0:
            return set()
        there = dict(on_disk(state / f"catalogue/{current.name}"))
        names = (*SOURCES, "catalogue.json")
        same = all(there.get(name) == whole[f"catalogue/{current.name}/{name}"] for name in names)
        return set() if same else {"corrupt"}

    return judge


@counts
def test_a_catalogue_that_was_said_to_be_used_is_used_and_whole_after_a_power_cut(
    memory: Path, catalogues_used: Recording, chance: random.Random, tell: Tell, count: int
) -> None:
    judge = of_catalogues(catalogues_used)
    figures = judged(catalogues_used, judge, memory, "catalogue", count, chance)
    weakened = judged(
        without_directory_syncs(catalogues_used), judge, memory, "weakened (no directory sync)", WEAK, chance
    )
    tell(figures)
    tell(weakened)
    assert not figures.wrong, figures.line()
    assert weakened.wrong["lost"], weakened.line()


@pytest.fixture(scope="module")
def settings_taken(tmp_path_factory: pytest.TempPathFactory, terminal: Path) -> tuple[Recording, list[bytes]]:
    """A terminal that the platform had told nothing takes settings from it, and others, and others."""
    folder = tmp_path_factory.mktemp("settings")
    (folder / "signed").mkdir()
    keyring = Keyring.load(terminal.parent)
    signed = []
    for number in range(1, 9):
        said = {"v": 1, "kind": "configuration", "number": number, "area_code": None, "terminal": None}
        toml = f"[patience]\ncard_s = {CARD_S + number}\n" + "# Words that reach over several sectors.\n" * 60
        signed.append(canonical(keyring.signed(said | {"toml": toml})))
        (folder / f"signed/{number}.json").write_bytes(signed[-1])
    return record(folder, "configuration", terminal, folder / "signed"), signed


@counts
def test_settings_that_were_said_to_be_in_force_are_in_force_and_whole_after_a_power_cut(
    memory: Path,
    settings_taken: tuple[Recording, list[bytes]],
    chance: random.Random,
    tell: Tell,
    count: int,
) -> None:
    recording, signed = settings_taken

    def judge(state: Path, cut: AfterCut) -> set[str]:
        kept = state / CONFIGURATION
        content = kept.read_bytes() if kept.exists() else None
        if content is not None and content not in signed:
            return {"corrupt"}
        layer = published_layer(state)
        in_force = layer["patience.card_s"].value - CARD_S if layer else 0
        said = max((int(line.split()[1]) for line in cut.said), default=0)
        return {"lost"} if in_force < said else set()

    figures = judged(recording, judge, memory, "configuration", count, chance)
    weakened = judged(
        without_directory_syncs(recording), judge, memory, "weakened (no directory sync)", WEAK, chance
    )
    tell(figures)
    tell(weakened)
    assert not figures.wrong, figures.line()
    assert weakened.wrong["lost"], weakened.line()


@pytest.fixture(scope="module")
def damaged(tmp_path_factory: pytest.TempPathFactory, terminal: Path, envelopes: Path) -> Path:
    """A queue of which every application can be read, and no index."""
    state = tmp_path_factory.mktemp("damaged")
    work_the_queue(state, terminal, envelopes, "")
    database = sqlite3.connect(state / QUEUE)
    (page,) = database.execute(
        "SELECT rootpage FROM sqlite_master WHERE name = 'applications_by_state'"
    ).fetchone()
    database.close()
    with (state / QUEUE).open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\xff" * 4096)
    with pytest.raises(QueueDamaged):
        opened(state, terminal)
    return state


@counts
def test_a_salvage_cut_short_by_the_power_is_begun_again_and_brings_back_the_same(
    tmp_path: Path,
    memory: Path,
    terminal: Path,
    envelopes: Path,
    damaged: Path,
    chance: random.Random,
    tell: Tell,
    count: int,
) -> None:
    shutil.copytree(damaged, tmp_path / "state")

    def judge(state: Path, cut: AfterCut) -> set[str]:
        try:
            outbox = opened(state, terminal)
        except QueueDamaged:
            if cut.said:
                return {"lost"}
            salvage(state / QUEUE, terminal_key(terminal))
            outbox = opened(state, terminal)
        found = outbox.counts()
        outbox.close()
        if (found.kept, found.delivered, found.quarantined) != (1, 5, 2):
            return {"lost"}
        return set()

    recording = record(tmp_path, "salvage", terminal, envelopes)
    figures = judged(recording, judge, memory, "salvage", count, chance)
    tell(figures)
    assert not figures.wrong, figures.line()


@pytest.mark.parametrize("count", [pytest.param(LONG, id="long", marks=LONG_MARKS)])
def test_a_backup_is_whole_under_its_name_or_not_there(
    tmp_path: Path,
    memory: Path,
    terminal: Path,
    envelopes: Path,
    chance: random.Random,
    tell: Tell,
    count: int,
) -> None:
    state = tmp_path / "state"
    state.mkdir()
    work_the_queue(state, terminal, envelopes, "")

    def judge(state: Path, cut: AfterCut) -> set[str]:
        copy = state / COPY
        if not copy.exists():
            return {"lost"} if cut.said else set()
        database = sqlite3.connect(copy)
        try:
            (verdict,) = database.execute("PRAGMA integrity_check(1)").fetchone()
            (there,) = database.execute("SELECT count(*) FROM applications").fetchone()
        except sqlite3.DatabaseError:
            return {"corrupt"}
        finally:
            database.close()
        return set() if (verdict, there) == ("ok", 8) else {"corrupt"}

    figures = judged(record(tmp_path, "backup", terminal, envelopes), judge, memory, "backup", count, chance)
    tell(figures)
    assert not figures.wrong, figures.line()
