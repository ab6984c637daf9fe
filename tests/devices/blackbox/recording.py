"""Field faults to be recorded: a simulated reader, `device record` as a technician runs it, the real driver.

`python -m tests.devices.blackbox.recording DIR` records the shipped traces anew.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from devices.contracts.id_cards import CardFailure, CardUnreadable, IdCard
from devices.sam_v.reader import SamVReader
from devices.simulators.sam_v import SamVSimulator
from tests.devices.blackbox.leaks import PERSON
from tests.devices.waiting import event, soon

ROOT = Path(__file__).resolve().parents[3]
BAUD = 115_200


@asynccontextmanager
async def recording(port: Path, output: Path, *options: str) -> AsyncIterator[Path]:
    """Run `device record`; gives the link that a driver opens. Ends as a technician ends it."""
    link = output.with_name(output.name + ".port")
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        str(ROOT / "main.py"),
        "device",
        "record",
        *("--port", str(port), "--output", str(output), *(options or ("--kind", "sam_v"))),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        assert process.stderr is not None
        said = await soon(process.stderr.readline())
        assert said.startswith(b"Recording"), said + await process.stderr.read()
        yield link
    finally:
        if process.returncode is None:
            os.kill(process.pid, signal.SIGINT)
        await soon(process.communicate())
    assert process.returncode == 0
    assert not link.is_symlink()


async def answers_late(sim: SamVSimulator, reader: SamVReader) -> IdCard:
    """The record comes only when something else has been asked for, in front of that answer."""
    sim.hold_back = "read"
    sim.lay(PERSON)
    assert await failure(reader) is CardFailure.NO_ANSWER
    return await soon(reader.next_card())


async def pulled_away(sim: SamVSimulator, reader: SamVReader) -> IdCard:
    """The card is lifted in the middle of its record; the reader falls silent, and the card comes again."""
    sim.cut_record_at = 600
    reading = asyncio.create_task(failure(reader))
    sim.lay(PERSON)
    await event(sim, "record sent")
    sim.remove()
    sim.cut_record_at = None
    assert await reading is CardFailure.READ_FAILED
    sim.lay(PERSON)
    return await soon(reader.next_card())


SCENES: Mapping[str, Callable[[SamVSimulator, SamVReader], Awaitable[IdCard]]] = {
    "late-record": answers_late,
    "card-pulled": pulled_away,
}


async def failure(reader: SamVReader) -> CardFailure:
    """Why the next card was not read."""
    try:
        await soon(reader.next_card())
    except CardUnreadable as unreadable:
        return unreadable.failure
    raise AssertionError("it was read")


async def record(scene: str, folder: Path) -> Path:
    """Play a scene with the recorder on the cable; gives the trace."""
    output = folder / f"{scene}.trace"
    sim = SamVSimulator(folder / "reader", BAUD)
    try:
        async with recording(folder / "reader", output) as link:
            reader = SamVReader(str(link), BAUD)
            try:
                card = await SCENES[scene](sim, reader)
                assert card.id_number == PERSON.id_number
            finally:
                await reader.close()
    finally:
        sim.close()
    return output


async def _main(folder: Path) -> None:
    for scene, play in SCENES.items():
        with TemporaryDirectory() as scratch:
            first, rest = (await record(scene, Path(scratch))).read_text("utf-8").split("\n", 1)
        (folder / f"{scene}.trace").write_text(f"{first}\n# {play.__doc__}\n{rest}", "utf-8")


if __name__ == "__main__":
    asyncio.run(_main(Path(sys.argv[1])))
