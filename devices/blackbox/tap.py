"""A second socket for a cable: a pty that a driver, ours or a vendor's, opens in place of the real port."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import os
import pty
import termios
import tty
from pathlib import Path

BAUDS = {
    termios.B9600: 9600,
    termios.B19200: 19_200,
    termios.B38400: 38_400,
    termios.B57600: 57_600,
    termios.B115200: 115_200,
}
"""Rates that a driver may set, by their number in termios."""

_MOST_AT_ONCE = 4096
_OUTPUT_SPEED = 5


class LinkTaken(Exception):
    """A file that is no link of ours stands where the link should be; its text names it."""


class Tap:
    """The pty behind the name `link`. Can be pulled out and put in again, as the cable it stands for.

    Its own end of the driver's side stays open, so that a driver that closes the port is no hang-up.
    """

    def __init__(self, link: Path, baud: int) -> None:
        """Plug it in. Raises `LinkTaken`, `OSError` (the link cannot be made), `ValueError` (the rate)."""
        if baud not in BAUDS.values():
            raise ValueError(f"{baud} baud is none of {', '.join(map(str, BAUDS.values()))}")
        if link.exists() and not link.is_symlink():
            raise LinkTaken(f"{link}: is there already and is no link")
        self._link = link
        self._baud = baud
        self._master = self._slave = -1
        self._ready: asyncio.Future[None] | None = None
        self.plug_in()

    @property
    def plugged(self) -> bool:
        """Whether a driver can open it."""
        return self._master >= 0

    @property
    def baud(self) -> int:
        """The rate that the driver has set last, as far as it is one of `BAUDS`."""
        if self.plugged:
            with contextlib.suppress(termios.error):
                self._baud = BAUDS.get(termios.tcgetattr(self._master)[_OUTPUT_SPEED], self._baud)
        return self._baud

    def plug_in(self) -> None:
        """Let the name appear."""
        self._master, self._slave = pty.openpty()
        tty.setraw(self._slave)
        number = next(number for number, baud in BAUDS.items() if baud == self._baud)
        settings = termios.tcgetattr(self._slave)
        settings[_OUTPUT_SPEED - 1] = settings[_OUTPUT_SPEED] = number
        termios.tcsetattr(self._slave, termios.TCSANOW, settings)
        os.set_blocking(self._master, False)
        fresh = self._link.with_name(self._link.name + ".new")
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(os.ttyname(self._slave))
        fresh.replace(self._link)

    def unplug(self) -> None:
        """Let the name disappear, and hang up on whoever has it open."""
        if self.plugged:
            self._link.unlink(missing_ok=True)
            if self._ready is not None and not self._ready.done():
                self._ready.get_loop().remove_reader(self._master)
                self._ready.set_result(None)
            os.close(self._slave)
            os.close(self._master)
            self._master = self._slave = -1

    async def read(self) -> bytes:
        """What the driver sends; waits until there is something. b"" when unplugged."""
        loop = asyncio.get_running_loop()
        while self.plugged:
            try:
                return os.read(self._master, _MOST_AT_ONCE)
            except BlockingIOError:
                self._ready = loop.create_future()
                loop.add_reader(self._master, _ring, self._ready)
                try:
                    await self._ready
                finally:
                    if self.plugged:
                        loop.remove_reader(self._master)
        return b""

    def write(self, data: bytes) -> None:
        """Give `data` to the driver. As on a cable, what nobody takes is lost."""
        try:
            os.write(self._master, data)
        except OSError as error:
            if error.errno not in {errno.EAGAIN, errno.EIO}:
                raise


def _ring(ready: asyncio.Future[None]) -> None:
    if not ready.done():
        ready.set_result(None)
