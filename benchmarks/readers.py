"""The part "readers": what reading a card costs beside its own wire, and what waiting for one costs."""

from __future__ import annotations

import asyncio
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import serial

from benchmarks.figures import Aim, Chapter, Figure, NotTaken, Peer, Samples
from benchmarks.processes import cpu_s
from benchmarks.readers_polling import WAYS
from benchmarks.registry import Say
from devices.blackbox.inventing import INVENTED
from devices.contracts.id_cards import IdCard
from devices.sam_v.frames import FIND, NEW_ADDRESS, READ, SELECT
from devices.sam_v.reader import SamVReader
from devices.simulators.barcode_newland import NewlandSimulator
from devices.simulators.escpos_printer import EscPosSimulator
from devices.simulators.sam_v import SamVSimulator

BAUDS = (115_200, 9_600)

ANSWER_BYTES = 15 + 19 + 1295 + 81
"""Found, selected, the record, the newer address (SAM_V serial protocol, response table)."""

_BITS_PER_BYTE = 10
_SEED = 20260314
_CUSTOMARY_POLL_S = 0.1
"""Between two searches, in the drivers we know of: 100 ms to 1 s."""


@dataclass(frozen=True)
class Plan:
    """How often, and how long for the processor's time, in seconds."""

    fast_cards: int = 20
    slow_cards: int = 5
    polls: int = 40
    rest_s: float = 20.0


def take(folder: Path, say: Say, plan: Plan | None = None) -> Sequence[Chapter]:
    """See `benchmarks.registry.PARTS`."""
    del folder  # nothing here touches the disk
    plan = plan or Plan()
    with tempfile.TemporaryDirectory(prefix="readers-") as place:
        port = Path(place) / "reader"
        say("cards read, at both rates, by the driver and by a plain loop in turns")
        cards = [_cards(port, baud, plan) for baud in BAUDS]
        say("a card laid down at moments of chance, until it is taken up")
        polls = _polls(port, plan)
        say(f"at rest: {len(WAYS)} ways, {plan.rest_s:g} s each")
        rest = _rest(Path(place), plan)
    return [
        Chapter(
            "Reading a card",
            "In one process with the simulated reader, on a pty that is paced to the rate. The card lies "
            "there; the time is from the first request to the last byte of find, select, record and newer "
            "address. The plain loop asks the same with pyserial: blocking, one read for the head and one "
            "for the rest. It checks nothing: no checksum, not whose answer it is, not what was on the line "
            f"before. In turns. The wire is computed: {ANSWER_BYTES} bytes of answers at ten bits each; "
            "requests cost a pty nothing.",
            [figure for baud, taken in zip(BAUDS, cards, strict=True) for figure in _reading(baud, *taken)],
        ),
        Chapter(
            "Waiting for a card",
            "“Taken up” is from laying the card down, at a moment of chance, to the request to select it, "
            "at 115200 baud: the wait for the next search, its answer (1.3 ms of wire) and the driver. "
            "Beside it the plain loop with a pause that is customary, 100 ms. Processor time is of a process "
            "that does only this, from /proc. “Probed” is a reader, a printer and a scanner asked for their "
            "health as at the welcome page; “searching” is beside the plain loop, as often.",
            _waiting(polls, rest),
        ),
    ]


def _reading(baud: int, ours: Sequence[float], plain: Sequence[float]) -> list[Figure]:
    wire_ms = 1000 * ANSWER_BYTES * _BITS_PER_BYTE / baud
    return [
        Figure(
            f"card read at {baud} baud",
            _ms(ours),
            peer=Peer("the wire alone", _ms([wire_ms])),
            aim=Aim(1.1, as_ratio=True),
            parts=(("the wire", wire_ms), ("everything else", Samples.of(ours, "ms").median - wire_ms)),
            reason="Everything else is four answers' way through a thread and the loop, and the simulator.",
        ),
        Figure(f"card read at {baud} baud", _ms(ours), peer=Peer("plain pyserial loop", _ms(plain))),
    ]


def _waiting(polls: tuple[Sequence[float], Sequence[float]], rest: dict[str, float]) -> list[Figure]:
    def share(way: str) -> Samples:
        return Samples.of([rest[way]], "% of a core")

    return [
        Figure("card down to taken up", _ms(polls[0]), peer=Peer("plain loop, every 100 ms", _ms(polls[1]))),
        Figure(
            "all three devices probed",
            share("probed"),
            aim=Aim(1, as_ratio=False),
        ),
        Figure(
            "searching for a card",
            share("searching"),
            peer=Peer("plain loop", share("plain loop")) if rest["plain loop"] else None,
        ),
    ]


def _cards(port: Path, baud: int, plan: Plan) -> tuple[list[float], list[float]]:
    """Milliseconds of the driver, and of the plain loop."""
    sim = SamVSimulator(port, baud)
    ours: list[float] = []
    plain: list[float] = []
    try:
        for _ in range(plan.fast_cards if baud == BAUDS[0] else plan.slow_cards):
            ours.append(asyncio.run(_driver_reads(sim, port, baud)))
            plain.append(_plain_reads(sim, port, baud))
    finally:
        sim.close()
    return ours, plain


async def _driver_reads(sim: SamVSimulator, port: Path, baud: int) -> float:
    reader = SamVReader(str(port), baud)
    try:
        await reader.health()
        sim.lay(INVENTED)
        began = time.perf_counter()
        card: IdCard = await reader.next_card()
        took_ms = (time.perf_counter() - began) * 1000
    finally:
        await reader.close()
    if card.name != INVENTED.name:
        raise RuntimeError("another card was read")
    sim.remove()
    return took_ms


def _plain_reads(sim: SamVSimulator, port: Path, baud: int) -> float:
    with serial.Serial(str(port), baud, timeout=3) as line:
        sim.lay(INVENTED)
        began = time.perf_counter()
        for command in (FIND, SELECT, READ, NEW_ADDRESS):
            line.write(command.frame)
            head = line.read(7)
            line.read(int.from_bytes(head[5:7], "big"))
        took_ms = (time.perf_counter() - began) * 1000
    sim.remove()
    return took_ms


def _polls(port: Path, plan: Plan) -> tuple[list[float], list[float]]:
    """Milliseconds from the card's coming until it is selected: the driver's, and the plain loop's."""
    chance = random.Random(_SEED)  # noqa: S311 - moments, not secrets
    sim = SamVSimulator(port, BAUDS[0])
    try:
        return asyncio.run(_driver_polls(sim, port, plan, chance)), _plain_polls(sim, port, plan, chance)
    finally:
        sim.close()


async def _driver_polls(sim: SamVSimulator, port: Path, plan: Plan, chance: random.Random) -> list[float]:
    reader = SamVReader(str(port), BAUDS[0])
    taken = []
    try:
        for _ in range(plan.polls):
            reading = asyncio.create_task(reader.next_card())
            taken.append(await asyncio.to_thread(_lay, sim, chance))
            await reading
            sim.remove()
    finally:
        await reader.close()
    return taken


def _plain_polls(sim: SamVSimulator, port: Path, plan: Plan, chance: random.Random) -> list[float]:
    taken = []
    with serial.Serial(str(port), BAUDS[0], timeout=3) as line, ThreadPoolExecutor(1) as person:
        for _ in range(plan.polls):
            laying = person.submit(_lay, sim, chance)
            while True:
                line.write(FIND.frame)
                head = line.read(7)
                if line.read(int.from_bytes(head[5:7], "big"))[2:3] == b"\x9f":
                    break
                time.sleep(_CUSTOMARY_POLL_S)
            line.write(SELECT.frame)
            line.read(19)
            taken.append(laying.result())
            sim.remove()
    return taken


def _lay(sim: SamVSimulator, chance: random.Random) -> float:
    """Lay the card down at some moment of a search; milliseconds until it is selected."""
    time.sleep(0.2 + chance.random() * _CUSTOMARY_POLL_S)
    since = len(sim.events)
    began = time.perf_counter()
    sim.lay(INVENTED)
    sim.wait_for("select", since)
    return (time.perf_counter() - began) * 1000


def _rest(place: Path, plan: Plan) -> dict[str, float]:
    """Percent of a core that each way takes, one after the other."""
    reader, printer, scanner = place / "reader", place / "printer", place / "scanner"
    devices = (SamVSimulator(reader), EscPosSimulator(printer), NewlandSimulator(scanner))
    try:
        return {way: _at_rest(way, (reader, printer, scanner), plan.rest_s) for way in WAYS}
    finally:
        for device in devices:
            device.close()


def _at_rest(way: str, ports: Sequence[Path], rest_s: float) -> float:
    module = [sys.executable, "-m", "benchmarks.readers_polling", way, *map(str, ports)]
    with subprocess.Popen(module, stdout=subprocess.PIPE) as process:
        try:
            if process.stdout is None or process.stdout.readline() != b"ready\n":
                raise NotTaken(f"benchmarks.readers_polling {way}: did not begin")
            before = cpu_s([process.pid])
            time.sleep(rest_s)
            return 100 * (cpu_s([process.pid]) - before) / rest_s
        finally:
            process.kill()


def _ms(values: Sequence[float]) -> Samples:
    return Samples.of(values, "ms")
