"""What looks at a face frame by frame while it is watched: a pure reader of times and points."""

from __future__ import annotations

from typing import Protocol

from devices.eyes.pictures import Picture, Points


class Observer(Protocol):
    """Fed by the face worker with every frame it can take, in order; judges, and does nothing else.

    Frames come about 25 a second, with gaps of up to 0.3 s while a face is encoded: the time is part of what
    is said, frames must not be counted.
    """

    def observe(self, taken_s: float, points: Points | None, frame: Picture) -> None:
        """See one frame, taken at `taken_s` of the monotonic clock; not mirrored, at most 640 px long.

        `points` are the five of `FaceModels.five_points` in pixels of the frame, None when no face is seen.
        """
        ...
