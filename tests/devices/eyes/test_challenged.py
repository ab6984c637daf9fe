"""The challenge of turns in the face worker: whoever answers it is compared, and nobody else."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing
from pathlib import Path

import cv2
import numpy as np
import pytest
import pytest_asyncio

from devices.contracts.eyes import (
    Asked,
    CameraTrouble,
    EyesEvent,
    FaceCompared,
    LiveNotComparable,
    TurnsWanted,
)
from devices.contracts.liveness import LivenessLevel, LivenessReason, LivenessVerdict
from devices.eyes.client import FaceWorkerEyes
from devices.simulators.chip_photo import code_photo
from devices.simulators.turning_camera import TurningCamera
from tests.devices.eyes.test_face_worker import family, files_open_for_writing, workers, written_bytes

pytestmark = pytest.mark.asyncio(loop_scope="module")

FACES = Path("devices/simulators/faces")
RUN_WORKER = (sys.executable, str(Path(__file__).with_name("run_worker.py")))
ONE_TURN = TurnsWanted(1)


@pytest.fixture(autouse=True, scope="module")
def _the_project_is_importable() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("PYTHONPATH", str(Path.cwd()))
        yield


@pytest.fixture(scope="module")
def camera() -> Iterator[TurningCamera]:
    with TurningCamera() as camera:
        yield camera


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def eyes(camera: TurningCamera) -> AsyncIterator[FaceWorkerEyes]:
    eyes = FaceWorkerEyes((*RUN_WORKER, camera.url, "0.45", "simulator"))
    await eyes.start()
    yield eyes
    await eyes.close()


async def photo_of(eyes: FaceWorkerEyes, face: str) -> bytes:
    return await eyes.decode_photo(code_photo(FACES / f"{face}.jpg"))


async def answered(
    eyes: FaceWorkerEyes, camera: TurningCamera, photo: bytes, challenge: TurnsWanted, *, obeys: bool = True
) -> list[EyesEvent]:
    """Everything but pictures and guidance, until the end; who obeys turns as asked."""
    heard: list[EyesEvent] = []
    async with asyncio.timeout(40), aclosing(eyes.watch(photo, challenge)) as events:
        worker = workers()[0]
        before = written_bytes(worker)
        async for event in events:
            if isinstance(event, Asked):
                if obeys:
                    camera.look(event.side)
            elif not isinstance(event, LivenessVerdict | FaceCompared | CameraTrouble):
                continue
            heard.append(event)
            if isinstance(event, FaceCompared) or (isinstance(event, LivenessVerdict) and not event.live):
                # Frames were kept for the comparison: in memory, and nowhere else.
                pids = family(worker)
                assert [name for pid in pids for name in files_open_for_writing(pid)] == []
                assert [written_bytes(pid) for pid in pids] == [before, 0]
                return heard
    raise AssertionError("the watch ended by itself")


async def test_who_turns_as_asked_is_live_and_compared(eyes: FaceWorkerEyes, camera: TurningCamera) -> None:
    camera.step_up("zhou")
    *asked, verdict, compared = await answered(eyes, camera, await photo_of(eyes, "zhou"), ONE_TURN)
    assert [(each.side is None, each.done) for each in asked if isinstance(each, Asked)] == [
        (True, 0),
        (False, 0),
        (True, 1),
    ]
    assert isinstance(verdict, LivenessVerdict)
    assert verdict.live
    assert verdict.assurance_level is LivenessLevel.BASIC
    assert isinstance(compared, FaceCompared)
    assert compared.same


@pytest.mark.long
async def test_somebody_else_who_turns_is_live_and_not_the_same(
    eyes: FaceWorkerEyes, camera: TurningCamera
) -> None:
    camera.step_up("shen")
    *_, verdict, compared = await answered(eyes, camera, await photo_of(eyes, "zhou"), ONE_TURN)
    assert isinstance(verdict, LivenessVerdict)
    assert verdict.live
    assert isinstance(compared, FaceCompared)
    assert not compared.same


async def test_a_picture_that_does_not_turn_is_never_compared(
    eyes: FaceWorkerEyes, camera: TurningCamera
) -> None:
    camera.show(FACES / "zhou.jpg")
    hurried = TurnsWanted(1, patience=0.15)
    *_, verdict = await answered(eyes, camera, await photo_of(eyes, "zhou"), hurried)
    assert isinstance(verdict, LivenessVerdict)
    assert verdict.reason is LivenessReason.NO_MOTION


@pytest.mark.long
async def test_while_the_camera_is_away_nothing_is_judged_and_then_it_begins_anew(
    eyes: FaceWorkerEyes, camera: TurningCamera
) -> None:
    camera.step_up("zhou")
    photo = await photo_of(eyes, "zhou")
    begun = troubles = 0
    async with asyncio.timeout(40), aclosing(eyes.watch(photo, ONE_TURN)) as events:
        async for event in events:
            match event:
                case Asked(side=None, done=0):
                    begun += 1
                    if begun == 1:
                        camera.stalled = True
                    else:
                        break
                case CameraTrouble():
                    troubles += 1
                    camera.stalled = False
                case LivenessVerdict():
                    raise AssertionError(f"judged though it saw nothing: {event}")
    assert (begun, troubles) == (2, 1)


async def test_a_modules_picture_is_compared_without_any_camera(
    eyes: FaceWorkerEyes, camera: TurningCamera
) -> None:
    photo, made = await photo_of(eyes, "zhou"), camera.connections_made
    assert (await eyes.compare(photo, (FACES / "zhou.jpg").read_bytes())).same
    assert not (await eyes.compare(photo, (FACES / "shen.jpg").read_bytes())).same
    wall = cv2.imencode(".jpg", np.full((120, 160, 3), 190, np.uint8))[1]
    with pytest.raises(LiveNotComparable):
        await eyes.compare(photo, wall.tobytes())
    assert camera.connections_made == made
