"""A SAM_V reader at the far end of a pty that does everything wrong that a reader and its cable can do.

It answers in order, as a reader does: what it holds back comes before its next answer. It runs on the test's
own loop and is not paced, so that many of them can be asked at once.
"""

from __future__ import annotations

import asyncio
import os
import pty
import tty
from collections.abc import Mapping
from pathlib import Path
from random import Random

from devices.simulators.cards import SimulatedCard, address_area
from devices.simulators.sam_v_frames import NAMES, START, record, response
from tests.devices.documents import OTHER_RESIDENT, RESIDENT
from tests.devices.fuzz.sam_v_exchanges import damaged, frames_in

PEOPLE = (RESIDENT, OTHER_RESIDENT)
REQUEST_BYTES = 10
REPLUG_S = 0.02
DAWDLE_S = 0.04

Manners = Mapping[str, float]
HOSTILE: Manners = {
    "plain": 40, "battered": 40, "byte by byte": 5, "dawdling": 2, "foreign first": 6,
    "damaged": 0.4, "cut": 0.4, "silent": 0.2, "late": 0.6, "swapped": 0.6, "hang-up": 0.4,
}  # fmt: skip
"""How it answers, by weight."""

UNTROUBLED = frozenset({"plain", "battered", "byte by byte", "dawdling"})
TROUBLING = frozenset(manner for manner in HOSTILE if manner not in UNTROUBLED)
"""The right answer is withheld, or somebody else's comes: then a driver may give up."""


class HostileSamV:
    """A reader on `port` with one of two people's cards on it."""

    def __init__(self, port: Path, random: Random, manners: Manners = HOSTILE) -> None:
        self.frames = 0
        """Frames sent, whole or not."""
        self.person: SimulatedCard = RESIDENT
        self.read: SimulatedCard | None = None
        """Whose record was asked for last."""
        self.troubled = False
        """One of `TROUBLING` has happened since this was last set to False."""
        self.asked = asyncio.Event()
        """Set by every question."""
        self.plugged = asyncio.Event()
        self._port = port
        self._random = random
        self._names, self._weights = tuple(manners), tuple(manners.values())
        self._loop = asyncio.get_running_loop()
        self._selected = False
        self._busy = False  # with an answer; questions wait
        self._late = b""
        self._heard = b""
        self._unsent = b""
        self._master = self._slave = -1
        self.plug_in()

    # ---- the cable ---------------------------------------------------------------------------------------

    def plug_in(self) -> None:
        """Put the plug in: a new pty behind the same name."""
        self._master, self._slave = pty.openpty()
        tty.setraw(self._master)
        tty.setraw(self._slave)
        os.set_blocking(self._master, False)
        self._port.unlink(missing_ok=True)
        self._port.symlink_to(os.ttyname(self._slave))
        self._heard = self._late = self._unsent = b""
        self._selected = self._busy = False
        self._loop.add_reader(self._master, self._hear)
        self.plugged.set()

    def pull(self) -> None:
        """Pull the plug."""
        if not self.plugged.is_set():
            return
        self.plugged.clear()
        self._loop.remove_reader(self._master)
        self._loop.remove_writer(self._master)
        self._port.unlink()
        os.close(self._master)
        os.close(self._slave)

    # ---- the device --------------------------------------------------------------------------------------

    def lay(self, person: SimulatedCard) -> None:
        """Lay a card down; another one is lifted."""
        self.person, self._selected = person, False

    def _hear(self) -> None:
        self._heard += os.read(self._master, 4096)
        self._attend()

    def _attend(self) -> None:
        while self.plugged.is_set() and not self._busy and (at := self._heard.find(START)) >= 0:
            request = self._heard[at : at + REQUEST_BYTES]
            if len(request) < REQUEST_BYTES:
                return
            self._heard = self._heard[at + REQUEST_BYTES :]
            self._answer(NAMES[request[5:-1]])
            self.asked.set()

    def _answer(self, name: str) -> None:
        right = self._right(name)
        before, self._late = self._late, b""
        manner = self._random.choices(self._names, self._weights)[0]
        if manner == "swapped" and name != "read":
            manner = "plain"
        self.troubled = self.troubled or manner in TROUBLING
        self.frames += 1
        match manner:
            case "battered":
                self._send(before + self._battered(right))
            case "byte by byte":
                self._send(before)
                for at in range(len(right)):
                    self._loop.call_soon(self._send, right[at : at + 1])
            case "dawdling":
                self._busy = True
                self._send(before)
                self._loop.call_later(DAWDLE_S, self._at_last, right)
            case "foreign first":
                foreign = response(0x90, bytes(16)) if name != "sam id" else response(0x80)
                self.frames += 1
                self._send(before + foreign + right)
            case "damaged":
                spoilt = damaged(right, self._random)
                self._send(before + (spoilt if not frames_in(spoilt) else b""))
            case "cut":
                self._send(before + right[: self._random.randrange(len(right))])
            case "silent":
                self._send(before)
            case "late":
                self._send(before)
                self._late = right
            case "swapped":
                self._send(before + right[: self._random.randrange(len(right))])
                self.lay(PEOPLE[self.person is RESIDENT])
            case "hang-up":
                self._send(before + right[: self._random.randrange(len(right))])
                self.pull()
                self._loop.call_later(REPLUG_S, self.plug_in)
            case _:
                self._send(before + right)

    def _at_last(self, right: bytes) -> None:
        self._busy = False
        self._send(right)
        self._attend()

    def _battered(self, right: bytes) -> bytes:
        """Some damaged frames, and then the right one; only what a receiver can tell apart."""
        most = 3 if len(right) > 1_000 else 24
        wrong = [damaged(right, self._random) for _ in range(self._random.randrange(1, most))]
        # What claims to be longer than it is would hide the right one until the answer's time is over.
        wrong = [frame for frame in wrong if not self._announces_more(frame)]
        stream = b"".join((*wrong, right))
        if frames_in(stream) != [right]:
            return right
        self.frames += len(wrong)
        return stream

    @staticmethod
    def _announces_more(frame: bytes) -> bool:
        at = frame.find(START)
        return (
            at >= 0 and int.from_bytes(frame[at + 5 : at + 7].ljust(2, b"\xff"), "big") + 7 > len(frame) - at
        )

    def _right(self, name: str) -> bytes:
        match name:
            case "find" if not self._selected:
                return response(0x9F, bytes(4))
            case "find":
                return response(0x80)
            case "select":
                self._selected = True
                return response(0x90, bytes(8))
            case "read" if self._selected:
                self.read = self.person
                return record(self.person)
            case "new address" if self._selected and self.person.additional_address:
                return response(0x90, address_area(self.person))
            case "new address" if self._selected:
                return response(0x91)
            case "read" | "new address":
                return response(0x41)
            case _:
                return response(0x90)

    def _send(self, data: bytes) -> None:
        if not self.plugged.is_set():
            return
        self._unsent += data
        try:
            sent = os.write(self._master, self._unsent) if self._unsent else 0
        except BlockingIOError:
            sent = 0
        self._unsent = self._unsent[sent:]
        if self._unsent:
            self._loop.add_writer(self._master, self._send, b"")
        else:
            self._loop.remove_writer(self._master)
