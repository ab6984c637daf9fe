"""One face's answer to a challenge: from the moment it has looked ahead until all turns came, or a wrong one.

It waits for one thing at a time: looking ahead until the next turn is asked, the turn, the return. Whoever
turns unasked, or to the other side, gives another answer than was asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from devices.contracts.liveness import LivenessReason
from devices.eyes.liveness_challenge import Challenge, Limits, LookAhead, TurnTimes, TurnTo
from devices.eyes.liveness_geometry import Ahead, Look, Turned, depth

_SMOOTH_S = 0.25
"""Single looks are noisy; what counts is the middle of this long."""

_SEEN_S = 0.4
"""For how long a turn goes on being asked for after it began."""

_HELD_S = 0.3
"""Whoever is back sooner has not turned: points may jump for a moment, in poor light for instance."""

_FAR_END, _LEAST_LOOKS = 0.7, 2
"""Share of a turn from which looks belong to its far end, and how many are needed there."""

_BACK, _BACK_LEAST, _BACK_MOST = 0.15, 0.6, 0.9
"""Who is this near to looking ahead has come back: a share of the turn, within shares of `Limits.turned`."""

_WRONG = 1.3
"""In `Limits.turned`: an unasked turn must be plainer than an asked one."""

_ANEW = 0.7
"""In `Limits.turned`: what a turn adds to where the nose was since it was asked."""

_OTHER_FACE = 0.13
"""Share by which the face that comes back may differ from the face that went."""


class Answer:
    """What one face has answered so far."""

    def __init__(self, challenge: Challenge, limits: Limits, ahead: Ahead, begun_s: float) -> None:
        self._challenge = challenge
        self._limits = limits
        self._ahead = ahead
        self._looks: list[Look] = []
        """Since the present step began."""
        self._recent: list[Look] = []
        self._turns: list[Turned] = []
        self._step: LookAhead | TurnTo = LookAhead()
        self._asked_s = begun_s
        self._turned_s: float | None = None
        self.times: list[TurnTimes] = []
        """The turns that came as asked."""
        self.ahead_s: list[float] = []
        """When the face looked ahead."""

    @property
    def step(self) -> LookAhead | TurnTo:
        """What to ask the person now; a turn is asked for until its far end has been seen for a moment."""
        if self._turned_s is not None and self._recent[-1].t_s - self._turned_s >= _SEEN_S:
            return LookAhead()
        return self._step

    @property
    def complete(self) -> bool:
        """Whether all turns came."""
        return len(self.times) == len(self._challenge)

    @property
    def begun(self) -> bool:
        """Whether anything of what was asked came."""
        return bool(self.times) or self._turned_s is not None

    @property
    def waiting_since_s(self) -> float:
        """When the thing that is waited for began to be waited for."""
        return self._asked_s if self._turned_s is None else self._turned_s

    def by_depth(self) -> LivenessReason:
        """All turns came: was it a head? `NONE` says yes."""
        return LivenessReason.NONE if depth(self._turns) >= self._limits.depth else LivenessReason.FLAT

    def follow(self, look: Look) -> LivenessReason | None:
        """Take one more look; a reason (`NONE` for a head) ends the challenge."""
        self._recent = [one for one in self._recent if look.t_s - one.t_s <= _SMOOTH_S] + [look]
        self._looks.append(look)
        aside = median(self._ahead.aside_of(one) for one in self._recent)
        if isinstance(self._step, LookAhead):
            return self._pause(aside, look.t_s)
        if self._turned_s is None:
            return self._expect(self._step, aside * self._step.side.sign, look.t_s)
        return self._expect_back(self._step, aside * self._step.side.sign, look.t_s, self._turned_s)

    def _pause(self, aside: float, t_s: float) -> LivenessReason | None:
        """The person looks ahead until the next turn is asked, and does not turn unasked."""
        if abs(aside) > _WRONG * self._limits.turned:
            return LivenessReason.WRONG_TURN
        self.ahead_s.append(t_s)
        if self.complete:
            return self.by_depth() if t_s - self._asked_s >= self._limits.after_s else None
        self._ask_when_due(t_s)
        return None

    def _ask_when_due(self, t_s: float) -> None:
        ask = self._challenge[len(self.times)]
        if t_s - self._asked_s >= ask.pause_s:
            self._step = TurnTo(ask.side, len(self.times))
            self._asked_s, self._looks = t_s, [self._recent[-1]]

    def _expect(self, step: TurnTo, towards: float, t_s: float) -> LivenessReason | None:
        """A turn has been asked: did it come?"""
        turned = self._limits.turned
        if towards < -_WRONG * turned:
            return LivenessReason.WRONG_TURN
        if towards > turned and towards - min(self._asides(step)) > _ANEW * turned:
            if t_s - self._asked_s < self._limits.reaction_s:
                return LivenessReason.WRONG_TURN
            self._turned_s = t_s
        return None

    def _expect_back(
        self, step: TurnTo, towards: float, t_s: float, turned_s: float
    ) -> LivenessReason | None:
        """The turn has been seen: is the person looking ahead again?"""
        asides, turned = self._asides(step), self._limits.turned
        far = max(asides)
        if towards > min(max(_BACK * far, _BACK_LEAST * turned), _BACK_MOST * turned):
            return None
        if t_s - turned_s < _HELD_S:
            self._turned_s = None
            return None
        if _is_other(self._ahead, self._recent):
            return LivenessReason.JUMPED
        far_end = [look for look, aside in zip(self._looks, asides, strict=True) if aside >= _FAR_END * far]
        if len(far_end) < _LEAST_LOOKS:
            return LivenessReason.TOO_FEW_FRAMES
        self._turns.append(Turned.of(self._ahead, far_end, step.side.sign))
        self.times.append(TurnTimes(step.side, self._asked_s, turned_s, t_s))
        self._step, self._asked_s, self._turned_s = LookAhead(), t_s, None
        if not self.complete:
            self._ask_when_due(t_s)
        return None

    def _asides(self, step: TurnTo) -> list[float]:
        """How far the nose was towards the asked side, in each look since it was asked."""
        return [self._ahead.aside_of(look) * step.side.sign for look in self._looks]


def _is_other(ahead: Ahead, back: Sequence[Look]) -> bool:
    """Whether the face that came back is shaped unlike the face that went."""
    drop, gap = median(look.drop for look in back), median(look.gap for look in back)
    return abs(drop / ahead.drop - 1) > _OTHER_FACE or abs(gap / ahead.gap - 1) > _OTHER_FACE
