"""Enrolment and renewal, with the line cut at any byte and the power at any system call."""

from __future__ import annotations

import asyncio
import itertools
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from bench.power import AfterCut, laid_down, power_cuts, without_directory_syncs
from bench.traced import Recording, recorded
from central_platform.issuing import issued_to
from config.client_certificate import RENEWED
from offline_queue.enrolment import LAYER, enrol
from offline_queue.enrolment_wire import EnrolmentFailed
from offline_queue.failures import UnreadableFile
from offline_queue.signing import TerminalKey
from tests.faults.becoming import Unconfirming, client_of, clock
from tests.faults.conftest import Tell
from tests.faults.cutting import WAYS, Cut, CuttingProxy, Way
from tests.faults.figures import Figures
from tests.offline_queue.inviting import InvitingHall, inviting, terminal_folder
from tests.offline_queue.wire import listening

SEED = 20261122
LONG_MARKS = [pytest.mark.long, pytest.mark.timeout(3600)]
CONNECTIONS = (1, 2, 3)
"""The authority is asked for, the keys are sent, and the answer is confirmed."""

EACH_WAY = [(connection, way) for connection in CONNECTIONS for way in WAYS]
AT_ONCE = 8


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[InvitingHall]:
    with inviting(tmp_path_factory.mktemp("inviting")) as hall:
        yield hall


class CutLater(CuttingProxy):
    """Cuts the connection of this number instead of the first."""

    def __init__(self, to_port: int, cut: Cut, connection: int) -> None:
        super().__init__(to_port, None)
        self._later = cut
        self._before = connection
        self.whole = False
        """That connection had ended before it could be cut."""

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._before -= 1
        if self._before:
            await super().handle(reader, writer)
            return
        self._cut, passed_before = self._later, self.passed[self._later.way]
        await super().handle(reader, writer)
        self.whole = self.passed[self._later.way] - passed_before < self._later.after


async def wrong_after(hall: InvitingHall, proxy: CutLater, terminal: str, into: Path) -> set[str]:
    """What is wrong when a machine enrols over a line that is cut, and once more over one that is not."""
    wrong = set()
    async with listening(proxy.handle) as port:
        code = hall.by_way_of(hall.invites(terminal), port)
        try:
            await asyncio.to_thread(enrol, code, into, now=clock)
        except EnrolmentFailed:
            if (into / LAYER).exists():
                wrong.add("half enrolled")
        try:
            await asyncio.to_thread(enrol, code, into, now=clock)
        except EnrolmentFailed:
            return wrong | {"burnt"}
    key = TerminalKey.load(terminal, terminal_folder(into) / "signing.key")
    own = Ed25519PublicKey.from_public_bytes(key.public_bytes())
    pem = own.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    if (hall.directory / "terminals" / f"{terminal}.pem").read_bytes() != pem:
        wrong.add("another key")
    if len(issued_to(hall.directory / "platform", terminal)) != 1:
        wrong.add("doubled")
    return wrong


async def cut(
    hall: InvitingHall, memory: Path, figures: Figures, connection: int, way: Way, every: int
) -> None:
    """Cut one connection one way after every so many bytes, until it is cut only after its end."""
    lengths = itertools.count(every - 1, every)
    whole = False

    async def enrol_again() -> None:
        nonlocal whole
        while not whole:
            after = next(lengths)
            name = f"CUT-{connection}-{way.upper()}-{after}"
            proxy = CutLater(hall.enrolment_port, Cut(way, after), connection)
            wrong = await wrong_after(hall, proxy, name, memory / name)
            figures.judged(wrong, f"connection {connection}, {way}, after {after} bytes")
            shutil.rmtree(memory / name)
            whole |= proxy.whole

    async with asyncio.TaskGroup() as machines:
        for _ in range(AT_ONCE):
            machines.create_task(enrol_again())


async def test_a_line_that_is_cut_anywhere_burns_no_code_and_makes_no_second_terminal(
    hall: InvitingHall, memory: Path, tell: Tell
) -> None:
    figures = Figures("enrolment over cut lines", SEED)
    for connection, way in EACH_WAY:
        await cut(hall, memory, figures, connection, way, every=1900)
    tell(figures)
    assert not figures.wrong, figures.line()


@pytest.mark.parametrize(("connection", "way"), [pytest.param(*each, marks=LONG_MARKS) for each in EACH_WAY])
async def test_a_line_that_is_cut_after_any_byte_does_so_neither(
    tmp_path: Path, memory: Path, tell: Tell, connection: int, way: Way
) -> None:
    figures = Figures("enrolment over cut lines", SEED)
    with inviting(tmp_path / "inviting") as hall:
        await cut(hall, memory, figures, connection, way, every=1)
    tell(figures)
    assert not figures.wrong, figures.line()


# ---- the power -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def machine(hall: InvitingHall, tmp_path_factory: pytest.TempPathFactory) -> tuple[Recording, Path, str]:
    """What becoming a terminal did to a disk, that disk, and the code."""
    into = tmp_path_factory.mktemp("machine") / "keys"
    into.mkdir()
    code = hall.invites("POWER-01")
    return recorded(into, ["tests.faults.becoming", into, code]), into, code


def wrong_after_cut(state: AfterCut, into: Path, code: str) -> set[str]:
    """Hold what the disk has against what was said."""
    for path in into.rglob("*"):
        path.chmod(0o700 if path.is_dir() else 0o600)
    wrong = set()
    if "enrolled" in state.said and not (into / LAYER).exists():
        wrong.add("forgotten")
    if "asked" in state.said:
        try:
            enrol(code, into, now=clock, wire_to=Unconfirming)
        except EnrolmentFailed:
            return wrong | {"burnt"}
    if not (into / LAYER).exists():
        return wrong
    try:
        certificate = client_of(into).certificate
    except (UnreadableFile, OSError):
        return wrong | {"half enrolled"}
    if "renewed" in state.said and certificate.file != into / RENEWED:
        wrong.add("renewal lost")
    return wrong


def over_power_cuts(
    recording: Recording, into: Path, code: str, suite: str, count: int, chance: random.Random
) -> Figures:
    figures = Figures(f"power cut, {suite}", SEED)
    for state in power_cuts(recording, chance, count):
        shutil.rmtree(into)
        into.mkdir()
        laid_down(state, into)
        figures.judged(wrong_after_cut(state, into, code), f"state {figures.cases} after step {state.step}")
    return figures


@pytest.mark.parametrize(
    "count", [pytest.param(15, id="short"), pytest.param(200, id="long", marks=LONG_MARKS)]
)
def test_the_power_may_fail_at_any_moment_of_enrolment_and_renewal(
    machine: tuple[Recording, Path, str], tell: Tell, count: int
) -> None:
    chance = random.Random(SEED)  # noqa: S311 — a run to repeat
    figures = over_power_cuts(*machine, "enrolment and renewal", count, chance)
    tell(figures)
    assert not figures.wrong, figures.line()


def test_the_same_power_cuts_catch_a_machine_that_never_syncs_a_directory(
    machine: tuple[Recording, Path, str], tell: Tell
) -> None:
    recording, into, code = machine
    chance = random.Random(SEED)  # noqa: S311 — a run to repeat
    weak = without_directory_syncs(recording)
    figures = over_power_cuts(weak, into, code, "weakened (no directory syncs)", 15, chance)
    tell(figures)
    assert figures.wrong["forgotten"]
