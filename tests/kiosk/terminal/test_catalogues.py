"""A new catalogue between two citizens: whole or not at all, and a bad one is taken back."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from config.bundle import fingerprint, packed
from config.catalogue import ITEMS, SHIPPED, open_compiled
from kiosk.messages import Leaving, StepShown
from kiosk.terminal.catalogue_desk import CatalogueDesk
from kiosk.terminal.catalogues import Catalogues, NotApplied, Version
from kiosk.terminal.control import ask
from kiosk.terminal.downstream_book import Book
from kiosk.terminal.takers import CatalogueTaker
from offline_queue.downstream import Revocations
from tests.kiosk.terminal.stage import Stage, until
from tests.kiosk.terminal.test_app import WholeTerminal, whole

__all__ = ["whole"]

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
MADE = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
AREA = "330199"
ITEM = "items/id_card_renewal.yaml"


def sources() -> dict[str, bytes]:
    """A catalogue of one matter."""
    return {ITEM: (SHIPPED / ITEM).read_bytes()}


def bundle(folder: Path, version: int, files: dict[str, bytes] | None = None, area: str = AREA) -> Path:
    path = folder / f"{version}.catalogue"
    path.write_bytes(packed(files or sources(), version, area, MADE, KEY))
    return path


def sound(_directory: Path) -> Sequence[str]:
    return ()


@pytest.fixture
def catalogues(tmp_path: Path) -> Catalogues:
    (tmp_path / "matters").mkdir()
    shutil.copy(SHIPPED / ITEM, tmp_path / "matters")
    catalogues = Catalogues(tmp_path, tmp_path / "matters")
    catalogues.prepare_shipped()
    return catalogues


def staged(catalogues: Catalogues, file: Path) -> Version:
    return catalogues.stage(file, KEY.public_key(), AREA, sound)


def test_a_new_version_is_used_and_the_one_before_is_kept(catalogues: Catalogues, tmp_path: Path) -> None:
    assert catalogues.current.name == "shipped"
    for version in (3, 4, 7):
        catalogues.use(staged(catalogues, bundle(tmp_path, version)))
    assert (catalogues.current.name, catalogues.before.name) == ("7", "4")
    assert open_compiled(catalogues.current.compiled).version == "7"
    assert sorted(path.name for path in (tmp_path / "catalogue").iterdir()) == [
        "4", "7", "before", "current", "shipped.json",
    ]  # fmt: skip
    assert catalogues.roll_back().name == "4"
    assert catalogues.current.name == "4"


def test_the_first_version_goes_back_to_the_shipped_one(catalogues: Catalogues, tmp_path: Path) -> None:
    catalogues.use(staged(catalogues, bundle(tmp_path, 3)))
    assert catalogues.roll_back().name == "shipped"
    assert open_compiled(catalogues.current.compiled).version == "shipped"


@pytest.mark.parametrize(
    ("version", "area", "spoil", "reason"),
    [
        (5, AREA, None, r"5.catalogue: is version 5; version 5 is in use"),
        (4, AREA, None, r"4.catalogue: is version 4; version 5 is in use"),
        (6, "330106", None, r"6.catalogue: is for area 330106; this terminal stands in 330199"),
        (6, AREA, b"id: BAD", r"items/id_card_renewal.yaml:6: id: must be small letters"),
        (6, AREA, b"id: [", r"items/id_card_renewal.yaml:\d+: is not YAML"),
    ],
)
def test_a_bundle_that_does_not_fit_changes_nothing(
    catalogues: Catalogues, tmp_path: Path, version: int, area: str, spoil: bytes | None, reason: str
) -> None:
    catalogues.use(staged(catalogues, bundle(tmp_path, 5)))
    files = sources()
    if spoil is not None:
        files[ITEM] = files[ITEM].replace(b"id: id_card_renewal", spoil, 1)
    with pytest.raises(NotApplied, match=reason):
        staged(catalogues, bundle(tmp_path, version, files, area))
    assert catalogues.current.name == "5"


def test_what_the_linter_rejects_is_not_used(catalogues: Catalogues, tmp_path: Path) -> None:
    with pytest.raises(NotApplied, match=r"^items/x.yaml:3: fee: is missing$"):
        catalogues.stage(
            bundle(tmp_path, 3),
            KEY.public_key(),
            AREA,
            lambda directory: [f"{directory}/items/x.yaml:3: fee: is missing"],
        )
    assert catalogues.current.name == "shipped"


def test_what_a_power_cut_left_half_unpacked_is_swept_away(catalogues: Catalogues, tmp_path: Path) -> None:
    half = tmp_path / "catalogue" / ".new-3"
    (half / ITEMS).mkdir(parents=True)
    (half / ITEM).write_bytes(b"id: ha")
    (tmp_path / "catalogue" / ".new-link").symlink_to("3")
    assert catalogues.current.name == "shipped"
    catalogues.use(staged(catalogues, bundle(tmp_path, 3)))
    assert catalogues.current.name == "3"
    assert not half.exists()


def test_a_link_to_a_version_that_is_not_whole_is_not_followed(
    catalogues: Catalogues, tmp_path: Path
) -> None:
    (tmp_path / "catalogue" / "9").mkdir()
    (tmp_path / "catalogue" / "current").symlink_to("9")
    assert catalogues.current.name == "shipped"


# ---- what the platform withdraws -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("gone", "current", "before"),
    [({7}, "4", "shipped"), ({4}, "7", "shipped"), ({4, 7}, "shipped", "shipped"), ({3, 9}, "7", "4")],
)
def test_a_withdrawn_version_is_left_for_the_one_before_it_or_for_the_shipped_one(
    catalogues: Catalogues, tmp_path: Path, gone: set[int], current: str, before: str
) -> None:
    for version in (4, 7):
        catalogues.use(staged(catalogues, bundle(tmp_path, version)))
    assert catalogues.withdraw(gone).name == current
    assert (catalogues.current.name, catalogues.before.name) == (current, before)


async def test_neither_a_withdrawn_version_nor_a_withdrawn_signers_bundle_is_taken_from_anybody(
    catalogues: Catalogues, tmp_path: Path
) -> None:
    renewed: list[str] = []
    desk = CatalogueDesk(catalogues, KEY.public_key(), AREA, sound, lambda: renewed.append("renewed"))
    assert await desk.apply({"file": str(bundle(tmp_path, 4))}) == {"applied": "4"}
    desk.revoked(Revocations(1, bundles=frozenset({4, 5})))
    assert desk.version.name == "shipped"
    assert renewed == ["renewed"] * 2
    answer = await desk.apply({"file": str(bundle(tmp_path, 5))})
    assert answer["error"].endswith("5.catalogue: version 5 is withdrawn")
    with pytest.raises(NotApplied, match="is version 6, and was listed as 7"):
        await desk.put_to_use(bundle(tmp_path, 6), 7)
    signers = frozenset({fingerprint(KEY.public_key())})
    desk.revoked(Revocations(2, bundles=frozenset({4, 5}), signers=signers))
    answer = await desk.apply({"file": str(bundle(tmp_path, 6))})
    assert "its signer is withdrawn" in answer["error"]
    assert catalogues.current.name == "shipped"


async def test_a_catalogue_that_came_from_the_platform_and_was_taken_back_is_in_the_book(
    catalogues: Catalogues, tmp_path: Path
) -> None:
    book = Book(tmp_path, lambda: MADE)
    book.make_folder()
    book.take("catalogue", 4)
    back: list[str] = []
    desk = CatalogueDesk(
        catalogues, KEY.public_key(), AREA, sound, lambda: None, lambda version: back.append(version.name)
    )
    await desk.put_to_use(bundle(tmp_path, 4), 4)
    desk.session_started("failed")
    assert (back, desk.version.name) == (["4"], "shipped")
    assert CatalogueTaker(desk, book).number == 4, "it is not taken again"


def test_a_terminal_without_a_signers_key_says_so_before_anything_is_fetched(
    catalogues: Catalogues, tmp_path: Path
) -> None:
    desk = CatalogueDesk(catalogues, None, AREA, sound, lambda: None)
    hindrance = CatalogueTaker(desk, Book(tmp_path, lambda: MADE)).hindrance
    assert hindrance == "catalogue.key: not set; without it no bundle can be believed"


# ---- while a terminal runs -------------------------------------------------------------------------------


def with_key(whole: WholeTerminal) -> None:
    """Let this terminal believe bundles that `KEY` signed."""
    public = KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    (whole.folder / "catalogue.pem").write_bytes(public)
    with (whole.folder / "site.toml").open("a") as settings:
        settings.write(f'[catalogue]\nkey = "{whole.folder / "catalogue.pem"}"\n')


def apply(whole: WholeTerminal, version: int, files: dict[str, bytes] | None = None) -> dict[str, str]:
    path = bundle(whole.folder, version, files, area="330106")
    return ask(whole.runtime_dir, "catalogue-apply", 30.0, file=str(path))


async def begun_with(stage: Stage, session: str) -> str:
    """The version of the catalogue that this session was given."""
    compiled = Path(str((await stage.note(session, "started"))["catalogue"]))
    return compiled.stem if compiled.stem == "shipped" else compiled.parent.name


async def both(whole: WholeTerminal, *names: str) -> None:
    """Wait until these are the visible session and a ready standby."""

    def there() -> bool:
        sessions = ask(whole.runtime_dir, "status")["sessions"]
        return [(each["session"], each["state"]) for each in sessions] == [
            (names[0], "visible"), (names[1], "standby"),
        ]  # fmt: skip

    await until(there, f"sessions {names}")


async def test_whoever_is_served_ends_with_the_old_catalogue_and_the_next_person_gets_the_new(
    whole: WholeTerminal, stage: Stage
) -> None:
    with_key(whole)
    whole.start(stage)
    await stage.got("s1", "promote")
    await both(whole, "s1", "s2")
    stage.say("s1", StepShown(step="question:purpose"))
    await until(lambda: ask(whole.runtime_dir, "status")["sessions"][0]["step"] == "question:purpose", "step")
    assert await asyncio.to_thread(apply, whole, 3) == {"applied": "3"}
    await both(whole, "s1", "s3")
    assert [await begun_with(stage, name) for name in ("s1", "s2", "s3")] == ["shipped", "shipped", "3"]
    stage.say("s1", Leaving(reason="finished"))
    await stage.got("s3", "promote")
    assert ask(whole.runtime_dir, "status")["catalogue"] == "3"


async def test_a_terminal_that_nobody_uses_shows_the_new_catalogue_at_once(
    whole: WholeTerminal, stage: Stage
) -> None:
    with_key(whole)
    whole.start(stage)
    await stage.got("s1", "promote")
    stage.say("s1", StepShown(step="welcome"))
    await both(whole, "s1", "s2")
    assert await asyncio.to_thread(apply, whole, 3) == {"applied": "3"}
    await stage.got("s3", "promote")
    assert await begun_with(stage, "s3") == "3"


async def test_a_catalogue_with_which_no_session_comes_up_is_taken_back(
    whole: WholeTerminal, stage: Stage
) -> None:
    with_key(whole)
    stage.behave(s3="dies_before_ready")
    whole.start(stage)
    await stage.got("s1", "promote")
    await both(whole, "s1", "s2")
    await asyncio.to_thread(apply, whole, 3)
    await both(whole, "s1", "s4")
    assert await begun_with(stage, "s4") == "shipped"
    assert ask(whole.runtime_dir, "status")["catalogue"] == "shipped"
    assert "catalogue_rolled_back" in {event["event"] for event in whole.events()}


async def test_a_refused_catalogue_is_answered_with_file_line_and_reason(
    whole: WholeTerminal, stage: Stage
) -> None:
    with_key(whole)
    whole.start(stage)
    await stage.got("s1", "promote")
    files = {ITEM: sources()[ITEM].replace(b"id: id_card_renewal", b"id: BAD", 1)}
    answer = await asyncio.to_thread(apply, whole, 3, files)
    assert answer["error"].startswith("items/id_card_renewal.yaml:6: error: id: must be small letters")
    english = b"Resident identity card renewal (end of validity)"
    files = {ITEM: sources()[ITEM].replace(english, "身份证".encode(), 1)}
    answer = await asyncio.to_thread(apply, whole, 3, files)
    assert "error: name.en: " in answer["error"]
    assert "[not-english]" in answer["error"]
    assert ask(whole.runtime_dir, "status")["catalogue"] == "shipped"


async def test_without_a_key_no_bundle_is_believed(whole: WholeTerminal, stage: Stage) -> None:
    whole.start(stage)
    await stage.got("s1", "promote")
    assert "catalogue.key: not set" in apply(whole, 3)["error"]
