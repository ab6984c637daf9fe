"""What can stand between terminal and platform: a proxy of raw bytes that fails, and a server that lies."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from bench.network import stop_taking

Lie = Callable[[bytes, bytes], bytes]
"""From the request's head and body to the whole answer as bytes."""


class LossyProxy:
    """Passes bytes on, unless told otherwise. `connections` counts who came, `bytes_there` what they sent."""

    def __init__(self, to_port: int) -> None:
        self._to_port = to_port
        self.swallow_answers = False
        """Let requests through to the platform; nothing it says after the handshake comes back."""
        self.swallows_above: int | None = None
        """Pass no more on of a connection that has sent more bytes than this: a line too slow for it."""
        self.cuts_above: int | None = None
        """Hang up on a connection that has sent more bytes than this."""
        self.cut = False
        """Hang up on everybody."""
        self.connections = 0
        self.bytes_there = 0

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        if self.cut:
            writer.close()
            return
        there, back = await asyncio.open_connection("127.0.0.1", self._to_port)
        sent = 0

        async def ask() -> None:
            nonlocal sent
            while data := await reader.read(65536):
                sent += len(data)
                self.bytes_there += len(data)
                if self.swallows_above is not None and sent > self.swallows_above:
                    continue
                if self.cuts_above is not None and sent > self.cuts_above:
                    return
                back.write(data)
                await back.drain()

        async def reply() -> None:
            while data := await there.read(65536):
                # A handshake with a client certificate stays below this; an envelope does not.
                if not (self.swallow_answers and sent > _HANDSHAKE):
                    writer.write(data)
                    await writer.drain()

        try:
            await until_one_ends(ask(), reply())
        finally:
            writer.close()
            back.close()


_HANDSHAKE = 2500


async def until_one_ends(*ways: Coroutine[None, None, None]) -> None:
    """Go on with every way of a line until one has ended; then none is left."""
    tasks = [asyncio.create_task(way) for way in ways]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@asynccontextmanager
async def lossy_proxy(to_port: int) -> AsyncIterator[tuple[LossyProxy, int]]:
    """A proxy before `to_port`, and the port it listens on."""
    proxy = LossyProxy(to_port)
    async with listening(proxy.handle) as port:
        yield proxy, port


@asynccontextmanager
async def lying_platform(directory: Path, lie: Lie) -> AsyncIterator[int]:
    """A server with the platform's own certificate and someone else's manners."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(directory / "platform/server.pem", directory / "platform/server.key")
    context.load_verify_locations(directory / "platform/client_ca.pem")
    context.verify_mode = ssl.CERT_REQUIRED

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            head = await reader.readuntil(b"\r\n\r\n")
            lengths = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
            body = await reader.readexactly(int(lengths[0].split(b":")[1])) if lengths else b""
            writer.write(lie(head, body))
            await writer.drain()
        writer.close()

    async with listening(handle, context) as port:
        yield port


def answer(status: str, body: bytes, *headers: str) -> bytes:
    """One whole answer."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


@asynccontextmanager
async def listening(
    handle: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]],
    context: ssl.SSLContext | None = None,
) -> AsyncIterator[int]:
    tasks: set[asyncio.Task[None]] = set()

    async def tracked(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        try:
            # asyncio says aloud what becomes of a handler that ends cancelled.
            with suppress(asyncio.CancelledError):
                await handle(reader, writer)
        finally:
            writer.close()
            tasks.discard(task)

    server = await asyncio.start_server(tracked, "127.0.0.1", 0, ssl=context)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        await stop_taking(server)
        server.close()
        for task in list(tasks):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await server.wait_closed()
