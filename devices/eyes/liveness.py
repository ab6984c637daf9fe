"""The judge of five points: a random challenge of turns, and whether a head answered it.

`Liveness` is pure: it is told what each frame showed and when, and says what to ask the person next, until it
says a verdict. It counts seconds, never frames. From the first look to the last it must be one face: whoever
disappears, jumps, or comes back as another ends the challenge, so that the person who turned is the person
who is compared. What it can and cannot tell apart is measured in docs/liveness.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from statistics import median

from devices.contracts.liveness import Finding, LivenessLevel, LivenessReason, LivenessVerdict
from devices.eyes.liveness_answer import Answer
from devices.eyes.liveness_challenge import Challenge, Limits, LookAhead, TurnTimes, TurnTo
from devices.eyes.liveness_geometry import Ahead, Look
from devices.eyes.pictures import Points

MODULE = "five-points/1"

_STEADY_S, _STEADY, _LEAST_STEADY = 0.4, 0.03, 3
"""Who looks ahead keeps the nose this still for this long, seen this often."""

_AHEAD_MOST = 0.15
"""A nose further aside than this does not look ahead."""

_SEVERAL_S = 0.4
"""A second face that is seen for a shorter time passed by, or was a pattern of the wall."""

_JUMP, _JUMP_PER_S, _JUMP_MOST = 0.4, 6.0, 1.5
"""How far a face may move from look to look, in its own eye distances."""

_GROWTH, _GROWTH_PER_S, _GROWTH_MOST_S = 1.3, 3.0, 0.2
"""By what factor a face may grow or shrink from look to look."""

_MOVED, _GREW, _FORESHORTENED = 0.4, 0.2, 0.9
"""What moved this much in eye distances, grew by this share or drew together to this, was no still face."""

_ATTACKS = {LivenessReason.FLAT, LivenessReason.WRONG_TURN, LivenessReason.JUMPED}


@dataclass(frozen=True)
class Judged:
    """The end: nothing more is asked."""

    verdict: LivenessVerdict
    turns: tuple[TurnTimes, ...] = ()
    """The turns that happened as asked."""
    ahead_s: tuple[float, ...] = ()
    """When this same face looked ahead: the frames to compare with the photo."""


Progress = LookAhead | TurnTo | Judged


class Sight(Enum):
    """A frame without one face in it."""

    NOBODY = "nobody"
    SEVERAL = "several"


class Liveness:
    """One challenge and its judgement. Times are seconds of any steady clock, and never go backwards."""

    def __init__(self, challenge: Challenge, begun_s: float, limits: Limits | None = None) -> None:
        self._challenge = challenge
        self._limits = limits or Limits()
        self._begun_s = begun_s
        self._looks: list[Look] = []
        self._answer: Answer | None = None
        self._judged: Judged | None = None
        self._several_since_s: float | None = None

    @property
    def progress(self) -> Progress:
        """What to ask now, or the end."""
        return self._judged or (self._answer.step if self._answer is not None else LookAhead())

    def see(self, t_s: float, sight: Points | Sight) -> Progress:
        """Take what a frame showed at `t_s`; points are pixels of an unmirrored picture, in dlib's order."""
        if self._judged is None:
            look = None if isinstance(sight, Sight) else Look.of(t_s, sight)
            reason = self._watch(t_s, look, several=sight is Sight.SEVERAL)
            if reason is None and look is not None:
                reason = self._follow(look)
            if reason is not None:
                self._end(reason)
        return self.progress

    def end(self) -> Judged:
        """Nothing more will be seen. Gives the verdict there is, or the reason why there is none."""
        return self._judged or self._end(self._unfinished())

    def _watch(self, t_s: float, look: Look | None, *, several: bool) -> LivenessReason | None:
        """Say what ends it whatever was asked: a second person, somebody gone or exchanged, time."""
        if not several:
            self._several_since_s = None
        elif self._several_since_s is None:
            self._several_since_s = t_s
        elif t_s - self._several_since_s >= _SEVERAL_S:
            return LivenessReason.SEVERAL_FACES
        if self._answer is None:
            return self._unfinished() if t_s - self._begun_s > self._limits.ahead_s else None
        if t_s - self._looks[-1].t_s > self._limits.lost_s:
            return self._answer.by_depth() if self._answer.complete else LivenessReason.NO_FACE
        if look is not None and _jumped(self._looks[-1], look):
            return LivenessReason.JUMPED
        overdue = t_s - self._answer.waiting_since_s > self._limits.turn_s
        return self._unfinished() if overdue and not self._answer.complete else None

    def _follow(self, look: Look) -> LivenessReason | None:
        """Wait until the face looks ahead; then it answers."""
        self._looks.append(look)
        if self._answer is not None:
            return self._answer.follow(look)
        recent = [one for one in self._looks if look.t_s - one.t_s <= _STEADY_S]
        if _is_steady(recent):
            self._looks = recent
            self._answer = Answer(self._challenge, self._limits, Ahead.of(recent), look.t_s)
            return self._answer.follow(look)
        return None

    def _unfinished(self) -> LivenessReason:
        """Say why there is no verdict by depth, or give it: the time or the recording is over."""
        if not self._looks:
            return LivenessReason.NO_FACE
        if self._answer is not None and self._answer.complete:
            return self._answer.by_depth()
        if self._answer is not None and self._answer.begun:
            return LivenessReason.TOO_LATE
        return LivenessReason.FLAT if _moved_flat(self._looks) else LivenessReason.NO_MOTION

    def _end(self, reason: LivenessReason) -> Judged:
        live = Finding.LIVE if reason is LivenessReason.NONE else Finding.UNDECIDED
        finding = Finding.ATTACK if reason in _ATTACKS else live
        verdict = LivenessVerdict(MODULE, LivenessLevel.BASIC, finding, reason)
        answer = self._answer
        self._judged = (
            Judged(verdict) if answer is None else Judged(verdict, tuple(answer.times), tuple(answer.ahead_s))
        )
        return self._judged


def _is_steady(recent: list[Look]) -> bool:
    """Whether somebody has looked ahead, quietly and for long enough."""
    asides = [look.aside for look in recent]
    return (
        len(recent) >= _LEAST_STEADY
        and recent[-1].t_s - recent[0].t_s >= 0.7 * _STEADY_S
        and max(asides) - min(asides) <= _STEADY
        and abs(median(asides)) <= _AHEAD_MOST
    )


def _jumped(last: Look, look: Look) -> bool:
    """Whether a face moved or grew faster than a person does."""
    gap_s = look.t_s - last.t_s
    far = abs(look.middle - last.middle) / last.span_px
    grown = max(look.span_px, last.span_px) / min(look.span_px, last.span_px)
    return far > min(_JUMP + _JUMP_PER_S * gap_s, _JUMP_MOST) or grown > _GROWTH + _GROWTH_PER_S * min(
        gap_s, _GROWTH_MOST_S
    )


def _moved_flat(looks: list[Look]) -> bool:
    """Whether something moved that did not turn as a head does."""
    first = looks[0]
    return any(
        first.drop / look.drop < _FORESHORTENED
        or abs(look.middle - first.middle) > _MOVED * first.span_px
        or abs(look.span_px / first.span_px - 1) > _GREW
        for look in looks
        if look.drop > 0
    )
