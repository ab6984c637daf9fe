"""The part "eyes": a whole verification beside the recipe, and the preview while faces are encoded."""

from __future__ import annotations

import asyncio
import itertools
import os
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from pathlib import Path

import cv2

from benchmarks.eyes_glass import Shown, shown
from benchmarks.face_memory import FACES, verifications
from benchmarks.figures import Aim, Chapter, Figure, Peer, Samples
from benchmarks.recipe import Recipe
from benchmarks.registry import Say
from devices.contracts.eyes import FaceCompared, Frame
from devices.eyes.client import FaceWorkerEyes
from devices.eyes.finding import the_face
from devices.eyes.matching import FaceModels, distance
from devices.eyes.photo_decoders import SimulatorPhotoDecoder
from devices.eyes.pictures import Picture, decoded
from devices.eyes.verifying import encode_found, encode_live, fused_distance
from devices.simulators.camera import FRAME_S, CameraSimulator
from devices.simulators.chip_photo import code_photo

_TIMES = 15
_WATCHED_S = 20.0
_VERIFIED = 60
ROOT = Path(__file__).resolve().parent.parent

_THRESHOLD = "0.45"


def take(folder: Path, say: Say) -> Sequence[Chapter]:
    """See `benchmarks.registry.PARTS`."""
    say("a verification beside the recipe")
    verified = _verified(_TIMES)
    say(f"the preview while faces are encoded, {_WATCHED_S:g} s")
    seen = asyncio.run(_watched(_WATCHED_S))
    say("the preview on the glass of a whole terminal")
    on_glass = asyncio.run(shown(folder / "hall"))
    say(f"memory over {_VERIFIED} verifications")
    memory = _memory(list(verifications(_VERIFIED)))
    return [_verification(verified), _preview(seen), _on_glass(on_glass), memory]


# ---- a verification --------------------------------------------------------------------------------------


def _verified(count: int) -> list[Figure]:
    cv2.setNumThreads(1)
    models, recipe = FaceModels(), Recipe()
    photo = _picture(SimulatorPhotoDecoder().decode(code_photo(FACES / "zhou.jpg")))
    live = cv2.resize(_picture((FACES / "zhou.jpg").read_bytes()), (640, 480), interpolation=cv2.INTER_AREA)
    found_photo, found = the_face(models, photo, photo=True), the_face(models, live, photo=False)
    rows: list[tuple[str, Callable[[], object], Callable[[], object]]] = [
        ("find the photo's face", lambda: the_face(models, photo, photo=True), lambda: recipe.found(photo)),
        (
            "encode the photo, four views",
            lambda: encode_found(models, found_photo),
            lambda: recipe.encoded(photo),
        ),
        ("find the live face", lambda: the_face(models, live, photo=False), lambda: recipe.found(live)),
        ("encode one frame, two views", lambda: encode_live(models, found), lambda: recipe.encoded(live)),
        (
            "all of it, one frame",
            lambda: _ours(models, photo, [live]),
            lambda: _theirs(recipe, photo, [live]),
        ),
        (
            "all of it, three frames",
            lambda: _ours(models, photo, [live] * 3),
            lambda: _theirs(recipe, photo, [live] * 3),
        ),
    ]
    figures = []
    for name, ours, theirs in rows:
        taken = [(_timed(ours), _timed(theirs)) for _ in range(count + 1)][1:]
        figures.append(
            Figure(
                name,
                Samples.of((one for one, _ in taken), "ms"),
                peer=Peer("the recipe", Samples.of((other for _, other in taken), "ms")),
            )
        )
    return figures


def _ours(models: FaceModels, photo: Picture, live: Sequence[Picture]) -> float:
    encoding = encode_found(models, the_face(models, photo, photo=True))
    views = [encode_live(models, the_face(models, frame, photo=False)) for frame in live]
    return fused_distance(encoding, views)


def _theirs(recipe: Recipe, photo: Picture, live: Sequence[Picture]) -> float:
    encoding, frames = recipe.encoded(photo), [recipe.encoded(frame) for frame in live]
    return min(distance(encoding, frame) for frame in frames if frame is not None and encoding is not None)


def _verification(figures: Sequence[Figure]) -> Chapter:
    return Chapter(
        "Face verification beside the plain recipe",
        "The chip photo of a drawn face (102×126 px, under 1,000 bytes) against its 640×480 picture, in one "
        "process with the models loaded, OpenCV on one thread, in turns. The recipe is what "
        "`face_recognition` does (HOG upsampled once, five points, one encoding), by the same calls of dlib: "
        "the package itself would load the 68-point model. The rows “encode” of the recipe include finding. "
        "Ours takes longer on purpose: what the views are worth is in [face.md](face.md); in the terminal "
        "the photo is encoded once, while the camera opens.",
        figures,
    )


# ---- the preview -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Seen:
    gaps_ms: list[float]
    """Between two frames at the session."""
    encoding_gaps_ms: list[float]
    """The longest within the 0.4 s before each comparison came: a face was being encoded then."""
    comparisons: int


async def _watched(seconds: float) -> _Seen:
    os.environ["PYTHONPATH"] = str(ROOT)
    with CameraSimulator(FACES / "zhou.jpg") as camera:
        worker = ROOT / "main.py"
        settings = ("--config", str(ROOT / "deploy" / "terminal.example.toml"))
        overrides = (
            f"camera.source={camera.url}",
            f"face.threshold={_THRESHOLD}",
            "face.photo_decoder=simulator",
        )
        words = [word for override in overrides for word in ("--set", override)]
        eyes = FaceWorkerEyes((sys.executable, str(worker), "face-worker", *settings, *words))
        try:
            await eyes.start()
            photo = await eyes.decode_photo(code_photo(FACES / "zhou.jpg"))
            return await _seen(eyes, photo, seconds)
        finally:
            await eyes.close()


async def _seen(eyes: FaceWorkerEyes, photo: bytes, seconds: float) -> _Seen:
    frames: list[float] = []
    compared: list[float] = []
    ends: float | None = None
    async with aclosing(eyes.watch(photo)) as events:
        async for event in events:
            now = time.perf_counter()
            if isinstance(event, Frame):
                frames.append(now)
                ends = ends or now + seconds
            elif isinstance(event, FaceCompared):
                compared.append(now)
            if ends is not None and now > ends:
                break
    pairs = list(itertools.pairwise(frames))
    around = [
        max((1000 * (b - a) for a, b in pairs if at - 0.4 <= b and a <= at), default=0.0) for at in compared
    ]
    return _Seen([1000 * (b - a) for a, b in pairs], around, len(compared))


def _preview(seen: _Seen) -> Chapter:
    camera = Peer("the camera's own interval", Samples.of([1000 * FRAME_S], "ms"))
    return Chapter(
        "Preview while a face is encoded",
        f"The simulated camera streams 640×480 at 30 frames a second; a real face worker guides and compares "
        f"({seen.comparisons} comparisons); each preview frame is timed where the session receives it. 40 ms "
        "is 25 frames a second. Before, the camera shared the worker's interpreter, and the preview stood "
        "still while a face was encoded.",
        [
            Figure(
                "from one preview frame to the next",
                Samples.of(seen.gaps_ms, "ms"),
                peer=camera,
                aim=Aim(40, as_ratio=False),
            ),
            Figure(
                "the longest while a face is encoded", Samples.of(seen.encoding_gaps_ms, "ms"), peer=camera
            ),
        ],
    )


def _on_glass(seen: Shown) -> Chapter:
    percent = round(100 * seen.encoding_cores)
    return Chapter(
        "The interface while a face is encoded",
        "A whole terminal in its hall, drawn by the processor, at the step that looks at a face; the "
        "preview is 690 × 880 pixels of its screen. What is timed is the glass: the pixels in the "
        "middle of the picture, read every 3 ms, which differ from one camera frame to the next. "
        "First nobody stands there; then somebody who is not on the card, whose face is encoded again "
        f"and again (the face worker took {percent} % of a core). The interface draws when there is "
        "something new, so its own rate here is the camera's, 30 a second.",
        [
            Figure(
                "from one picture on the glass to the next, a face being encoded",
                Samples.of(seen.encoded_ms, "ms"),
                renderer="software",
                peer=Peer("nobody stands there", Samples.of(seen.empty_ms, "ms")),
                aim=Aim(40, as_ratio=False),
            )
        ],
    )


# ---- memory ----------------------------------------------------------------------------------------------


def _memory(sizes: Sequence[float]) -> Chapter:
    tenth = len(sizes) // 10
    return Chapter(
        "Face worker's memory",
        f"Resident size while {len(sizes)} verifications run one after the other in a process; the long form "
        "(`python -m benchmarks.face_memory 1000`) does a thousand.",
        [
            Figure(
                "after the last tenth",
                Samples.of(sizes[-tenth:], "MB"),
                peer=Peer("after the first tenth", Samples.of(sizes[:tenth], "MB")),
                aim=Aim(1.05, as_ratio=True),
            )
        ],
    )


def _picture(coded: bytes) -> Picture:
    picture = decoded(coded)
    if picture is None:
        raise ValueError("no picture")
    return picture


def _timed(call: Callable[[], object]) -> float:
    began = time.perf_counter()
    call()
    return 1000 * (time.perf_counter() - began)
