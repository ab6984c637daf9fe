"""The part "face": the face check by its stages."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from benchmarks.face import Stage, stages
from benchmarks.figures import Chapter, Figure, Peer, Samples
from benchmarks.registry import Say

_TIMES = 20


def take(_folder: Path, say: Say) -> Sequence[Chapter]:
    """See `benchmarks.registry.PARTS`."""
    say("the face check by stages")
    return [chapter(stages(_TIMES))]


def chapter(measured: Sequence[Stage]) -> Chapter:
    """The stages beside the libraries that do their work."""
    return Chapter(
        "Face check by stage",
        "In one process with the models loaded, OpenCV on one thread; each stage in turns with the bare call "
        "of the library that does the work. Decoding is that of simulated cards: no decoder of real chip "
        "photos is shipped. A check encodes the chip photo once, detects four times a second and needs two "
        "comparisons in a row.",
        [
            Figure(
                stage.name,
                Samples.of(stage.ours, "ms"),
                peer=Peer(stage.bare_name, Samples.of(stage.bare, "ms")),
            )
            for stage in measured
        ],
    )
