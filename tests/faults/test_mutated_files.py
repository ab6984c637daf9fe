"""Files that the disk has changed: said, salvaged as far as can be, and never silently begun anew."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from offline_queue.failures import NewerQueue, StorageFailure
from offline_queue.made_mark import mark_of
from offline_queue.outbox import Outbox
from offline_queue.queue_values import Follower, Sealed, SealedPart
from offline_queue.salvage import Salvaged, salvage
from tests.faults.conftest import Tell
from tests.faults.figures import Figures
from tests.faults.writing import QUEUE, opened, receipt_for
from tests.offline_queue.samples import (
    a_record,
    commit,
    delivery_of,
    manifest,
    page,
    terminal_key,
    with_pages,
)

SEED = 20261122
PAGE = 4096
COUNT, IN_LOG = 24, 5
"""Applications; the first five are delivered, one is set aside, the last five are still in the log."""

Mutation = Callable[[Path, random.Random, Path], None]


@pytest.fixture(scope="module")
def envelopes(terminal: Path) -> dict[str, bytes]:
    names = [f"00000000-0000-4000-8000-{number:012}" for number in range(1, COUNT + 1)]
    return {name: _sealed(terminal, name, number % 3) for number, name in enumerate(names)}


_PARTS: dict[str, bytes] = {}
"""Of all of these applications."""


def _sealed(terminal: Path, name: str, pages: int) -> bytes:
    envelope, parts = with_pages(a_record(name), terminal, *(page(700) for _ in range(pages)))
    _PARTS.update(parts)
    return envelope


def _kept(outbox: Outbox, name: str, envelope: bytes) -> None:
    commit(outbox, name, envelope, parts={each: _PARTS[each] for each in manifest(envelope)})


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, terminal: Path, envelopes: dict[str, bytes]) -> Path:
    """A queue as a terminal leaves it that loses its power: with a log that has not been emptied."""
    working, left = tmp_path_factory.mktemp("working"), tmp_path_factory.mktemp("left")
    outbox = opened(working, terminal)
    names = list(envelopes)
    for name in names[:-IN_LOG]:
        _kept(outbox, name, envelopes[name])
    outbox.delivery.quarantine(delivery_of(outbox, names[-IN_LOG - 1]), "record_invalid")
    for name in names[:IN_LOG]:  # the last delivery empties the log
        digest = outbox.delivery.sealed(name).envelope_sha256
        outbox.delivery.mark_delivered(name, receipt_for(name, digest))
    for name in names[-IN_LOG:]:
        _kept(outbox, name, envelopes[name])
    shutil.copytree(working, left, dirs_exist_ok=True)
    outbox.close()
    return left


def other_queue(folder: Path, terminal: Path, envelopes: dict[str, bytes]) -> Path:
    folder.mkdir()
    outbox = opened(folder, terminal)
    name, envelope = next(iter(envelopes.items()))
    _kept(outbox, name, envelope)
    outbox.close()
    return folder / QUEUE


def _changed(name: str, change: Callable[[bytearray, random.Random], None]) -> Mutation:
    def mutate(state: Path, chance: random.Random, _other: Path) -> None:
        content = bytearray((state / name).read_bytes())
        change(content, chance)
        (state / name).write_bytes(content)

    return mutate


def _bits(content: bytearray, chance: random.Random) -> None:
    for _ in range(chance.choice((1, 1, 1, 3, 50))):
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)


def _head(content: bytearray, chance: random.Random) -> None:
    content[chance.randrange(100)] = chance.randrange(256)


def _cut(content: bytearray, chance: random.Random) -> None:
    del content[chance.randrange(len(content)) :]


def _swapped(content: bytearray, chance: random.Random) -> None:
    pages = len(content) // PAGE
    one, two = (chance.randrange(pages) * PAGE for _ in range(2))
    content[one : one + PAGE], content[two : two + PAGE] = (
        content[two : two + PAGE],
        content[one : one + PAGE],
    )


def _sectors(content: bytearray, chance: random.Random) -> None:
    filling = chance.choice((b"\0", b"\xff", b"\xa5"))
    for _ in range(chance.choice((1, 4))):
        at = chance.randrange(0, len(content), 512)
        content[at : at + 512] = filling * len(content[at : at + 512])


def _longer(content: bytearray, chance: random.Random) -> None:
    content += chance.randbytes(chance.choice((1, 512, PAGE)))


def _foreign(state: Path, chance: random.Random, other: Path) -> None:
    """Another file under the queue's name, its log gone."""
    (state / f"{QUEUE}-wal").unlink()
    foreign = chance.choice(("text", "nothing", "noise", "a database", "a picture"))
    path = state / QUEUE
    path.unlink()
    if foreign == "a database":
        database = sqlite3.connect(path)
        database.execute("CREATE TABLE applications (place)")
        database.close()
    else:
        words = {"text": b"this is no database " * 99, "nothing": b"", "a picture": b"\x89PNG\r\n\x1a\n" * 9}
        path.write_bytes(words.get(foreign, chance.randbytes(9000)))
    del other


def _lost(state: Path, _chance: random.Random, _other: Path) -> None:
    (state / QUEUE).unlink()


def _foreign_log(state: Path, _chance: random.Random, other: Path) -> None:
    shutil.copy(other, state / f"{QUEUE}-wal")


def _newer(state: Path, _chance: random.Random, _other: Path) -> None:
    database = sqlite3.connect(state / QUEUE)
    database.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
        " VALUES ('offline_queue', 'from_the_future', '2030')"
    )
    database.commit()
    database.close()


def _mark(state: Path, chance: random.Random, _other: Path) -> None:
    mark_of(state / QUEUE).write_bytes(chance.randbytes(9))


def _mark_gone(state: Path, _chance: random.Random, _other: Path) -> None:
    mark_of(state / QUEUE).unlink()


LOG = f"{QUEUE}-wal"
MUTATIONS: dict[str, Mutation] = {
    "bits": _changed(QUEUE, _bits),
    "head": _changed(QUEUE, _head),
    "cut": _changed(QUEUE, _cut),
    "swapped pages": _changed(QUEUE, _swapped),
    "sectors": _changed(QUEUE, _sectors),
    "longer": _changed(QUEUE, _longer),
    "bits of the log": _changed(LOG, _bits),
    "head of the log": _changed(LOG, _head),
    "sectors of the log": _changed(LOG, _sectors),
    "foreign": _foreign,
    "lost": _lost,
    "foreign log": _foreign_log,
    "newer": _newer,
    "mark": _mark,
    "mark gone": _mark_gone,
}
IN_THE_LOG = frozenset({"bits of the log", "head of the log", "sectors of the log"})


def judged(state: Path, terminal: Path, envelopes: dict[str, bytes], figures: Figures, name: str) -> set[str]:
    """Open it as the terminal does; if that is refused, salvage it as a technician does."""
    before = {path.name: path.read_bytes() for path in state.iterdir()}
    try:
        outbox = opened(state, terminal)
    except NewerQueue:
        figures.seen["refused as newer"] += 1
        return set() if name == "newer" else {"corrupt"}
    except StorageFailure:
        figures.seen["refused"] += 1
        if {path.name: path.read_bytes() for path in state.iterdir()} != before:
            figures.seen["changed by the refusal"] += 1
        return after_salvage(
            salvage(state / QUEUE, terminal_key(terminal)), state, terminal, envelopes, figures
        )
    figures.seen["opened"] += 1
    try:
        wrong = used(outbox, envelopes)
        there = len(outbox.recent_states(1000))
    except StorageFailure:
        figures.seen["refused in use"] += 1
        return set()
    finally:
        outbox.close()
    if name in IN_THE_LOG and there == COUNT - 1:
        # Half of the last transaction is what a power cut leaves, too: nobody can tell them apart.
        figures.seen["last one taken for a power cut's"] += 1
    elif there < COUNT:
        wrong.add("lost")
    return wrong


def after_salvage(
    done: Salvaged, state: Path, terminal: Path, envelopes: dict[str, bytes], figures: Figures
) -> set[str]:
    """What came back is what was sealed, and a terminal can go on with it."""
    figures.seen["salvaged applications"] += sum(done.applications.values())
    outbox = opened(state, terminal)
    wrong = used(outbox, envelopes)
    outbox.close()
    return wrong


def used(outbox: Outbox, envelopes: dict[str, bytes]) -> set[str]:
    """Send everything that waits: no byte of it may be another than was sealed, and no part is left out."""
    originals = set(envelopes.values())
    wrong = set()
    over: set[str] = set()
    while (leased := outbox.delivery.lease("small") or outbox.delivery.lease("large")) is not None:
        match leased.sealed:
            case Sealed(envelope=envelope):
                if envelope not in originals:
                    wrong.add("corrupt")
                elif not over.issuperset(manifest(envelope)):
                    wrong.add("lost")
            case SealedPart(sealed=part, sha256=sha256):
                if part != _PARTS[sha256]:
                    wrong.add("corrupt")
                over.add(sha256)
                outbox.delivery.mark_over(leased)
            case Follower():
                wrong.add("corrupt")  # nobody has said anything
    return wrong


def believed(state: Path, envelopes: dict[str, bytes]) -> set[str]:
    """The weakened variant: whatever SQLite opens is the queue."""
    database = sqlite3.connect(state / QUEUE)
    try:
        rows = database.execute("SELECT envelope FROM applications").fetchall()
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        return set()  # at least it was said
    finally:
        database.close()
    originals = {None, *envelopes.values()}
    changed = any(envelope not in originals for (envelope,) in rows)
    return ({"lost"} if len(rows) < COUNT else set()) | ({"corrupt"} if changed else set())


def mutated(
    whole: Path,
    memory: Path,
    other: Path,
    count: int,
    judge: Callable[[Path, str], set[str]],
    figures: Figures,
) -> None:
    """Change a copy in one way after the other, and judge each."""
    chance = random.Random(SEED)  # noqa: S311 — a run to repeat
    names = [*MUTATIONS]
    for number in range(count):
        name = names[number % len(names)]
        state = memory / "state"
        shutil.copytree(whole, state)
        MUTATIONS[name](state, chance, other)
        figures.judged(judge(state, name), f"{name}, number {number}")
        shutil.rmtree(state)


@pytest.mark.parametrize(
    "count",
    [
        pytest.param(60, id="short"),
        pytest.param(10_000, id="long", marks=[pytest.mark.long, pytest.mark.timeout(3600)]),
    ],
)
def test_a_changed_file_is_said_or_harmless(
    memory: Path, terminal: Path, envelopes: dict[str, bytes], whole: Path, tell: Tell, count: int
) -> None:
    other = other_queue(memory / "other", terminal, envelopes)
    figures = Figures("mutated files", SEED)
    mutated(
        whole,
        memory,
        other,
        count,
        lambda state, name: judged(state, terminal, envelopes, figures, name),
        figures,
    )
    tell(figures)
    assert not figures.wrong, figures.line()
    assert figures.seen["refused"] > count // 4


def test_the_same_changes_catch_a_queue_that_believes_what_it_reads(
    memory: Path, terminal: Path, envelopes: dict[str, bytes], whole: Path, tell: Tell
) -> None:
    other = other_queue(memory / "other", terminal, envelopes)
    figures = Figures("weakened (believes what it reads)", SEED)
    mutated(whole, memory, other, 150, lambda state, _: believed(state, envelopes), figures)
    tell(figures)
    assert figures.wrong["lost"]
    assert figures.wrong["corrupt"]
