"""A line between terminal and platform that is cut after so many bytes, there or back."""

from __future__ import annotations

import asyncio
import hashlib
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from central_platform.records import DATABASE
from offline_queue.platform_client import PlatformClient
from offline_queue.queue_values import Sealed
from tests.offline_queue.platform_process import settings
from tests.offline_queue.samples import a_record, sealed, terminal_key
from tests.offline_queue.wire import listening, until_one_ends

Way = Literal["there", "back"]
WAYS: tuple[Way, ...] = get_args(Way)


@dataclass(frozen=True)
class Cut:
    """Hang up when so many bytes have gone that way."""

    way: Way
    after: int


class CuttingProxy:
    """Cuts the first connection to its port as told; `passed` counts what went through."""

    def __init__(self, to_port: int, cut: Cut | None) -> None:
        self._to_port = to_port
        self._cut = cut
        self.passed = {"there": 0, "back": 0}

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Pass on, until it is cut."""
        cut, self._cut = self._cut, None
        connecting = asyncio.create_task(asyncio.open_connection("127.0.0.1", self._to_port))
        try:
            back_reader, back_writer = await asyncio.shield(connecting)
        except asyncio.CancelledError:
            (await connecting)[1].close()
            raise
        try:
            await until_one_ends(
                self._pass("there", reader, back_writer, cut),
                self._pass("back", back_reader, writer, cut),
            )
        finally:
            # Half of all lines break with a word, half without.
            for each in (writer, back_writer):
                if cut is not None and cut.after % 2:
                    each.transport.abort()
                else:
                    each.close()

    async def _pass(
        self, way: Way, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, cut: Cut | None
    ) -> None:
        left = cut.after if cut is not None and cut.way == way else None
        while left is None or left > 0:
            data = await reader.read(65536 if left is None else left)
            if not data:
                return
            if left is not None:
                left -= len(data)
            self.passed[way] += len(data)
            writer.write(data)
            with suppress(ConnectionError):
                await writer.drain()


@dataclass
class Line:
    """One platform, and what is asked of it through a proxy of its own each time."""

    directory: Path
    terminal: Path
    port: int
    client: type[PlatformClient] = PlatformClient

    @asynccontextmanager
    async def through(self, cut: Cut | None) -> AsyncIterator[tuple[PlatformClient, CuttingProxy]]:
        proxy = CuttingProxy(self.port, cut)
        async with listening(proxy.handle) as port:
            client = self.client(settings(self.terminal, port), terminal_key(self.terminal))
            yield client, proxy
            await client.close()

    def platform_has(self, application_id: str) -> str | None:
        database = sqlite3.connect(f"file:{self.directory / DATABASE}?mode=ro", uri=True, timeout=10)
        try:
            row = database.execute(
                "SELECT filing_no FROM applications WHERE application_id = ?", [application_id]
            ).fetchone()
        finally:
            database.close()
        return None if row is None else str(row[0])

    def platform_count(self) -> int:
        database = sqlite3.connect(f"file:{self.directory / DATABASE}?mode=ro", uri=True, timeout=10)
        try:
            (count,) = database.execute("SELECT count(*) FROM applications").fetchone()
        finally:
            database.close()
        return int(count)

    def new_application(self, name: str) -> tuple[str, Sealed]:
        envelope = sealed(a_record(name), self.terminal)
        digest = hashlib.sha256(envelope).hexdigest()
        return name, Sealed(envelope, digest, terminal_key(self.terminal).sign(envelope))
