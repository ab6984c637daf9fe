"""A simulated SAM_V identity-card reader on a pty, written from the manual; its faults are its fields.

Behaves as the SAM_V serial protocol says: length and XOR-checked requests, one after another; find, select,
read; a card that has been selected is not found again before it was lifted; `30 03` tells whether it still
lies there.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from pathlib import Path

from devices.simulators.cards import SimulatedCard, address_area, text_area
from devices.simulators.pty_wire import PtyWire

_START = bytes.fromhex("AAAAAA9669")
_SAM_ID = bytes.fromhex("05000300A53A34010100000015CD5B07")
_NAMES = {
    bytes.fromhex("0003 11FF"): "status",
    bytes.fromhex("0003 12FF"): "sam id",
    bytes.fromhex("0003 2001"): "find",
    bytes.fromhex("0003 2002"): "select",
    bytes.fromhex("0003 3001"): "read",
    bytes.fromhex("0003 3003"): "new address",
}
"""Requests from length to parameter."""


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
        self.noisy = False
        """Answers with noise of the right length."""
        self.wrong_checksum = False
        """Answers with the last byte off by one bit."""
        self.statuses: dict[str, int] = {}
        """SW3 to answer to a request, by its name: status, sam id, find, select, read, new address."""
        self.cut_record_at: int | None = None
        """Stops in the middle of a card's record, after this many bytes of the frame."""
        self.halt: Halt | None = None
        """Pauses in the middle of a card's record."""
        self.radio_s = 0.0
        """Time between a read request and its answer, in seconds; a card lifted meanwhile is not read."""
        self.hold_back: str | None = None
        """Name of a request whose next answer comes late: just before the answer to the request after it."""
        self._wire = PtyWire(port, baud)
        self._state = threading.Condition()
        self._card: SimulatedCard | None = None
        self._selected = False
        self._held = b""
        self._events: list[str] = []
        self._thread = self._start()

    # ---- what a person does ------------------------------------------------------------------------------

    def lay(self, card: SimulatedCard) -> None:
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
            received += data
            while len(received) >= len(_START) + 2:
                begin = received.find(_START)
                if begin < 0:
                    received = received[-len(_START) + 1 :]
                    break
                received = received[begin:]
                size = int.from_bytes(received[5:7], "big")
                if len(received) < 7 + size:
                    break
                request, received = received[5 : 7 + size], received[7 + size :]
                self._answer(request)

    def _answer(self, request: bytes) -> None:
        name = _NAMES.get(request[:-1])
        self._tell(name or "unknown request")
        parity = 0
        for byte in request:
            parity ^= byte
        if parity:
            frame = response(0x10)
        elif name is None:
            frame = response(0x21)
        elif name in self.statuses:
            frame = response(self.statuses[name])
        else:
            frame = getattr(self, "_" + name.replace(" ", "_"))()
        self._send(self._spoil(frame), name)

    def _spoil(self, frame: bytes) -> bytes:
        if self.wrong_checksum:
            return frame[:-1] + bytes([frame[-1] ^ 0x01])
        if self.noisy:
            return bytes((7 * place + 0x55) % 256 for place in range(len(frame)))
        return frame

    def _send(self, frame: bytes, name: str | None) -> None:
        if self.silent:
            return
        if name is not None and name == self.hold_back:
            self.hold_back, self._held = None, frame
            return
        self._wire.write(self._held)
        self._held = b""
        if name != "read":
            self._wire.write(frame)
            return
        if self.cut_record_at is not None:
            frame = frame[: self.cut_record_at]
        halt = self.halt
        if halt is not None:
            self._wire.write(frame[: halt.at_byte])
            frame = frame[halt.at_byte :]
            halt.reached.set()
            halt.go_on.wait()
        self._wire.write(frame)
        self._tell("record sent")

    def _status(self) -> bytes:
        return response(0x90)

    def _sam_id(self) -> bytes:
        return response(0x90, _SAM_ID)

    def _find(self) -> bytes:
        with self._state:
            lies_unread = self._card is not None and not self._selected
        return response(0x9F, bytes(4)) if lies_unread else response(0x80)

    def _select(self) -> bytes:
        with self._state:
            self._selected = self._card is not None
            return response(0x90, bytes(8)) if self._selected else response(0x81)

    def _read(self) -> bytes:
        with self._state:
            card = self._card if self._selected else None
            if card is not None and self.radio_s:
                self._state.wait_for(lambda: self._card is not card, self.radio_s)
            if card is None or self._card is not card:
                return response(0x41)
        return record(card)

    def _new_address(self) -> bytes:
        with self._state:
            card = self._card if self._selected else None
        if card is None:
            return response(0x41)
        return response(0x90, address_area(card)) if card.additional_address else response(0x91)


def response(sw3: int, data: bytes = b"") -> bytes:
    """Frame a response: start, length, SW1 SW2 SW3, data, XOR of all but the start."""
    content = (len(data) + 4).to_bytes(2, "big") + bytes([0, 0, sw3]) + data
    parity = 0
    for byte in content:
        parity ^= byte
    return _START + content + bytes([parity])


def record(card: SimulatedCard, fingerprints: bytes | None = None) -> bytes:
    """Frame a card's record as answered to `30 01`, or to `30 10` when `fingerprints` are given."""
    text = text_area(card)
    lengths = [len(text), len(card.photo)] + ([] if fingerprints is None else [len(fingerprints)])
    head = b"".join(length.to_bytes(2, "big") for length in lengths)
    return response(0x90, head + text + card.photo + (fingerprints or b""))
