"""The part "liveness": error rates by species, rendered, searched and judged; and what a look costs."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

import dlib
import numpy as np

from benchmarks.figures import Chapter, Figure, Peer, Samples
from benchmarks.liveness_rates import Rate, measured
from benchmarks.registry import Say
from devices.eyes.liveness_finder import PointFinder
from devices.eyes.matching import FaceModels
from devices.eyes.pictures import grey
from devices.simulators.heads import Head, Pose, Scene, View, render
from devices.simulators.heads.sittings import ATTACKS, BEYOND, GENUINE

FIRST_SEED = 6100
"""Thresholds were chosen on other presentations, with seeds below this."""

_PICTURES, _POINTS = 20, 200
_LOOKS = 60


def take(_folder: Path, say: Say) -> Sequence[Chapter]:
    """See `benchmarks.registry.PARTS`."""
    say("looks")
    chapters = [_looks(FaceModels())]
    for title, how, pictures, count in (
        ("Liveness, with pictures", _HOW_PICTURES, True, _PICTURES),
        ("Liveness, from exact points", _HOW_POINTS, False, _POINTS),
    ):
        rates = []
        for species in (*GENUINE, *ATTACKS, *BEYOND):
            say(f"{title}: {species}")
            seeds = range(FIRST_SEED, FIRST_SEED + count)
            rates.append(measured(species, seeds, pictures=pictures, genuine=species in GENUINE))
        chapters.append(Chapter(title, how, [_figure(rate) for rate in rates]))
    return chapters


_HOW_PICTURES = (
    "Each presentation is rendered frame by frame, searched by the detector, its five points predicted, and "
    "judged live before its own random challenge of three turns. BPCER: people who were not taken for live. "
    "APCER: attacks that were. Bounds are Clopper-Pearson's, 95 %. Rendered people are not people: a hall "
    "measures its own BPCER."
)
_HOW_POINTS = (
    "The same with the points' true places and half a pixel of noise on a face of a hundred, without "
    "pictures: what the geometry itself can tell, for larger numbers."
)


def _figure(rate: Rate) -> Figure:
    low, high = (100 * bound for bound in rate.bounds)
    kind = "BPCER" if rate.species in GENUINE else "APCER"
    name = f"{kind}, {rate.species}: {rate.wrong} of {rate.count} ({low:.1f} to {high:.1f} %)"
    return Figure(name, Samples.of([100 * rate.share], "%"))


def _looks(models: FaceModels) -> Chapter:
    """Five points of every frame of a turning head, beside the bare detector over the whole frame."""
    chance = np.random.default_rng(1)
    head, view = Head.of(1), View()
    yaws = 20 * np.sin(np.linspace(0, 6.3, _LOOKS))
    pictures = [render(head, Pose(yaw_deg=float(yaw)), view, Scene(), chance) for yaw in yaws]
    finder, detector = PointFinder(models), dlib.get_frontal_face_detector()
    ours, bare = [], []
    for number, picture in enumerate(pictures):
        begun = time.perf_counter()
        finder.look(number / 20, picture)
        between = time.perf_counter()
        detector(grey(picture), 0)
        ours.append(1000 * (between - begun))
        bare.append(1000 * (time.perf_counter() - between))
    figure = Figure(
        "Five points of a frame, 640×480, 20 a second",
        Samples.of(ours, "ms"),
        peer=Peer("dlib's detector over the whole frame", Samples.of(bare, "ms")),
    )
    return Chapter(
        "Liveness, one look",
        "A rendered head turns; each frame is searched near the last place of its face, twice a second "
        "everywhere, and its points are the mean of five predictions. In turns with the bare detector, "
        "which gives no points.",
        [figure],
    )
