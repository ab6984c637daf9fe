"""A full queue and a platform that is back: how fast it empties, beside a loop that only uploads."""

from __future__ import annotations

import asyncio
import random
import secrets
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

import httpx

from bench.hall import ROOT
from benchmarks.figures import NotTaken
from benchmarks.processes import cpu_s
from benchmarks.queue_ways import Item, keep
from config.settings import PlatformSettings, Settings
from kiosk.terminal.queue_file import open_outbox
from offline_queue.answers import LineDown, Response
from offline_queue.clock import system_clock
from offline_queue.outbox import Outbox
from offline_queue.outbox_thread import OutboxThread
from offline_queue.platform_client import PlatformClient
from offline_queue.platform_line import PlatformLine
from offline_queue.signing import TerminalKey
from offline_queue.sync import Sync

BLOCK = 100
"""Envelopes a sample."""

STALLED_S = 60.0

_Result = TypeVar("_Result")


@dataclass
class Emptied:
    """How it went; seconds are of all envelopes together."""

    count: int
    ms: list[float] = field(default_factory=list)
    """Of one envelope, block by block."""
    terminal_cpu_s: float = 0.0
    platform_cpu_s: float = 0.0
    asking_s: float = 0.0
    """Of it, waiting for the platform's answers."""
    outbox_s: float = 0.0
    """Of it, waiting for the outbox: the next envelope, and the receipt made durable."""
    full_mb: float = 0.0
    empty_mb: float = 0.0
    """The queue's files before and after."""

    def __add__(self, other: Emptied) -> Emptied:
        """Both together; files are of neither."""
        return Emptied(
            self.count + other.count,
            self.ms + other.ms,
            self.terminal_cpu_s + other.terminal_cpu_s,
            self.platform_cpu_s + other.platform_cpu_s,
            self.asking_s + other.asking_s,
            self.outbox_s + other.outbox_s,
        )

    def each_ms(self, total_s: float) -> float:
        """What one envelope has of a total."""
        return 1000 * total_s / self.count


class _TimedThread(OutboxThread):
    waited_s = 0.0

    async def run(self, call: Callable[[Outbox], _Result]) -> _Result:
        began_s = time.perf_counter()
        try:
            return await super().run(call)
        finally:
            self.waited_s += time.perf_counter() - began_s


class _TimedClient(PlatformClient):
    def __init__(self, settings: PlatformSettings, key: TerminalKey) -> None:
        super().__init__(settings, key)
        self._line = self.line = _TimedLine(settings, key)


class _TimedLine(PlatformLine):
    waited_s = 0.0

    async def send(
        self, method: str, path: str, body: bytes, more: Mapping[str, str] = MappingProxyType({})
    ) -> Response | LineDown:
        began_s = time.perf_counter()
        try:
            return await super().send(method, path, body, more)
        finally:
            self.waited_s += time.perf_counter() - began_s


@dataclass
class Line:
    """One platform, and the process that is it."""

    port: int
    pid: int

    def at(self, settings: Settings) -> Settings:
        """The settings of a terminal of it."""
        platform = settings.platform.model_copy(update={"url": f"https://127.0.0.1:{self.port}"})
        return settings.model_copy(update={"platform": platform})


@contextmanager
def thin_platform(directory: Path) -> Iterator[Line]:
    """Run `benchmarks.thin_platform` for a platform's directory."""
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.thin_platform", str(directory)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        line = process.stdout.readline() if process.stdout else ""
        if not line:
            raise NotTaken("the thin platform did not start")
        yield Line(int(line), process.pid)
    finally:
        process.terminate()
        process.communicate(timeout=10)


async def drain(settings: Settings, line: Line, items: Sequence[Item]) -> Emptied:
    """Keep `items` while nobody answers, then let the product's own sync send them all."""
    settings = line.at(settings)
    key = TerminalKey.of(settings.terminal)
    state = settings.terminal.state_dir
    queue = await _TimedThread.open(lambda: open_outbox(settings, key))
    for item in items:
        await queue.run(partial(keep, item=item))
    emptied = Emptied(len(items), full_mb=_megabytes(state))
    client = _TimedClient(settings.platform, key)
    at_s, all_arrived = list[float](), asyncio.Event()

    def arrived(*_receipt: object) -> None:
        at_s.append(time.perf_counter())
        if len(at_s) == len(items):
            all_arrived.set()

    sync = Sync(
        queue,
        client,
        clock=system_clock,
        random=random.random,
        nonce=partial(secrets.token_hex, 16),
        probe_interval_s=settings.platform.probe_interval_s,
        retry_cap_s=settings.platform.retry_cap_s,
        on_reach=lambda _reach: None,
        on_delivered=arrived,
    )
    queue.waited_s = 0.0
    with _processors(emptied, line.pid):
        working = asyncio.create_task(sync.run())
        await _until(all_arrived, at_s)
    emptied.asking_s, emptied.outbox_s = client.line.waited_s, queue.waited_s
    emptied.ms = _blocks(at_s)
    working.cancel()
    await asyncio.gather(working, return_exceptions=True)
    await client.close()
    await queue.close()
    emptied.empty_mb = _megabytes(state)
    return emptied


async def upload(settings: Settings, line: Line, items: Sequence[Item]) -> Emptied:
    """Send the same requests, signed beforehand, one after the other over one connection."""
    platform = line.at(settings).platform
    key = TerminalKey.of(settings.terminal)
    requests = [(item, _headers(key, item)) for item in items]
    emptied, at_s = Emptied(len(items)), list[float]()
    async with httpx.AsyncClient(base_url=platform.url, verify=_tls(platform), trust_env=False) as client:
        with _processors(emptied, line.pid):
            for item, headers in requests:
                response = await client.put(
                    f"/v1/applications/{item.name}", content=item.envelope, headers=headers
                )
                if not response.is_success:
                    raise NotTaken(f"the bare upload was answered with {response.status_code}")
                at_s.append(time.perf_counter())
    emptied.ms = _blocks(at_s)
    return emptied


def _headers(key: TerminalKey, item: Item) -> dict[str, str]:
    return {
        "Content-Type": "application/json",
        "Terminal-Id": key.terminal_id,
        "Terminal-Signature": key.sign(item.envelope),
    }


def _tls(platform: PlatformSettings) -> ssl.SSLContext:
    tls = ssl.create_default_context(cafile=platform.ca_file)
    tls.load_cert_chain(platform.client_certificate, platform.client_key)
    return tls


@contextmanager
def _processors(emptied: Emptied, platform: int) -> Iterator[None]:
    ours_s, theirs_s = time.process_time(), cpu_s([platform])
    yield
    emptied.terminal_cpu_s = time.process_time() - ours_s
    emptied.platform_cpu_s = cpu_s([platform]) - theirs_s


async def _until(all_arrived: asyncio.Event, at_s: Sequence[float]) -> None:
    while not all_arrived.is_set():
        before = len(at_s)
        with suppress(TimeoutError):
            async with asyncio.timeout(STALLED_S):
                await all_arrived.wait()
        if len(at_s) == before:
            raise NotTaken(f"nothing arrives any more after {before} envelopes")


def _blocks(at_s: Sequence[float]) -> list[float]:
    """Milliseconds of one, by block; what came before the first arrival is not in them."""
    marks = at_s[::BLOCK] if len(at_s) > BLOCK else [at_s[0], at_s[-1]]
    size = min(BLOCK, len(at_s) - 1)
    return [1000 * (end - begin) / size for begin, end in pairwise(marks)]


def _megabytes(state: Path) -> float:
    return sum(file.stat().st_size for file in state.iterdir() if file.is_file()) / 1e6
