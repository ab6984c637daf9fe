"""The face worker as a session uses it: real processes, a real stream, the real models."""

import asyncio
import os
import resource
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing
from pathlib import Path

import cv2
import numpy as np
import pytest
import pytest_asyncio

from devices.contracts.eyes import (
    CameraBack,
    CameraTrouble,
    EyesEvent,
    FaceCompared,
    Frame,
    Guidance,
    PhotoNotDecodable,
)
from devices.eyes import wire
from devices.eyes.client import FaceWorkerEyes
from devices.eyes.wire import Kind
from devices.simulators.camera import CameraSimulator
from devices.simulators.chip_photo import code_photo
from devices.statuses import DeviceFault, DeviceState, NotReady, Ready, Reason

pytestmark = pytest.mark.asyncio(loop_scope="module")

FACES = Path("devices/simulators/faces")
RUN_WORKER = (sys.executable, str(Path(__file__).with_name("run_worker.py")))
ZHOU = code_photo(FACES / "zhou.jpg")
SHEN = code_photo(FACES / "shen.jpg")


@pytest.fixture(autouse=True, scope="module")
def _the_project_is_importable() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("PYTHONPATH", str(Path.cwd()))
        yield


@pytest.fixture(scope="module")
def one_camera() -> Iterator[CameraSimulator]:
    with CameraSimulator(FACES / "zhou.jpg") as camera:
        yield camera


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def eyes(one_camera: CameraSimulator) -> AsyncIterator[FaceWorkerEyes]:
    eyes = FaceWorkerEyes((*RUN_WORKER, one_camera.url, "0.42", "simulator"))
    await eyes.start()
    yield eyes
    await eyes.close()


@pytest.fixture
def camera(one_camera: CameraSimulator) -> Iterator[CameraSimulator]:
    """The camera with nothing wrong, and nobody watching when the test is over."""
    one_camera.show(FACES / "zhou.jpg")
    yield one_camera
    one_camera.stalled = False
    one_camera.replug()
    assert one_camera.wait_for_watchers(0, 3.0)


async def seen(eyes: FaceWorkerEyes, photo: bytes, kind: type[EyesEvent], count: int) -> list[EyesEvent]:
    """The first `count` events of one kind."""
    found: list[EyesEvent] = []
    async with asyncio.timeout(20), aclosing(eyes.watch(photo)) as events:
        async for event in events:
            if isinstance(event, kind):
                found.append(event)
                if len(found) == count:
                    return found
    raise AssertionError("the watch ended by itself")


async def fault_of(events: AsyncIterator[EyesEvent]) -> DeviceFault:
    """Watch until it fails."""
    try:
        async with asyncio.timeout(20):
            async for _ in events:
                pass
    except DeviceFault as fault:
        return fault
    raise AssertionError("the watch ended by itself")


def workers() -> list[int]:
    """The processes that this one has started as workers."""
    children = Path(f"/proc/{os.getpid()}/task").glob("*/children")
    pids = [int(pid) for listed in children for pid in listed.read_text().split()]
    return [pid for pid in pids if b"run_worker" in Path(f"/proc/{pid}/cmdline").read_bytes()]


async def test_the_holder_of_the_card_is_recognised(eyes: FaceWorkerEyes, camera: CameraSimulator) -> None:
    photo = await eyes.decode_photo(ZHOU)
    assert camera.watchers == 0, "nobody has agreed to be looked at yet"
    for compared in await seen(eyes, photo, FaceCompared, 2):
        assert isinstance(compared, FaceCompared)
        assert compared.same, compared


async def test_somebody_else_with_the_card_is_not_recognised(
    eyes: FaceWorkerEyes, camera: CameraSimulator
) -> None:
    camera.show(FACES / "shen.jpg")
    for compared in await seen(eyes, await eyes.decode_photo(ZHOU), FaceCompared, 2):
        assert isinstance(compared, FaceCompared)
        assert not compared.same
        assert compared.distance > 0.6


async def test_nobody_before_the_camera_is_guided_and_not_compared(
    eyes: FaceWorkerEyes, camera: CameraSimulator
) -> None:
    camera.show(None)
    assert await seen(eyes, await eyes.decode_photo(ZHOU), Guidance, 2) == [Guidance.NO_FACE] * 2


@pytest.mark.usefixtures("camera")
async def test_the_preview_flows_while_faces_are_compared(eyes: FaceWorkerEyes) -> None:
    photo = await eyes.decode_photo(ZHOU)
    frames_before = []
    async with asyncio.timeout(20), aclosing(eyes.watch(photo)) as events:
        frames = 0
        async for event in events:
            if isinstance(event, Frame):
                frames += 1
            elif isinstance(event, FaceCompared):
                frames_before.append(frames)
                frames = 0
                if len(frames_before) == 2:
                    break
    # 30 a second; while a face is encoded the preview once stood still for a tenth of a second and more.
    assert frames_before[1] >= 12, "of the eighteen that the camera made from one comparison to the next"


@pytest.mark.usefixtures("camera")
async def test_the_preview_is_a_mirror(eyes: FaceWorkerEyes) -> None:
    [frame] = await seen(eyes, await eyes.decode_photo(ZHOU), Frame, 1)
    assert isinstance(frame, Frame)
    shown = cv2.imdecode(np.frombuffer(frame.jpeg, np.uint8), cv2.IMREAD_COLOR)
    assert shown is not None
    assert shown.shape == (480, 640, 3)
    person = cv2.resize(np.asarray(cv2.imread(str(FACES / "zhou.jpg"))), (640, 480)).astype(int)
    assert np.abs(shown - person[:, ::-1]).mean() < np.abs(shown - person).mean() / 2


async def test_the_camera_is_released_when_the_watch_is_closed(
    eyes: FaceWorkerEyes, camera: CameraSimulator
) -> None:
    photo, [before] = await eyes.decode_photo(ZHOU), workers()
    async with aclosing(eyes.watch(photo)) as events:
        await anext(events)
        assert camera.watchers == 1
        assert await eyes.health() == Ready()
    assert camera.wait_for_watchers(0, 1.0)
    assert workers() == [before], "by a word, not by a kill"


async def test_a_check_that_is_abandoned_releases_the_camera_too(
    eyes: FaceWorkerEyes, camera: CameraSimulator
) -> None:
    photo = await eyes.decode_photo(ZHOU)
    task = asyncio.create_task(seen(eyes, photo, Frame, 10_000))
    assert await asyncio.to_thread(camera.wait_for_watchers, 1, 5.0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert camera.wait_for_watchers(0, 1.0)


async def test_a_camera_that_stalls_is_reported_and_the_watch_goes_on_when_it_is_back(
    eyes: FaceWorkerEyes, camera: CameraSimulator
) -> None:
    photo = await eyes.decode_photo(ZHOU)
    told: list[EyesEvent] = []
    async with asyncio.timeout(40), aclosing(eyes.watch(photo)) as events:
        async for event in events:
            if isinstance(event, Frame):
                if not told:
                    camera.stalled = True
                elif isinstance(told[-1], CameraBack):
                    break
            if isinstance(event, CameraTrouble | CameraBack):
                told.append(event)
                camera.stalled = False
    assert told == [CameraTrouble(Reason.FRAME_STALLED), CameraBack()]


async def test_a_camera_pulled_out_and_plugged_in_again_is_used_again(
    eyes: FaceWorkerEyes, camera: CameraSimulator
) -> None:
    photo, [worker] = await eyes.decode_photo(ZHOU), workers()
    compared = 0
    async with asyncio.timeout(40), aclosing(eyes.watch(photo)) as events:
        async for event in events:
            match event:
                case Frame() if compared == 0:
                    camera.unplug()
                case CameraTrouble():
                    compared = 1
                    camera.replug()
                case FaceCompared() if compared == 1:
                    assert event.same
                    break
                case _:
                    pass
    assert workers() == [worker]


async def test_the_camera_takes_no_picture_before_consent_and_none_after_the_step(
    eyes: FaceWorkerEyes, camera: CameraSimulator
) -> None:
    made = camera.connections_made
    assert await eyes.health() == Ready()
    photo = await eyes.decode_photo(ZHOU)
    assert await eyes.health() == Ready()
    assert camera.connections_made == made
    await seen(eyes, photo, Frame, 3)
    assert camera.connections_made == made + 1
    assert camera.wait_for_watchers(0, 3.0)
    assert await eyes.health() == Ready()
    assert camera.connections_made == made + 1


async def test_a_killed_worker_is_reported_and_the_next_use_has_another(
    eyes: FaceWorkerEyes, camera: CameraSimulator
) -> None:
    photo, [pid] = await eyes.decode_photo(ZHOU), workers()
    async with aclosing(eyes.watch(photo)) as events:
        await anext(events)
        os.kill(pid, signal.SIGKILL)
        fault = await fault_of(events)
    assert fault.reason is Reason.WORKER_DIED
    assert camera.wait_for_watchers(0, 1.0)
    assert await eyes.decode_photo(ZHOU) == photo
    assert workers() != [pid]


@pytest.mark.usefixtures("camera")
async def test_a_hung_worker_is_killed_and_reported(eyes: FaceWorkerEyes) -> None:
    photo, [pid] = await eyes.decode_photo(ZHOU), workers()
    async with aclosing(eyes.watch(photo)) as events:
        await anext(events)
        os.kill(pid, signal.SIGSTOP)
        begun = time.monotonic()
        fault = await fault_of(events)
    assert fault.reason is Reason.WORKER_DIED
    assert time.monotonic() - begun < 4.5
    assert workers() == []


async def test_the_next_citizen_never_gets_the_photo_that_was_asked_for_before(eyes: FaceWorkerEyes) -> None:
    shens = await eyes.decode_photo(SHEN)
    abandoned = asyncio.create_task(eyes.decode_photo(ZHOU))
    await asyncio.sleep(0)  # it has been sent, and not been answered
    abandoned.cancel()
    with pytest.raises(asyncio.CancelledError):
        await abandoned
    assert await eyes.decode_photo(SHEN) == shens


async def test_a_chip_photo_that_is_none_is_said_to_be_none(
    eyes: FaceWorkerEyes, camera: CameraSimulator
) -> None:
    for coded in (bytes(1024), b"", bytes(100_000)):
        with pytest.raises(PhotoNotDecodable):
            await eyes.decode_photo(coded)
    made = camera.connections_made
    faceless = cv2.imencode(".png", np.full((126, 102, 3), 128, np.uint8))[1].tobytes()
    with pytest.raises(PhotoNotDecodable):
        await seen(eyes, faceless, Frame, 1)
    assert camera.connections_made == made, "the camera stays shut when there is nothing to compare with"


async def test_a_terminal_without_camera_and_decoder_says_so() -> None:
    eyes = FaceWorkerEyes((*RUN_WORKER, "-", "0.42", "none"))
    try:
        with pytest.raises(PhotoNotDecodable, match="no decoder"):
            await eyes.decode_photo(ZHOU)
        assert await eyes.health() == NotReady(DeviceState.NO_DEVICE, Reason.NOT_CONFIGURED)
    finally:
        await eyes.close()


async def test_a_worker_that_cannot_start_is_reported() -> None:
    for argv in (("/nowhere/python",), (sys.executable, "-c", "raise SystemExit(1)")):
        eyes = FaceWorkerEyes(argv)
        with pytest.raises(DeviceFault) as raised:
            await eyes.start()
        assert raised.value.reason is Reason.WORKER_DIED
        assert await eyes.health() == NotReady(DeviceState.HARDWARE_ERROR, Reason.WORKER_DIED)


async def test_the_worker_shares_the_sessions_group_and_leaves_no_core(eyes: FaceWorkerEyes) -> None:
    await eyes.start()
    [pid] = workers()
    assert os.getpgid(pid) == os.getpgrp()
    assert resource.prlimit(pid, resource.RLIMIT_CORE) == (0, 0)


def family(pid: int) -> list[int]:
    """A process and what it started."""
    listed = Path(f"/proc/{pid}/task").glob("*/children")
    children = [int(child) for children in listed for child in children.read_text().split()]
    return [pid, *(each for child in children for each in family(child))]


def written_bytes(pid: int) -> int:
    """What a process has written to files; sockets and pipes do not count."""
    said = dict(line.split(": ") for line in Path(f"/proc/{pid}/io").read_text().splitlines())
    return int(said["write_bytes"])


def files_open_for_writing(pid: int) -> list[str]:
    found = []
    for descriptor in Path(f"/proc/{pid}/fd").iterdir():
        name = str(descriptor.readlink())
        told = Path(f"/proc/{pid}/fdinfo/{descriptor.name}").read_text().split()
        writable = int(told[told.index("flags:") + 1], 8) & os.O_ACCMODE != os.O_RDONLY
        # Standard output and error are the test's.
        if writable and name.startswith("/") and name != "/dev/null" and int(descriptor.name) > 2:
            found.append(name)
    return found


@pytest.mark.usefixtures("camera")
async def test_no_frame_and_no_encoding_is_written_anywhere(eyes: FaceWorkerEyes) -> None:
    photo, [worker] = await eyes.decode_photo(ZHOU), workers()
    before = written_bytes(worker)
    async with asyncio.timeout(20), aclosing(eyes.watch(photo)) as events:
        async for event in events:
            if isinstance(event, FaceCompared):
                break
        pids = family(worker)
        assert len(pids) == 2, "the worker and the camera's process"
        assert [name for pid in pids for name in files_open_for_writing(pid)] == []
        assert [written_bytes(pid) for pid in pids] == [before, 0]


class BareWorker:
    """A worker with the session's end of its pipe in the test's hands."""

    def __init__(self, source: str) -> None:
        self.pipe, theirs = socket.socketpair()
        self.preview, camera = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.pipe.settimeout(10)
        self.preview.settimeout(10)
        with theirs, camera:
            fds = (theirs.fileno(), camera.fileno())
            options = ("--preview-fd", str(fds[1]), "--fd", str(fds[0]))
            self.process = subprocess.Popen(
                (*RUN_WORKER, source, "0.42", "simulator", *options), pass_fds=fds
            )

    def receive(self) -> tuple[Kind, bytes]:
        kind, length = wire.read_head(self.pipe.recv(wire.HEAD.size, socket.MSG_WAITALL))
        return kind, self.pipe.recv(length, socket.MSG_WAITALL)


@pytest.fixture
def worker(one_camera: CameraSimulator) -> Iterator[BareWorker]:
    worker = BareWorker(one_camera.url)
    yield worker
    worker.pipe.close()
    worker.preview.close()
    worker.process.wait(5)


async def test_when_the_session_is_gone_the_worker_is_gone_while_it_watches(
    worker: BareWorker, camera: CameraSimulator
) -> None:
    assert worker.receive() == (Kind.READY, b"")
    worker.pipe.sendall(wire.pack(Kind.DECODE, ZHOU))
    _, photo = worker.receive()
    worker.pipe.sendall(wire.pack(Kind.WATCH, photo))
    assert worker.preview.recv(wire.MOST_PREVIEW_BYTES)
    worker.pipe.close()
    assert worker.process.wait(2.0) == 0
    assert camera.wait_for_watchers(0, 1.0)


async def test_when_the_session_is_gone_the_worker_is_gone_while_it_waits_for_the_camera(
    worker: BareWorker, camera: CameraSimulator
) -> None:
    camera.stalled = True
    worker.pipe.sendall(wire.pack(Kind.DECODE, ZHOU))
    while (answer := worker.receive())[0] is not Kind.PHOTO:
        pass
    worker.pipe.sendall(wire.pack(Kind.WATCH, answer[1]))
    assert await asyncio.to_thread(camera.wait_for_watchers, 1, 10.0)
    worker.pipe.close()
    assert worker.process.wait(2.0) == 0
    assert camera.wait_for_watchers(0, 2.0)


async def test_a_message_that_is_none_ends_the_worker(worker: BareWorker) -> None:
    worker.pipe.sendall(b"?\0\0\0\0")
    assert worker.process.wait(5.0) == 2
