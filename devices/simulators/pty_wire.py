"""A pty pair that behaves like a serial cable: raw at both ends, paced to a baud rate, can be pulled out.

A simulator holds the far end. The near end is found under a name of the simulator's choosing (a symbolic
link to the pty's slave), so that the name survives pulling the plug, as a udev name does. The simulator's own
slave descriptor stays open: a client that closes the port, or dies, is not a hang-up.
"""

from __future__ import annotations

import os
import pty
import select
import termios
import threading
import time
import tty
from pathlib import Path

_RATES = {
    getattr(termios, f"B{rate}"): rate for rate in (9_600, 19_200, 38_400, 57_600, 115_200)
}  # as the kernel writes them

BITS_PER_BYTE = 10
"""8N1: a start bit, eight data bits, a stop bit."""

_CHUNK_S = 0.004
"""Bytes are delivered in portions of this much wire time; a sleep a byte would be slower than the wire."""


class PtyWire:
    """The far end of a cable. One thread reads and writes; any thread may pull, plug in or close.

    After `unplug` both directions end: `read` returns b"", `write` returns at once. A simulated device that
    is powered by its cable ends its thread then and starts a new one after `replug`.
    """

    def __init__(self, port: Path, baud: int) -> None:
        self._port = port
        self.set_baud(baud)
        self._wake_r, self._wake_w = os.pipe()
        self._hand = threading.RLock()  # one hand at the plug
        self._users = 0
        self._idle = threading.Condition()
        self._plugged = False
        self._closed = False
        self._master = self._slave = -1
        self._free_at = 0.0
        self.replug()

    def read(self) -> bytes:
        """Wait for bytes from the client; b"" when unplugged or closed."""
        if not self._enter():
            return b""
        try:
            while self._plugged:
                self._wait(select.POLLIN, None)
                try:
                    return os.read(self._master, 65_536)
                except BlockingIOError:
                    continue
            return b""
        finally:
            self._leave()

    def write(self, data: bytes) -> None:
        """Send `data` at the wire's pace; returns when its last byte has arrived, or at once if unplugged."""
        if not self._enter():
            return
        try:
            # The deadline runs from the start of the line, not from the last sleep: lateness does not add up.
            began = max(time.monotonic(), self._free_at)
            sent = 0
            while sent < len(data) and self._plugged:
                portion = data[sent : sent + self._chunk]
                self._sleep_until(began + (sent + len(portion)) * self._byte_s)
                sent += self._deliver(portion)
            self._free_at = began + sent * self._byte_s
        finally:
            self._leave()

    def set_baud(self, baud: int) -> None:
        """Pace what is written from now on to `baud` bits/s: the device's own rate."""
        self.baud = baud
        self._byte_s = BITS_PER_BYTE / baud
        self._chunk = max(1, int(_CHUNK_S / self._byte_s))

    @property
    def client_baud(self) -> int:
        """The rate that the client has set, in bits/s; 0 when unplugged, or for an uncommon rate."""
        if not self._enter():
            return 0
        try:
            return _RATES.get(termios.tcgetattr(self._slave)[5], 0)
        finally:
            self._leave()

    def unplug(self) -> None:
        """Pull the cable: the client gets a hang-up, and the port's name disappears."""
        with self._hand, self._idle:
            if not self._plugged:
                return
            self._plugged = False
            self._port.unlink(missing_ok=True)
            os.write(self._wake_w, b"!")
            self._idle.wait_for(lambda: self._users == 0)
            os.read(self._wake_r, 1)
            os.close(self._master)
            os.close(self._slave)

    def replug(self) -> None:
        """Plug the cable in again: a new pty behind the same name."""
        with self._hand, self._idle:
            if self._plugged or self._closed:
                return
            self._master, self._slave = pty.openpty()
            tty.setraw(self._master)
            tty.setraw(self._slave)
            os.set_blocking(self._master, False)
            fresh = self._port.with_name(self._port.name + ".new")
            fresh.unlink(missing_ok=True)
            fresh.symlink_to(os.ttyname(self._slave))
            fresh.replace(self._port)
            self._plugged = True

    def close(self) -> None:
        """Pull the cable for good."""
        with self._hand:
            self.unplug()
            if not self._closed:
                self._closed = True
                os.close(self._wake_r)
                os.close(self._wake_w)

    def _enter(self) -> bool:
        """Hold the descriptors open while this thread uses them."""
        with self._idle:
            if self._plugged:
                self._users += 1
            return self._plugged

    def _leave(self) -> None:
        with self._idle:
            self._users -= 1
            self._idle.notify_all()

    def _wait(self, for_master: int, within_s: float | None) -> None:
        """Wait until the master is ready for `for_master` (0: never), the plug is pulled or time is up."""
        poll = select.poll()
        poll.register(self._wake_r, select.POLLIN)
        if for_master:
            poll.register(self._master, for_master)
        poll.poll(None if within_s is None else within_s * 1000)

    def _sleep_until(self, moment: float) -> None:
        left_s = moment - time.monotonic()
        if left_s > 0:
            self._wait(0, left_s)

    def _deliver(self, portion: bytes) -> int:
        while self._plugged:
            try:
                return os.write(self._master, portion)
            except BlockingIOError:
                self._wait(select.POLLOUT, None)
        return 0
