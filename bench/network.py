"""The cable between terminal and platform: a TCP proxy that can be cut, healed, and can lose one answer.

It carries TLS without reading it. Losing an answer means: the platform gets the whole request and acts on it,
and the terminal never hears of it. It is recognised by its size, for a TLS handshake and a probe are small.
"""

from __future__ import annotations

import asyncio
from types import TracebackType
from typing import Self

REQUEST_AT_LEAST = 3000
"""Bytes that a terminal sends in one go before the platform says anything: an envelope, and no handshake."""

ANSWER_QUIET_S = 0.3
"""Silence on both sides after an answer began: the request had arrived whole, the answer is lost whole."""

_CHUNK = 65536

_TURNS = 4
"""Turns of the loop within which a connection that is being taken is handed over."""


class CuttableProxy:
    """A proxy on 127.0.0.1 at a port of its own, the same for its whole life."""

    def __init__(self, target_host: str, target_port: int) -> None:
        self._target = (target_host, target_port)
        self._server: asyncio.Server | None = None
        self._clients: set[_Connection] = set()
        self._carrying: set[asyncio.Task[None]] = set()
        self.is_cut = False
        self.losing = False
        """Whether the next large request's answer will be lost; ends with that request."""
        self.answers_lost = 0

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", 0)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    @property
    def port(self) -> int:
        """Where a terminal connects to."""
        if self._server is None:
            raise RuntimeError("the proxy is not open")
        return int(self._server.sockets[0].getsockname()[1])

    def cut(self) -> None:
        """Break every connection now, and every new one at once."""
        self.is_cut = True
        for client in self._clients:
            client.abort()

    def heal(self) -> None:
        """Carry again."""
        self.is_cut = False

    def lose_next_answer(self) -> None:
        """Let the next large request through, and its answer not."""
        self.losing = True

    async def close(self) -> None:
        """Break everything and stop listening."""
        self.cut()
        if self._server is not None:
            await stop_taking(self._server)
            self._server.close()
            await self._server.wait_closed()
        while self._carrying:
            await asyncio.wait(self._carrying)
            await asyncio.sleep(0)

    def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        carrying = asyncio.create_task(self._carry(reader, writer))
        self._carrying.add(carrying)
        carrying.add_done_callback(self._carrying.discard)

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.is_cut:
            writer.transport.abort()
            return
        try:
            beyond = await asyncio.open_connection(*self._target)
        except OSError:
            writer.transport.abort()
            return
        connection = _Connection(self, (reader, writer), beyond)
        if self.is_cut:  # meanwhile
            connection.abort()
            return
        self._clients.add(connection)
        try:
            await connection.run()
        finally:
            self._clients.discard(connection)


async def stop_taking(server: asyncio.Server) -> None:
    """Take no new connection, and have those that are being taken handed over.

    A connection that asyncio is still taking when its server closes is left open for ever.
    """
    for listening in server.sockets:
        asyncio.get_running_loop().remove_reader(listening.fileno())
    for _ in range(_TURNS):
        await asyncio.sleep(0)


class _Connection:
    """One terminal's connection and its counterpart to the platform."""

    def __init__(
        self,
        proxy: CuttableProxy,
        terminal: tuple[asyncio.StreamReader, asyncio.StreamWriter],
        platform: tuple[asyncio.StreamReader, asyncio.StreamWriter],
    ) -> None:
        self._proxy = proxy
        self._terminal = terminal
        self._platform = platform
        self._unanswered = 0
        self._swallowing = False
        self._last_byte = asyncio.Event()

    def abort(self) -> None:
        """Break both sides."""
        for _, writer in (self._terminal, self._platform):
            writer.transport.abort()

    async def run(self) -> None:
        """Carry both ways until either side ends."""
        ways = {asyncio.create_task(self._requests()), asyncio.create_task(self._answers())}
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)
            self.abort()

    async def _requests(self) -> None:
        reader, writer = self._terminal[0], self._platform[1]
        try:
            while data := await reader.read(_CHUNK):
                self._last_byte.set()
                self._unanswered += len(data)
                if self._proxy.losing and self._unanswered >= REQUEST_AT_LEAST:
                    self._proxy.losing = False
                    self._swallowing = True
                writer.write(data)
                await writer.drain()
        except ConnectionError:
            pass  # a broken cable is what this class is for

    async def _answers(self) -> None:
        reader, writer = self._platform[0], self._terminal[1]
        try:
            while data := await reader.read(_CHUNK):
                if self._swallowing:
                    await self._quiet()
                    self._proxy.answers_lost += 1
                    return
                self._unanswered = 0
                writer.write(data)
                await writer.drain()
        except ConnectionError:
            pass  # see above

    async def _quiet(self) -> None:
        """Wait until nothing has moved for a while: TLS tickets come before the answer, and are none."""
        while True:
            self._last_byte.clear()
            more = {
                asyncio.create_task(self._platform[0].read(_CHUNK)),
                asyncio.create_task(self._last_byte.wait()),
            }
            moved, waiting = await asyncio.wait(
                more, timeout=ANSWER_QUIET_S, return_when=asyncio.FIRST_COMPLETED
            )
            for task in waiting:
                task.cancel()
            await asyncio.gather(*waiting, return_exceptions=True)
            if not moved or b"" in [task.result() for task in moved]:
                return
