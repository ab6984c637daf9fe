"""What a terminal that passed a question on has left of it: nothing, in its memory, its log or its files."""

from __future__ import annotations

import asyncio
import base64
import os
import secrets
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bench.residue.memory import memory_of
from bench.residue.needles import Haystack, text_needles
from config.item import Item
from config.items import SHIPPED, load_items
from kiosk.messages import AskSharedData, SharedDataTold
from kiosk.session import shared_data
from kiosk.session.link import TerminalLink
from kiosk.session.sealing import load_platform_key, load_platform_word
from kiosk.session.shared_data import Asker
from tests.kiosk.session.conftest import NOW
from tests.kiosk.session.lookups import RESIDENT, journey_of, lookup_for, with_data
from tests.offline_queue.platform_process import made, running
from tests.offline_queue.samples import TERMINAL, envelope_kid, new_id

PROGRAM = str(Path(__file__).with_name("asking_process.py"))
HANG_S = 20.0


@dataclass(frozen=True)
class Place:
    """A running platform that knows of the resident what was drawn for this run."""

    directory: Path
    port: int
    employer: str
    months: str


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    directory = tmp_path_factory.mktemp("platform")
    made(directory)
    employer, months = f"临溪区{secrets.token_hex(6)}家具有限公司", f"{secrets.token_hex(8)}个月"
    file = with_data(directory) / "social_insurance.persons.yaml"
    text = file.read_text("utf-8").replace("临溪区禾木家具有限公司", employer).replace('"187"', f'"{months}"')
    file.write_text(text, "utf-8")
    with running(directory) as port:
        yield Place(directory, port, employer, months)


@pytest.fixture(scope="module")
def proof() -> Item:
    return next(item for item in load_items(SHIPPED) if item.id == "insurance_proof")


@contextmanager
def terminal(place: Place, log: Path, *curious: str) -> Iterator[tuple[int, socket.socket]]:
    """The process that passes on, and the session's end of its pipe."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    settings = str(place.directory / "terminal" / "platform.toml")
    fd = theirs.fileno()
    with theirs:
        process = subprocess.Popen(
            [sys.executable, PROGRAM, settings, str(place.port), str(log), str(fd), *curious], pass_fds=(fd,)
        )
    try:
        yield process.pid, ours
    finally:
        ours.close()
        process.wait(HANG_S)


async def told(place: Place, proof: Item, ours: socket.socket) -> shared_data.Answer:
    """Ask by way of the process, and read the answer as the session does."""
    terminal_directory = place.directory / "terminal"
    asker = Asker(
        TERMINAL,
        "330199",
        load_platform_key(terminal_directory / "envelope.pem"),
        envelope_kid(terminal_directory),
    )
    asking = shared_data.question(
        journey_of(proof), lookup_for(proof, "social_insurance.persons"), {},
        asker=asker, question_id=new_id(), asked_at=NOW,
    )  # fmt: skip
    link = TerminalLink(os.dup(ours.fileno()))
    data = base64.b64encode(asking.sealed).decode()
    link.send(AskSharedData(question_id=asking.question_id, data=data))
    async with asyncio.timeout(HANG_S):
        said = await link.receive()
    link.close()
    assert isinstance(said, SharedDataTold)
    return shared_data.answer(
        asking, base64.b64decode(said.data), load_platform_word(terminal_directory / "receipt.pem")
    )


def left(place: Place, pid: int, folder: Path) -> set[str]:
    """The kinds of needle that are found in the process's memory or in what it wrote."""
    haystack = Haystack(
        [
            *text_needles("number", RESIDENT.id_number),
            *text_needles("employer", place.employer),
            *text_needles("months", place.months),
        ]
    )
    searched, hits = haystack.hits(memory_of(pid, haystack.overlap))
    assert searched > 1_000_000, "the memory could not be read"
    for path in folder.iterdir():
        hits = [*hits, *haystack.hits(haystack.in_pieces(0, path.read_bytes()))[1]]
    return {hit.needle.kind for hit in hits}


async def test_a_terminal_that_passed_a_question_on_has_nothing_of_it(
    place: Place, proof: Item, tmp_path: Path
) -> None:
    with terminal(place, tmp_path / "events.jsonl") as (pid, ours):
        answer = await told(place, proof, ours)
        assert (answer.told["insured_employer"], answer.told["pension_months"]) == (
            place.employer,
            place.months,
        )
        assert left(place, pid, tmp_path) == set()
        assert "shared_data_passed_on" in (tmp_path / "events.jsonl").read_text("utf-8")


async def test_a_terminal_that_could_open_questions_would_be_found_out(
    place: Place, proof: Item, tmp_path: Path
) -> None:
    """The weakened variant: with the platform's key it reads who is asked about. Answers stay closed."""
    key = str(place.directory / "platform" / "envelope.key")
    with terminal(place, tmp_path / "events.jsonl", key) as (pid, ours):
        await told(place, proof, ours)
        assert left(place, pid, tmp_path) == {"number"}
