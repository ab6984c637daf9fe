"""What the suite of card readers needs of a driver and its device: hands, and the faults that they can make.

To add a driver: a subclass of `IdReaderBench` and a line in `SIMULATED` (and in `HARDWARE`, if it can be
named by port and rate). What a pair cannot do it leaves as it is here: those tests are skipped.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from devices.contracts.id_cards import IdCard, IdCardReader
from devices.sam_v.reader import SamVReader
from devices.simulators.cards import AnyCard
from devices.simulators.sam_v import Halt, SamVSimulator
from devices.vendor_host.client import VendorHost
from devices.vendor_host.id_card_reader import POLL_S as SDT_POLL_S
from devices.vendor_host.id_card_reader import SdtReader
from devices.vendor_host.operations import ModuleKind
from tests.devices.documents import on_chip
from tests.devices.vendor_host.vendors import Desk, compile_library
from tests.devices.waiting import event


class IdReaderBench:
    """A driver with its device; every coroutine is a hand at the device, and skips the test by default."""

    def driver(self) -> IdCardReader:
        """Make a driver of the device, not yet opened; the bench closes it in the end."""
        raise NotImplementedError

    async def close(self) -> None:
        """Take everything away."""
        raise NotImplementedError

    async def lay(self, card: AnyCard) -> IdCard | None:
        """Lay a card down, instead of what lies there; give what should be read, None if nobody knows."""
        raise NotImplementedError

    async def lift(self) -> None:
        """Lift the card."""
        raise NotImplementedError

    async def asked(self) -> None:
        """Return when the device has been asked for a card at least twice from now on."""
        pytest.skip("nobody can see what this device is asked")

    async def hang(self) -> None:
        """Let the device answer nothing."""
        pytest.skip("nobody can make this device hang")

    async def come_round(self) -> None:
        """Let the device answer again."""
        pytest.skip("nobody can make this device hang")

    async def unplug(self) -> None:
        """Pull the cable."""
        pytest.skip("nobody can pull this cable")

    async def replug(self) -> None:
        """Plug it in again."""
        pytest.skip("nobody can plug this cable in")

    async def refuse_to_read(self, sw3: int | None) -> None:
        """Let the SAM answer `sw3` to a read request; None: the truth again."""
        pytest.skip(f"nobody can make this SAM answer {sw3}")

    async def when_reading(self) -> None:
        """Return in the middle of the next card's reading, which goes on after a change of cards."""
        pytest.skip("nobody can interrupt this device")


class SamVBench(IdReaderBench):
    """The SAM_V driver on its simulator."""

    def __init__(self, port: Path) -> None:
        self._port = port
        self._sam = SamVSimulator(port)
        self._drivers: list[IdCardReader] = []

    def driver(self) -> IdCardReader:
        """Make a driver at the simulator's port."""
        made = self.made(str(self._port))
        self._drivers.append(made)
        return made

    def made(self, port: str) -> IdCardReader:
        """Make the driver that is tried; weakened variants make another."""
        return SamVReader(port, 115_200)

    async def close(self) -> None:
        """Close drivers, then the simulator."""
        for driver in self._drivers:
            await driver.close()
        await asyncio.to_thread(self._sam.close)

    async def lay(self, card: AnyCard) -> IdCard | None:
        """Lay it down; a record that waits on the wire goes on."""
        self._sam.lay(card)
        self._go_on()
        return on_chip(card)

    async def lift(self) -> None:
        """Lift it; a record that waits on the wire goes on."""
        self._sam.remove()
        self._go_on()

    async def asked(self) -> None:
        """Wait for two searches."""
        await event(self._sam, "find", await event(self._sam, "find", len(self._sam.events)))

    async def hang(self) -> None:
        """Silence."""
        self._sam.silent = True

    async def come_round(self) -> None:
        """Speech."""
        self._sam.silent = False

    async def unplug(self) -> None:
        """Pull the pty."""
        await asyncio.to_thread(self._sam.unplug)

    async def replug(self) -> None:
        """Give a new pty the old name."""
        self._sam.replug()

    async def refuse_to_read(self, sw3: int | None) -> None:
        """Set the status of `30 01`."""
        self._sam.statuses = {} if sw3 is None else {"read": sw3}

    async def when_reading(self) -> None:
        """Halt a record in its middle."""
        self._sam.halt = Halt(at_byte=500)
        await asyncio.to_thread(self._sam.halt.reached.wait, 20)

    def _go_on(self) -> None:
        if self._sam.halt is not None:
            self._sam.halt.go_on.set()
            self._sam.halt = None


class SdtBench(IdReaderBench):
    """The driver of vendors' SDT libraries on one that is compiled here."""

    def __init__(self, port: Path) -> None:
        directory = port.with_name("sdt")
        directory.mkdir()
        self._desk = Desk(directory)
        self._library = compile_library(port.parents[1], "sdt")
        self._drivers: list[IdCardReader] = []

    def driver(self) -> IdCardReader:
        """Make a driver with a library of its own."""
        made = SdtReader(VendorHost(ModuleKind.SDT, self._library, self._desk.argv), 1001)
        self._drivers.append(made)
        return made

    async def close(self) -> None:
        """Close drivers."""
        for driver in self._drivers:
            await driver.close()

    async def lay(self, card: AnyCard) -> IdCard | None:
        """Lay it down."""
        self._desk.lay(card)
        return on_chip(card)

    async def lift(self) -> None:
        """Lift it."""
        self._desk.lift()

    async def asked(self) -> None:
        """Nobody sees it, so give it time for several searches."""
        await asyncio.sleep(4 * SDT_POLL_S)

    async def hang(self) -> None:
        """Let no function return."""
        self._desk.fail(0xFF)

    async def come_round(self) -> None:
        """Let them return."""
        self._desk.fail(None)

    async def unplug(self) -> None:
        """Let the port be gone."""
        self._desk.fail(0x01)

    async def replug(self) -> None:
        """Let it be there."""
        self._desk.fail(None)

    async def refuse_to_read(self, sw3: int | None) -> None:
        """Set what a reading returns."""
        self._desk.refuse_to_read(sw3)


class SamVHardwareBench(IdReaderBench):
    """The SAM_V driver on a real reader, with a technician's hands."""

    def __init__(self, port: str, baud: int) -> None:
        self._port = port
        self._baud = baud
        self._drivers: list[IdCardReader] = []

    def driver(self) -> IdCardReader:
        """Make a driver at the real port."""
        made = SamVReader(self._port, self._baud)
        self._drivers.append(made)
        return made

    async def close(self) -> None:
        """Close drivers."""
        for driver in self._drivers:
            await driver.close()

    async def lay(self, card: AnyCard) -> IdCard | None:
        """Ask for a card, best of that kind; what is on it nobody here can say."""
        what = f"Lift what lies on the reader, and lay down a card (best a {type(card).__name__})"
        await asyncio.to_thread(ask_technician, what)
        return None

    async def lift(self) -> None:
        """Ask for its lifting."""
        await asyncio.to_thread(ask_technician, "Lift the card")

    async def asked(self) -> None:
        """Nobody sees it, so give it time for several searches."""
        await asyncio.sleep(SEVERAL_SEARCHES_S)


SEVERAL_SEARCHES_S = 1.5
"""A search takes a real reader 0.1 to 0.3 s."""


def ask_technician(what: str) -> None:
    """Say `what` to do at the terminal, and wait for the Enter key."""
    try:
        with Path("/dev/tty").open("r+b", buffering=0) as terminal:
            terminal.write(f"\n>>> {what}, then press Enter. ".encode())
            while terminal.read(1) not in {b"\n", b"\r", b""}:
                continue
    except OSError:
        pytest.fail("a real device needs somebody at a terminal")


SIMULATED: Mapping[str, Callable[[Path], IdReaderBench]] = {"sam_v": SamVBench, "sdt": SdtBench}
"""Drivers by name; called with the path at which a simulated cable may be found."""

HARDWARE: Mapping[str, Callable[[str, int], IdReaderBench]] = {"sam_v": SamVHardwareBench}
"""Drivers by name; called with port and rate."""
