"""A simulated SAM_V identity-card reader on a pty, written from the manual; its faults are its fields.

Behaves as the SAM_V serial protocol says: length and XOR-checked requests, one after another; find, select,
read; a card that has been selected is not found again before it was lifted; `30 03` tells whether it still
lies there; `60 xx` changes the rate after its own answer. At another rate than the client's it hears nothing.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from devices.simulators.cards import AnyCard, address_area
from devices.simulators.pty_wire import PtyWire
from devices.simulators.sam_v_frames import NAMES, REQUEST_LENGTHS, SAM_ID, START, parity, record, response

_RECORDS = frozenset({"read", "read all"})


@dataclass
class Halt:
    """Stops a card's record on the wire after `at_byte` bytes until told to go on."""

    at_byte: int
    reached: threading.Event = field(default_factory=threading.Event)
    go_on: threading.Event = field(default_factory=threading.Event)


class SamVSimulator:
    """A reader with a place to lay a card on. Its thread ends when the cable is pulled, as its power does."""

    def __init__(self, port: Path, baud: int = 115_200) -> None:
        self.silent = False
        """Takes requests and answers nothing."""
        self.silent_to: set[str] = set()
        """Requests that get no answer, by their name in `sam_v_frames`: status, find, select, read …"""
        self.noisy = False
        """Answers with noise of the right length."""
        self.wrong_checksum = False
        """Answers with the last byte off by one bit."""
        self.only: str | None = None
        """Name of the request to whose answer `noisy` and `wrong_checksum` are confined."""
        self.statuses: dict[str, int] = {}
        """SW3 to answer to a request, by its name."""
        self.card_status = bytes(2)
        """SW1 SW2 that go with `statuses`: the card's own word."""
        self.inner_lengths: tuple[int, ...] | None = None
        """What a record's head says of its parts, instead of the truth."""
        self.address_blocks = 1
        """How many blocks of 70 bytes an answer about the additional address has; all but one are blank."""
        self.cut_record_at: int | None = None
        """Stops in the middle of a card's record, after this many bytes of the frame."""
        self.hang_up_at: int | None = None
        """The cable falls out in the middle of a card's record, after this many bytes of the frame."""
        self.pieces: tuple[int, ...] = ()
        """Bytes of an answer after which the device pauses for `pause_s`."""
        self.pause_s = 0.0
        """Seconds between two `pieces`."""
        self.halt: Halt | None = None
        """Pauses in the middle of a card's record."""
        self.radio_s = 0.0
        """Time between a read request and its answer, in seconds; a card lifted meanwhile is not read."""
        self.hold_back: str | None = None
        """Name of a request whose next answer comes late: just before the answer to the request after it."""
        self.noise_at_wrong_rate = False
        """Answers with noise, instead of nothing, a client that has another rate."""
        self.iin = bytes(4)
        """What a card found says of its issuer."""
        self.sn = bytes(8)
        """What a card selected says of itself."""
        self._wire = PtyWire(port, baud)
        self._state = threading.Condition()
        self._card: AnyCard | None = None
        self._selected = False
        self._held = b""
        self._events: list[str] = []
        self._thread = self._start()

    @property
    def baud(self) -> int:
        """The rate that the device has now, in bits/s."""
        return self._wire.baud

    def say(self, data: bytes) -> None:
        """Say something that nobody asked for, such as the rest of somebody else's answer."""
        self._wire.write(data)

    # ---- what a person does ------------------------------------------------------------------------------

    def lay(self, card: AnyCard) -> None:
        """Lay `card` down; whatever lay there before is lifted."""
        with self._state:
            self._card, self._selected = card, False
        self._tell("card laid")

    def remove(self) -> None:
        """Lift the card."""
        with self._state:
            self._card, self._selected = None, False
        self._tell("card removed")

    def unplug(self) -> None:
        """Pull the cable: the port's name disappears, the device loses its power."""
        self._wire.unplug()
        self._end_thread()
        self._tell("unplugged")

    def replug(self) -> None:
        """Plug the cable in again; a card that lies there is new to the device."""
        with self._state:
            self._selected, self._held = False, b""
        self._wire.replug()
        self._thread = self._start()
        self._tell("plugged in")

    def close(self) -> None:
        """Take the device away for good."""
        self._wire.close()
        self._end_thread()

    # ---- what a test may watch ---------------------------------------------------------------------------

    @property
    def events(self) -> tuple[str, ...]:
        """Everything so far: requests by name ("find", "read" …), "record sent", "card laid" …"""
        with self._state:
            return tuple(self._events)

    def wait_for(self, event: str, since: int = 0, within_s: float = 10.0) -> int:
        """Block until `event` is among the events from number `since` on; return the number after it.

        Raises `TimeoutError` after `within_s` seconds.
        """
        with self._state:
            if not self._state.wait_for(lambda: event in self._events[since:], within_s):
                raise TimeoutError(f"no {event!r} within {within_s} s")
            return self._events.index(event, since) + 1

    def _tell(self, event: str) -> None:
        with self._state:
            self._events.append(event)
            self._state.notify_all()

    # ---- the device --------------------------------------------------------------------------------------

    def _start(self) -> threading.Thread:
        thread = threading.Thread(target=self._run, name="simulated SAM_V", daemon=True)
        thread.start()
        return thread

    def _end_thread(self) -> None:
        with self._state:
            self._state.notify_all()
        if self.halt is not None:
            self.halt.go_on.set()
        self._thread.join()

    def _run(self) -> None:
        received = b""
        while data := self._wire.read():
            if self._wire.client_baud != self._wire.baud:
                received = b""
                if self.noise_at_wrong_rate:
                    self._wire.write(bytes(byte ^ 0x5A for byte in data))
                continue
            received += data
            while len(received) >= len(START) + 2:
                begin = received.find(START)
                if begin < 0:
                    received = received[-len(START) + 1 :]
                    break
                received = received[begin:]
                size = int.from_bytes(received[5:7], "big")
                if size > REQUEST_LENGTHS[-1]:
                    received = received[1:]
                    self._send(response(0x11), "too long a request")
                    continue
                if len(received) < 7 + size:
                    break
                request, received = received[5 : 7 + size], received[7 + size :]
                self._answer(request)

    def _answer(self, request: bytes) -> None:
        name = NAMES.get(request[:-1])
        self._tell(name or "unknown request")
        if len(request) - 2 not in REQUEST_LENGTHS:
            frame = response(0x11)
        elif parity(request):
            frame = response(0x10)
        elif name is None:
            frame = response(0x21)
        elif name in self.statuses:
            frame = response(self.statuses[name], card_status=self.card_status)
        else:
            frame = self._obey(name)
        self._send(self._spoil(frame, name), name)
        if name is not None and name.startswith("rate "):
            self._wire.set_baud(int(name.removeprefix("rate ")))

    def _obey(self, name: str) -> bytes:
        match name:
            case "find":
                return self._find()
            case "select":
                return self._select()
            case "read" | "read all":
                return self._read(all_of_it=name == "read all")
            case "new address":
                return self._new_address()
            case "management":
                return self._management()
            case "sam id":
                return response(0x90, SAM_ID)
            case "reset":
                with self._state:
                    self._selected = False
                return response(0x90)
            case _:  # status, rates, the radio's frame
                return response(0x90)

    def _spoil(self, frame: bytes, name: str | None) -> bytes:
        if self.only not in {None, name}:
            return frame
        if self.wrong_checksum:
            return frame[:-1] + bytes([frame[-1] ^ 0x01])
        if self.noisy:
            return bytes((7 * place + 0x55) % 256 for place in range(len(frame)))
        return frame

    def _send(self, frame: bytes, name: str | None) -> None:
        if self.silent or name in self.silent_to:
            return
        if name is not None and name == self.hold_back:
            self.hold_back, self._held = None, frame
            return
        self._wire.write(self._held)
        self._held = b""
        if name in _RECORDS:
            self._send_record(frame)
        else:
            self._send_in_pieces(frame)

    def _send_record(self, frame: bytes) -> None:
        if self.cut_record_at is not None:
            frame = frame[: self.cut_record_at]
        if self.hang_up_at is not None:
            self._wire.write(frame[: self.hang_up_at])
            self._tell("hung up")
            self._wire.unplug()
            return
        halt = self.halt
        if halt is not None:
            self._wire.write(frame[: halt.at_byte])
            frame = frame[halt.at_byte :]
            halt.reached.set()
            halt.go_on.wait()
        self._send_in_pieces(frame)
        self._tell("record sent")

    def _send_in_pieces(self, frame: bytes) -> None:
        edges = sorted({0, len(frame), *(cut for cut in self.pieces if cut < len(frame))})
        for begin, end in pairwise(edges):
            if begin:
                time.sleep(self.pause_s)
            self._wire.write(frame[begin:end])

    def _find(self) -> bytes:
        with self._state:
            lies_unread = self._card is not None and not self._selected
        return response(0x9F, self.iin) if lies_unread else response(0x80)

    def _select(self) -> bytes:
        with self._state:
            self._selected = self._card is not None
            return response(0x90, self.sn) if self._selected else response(0x81)

    def _read(self, *, all_of_it: bool) -> bytes:
        with self._state:
            card = self._card if self._selected else None
            if card is not None and self.radio_s:
                self._state.wait_for(lambda: self._card is not card, self.radio_s)
            if card is None or self._card is not card:
                return response(0x41)
        return record(card, card.fingerprints if all_of_it else None, self.inner_lengths)

    def _new_address(self) -> bytes:
        with self._state:
            card = self._card if self._selected else None
        if card is None:
            return response(0x41)
        if not card.additional_address:
            return response(0x91)
        blank = " ".encode("utf-16-le") * 35
        return response(0x90, address_area(card) + blank * (self.address_blocks - 1))

    def _management(self) -> bytes:
        with self._state:
            selected = self._card is not None and self._selected
        return response(0x90, self.iin + self.sn) if selected else response(0x41)
