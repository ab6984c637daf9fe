"""A camera that fails says so, and one that only pretends to see is found out."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import cv2
import numpy as np
import pytest

from devices.eyes.camera import Camera, Shot, probe
from devices.simulators.camera import CameraSimulator
from devices.statuses import DeviceFault, DeviceState, NotReady, Ready, Reason

ZHOU = Path("devices/simulators/faces/zhou.jpg")

ACCIDENTS: dict[str, Callable[[CameraSimulator], None]] = {
    "stalled": lambda camera: setattr(camera, "stalled", True),
    "frozen": lambda camera: setattr(camera, "frozen", True),
    "black": lambda camera: setattr(camera, "black", True),
    "unplugged": CameraSimulator.unplug,
}


def after_its_accident(happen: Callable[[CameraSimulator], None]) -> tuple[Reason, float]:
    """Let a camera see, then fail. Gives the reason that was reported, and after how many seconds."""
    with ExitStack() as closing:
        simulator = closing.enter_context(CameraSimulator(ZHOU))
        camera = Camera(simulator.url, on_shot=lambda _: None)
        closing.callback(camera.close, 3.0)
        while camera.latest(after=0, wait_s=3.0) is None:
            pass
        happen(simulator)
        begun, number = time.monotonic(), 0
        try:
            while time.monotonic() - begun < 5:
                shot = camera.latest(after=number, wait_s=0.25)
                number = number if shot is None else shot.number
        except DeviceFault as fault:
            return fault.reason, time.monotonic() - begun
    raise AssertionError("not noticed within 5 s")


@pytest.fixture(scope="module")
def reports() -> dict[str, tuple[Reason, float]]:
    """Every accident at the same time, for each takes two seconds to be sure of."""
    with ThreadPoolExecutor() as pool:
        running = {name: pool.submit(after_its_accident, happen) for name, happen in ACCIDENTS.items()}
        return {name: future.result() for name, future in running.items()}


@pytest.mark.parametrize(
    ("accident", "reason"),
    [
        ("stalled", Reason.FRAME_STALLED),
        ("frozen", Reason.FRAME_STALLED),
        ("black", Reason.FRAME_STALLED),
        ("unplugged", Reason.PORT_LOST),
    ],
)
def test_a_camera_that_no_longer_sees_is_reported_within_three_seconds(
    accident: str, reason: Reason, reports: dict[str, tuple[Reason, float]]
) -> None:
    reported, after_s = reports[accident]
    assert reported is reason
    assert after_s < 3.0


@pytest.fixture
def simulator() -> Iterator[CameraSimulator]:
    with CameraSimulator(ZHOU) as simulator:
        yield simulator


def test_a_camera_that_does_not_answer_is_missing(simulator: CameraSimulator) -> None:
    simulator.unplug()
    camera = Camera(simulator.url, on_shot=lambda _: None)
    with pytest.raises(DeviceFault) as raised:
        camera.latest(after=0, wait_s=3.0)
    assert raised.value.reason is Reason.PORT_MISSING
    assert camera.close(1.0)


def test_a_camera_plugged_in_again_is_seen_again(simulator: CameraSimulator) -> None:
    simulator.unplug()
    assert probe(simulator.url) == NotReady(DeviceState.NO_DEVICE, Reason.PORT_MISSING)
    simulator.replug()
    assert probe(simulator.url) == Ready()
    assert simulator.wait_for_watchers(0, 1.0)


def test_no_camera_is_configured_or_none_is_there() -> None:
    assert probe(None) == NotReady(DeviceState.NO_DEVICE, Reason.NOT_CONFIGURED)
    assert probe(63) == NotReady(DeviceState.NO_DEVICE, Reason.PORT_MISSING)


def test_closing_releases_the_camera(simulator: CameraSimulator) -> None:
    camera = Camera(simulator.url, on_shot=lambda _: None)
    assert simulator.wait_for_watchers(1, 3.0)
    assert camera.close(1.0)
    assert simulator.wait_for_watchers(0, 1.0)


def test_a_stream_flows_at_its_own_pace_and_no_frame_is_old(simulator: CameraSimulator) -> None:
    shots: list[Shot] = []
    enough = threading.Event()

    def keep(shot: Shot) -> None:
        shots.append(shot)
        if len(shots) == 10:
            enough.set()

    camera = Camera(simulator.url, keep)
    assert enough.wait(4.0)
    assert camera.close(1.0)
    assert [shot.number for shot in shots] == list(range(1, len(shots) + 1))
    assert shots[0].picture.shape == (480, 640, 3)
    as_sent = cv2.resize(np.asarray(cv2.imread(str(ZHOU))), (640, 480))
    assert np.abs(shots[0].picture.astype(int) - as_sent).mean() < 6, "not mirrored, not another picture"
