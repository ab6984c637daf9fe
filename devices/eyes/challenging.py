"""A liveness challenge within a watch: what is asked, who answered, and the frames of that person to compare.

It begins with a face that could be compared, and ends with a verdict. While the camera is away nothing is
judged: afterwards another challenge begins, so that nobody answers for somebody who has gone meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from devices.contracts.eyes import Asked, TurnsWanted
from devices.contracts.liveness import Finding, LivenessReason, LivenessVerdict
from devices.eyes.camera import Shot
from devices.eyes.finding import Found
from devices.eyes.guiding import judge_view
from devices.eyes.liveness import Judged, Liveness, Progress
from devices.eyes.liveness_challenge import Limits, LookAhead, TurnTo, random_challenge
from devices.eyes.liveness_finder import PointFinder
from devices.eyes.matching import Face, FaceModels
from devices.eyes.quality import measured
from devices.eyes.verifying import BEST_FRAMES

AWAY_S = 1.0
"""No frame for so long is the camera's doing (or a machine's with too much to do), and nobody's answer."""

KEEP_S = 0.2
"""Between two frames that are kept for the comparison; measuring one takes some milliseconds."""

MOST_KEPT = 12


class Challenged:
    """One challenge after the other until one is judged; `tell` hears every change of what is asked."""

    def __init__(self, models: FaceModels, wanted: TurnsWanted, tell: Callable[[Asked], None]) -> None:
        self._models, self._wanted, self._tell = models, wanted, tell
        limits = Limits()
        self._limits = replace(
            limits, ahead_s=limits.ahead_s * wanted.patience, turn_s=limits.turn_s * wanted.patience
        )
        self._judge: Liveness | None = None
        self._finder = PointFinder(models)
        self._kept: list[tuple[float, Found]] = []
        self._seen_s = 0.0
        self._said: Asked | None = None

    @property
    def begun(self) -> bool:
        """Whether somebody is being asked."""
        return self._judge is not None

    def begin(self, now_s: float) -> None:
        """Ask whoever is before the camera."""
        self._judge = Liveness(random_challenge(self._wanted.turns), now_s, self._limits)
        self._finder, self._kept, self._seen_s = PointFinder(self._models), [], now_s
        self._ask(LookAhead(), 0)

    def see(self, shot: Shot, faces: Callable[[], list[Face]]) -> LivenessVerdict | None:
        """Take a frame; the verdict, once. `faces` finds the faces in it, if that is needed."""
        if self._judge is None:
            return None
        if shot.taken_s - self._seen_s > AWAY_S:
            self._judge = self._said = None
            return None
        self._seen_s = shot.taken_s
        progress = self._judge.see(shot.taken_s, self._finder.look(shot.taken_s, shot.picture))
        if isinstance(progress, Judged):
            return self._ended(progress)
        if isinstance(progress, LookAhead):
            self._keep(shot, faces)
        self._ask(progress, self._asked_so_far(progress))
        return None

    def best(self) -> list[Found]:
        """The best frames in which this same person looked ahead."""
        ranked = sorted(self._kept, key=lambda kept: kept[1].quality.rank, reverse=True)
        return [found for _, found in ranked[:BEST_FRAMES]]

    def _ended(self, judged: Judged) -> LivenessVerdict:
        ahead = set(judged.ahead_s)
        self._kept = [kept for kept in self._kept if kept[0] in ahead]
        self._judge = None
        if judged.verdict.live and not self._kept:
            # A person, but no frame of them that could be compared.
            return replace(judged.verdict, verdict=Finding.UNDECIDED, reason=LivenessReason.TOO_FEW_FRAMES)
        return judged.verdict

    def _keep(self, shot: Shot, faces: Callable[[], list[Face]]) -> None:
        if len(self._kept) >= MOST_KEPT or (self._kept and shot.taken_s - self._kept[-1][0] < KEEP_S):
            return
        found = faces()
        if not found:
            return
        quality = measured(shot.picture, found[0], self._models.five_points(shot.picture, found[0]))
        if judge_view(quality) is None:
            self._kept.append((shot.taken_s, Found(shot.picture, found[0], quality)))

    def _asked_so_far(self, progress: Progress) -> int:
        before = 0 if self._said is None else self._said.done
        if isinstance(progress, TurnTo):
            return progress.number
        # Looking ahead again: the turn before is over.
        return before + (self._said is not None and self._said.side is not None)

    def _ask(self, progress: LookAhead | TurnTo, done: int) -> None:
        side = progress.side if isinstance(progress, TurnTo) else None
        asked = Asked(side, done, self._wanted.turns)
        if asked != self._said:
            self._said = asked
            self._tell(asked)
