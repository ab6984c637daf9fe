"""What all simulated barcode scanners share: a light, a code held before it, a cable; faults are fields.

A code that is shown is read when the light is on, sent once, and the light goes out. The families differ in
their commands only: `barcode_honeywell`, `barcode_newland`, `barcode_gm65`.
"""

from __future__ import annotations

import threading
from pathlib import Path

from devices.simulators.pty_wire import PtyWire


class BarcodeSimulator:
    """A scanner with something before it. Its thread ends when the cable is pulled, as its power does."""

    def __init__(self, port: Path, baud: int = 115_200, suffix: bytes = b"\r") -> None:
        self.suffix = suffix
        """What it sends behind a code."""
        self.silent = False
        """Takes commands and answers nothing; the light works."""
        self.dead = False
        """Neither answers nor lights up."""
        self.noisy = False
        """Answers with noise of the right length."""
        self.refuses = False
        """Answers a trigger with "not set to be triggered", where the family has such an answer."""
        self.unasked = False
        """Is set to read whatever is held before it, light or not."""
        self.late_answers = False
        """Holds its answer to a trigger back and sends it in one piece with the code."""
        self.noise_before = b""
        """Goes in front of a code."""
        self.noise_behind = b""
        """Goes behind a code and its suffix, in one piece with it."""
        self.cut_at: int | None = None
        """Sends this many bytes of a code with its suffix, and no more."""
        self.light_limit_s = 5.0
        """Puts its own light out after this many seconds."""
        self._wire = PtyWire(port, baud)
        self._baud = baud
        self._state = threading.Condition()
        self._sending = threading.Lock()  # whole answers and whole codes, one after the other
        self._code: bytes | None = None
        self._lit = False
        self._owed = b""
        self._limit: threading.Timer | None = None
        self._events: list[str] = []
        self._thread = self._start()

    # ---- what a person does ------------------------------------------------------------------------------

    def show(self, code: bytes) -> None:
        """Hold `code` before the scanner; it stays there until it is taken away."""
        with self._state:
            self._code = code
        self._tell("code shown")
        self._look()

    def take_away(self) -> None:
        """Take the code away."""
        with self._state:
            self._code = None
        self._tell("code taken away")

    def unplug(self) -> None:
        """Pull the cable: the port's name disappears, the device loses its power."""
        self._wire.unplug()
        self._end()
        self._tell("unplugged")

    def replug(self) -> None:
        """Plug the cable in again."""
        self._wire.replug()
        self._thread = self._start()
        self._tell("plugged in")

    def close(self) -> None:
        """Take the device away for good."""
        self._wire.close()
        self._end()

    # ---- what a test may watch ---------------------------------------------------------------------------

    @property
    def lit(self) -> bool:
        """Whether the light is on."""
        return self._lit

    @property
    def events(self) -> tuple[str, ...]:
        """Everything so far: "light on", "light off", "asked", "code sent", "code shown" …"""
        with self._state:
            return tuple(self._events)

    def wait_for(self, event: str, since: int = 0, within_s: float = 20.0) -> int:
        """Block until `event` is among the events from number `since` on; return the number after it.

        Raises `TimeoutError` after `within_s` seconds.
        """
        with self._state:
            if not self._state.wait_for(lambda: event in self._events[since:], within_s):
                raise TimeoutError(f"no {event!r} within {within_s} s")
            return self._events.index(event, since) + 1

    # ---- what a family adds ------------------------------------------------------------------------------

    def _take(self, received: bytes) -> bytes:
        """Obey the whole commands in `received` and return the rest."""
        raise NotImplementedError

    # ---- the device --------------------------------------------------------------------------------------

    def _answer(self, answer: bytes) -> None:
        if self.silent or self.dead:
            return
        if self.noisy:
            answer = bytes((7 * place + 0x85) % 256 for place in range(len(answer)))
        with self._sending:
            self._wire.write(answer)

    def _switch_on(self, answer: bytes) -> None:
        """Answer and light up."""
        if self.dead:
            return
        if self.late_answers:
            self._owed = answer
        elif answer:
            self._answer(answer)
        with self._state:
            self._lit = True
            self._limit = threading.Timer(self.light_limit_s, self._switch_off)
            self._limit.daemon = True
            self._limit.start()
        self._tell("light on")
        self._look()

    def _switch_off(self, answer: bytes = b"") -> None:
        with self._state:
            was_lit, self._lit = self._lit, False
            if self._limit is not None:
                self._limit.cancel()
                self._limit = None
            answer, self._owed = self._owed + answer, b""
        if answer:
            self._answer(answer)
        if was_lit:
            self._tell("light off")

    def _look(self) -> None:
        """Read and send what is held before the scanner, if it may."""
        with self._state:
            if self._code is None or not (self._lit or self.unasked):
                return
            owed, self._owed = self._owed, b""
            sent = self._code + self.suffix
            if self.cut_at is not None:
                sent = sent[: self.cut_at]
        with self._sending:
            self._wire.write(owed + self.noise_before + sent + self.noise_behind)
        self._tell("code sent")
        self._switch_off()

    def _tell(self, event: str) -> None:
        with self._state:
            self._events.append(event)
            self._state.notify_all()

    def _start(self) -> threading.Thread:
        thread = threading.Thread(target=self._run, name="simulated barcode scanner", daemon=True)
        thread.start()
        return thread

    def _end(self) -> None:
        self._switch_off()
        self._thread.join()

    def _run(self) -> None:
        received = b""
        while data := self._wire.read():
            if self._wire.client_baud != self._baud:
                continue  # at another rate a UART hears nothing that makes sense
            received = self._take(received + data)
