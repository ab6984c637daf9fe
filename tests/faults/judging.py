"""What a queue must still be after whatever happened to its disk, held against what the world was told."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from offline_queue import statement
from offline_queue.failures import QueueFailure
from offline_queue.outbox import Outbox
from offline_queue.queue_values import Follower, Sealed, SealedPart
from offline_queue.statement_chain import chain
from tests.faults.writing import opened
from tests.offline_queue.samples import NOON, manifest


@dataclass
class Told:
    """What people, the platform and the log had been told, from the lines of `tests.faults.writing`."""

    kept: dict[str, str] = field(default_factory=dict)
    """Local number by id."""
    parts_at_platform: set[str] = field(default_factory=set)
    at_platform: set[str] = field(default_factory=set)
    delivered: set[str] = field(default_factory=set)

    @classmethod
    def read(cls, lines: Sequence[str]) -> Told:
        told = cls()
        for line in lines:
            match line.split():
                case ["kept", name, local_no]:
                    told.kept[name] = local_no
                case ["part", name]:
                    told.parts_at_platform.add(name)
                case ["platform", name]:
                    told.at_platform.add(name)
                case ["delivered", name]:
                    told.delivered.add(name)
        return told


def judge_queue(state: Path, terminal: Path, told: Told, envelopes: Mapping[str, bytes]) -> set[str]:
    """Open the queue as the terminal does, and give what is wrong."""
    try:
        outbox = opened(state, terminal)
    except QueueFailure:
        return {"corrupt"}
    try:
        return judge_open(outbox, told, envelopes)
    except QueueFailure:
        return {"corrupt"}
    finally:
        outbox.close()


def judge_open(outbox: Outbox, told: Told, envelopes: Mapping[str, bytes]) -> set[str]:
    """The same of an open queue. What waits is taken from it on the way, as the sync would."""
    wrong = set()
    states = {each.application_id: each for each in outbox.recent_states(1000)}
    for name, local_no in told.kept.items():
        here = states.get(name)
        gone = here is not None and here.state == "delivered" and name not in told.at_platform
        if here is None or here.local_no != local_no or gone:
            wrong.add("lost")
    numbers = [each.local_no for each in states.values()]
    if len(numbers) != len(set(numbers)) or outbox.next_local_no(NOON.date()) in told.kept.values():
        wrong.add("doubled")
    for name in told.at_platform:
        if not told.parts_at_platform.issuperset(manifest(envelopes[name])):
            wrong.add("without its parts")
    waiting = {name for name, each in states.items() if each.state == "kept"}
    taken = set()
    while (leased := outbox.delivery.lease("small") or outbox.delivery.lease("large")) is not None:
        match leased.sealed:
            case Sealed(envelope=envelope):
                taken.add(leased.application_id)
                if hashlib.sha256(envelope).digest() != _digest(envelopes, leased.application_id):
                    wrong.add("corrupt")
                elif not _parts_here(outbox, envelope):
                    wrong.add("lost")
            case SealedPart():
                outbox.delivery.mark_over(leased)
            case Follower():
                wrong.add("doubled")  # nobody has said anything
    if taken & told.delivered:
        wrong.add("doubled")
    if taken != waiting:
        wrong.add("stuck")
    if not _whole_chain(outbox):
        wrong.add("corrupt")
    return wrong


def _parts_here(outbox: Outbox, envelope: bytes) -> bool:
    """Until the receipt every part is here: the platform may ask for it again."""
    here = {
        row["sha256"]
        for row in outbox._store.rows("SELECT sha256, sealed FROM parts")
        if hashlib.sha256(row["sealed"]).hexdigest() == row["sha256"]
    }
    return here.issuperset(manifest(envelope))


def _digest(envelopes: Mapping[str, bytes], name: str) -> bytes:
    return hashlib.sha256(envelopes.get(name, b"")).digest()


def _whole_chain(outbox: Outbox) -> bool:
    witness = outbox._witness
    assert witness is not None
    said = [statement.read(text).statement for text in chain(outbox._store, witness)]
    links = [statement.FIRST_LINK.hex(), *(statement.link_to(one) for one in said)]
    return all(
        (one.number, one.link) == (number, link)
        for number, (one, link) in enumerate(zip(said, links, strict=False), 1)
    )
