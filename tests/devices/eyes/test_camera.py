"""A camera that fails, or only pretends to see, is found out within two seconds, and heals by itself."""

import os
import queue
import signal
import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import cv2
import numpy as np
import pytest

from devices.eyes.camera import Camera, Shot
from devices.eyes.sources import open_capture, probe
from devices.simulators.camera import CameraSimulator
from devices.statuses import DeviceState, NotReady, Ready, Reason
from tests.devices.lateness import Lateness

ZHOU = Path("devices/simulators/faces/zhou.jpg")


class Watched:
    """A camera with its preview's far end and everything it said."""

    def __init__(self, source: str | int) -> None:
        self.preview, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.said: queue.SimpleQueue[Reason] = queue.SimpleQueue()
        self.said_s: list[float] = []
        """When each word came; a test may be later to take it."""
        self._theirs = theirs
        self.camera = Camera(source, theirs, self._say)

    def _say(self, reason: Reason) -> None:
        self.said_s.append(time.monotonic())
        self.said.put(reason)

    def close(self) -> bool:
        self.preview.close()
        released = self.camera.close()
        self._theirs.close()
        return released

    def first(self) -> Shot:
        return self.next(0)

    def next(self, after: int) -> Shot:
        ends = time.monotonic() + 20
        while time.monotonic() < ends:
            shot = self.camera.latest(after=after, wait_s=0.25)
            if shot is not None:
                return shot
        raise AssertionError("no frame within 20 s")


@contextmanager
def watched(source: str | int) -> Iterator[Watched]:
    one = Watched(source)
    try:
        yield one
    finally:
        one.close()


def capture_processes() -> set[int]:
    listed = Path(f"/proc/{os.getpid()}/task").glob("*/children")
    pids = {int(pid) for children in listed for pid in children.read_text().split()}
    return {pid for pid in pids if b"devices.eyes.capture" in Path(f"/proc/{pid}/cmdline").read_bytes()}


def happen(name: str) -> Callable[[CameraSimulator, bool], None]:
    return lambda camera, failing: setattr(camera, name, failing)


def cable(camera: CameraSimulator, failing: bool, /) -> None:  # noqa: FBT001 - the shape of `setattr`
    camera.unplug() if failing else camera.replug()


FAILING, WELL = True, False

ACCIDENTS: dict[str, tuple[Callable[[CameraSimulator, bool], None], set[Reason]]] = {
    "stalled": (happen("stalled"), {Reason.FRAME_STALLED}),
    "frozen": (happen("frozen"), {Reason.FRAME_FROZEN}),
    "black": (happen("black"), {Reason.FRAME_BLACK}),
    "no picture": (happen("no_picture"), {Reason.GARBLED}),
    "of an odd size": (happen("tiny"), {Reason.GARBLED}),
    "of changing sizes": (happen("changing"), {Reason.GARBLED}),
    "unplugged": (cable, {Reason.PORT_LOST, Reason.PORT_MISSING}),
}


PROMISED_S = 2.0


def accident(name: str) -> tuple[Reason, float, Reason]:
    """Let a camera see, fail and heal: what was said of the failure, after how many seconds, and at last.

    The seconds are from the last good frame to the word, less the machine's own lateness meanwhile.
    """
    act, _ = ACCIDENTS[name]
    with CameraSimulator(ZHOU) as simulator, watched(simulator.url) as eye:
        seen = eye.first().number
        with Lateness() as machine:
            began_s = time.monotonic()
            act(simulator, FAILING)
            reason = eye.said.get(timeout=15)
            after_s = eye.said_s[0] - began_s - machine.late_s
        act(simulator, WELL)
        back = eye.said.get(timeout=20)
        eye.next(seen)
    return reason, after_s, back


@pytest.fixture(scope="module")
def reports() -> dict[str, tuple[Reason, float, Reason]]:
    """The accidents two at a time, for each takes two seconds to be sure of."""
    with ThreadPoolExecutor(2) as pool:
        return dict(zip(ACCIDENTS, pool.map(accident, ACCIDENTS), strict=True))


@pytest.mark.parametrize("name", ACCIDENTS)
def test_a_camera_that_no_longer_sees_says_so_within_two_seconds_and_heals_by_itself(
    name: str, reports: dict[str, tuple[Reason, float, Reason]]
) -> None:
    reason, after_s, back = reports[name]
    assert reason in ACCIDENTS[name][1]
    assert after_s < PROMISED_S
    assert back is Reason.NONE


@pytest.fixture
def simulator() -> Iterator[CameraSimulator]:
    with CameraSimulator(ZHOU) as simulator:
        yield simulator


def test_a_driver_that_hangs_costs_its_process_and_nothing_else(simulator: CameraSimulator) -> None:
    with watched(simulator.url) as eye:
        seen = eye.first().number
        [hung] = capture_processes()
        os.kill(hung, signal.SIGSTOP)
        assert eye.said.get(timeout=15) is Reason.FRAME_STALLED
        assert eye.said.get(timeout=20) is Reason.NONE
        assert eye.next(seen).number > seen
        assert hung not in capture_processes()


def test_a_camera_that_is_not_there_yet_is_seen_when_it_comes(simulator: CameraSimulator) -> None:
    simulator.unplug()
    with watched(simulator.url) as eye:
        assert eye.said.get(timeout=15) is Reason.PORT_MISSING
        simulator.replug()
        assert eye.said.get(timeout=20) is Reason.NONE
        assert eye.first().picture.shape == (480, 640, 3)


def test_asking_whether_a_camera_is_there_takes_no_picture(simulator: CameraSimulator) -> None:
    assert probe(simulator.url) == Ready()
    simulator.unplug()
    assert probe(simulator.url) == NotReady(DeviceState.NO_DEVICE, Reason.PORT_MISSING)
    simulator.replug()
    assert probe(simulator.url) == Ready()
    assert simulator.connections_made == 0


def test_a_probe_that_took_a_picture_would_be_found_out(simulator: CameraSimulator) -> None:
    capture = open_capture(simulator.url)
    capture.release()
    assert simulator.connections_made == 1


class Credulous(Camera):
    """Believes every camera."""

    def _judge(self) -> None:
        pass


def test_a_camera_that_is_believed_would_be_found_out(simulator: CameraSimulator) -> None:
    simulator.unplug()
    _, theirs = pair = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    said: queue.SimpleQueue[Reason] = queue.SimpleQueue()
    camera = Credulous(simulator.url, theirs, said.put)
    with pytest.raises(queue.Empty):
        said.get(timeout=3.0)
    assert camera.close()
    for end in pair:
        end.close()


def test_no_camera_is_configured_or_none_is_there() -> None:
    assert probe(None) == NotReady(DeviceState.NO_DEVICE, Reason.NOT_CONFIGURED)
    assert probe(63) == NotReady(DeviceState.NO_DEVICE, Reason.PORT_MISSING)
    assert probe("http://127.0.0.1:70000/") == NotReady(DeviceState.USER_ERROR, Reason.PORT_MISSING)


def test_closing_releases_the_camera_and_ends_its_process(simulator: CameraSimulator) -> None:
    with watched(simulator.url) as eye:
        eye.first()
        assert simulator.watchers == 1
        assert eye.close()
        assert capture_processes() == set()
        assert simulator.wait_for_watchers(0, 2.0)


def test_the_preview_flows_while_nobody_asks_for_frames_and_is_a_mirror(simulator: CameraSimulator) -> None:
    with watched(simulator.url) as eye:
        eye.preview.settimeout(20)
        frames = [cv2.imdecode(np.frombuffer(eye.preview.recv(1 << 20), np.uint8), 1) for _ in range(10)]
        raw = eye.first()
        assert not np.array_equal(raw.picture, eye.next(raw.number).picture)
    person = cv2.resize(np.asarray(cv2.imread(str(ZHOU))), (640, 480)).astype(int)
    assert frames[0] is not None
    assert np.abs(raw.picture.astype(int) - person).mean() < 6, "what is compared is not mirrored"
    assert np.abs(frames[0] - person[:, ::-1]).mean() < np.abs(frames[0] - person).mean() / 2


def test_a_session_that_takes_no_preview_does_not_hold_up_the_camera(simulator: CameraSimulator) -> None:
    with watched(simulator.url) as eye:
        shot = eye.first()
        for _ in range(40):
            shot = eye.next(shot.number)
        assert eye.said.empty()
