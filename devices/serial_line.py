"""A serial line to one device: bytes in, bytes out, and a typed fault when the cable is gone.

Everything that can block (opening, reading, closing) happens on one private daemon thread per port, because a
hung USB adapter can hold any of these calls for ever and the services loop must not notice. The thread owns
the descriptor: it opens it and it alone closes it. Writing is non-blocking, on the loop.

The line is 8N1 and exclusive: two processes that read one reader would each get half a person. It has no flow
control unless told so; XON/XOFF is only for a device whose own bytes never hold 0x11 and 0x13.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import fcntl
import os
import struct
import termios
import threading
from collections.abc import Callable
from functools import partial
from typing import Literal

import serial

from devices.statuses import DeviceFault, Reason

FlowControl = Literal["none", "rts_cts", "xon_xoff"]
"""How a device says "wait": not at all, by a wire of its own, or by a byte."""

QUIET_S = 0.05
"""Silence that ends stale bytes: longer than a USB adapter's latency timer (16 ms) and any gap in a frame."""

SETTLE_LIMIT_S = 5.0
"""Whoever talks this long unasked is no device of ours; 2,321 bytes at 9600 baud take 2.4 s."""

STALL_S = 10.0
"""A kernel buffer of 4 KiB needs 4.3 s at 9600 baud before there is room again; more is a stalled device."""

CLOSE_S = 1.0
"""How long `close` waits for the port; after that the thread closes it whenever the driver lets go."""

_BUFFER_BYTES = 65_536
"""Unread bytes kept. The longest frame has 2,321; whoever talks more unasked loses its oldest bytes."""

_CLOSING_WAIT_OFFSET = 40
"""Of `closing_wait` in `struct serial_struct` (linux/serial.h), in bytes, on every architecture."""
_CLOSING_WAIT_NONE = 0xFFFF
_NO_CLOSING_WAIT = frozenset({errno.ENOTTY, errno.EINVAL, errno.EPERM, errno.EOPNOTSUPP})
"""A pty and some USB adapters have no such setting; changing it may need a right the terminal lacks."""


class SerialLine:
    """One open port. One task reads at a time; writes queue behind each other."""

    def __init__(self, port: str, flow: FlowControl, loop: asyncio.AbstractEventLoop) -> None:
        self._port = port
        self._flow: FlowControl = flow
        self._loop = loop
        self._opened: asyncio.Future[int] = loop.create_future()
        self._handle: serial.Serial | None = None
        self._fd = -1
        self._buffer = bytearray()
        self._news = asyncio.Event()  # bytes came, or the port is lost
        self._room = asyncio.Event()
        self._writing = asyncio.Lock()
        self._lost = False
        self._stop = False
        self._released = threading.Event()  # the loop touches the descriptor no more
        self._closed = asyncio.Event()

    @classmethod
    async def open(cls, port: str, baud: int, flow: FlowControl = "none") -> SerialLine:
        """Open `port` at `baud` bits/s. Raises `DeviceFault`: `PORT_MISSING`, `PORT_DENIED`."""
        line = cls(port, flow, asyncio.get_running_loop())
        threading.Thread(target=line._serve, args=(baud,), name=f"serial {port}", daemon=True).start()
        try:
            line._fd = await line._opened
        except asyncio.CancelledError:
            line._let_go()
            raise
        return line

    async def settle(self, quiet_s: float = QUIET_S, limit_s: float = SETTLE_LIMIT_S) -> int:
        """Read and discard until the line has been silent for `quiet_s`; return how many bytes went.

        Whoever opens a port, or has lost its place in the conversation, owns nothing that is on the line.
        Raises `DeviceFault`: `GARBLED` for a line that still talks after `limit_s`, `PORT_LOST`.
        """
        dropped = 0
        give_up_at = self._loop.time() + limit_s
        while data := await self.read_some(quiet_s):
            dropped += len(data)
            if self._loop.time() > give_up_at:
                raise DeviceFault(Reason.GARBLED, f"{self._port} does not fall silent")
        return dropped

    async def write(self, data: bytes, stall_s: float = STALL_S) -> None:
        """Hand `data` to the port, waiting while the far end takes nothing.

        Returns when the kernel has all of it, which is before the last byte is on the wire. Raises
        `DeviceFault`: `PORT_LOST`, or `SILENT` when for `stall_s` seconds no byte at all was taken.
        """
        rest = memoryview(data)
        async with self._writing:
            while rest:
                self._require()
                try:
                    rest = rest[os.write(self._fd, rest) :]
                except BlockingIOError:
                    await self._wait_for_room(stall_s, len(data) - len(rest), len(data))
                except OSError as error:
                    raise DeviceFault(Reason.PORT_LOST, self._port) from error

    async def read_some(self, within_s: float) -> bytes:
        """Return what has arrived, waiting up to `within_s` for a first byte; b"" when none came.

        Bytes that arrive while nobody reads, or after a cancelled read, are kept for the next one. Raises
        `DeviceFault(PORT_LOST)` once everything that came before the loss has been read.
        """
        if not (self._buffer or self._lost or self._stop):
            self._news.clear()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(within_s):
                    await self._news.wait()
        if not self._buffer:
            self._require()
        data = bytes(self._buffer)
        self._buffer.clear()
        return data

    async def close(self) -> None:
        """Give the port back; bytes not yet sent are dropped. Takes at most `CLOSE_S`, whatever hangs.

        May be called twice. A read or write that is under way ends with `PORT_LOST`.
        """
        self._let_go()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(CLOSE_S):
                await self._closed.wait()

    # ---- on the loop -------------------------------------------------------------------------------------

    def _require(self) -> None:
        if self._lost or self._stop:
            raise DeviceFault(Reason.PORT_LOST, self._port)

    async def _wait_for_room(self, stall_s: float, taken: int, of: int) -> None:
        self._room.clear()
        self._loop.add_writer(self._fd, self._room.set)
        try:
            async with asyncio.timeout(stall_s):
                await self._room.wait()
        except TimeoutError:
            raise DeviceFault(Reason.SILENT, f"{self._port} took {taken} of {of} bytes") from None
        finally:
            if not self._stop:  # else the number may already be another file's
                self._loop.remove_writer(self._fd)

    def _let_go(self) -> None:
        if self._stop:
            return
        self._stop = True
        self._news.set()
        self._room.set()
        if self._handle is not None:  # else `_accept` releases what it gets
            self._release(self._handle)

    def _release(self, handle: serial.Serial) -> None:
        self._loop.remove_writer(handle.fileno())
        handle.cancel_read()
        self._released.set()

    def _accept(self, handle: serial.Serial) -> None:
        self._handle = handle
        if self._stop:
            self._release(handle)
        elif not self._opened.done():
            self._opened.set_result(handle.fileno())

    def _refuse(self, fault: DeviceFault) -> None:
        if not self._opened.done():
            self._opened.set_exception(fault)

    def _take(self, data: bytes) -> None:
        self._buffer += data
        del self._buffer[:-_BUFFER_BYTES]
        self._news.set()

    def _lose(self) -> None:
        self._lost = True
        self._news.set()
        self._room.set()

    # ---- on the private thread ---------------------------------------------------------------------------

    def _serve(self, baud: int) -> None:
        try:
            handle = serial.Serial(
                self._port,
                baud,
                exclusive=True,
                rtscts=self._flow == "rts_cts",
                xonxoff=self._flow == "xon_xoff",
            )
        except (serial.SerialException, OSError, ValueError) as error:
            fault = _why_not_open(self._port, error)
            self._post(partial(self._refuse, fault))
            return
        _never_wait_on_close(handle.fileno())
        heard = self._post(partial(self._accept, handle))
        try:
            while heard and not self._stop:
                heard = self._post(partial(self._take, handle.read(max(1, handle.in_waiting))))
        except (serial.SerialException, OSError):
            heard = self._post(self._lose)
        if heard:
            self._released.wait()
        with contextlib.suppress(termios.error):  # a lost port has nothing to drop
            handle.reset_output_buffer()
        handle.close()
        self._post(self._closed.set)

    def _post(self, call: Callable[[], None]) -> bool:
        """Run `call` on the loop; False when the loop has ended and nobody listens any more."""
        try:
            self._loop.call_soon_threadsafe(call)
        except RuntimeError:
            return False
        return True


def _why_not_open(port: str, error: Exception) -> DeviceFault:
    number = error.errno if isinstance(error, OSError) else None
    if number in {errno.EAGAIN, errno.EBUSY}:
        return DeviceFault(Reason.PORT_DENIED, f"{port} is in use by another program")
    if number in {errno.EACCES, errno.EPERM}:
        return DeviceFault(Reason.PORT_DENIED, f"{port}: no permission")
    if number == errno.ENOENT:
        return DeviceFault(Reason.PORT_MISSING, f"{port} does not exist")
    return DeviceFault(Reason.PORT_MISSING, f"{port} is not a working serial port")


def _never_wait_on_close(fd: int) -> None:
    """Keep the kernel from holding a closing process for up to 30 s until a stuck device takes its bytes."""
    settings = bytearray(128)
    try:
        fcntl.ioctl(fd, termios.TIOCGSERIAL, settings)
        struct.pack_into("H", settings, _CLOSING_WAIT_OFFSET, _CLOSING_WAIT_NONE)
        fcntl.ioctl(fd, termios.TIOCSSERIAL, settings)
    except OSError as error:
        if error.errno not in _NO_CLOSING_WAIT:
            raise
