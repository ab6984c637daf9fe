"""The face worker as the session sees it: `Eyes` over a socket to a process of its own.

The worker belongs to the session's process group and dies with it. It is never trusted to answer: each
conversation has its answer time, and a worker that is silent, speaks nonsense or was interrupted half-way is
killed, so that the next conversation begins with a fresh one and never with somebody else's answer.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import time
from asyncio.subprocess import Process
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Collection, Coroutine, Sequence
from dataclasses import dataclass

import structlog

from devices.contracts.eyes import (
    EyesEvent,
    FaceCompared,
    Frame,
    LiveNotComparable,
    PhotoNotDecodable,
    TurnsWanted,
)
from devices.eyes import wire
from devices.eyes.wire import Kind
from devices.statuses import DeviceFault, DeviceState, Health, NotReady, Ready, Reason, Unknown
from devices.worker_process import start_worker

READY_S = 20.0
"""Loading the models takes 0.7 s on an idle machine."""

ANSWER_S = 6.0
"""For a photo or a health: a stream's address may take 1.5 s to answer."""

OPENING_S = 4.0
"""From the order to watch until the first sign of life: the photo is searched for a face first."""

SILENCE_S = 3.0
"""While watching; the worker gives a sign of life twice a second, camera or no camera."""

RELEASE_S = 2.0
"""For the camera to be released after the order to stop."""


@dataclass(frozen=True)
class _Worker:
    process: Process
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    preview: socket.socket

    @property
    def alive(self) -> bool:
        return self.process.returncode is None and not self.reader.at_eof()


class FaceWorkerEyes:
    """Implements `devices.contracts.eyes.Eyes` with a worker started by `argv`.

    `--preview-fd M --fd N` is added: the socket for what the camera sees, and its pipe.

    A call while another runs waits for it, except `health`, which answers for a watching worker itself.
    """

    def __init__(self, argv: Sequence[str]) -> None:
        self._argv = tuple(argv)
        self._worker: _Worker | None = None
        self._turn = asyncio.Lock()
        self._heard_at: float | None = None
        """When a watching worker was last heard; None while nobody watches."""

    async def start(self) -> None:
        """Have a worker ready, so that nobody waits for it later. Raises `DeviceFault(WORKER_DIED)`."""
        async with self._turn:
            await self._ready_worker()

    async def health(self) -> Health:
        """See `Eyes.health`."""
        if self._heard_at is not None:
            fresh = time.monotonic() - self._heard_at < SILENCE_S
            return Ready() if fresh else Unknown()
        try:
            _, body = await self._ask(Kind.ASK_HEALTH, b"", (Kind.HEALTH,))
            return wire.read_health(body)
        except DeviceFault as fault:
            return NotReady(DeviceState.HARDWARE_ERROR, fault.reason)
        except wire.BadWire:
            return NotReady(DeviceState.HARDWARE_ERROR, Reason.GARBLED)

    async def decode_photo(self, coded: bytes) -> bytes:
        """See `Eyes.decode_photo`."""
        if len(coded) > wire.LIMITS[Kind.DECODE]:
            raise PhotoNotDecodable(f"{len(coded)} bytes are no chip photo")
        kind, body = await self._ask(Kind.DECODE, coded, (Kind.PHOTO, Kind.NO_PHOTO))
        if kind is Kind.NO_PHOTO:
            raise PhotoNotDecodable(body.decode())
        return body

    async def compare(self, photo_png: bytes, live_jpeg: bytes) -> FaceCompared:
        """See `Eyes.compare`."""
        pictures = wire.pictures_body(photo_png, live_jpeg)
        if len(pictures) > wire.LIMITS[Kind.COMPARE]:
            raise LiveNotComparable(f"{len(live_jpeg)} bytes")
        answers = (Kind.COMPARED, Kind.NOT_COMPARED, Kind.NO_PHOTO)
        kind, body = await self._ask(Kind.COMPARE, pictures, answers)
        if kind is Kind.NO_PHOTO:
            raise PhotoNotDecodable(body.decode())
        if kind is Kind.NOT_COMPARED:
            raise LiveNotComparable(body.decode())
        try:
            return wire.read_compared(body)
        except wire.BadWire as bad:
            raise DeviceFault(Reason.GARBLED, str(bad)) from None

    async def watch(
        self, photo_png: bytes, challenge: TurnsWanted | None = None
    ) -> AsyncGenerator[EyesEvent, None]:
        """See `Eyes.watch`."""
        if len(photo_png) > wire.LIMITS[Kind.WATCH]:
            raise PhotoNotDecodable(f"{len(photo_png)} bytes are no chip photo")
        async with self._turn:
            worker = await self._ready_worker()
            self._heard_at = time.monotonic()
            released = False
            sights = _Sights()
            try:
                _emptied(worker.preview)
                if challenge is not None:
                    await self._send(worker, Kind.CHALLENGE, wire.challenge_body(challenge))
                await self._send(worker, Kind.WATCH, photo_png)
                async with _running(self._hear(worker, sights), _look(worker.preview, sights)):
                    while True:
                        yield await sights.next()
            except PhotoNotDecodable:
                released = True  # it was never opened
                raise
            except DeviceFault:
                released = True
                await self._end(worker)
                raise
            finally:
                self._heard_at = None
                if not released:
                    await self._stop_watching(worker)
                _emptied(worker.preview)

    async def close(self) -> None:
        """See `Eyes.close`. A watch that still runs ends with `WORKER_DIED`."""
        if self._worker is not None:
            await self._end(self._worker)

    # ---- conversations -----------------------------------------------------------------------------------

    async def _ask(self, order: Kind, body: bytes, answers: Collection[Kind]) -> tuple[Kind, bytes]:
        async with self._turn:
            worker = await self._ready_worker()
            answered = False
            try:
                await self._send(worker, order, body)
                kind, answer = await self._receive(worker, ANSWER_S)
                answered = kind in answers
            finally:
                if not answered:
                    await self._end(worker)
            if not answered:
                raise DeviceFault(Reason.GARBLED, f"{kind.name} to {order.name}")
            return kind, answer

    async def _hear(self, worker: _Worker, sights: _Sights) -> None:
        """Pass on the worker's words until it fails."""
        wait_s = OPENING_S
        try:
            while True:
                kind, body = await self._receive(worker, wait_s)
                self._heard_at, wait_s = time.monotonic(), SILENCE_S
                if kind is not Kind.ALIVE:
                    sights.add(_event(kind, body))
        except (DeviceFault, PhotoNotDecodable) as failure:
            sights.fail(failure)

    async def _stop_watching(self, worker: _Worker) -> None:
        """Have the camera released: politely, or by ending the worker."""
        stopped = False
        try:
            await self._send(worker, Kind.STOP)
            async with asyncio.timeout(RELEASE_S):
                while not stopped:
                    kind, _ = await self._receive(worker, RELEASE_S)
                    stopped = kind in (Kind.STOPPED, Kind.FAULT, Kind.NO_PHOTO)
        except (TimeoutError, DeviceFault):
            _log.warning("face_worker_kept_camera")
        finally:
            if not stopped:
                await self._end(worker)

    async def _send(self, worker: _Worker, kind: Kind, body: bytes = b"") -> None:
        try:
            worker.writer.write(wire.pack(kind, body))
            await worker.writer.drain()
        except ConnectionError:
            raise DeviceFault(Reason.WORKER_DIED, "gone") from None

    async def _receive(self, worker: _Worker, within_s: float) -> tuple[Kind, bytes]:
        """Wait for one message; raises `DeviceFault`: `WORKER_DIED` for silence and end-of-file."""
        try:
            async with asyncio.timeout(within_s):
                kind, length = wire.read_head(await worker.reader.readexactly(wire.HEAD.size))
                return kind, await worker.reader.readexactly(length)
        except TimeoutError:
            raise DeviceFault(Reason.WORKER_DIED, f"silent for {within_s:g} s") from None
        except (asyncio.IncompleteReadError, ConnectionError):
            raise DeviceFault(Reason.WORKER_DIED, "gone") from None
        except wire.BadWire as bad:
            raise DeviceFault(Reason.GARBLED, str(bad)) from None

    # ---- the process -------------------------------------------------------------------------------------

    async def _ready_worker(self) -> _Worker:
        if self._worker is not None:
            if self._worker.alive:
                return self._worker
            await self._end(self._worker)
        begun = time.monotonic()
        worker = await self._spawn()
        ready = False
        try:
            kind, _ = await self._receive(worker, READY_S)
            ready = kind is Kind.READY
        finally:
            if not ready:
                await self._end(worker)
        if not ready:
            raise DeviceFault(Reason.WORKER_DIED, f"began with {kind.name}")
        _log.info("face_worker_ready", ms=round((time.monotonic() - begun) * 1000))
        self._worker = worker
        return worker

    async def _spawn(self) -> _Worker:
        preview, camera = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with camera, contextlib.ExitStack() as unless_it_starts:
            unless_it_starts.callback(preview.close)
            # Room for a few frames; the kernel gives what it allows.
            camera.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, wire.MOST_PREVIEW_BYTES)
            preview.settimeout(0)
            argv = (*self._argv, "--preview-fd", str(camera.fileno()))
            try:
                process, reader, writer = await start_worker(argv, also=(camera.fileno(),))
            except OSError:
                raise DeviceFault(Reason.WORKER_DIED, "does not start") from None
            unless_it_starts.pop_all()
        return _Worker(process, reader, writer, preview)

    async def _end(self, worker: _Worker) -> None:
        """Kill a worker and forget it; it has nothing to finish."""
        if self._worker is worker:
            self._worker = None
        worker.writer.close()
        # A watch may be waiting for it.
        asyncio.get_running_loop().remove_reader(worker.preview)
        worker.preview.close()
        with contextlib.suppress(ProcessLookupError):
            worker.process.kill()
        _log.info("face_worker_ended", exit_status=await worker.process.wait())


_log = structlog.get_logger()


class _Sights:
    """What a watch has to tell next: every word in its order, but of the preview only the newest frame."""

    def __init__(self) -> None:
        self._words: deque[EyesEvent] = deque()
        self._frame: Frame | None = None
        self._failure: Exception | None = None
        self._news = asyncio.Event()

    def add(self, event: EyesEvent) -> None:
        if isinstance(event, Frame):
            self._frame = event
        else:
            self._words.append(event)
        self._news.set()

    def fail(self, failure: Exception) -> None:
        self._failure = failure
        self._news.set()

    async def next(self) -> EyesEvent:
        """The next one; raises what the watch failed with, after everything that came before it."""
        while True:
            if self._words:
                return self._words.popleft()
            if self._failure is not None:
                raise self._failure
            if self._frame is not None:
                frame, self._frame = self._frame, None
                return frame
            self._news.clear()
            await self._news.wait()


async def _look(preview: socket.socket, sights: _Sights) -> None:
    """Take the preview's frames until its socket ends."""
    loop = asyncio.get_running_loop()
    with contextlib.suppress(OSError):
        while packet := await loop.sock_recv(preview, wire.MOST_PREVIEW_BYTES):
            sights.add(Frame(packet))


@contextlib.asynccontextmanager
async def _running(*works: Coroutine[None, None, None]) -> AsyncIterator[None]:
    """Have `works` done meanwhile, and ended by the end."""
    tasks = [asyncio.create_task(work) for work in works]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _emptied(preview: socket.socket) -> None:
    """Throw away what a camera sent and nobody looked at."""
    with contextlib.suppress(OSError):
        while preview.recv(wire.MOST_PREVIEW_BYTES):
            pass


def _event(kind: Kind, body: bytes) -> EyesEvent:
    """Read what a watching worker sent; raises what `Eyes.watch` raises."""
    try:
        match kind:
            case Kind.CAMERA:
                return wire.read_camera(body)
            case Kind.GUIDANCE:
                return wire.read_guidance(body)
            case Kind.ASKED:
                return wire.read_asked(body)
            case Kind.JUDGED:
                return wire.read_judged(body)
            case Kind.COMPARED:
                return wire.read_compared(body)
            case Kind.NO_PHOTO:
                raise PhotoNotDecodable(body.decode())
            case Kind.FAULT:
                raise DeviceFault(*wire.read_fault(body))
            case _:
                raise DeviceFault(Reason.GARBLED, f"{kind.name} while watching")
    except wire.BadWire as bad:
        raise DeviceFault(Reason.GARBLED, str(bad)) from None
