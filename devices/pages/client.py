"""The document camera as the session sees it: `PageCamera` over a socket to a process for each watch.

The process belongs to the session's group and dies with it. It begins with `watch` and is killed at its end:
that closes the camera whatever its driver is doing, and leaves nothing of the paper.
"""

from __future__ import annotations

import asyncio
import contextlib
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncGenerator, Sequence
from pathlib import Path

import structlog

from config.settings import DocumentCameraSettings
from devices.contracts.pages import PageEvent, Paper
from devices.eyes.sources import CameraSource, probe
from devices.eyes.wire import HEAD, BadWire
from devices.pages import wire
from devices.pages.wire import Kind
from devices.statuses import DeviceFault, DeviceState, Health, NotReady, Ready, Reason, Unknown
from devices.worker_process import start_worker

OPENING_S = 10.0
"""From the start of the process until anything comes: it loads OpenCV, a stream may take 2 s to open."""

SILENCE_S = 4.0
"""While watching; the worker itself gives up on a camera within 2 s."""

PROBE_S = 3.0

_ROOT = Path(__file__).resolve().parent.parent.parent


def page_camera(settings: DocumentCameraSettings) -> PageWorkerCamera:
    """The document camera that the settings name."""
    source = "-" if settings.source is None else str(settings.source)
    sizes = (settings.width_px, settings.height_px, settings.turn_deg, 1000 * settings.page_limit_kb)
    argv = (sys.executable, "-m", "devices.pages.worker", source, *map(str, sizes))
    return PageWorkerCamera(argv, settings.source)


class PageWorkerCamera:
    """Implements `devices.contracts.pages.PageCamera`; `argv` starts a worker, to which `--fd N` is added.

    `source` is what that worker will open; here it is only asked whether it is there.
    """

    def __init__(self, argv: Sequence[str], source: CameraSource | None) -> None:
        self._argv = tuple(argv)
        self._source = source
        self._writer: asyncio.StreamWriter | None = None
        self._process: Process | None = None
        self._probe: asyncio.Task[Health] | None = None

    async def health(self) -> Health:
        """See `PageCamera.health`."""
        if self._source is None:
            return NotReady(DeviceState.NO_DEVICE, Reason.NOT_CONFIGURED)
        if self._process is not None:
            return Ready()
        if self._probe is None or self._probe.done():
            self._probe = asyncio.create_task(asyncio.to_thread(probe, self._source))
        # A driver that hangs keeps one thread; while it does, nothing is known.
        done, _ = await asyncio.wait({self._probe}, timeout=PROBE_S)
        return self._probe.result() if done else Unknown(Reason.SILENT)

    async def watch(self, paper: Paper) -> AsyncGenerator[PageEvent, None]:
        """See `PageCamera.watch`."""
        if self._process is not None:
            raise DeviceFault(Reason.PORT_DENIED, "is being watched already")
        reader, writer = await self._spawn()
        try:
            writer.write(wire.pack(Kind.WATCH, paper.value))
            wait_s = OPENING_S
            while True:
                kind, body = await _receive(reader, wait_s)
                wait_s = SILENCE_S
                try:
                    event = wire.read_event(kind, body)
                except BadWire as bad:
                    raise DeviceFault(Reason.GARBLED, str(bad)) from None
                yield event
        finally:
            await self.close()

    async def take(self) -> None:
        """See `PageCamera.take`."""
        if self._writer is not None:
            self._writer.write(wire.pack(Kind.TAKE))

    async def close(self) -> None:
        """See `PageCamera.close`. A watch that still runs ends with `WORKER_DIED`."""
        process, writer = self._process, self._writer
        self._process = self._writer = None
        if writer is not None:
            writer.close()
        if process is not None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            _log.info("page_worker_ended", exit_status=await process.wait())

    async def _spawn(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        try:
            self._process, reader, self._writer = await start_worker(self._argv, cwd=_ROOT)
        except OSError:
            raise DeviceFault(Reason.WORKER_DIED, "does not start") from None
        return reader, self._writer


_log = structlog.get_logger()


async def _receive(reader: asyncio.StreamReader, within_s: float) -> tuple[Kind, bytes]:
    try:
        async with asyncio.timeout(within_s):
            kind, length = wire.read_head(await reader.readexactly(HEAD.size))
            return kind, await reader.readexactly(length)
    except TimeoutError:
        raise DeviceFault(Reason.WORKER_DIED, f"silent for {within_s:g} s") from None
    except (asyncio.IncompleteReadError, ConnectionError):
        raise DeviceFault(Reason.WORKER_DIED, "gone") from None
    except BadWire as bad:
        raise DeviceFault(Reason.GARBLED, str(bad)) from None
