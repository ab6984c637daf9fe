from __future__ import annotations

import asyncio
import gc
import socket
from collections.abc import AsyncIterator

import pytest

from bench.network import REQUEST_AT_LEAST, CuttableProxy

ENVELOPE = b"e" * (REQUEST_AT_LEAST + 1) + b"\n"


class Platform:
    """Answers each line with "got N"; remembers what it got."""

    def __init__(self) -> None:
        self.got: list[int] = []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while line := await reader.readline():
                self.got.append(len(line))
                writer.write(b"ticket\n")  # as TLS does before its first answer
                await writer.drain()
                writer.write(f"got {len(line)}\n".encode())
                await writer.drain()
        except ConnectionError:
            pass
        finally:
            writer.close()


@pytest.fixture
def platform() -> Platform:
    return Platform()


@pytest.fixture
async def proxy(platform: Platform) -> AsyncIterator[CuttableProxy]:
    server = await asyncio.start_server(platform.serve, "127.0.0.1", 0, limit=1 << 20)
    async with server, CuttableProxy("127.0.0.1", server.sockets[0].getsockname()[1]) as proxy:
        yield proxy


async def ask(proxy: CuttableProxy, line: bytes) -> bytes:
    """The answer, or nothing where the connection broke."""
    reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
    try:
        writer.write(line)
        await reader.readline()
        return await reader.readline()
    except ConnectionError:
        return b""
    finally:
        writer.close()


async def test_a_whole_cable_carries_both_ways(proxy: CuttableProxy) -> None:
    assert await ask(proxy, b"probe\n") == b"got 6\n"


async def test_a_cut_cable_breaks_open_and_new_connections_and_a_healed_one_carries(
    proxy: CuttableProxy,
) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
    writer.write(b"probe\n")
    assert await reader.readline() == b"ticket\n"
    port = proxy.port
    proxy.cut()
    with pytest.raises((ConnectionError, asyncio.IncompleteReadError)):
        await reader.readuntil(b"never")
    writer.close()
    assert await ask(proxy, b"probe\n") == b""
    proxy.heal()
    assert proxy.port == port
    assert await ask(proxy, b"probe\n") == b"got 6\n"


async def test_a_lost_answer_is_lost_after_the_platform_got_the_envelope(
    proxy: CuttableProxy, platform: Platform
) -> None:
    proxy.lose_next_answer()
    assert await ask(proxy, b"probe\n") == b"got 6\n", "a probe is no envelope"
    assert await ask(proxy, ENVELOPE) == b"", "no answer, and not a piece of one"
    assert platform.got == [6, len(ENVELOPE)]
    assert proxy.answers_lost == 1
    assert await ask(proxy, ENVELOPE) == f"got {len(ENVELOPE)}\n".encode(), "only one is lost"


@pytest.mark.parametrize("turns", range(6))
async def test_a_connection_that_comes_while_it_closes_is_not_left_open(turns: int) -> None:
    async with CuttableProxy("127.0.0.1", 9) as proxy:
        far = socket.create_connection(("127.0.0.1", proxy.port))
        for _ in range(turns):
            await asyncio.sleep(0)
    far.close()
    gc.collect()  # what was left open is said here, and fails the test
