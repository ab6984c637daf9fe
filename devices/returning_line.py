"""A serial line that is opened when first needed, and again by itself after the cable was pulled."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from devices.serial_line import SerialLine
from devices.statuses import DeviceFault, Reason


class ReturningLine:
    """The line to `port` at `baud` bits/s, one driver's.

    `forget` is called whenever the line is given up: what the driver knew of it holds no more.
    """

    def __init__(self, port: str, baud: int, forget: Callable[[], None]) -> None:
        self._port = port
        self._baud = baud
        self._forget = forget
        self._line: SerialLine | None = None
        self._was_open = False

    @asynccontextmanager
    async def lent(self) -> AsyncIterator[SerialLine]:
        """The line, opened if need be; given up when the port is lost. Raises `DeviceFault`."""
        try:
            yield await self._opened()
        except DeviceFault as fault:
            if fault.reason is Reason.PORT_LOST:
                await self.close()
            raise

    async def close(self) -> None:
        """Give the port back. The next loan opens it again."""
        line, self._line = self._line, None
        self._forget()
        if line is not None:
            await line.close()

    async def _opened(self) -> SerialLine:
        if self._line is None:
            try:
                self._line = await SerialLine.open(self._port, self._baud)
            except DeviceFault as fault:
                if fault.reason is Reason.PORT_MISSING and self._was_open:
                    raise DeviceFault(Reason.PORT_LOST, fault.detail) from None
                raise
            self._was_open = True
        return self._line
