"""How people move when they are asked to turn: late, smoothly, a little too far, never quite still."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from devices.simulators.heads.rendering import Pose


@dataclass(frozen=True)
class Manner:
    """How one person turns."""

    turn_deg: float = 25.0
    reaction_s: float = 0.5
    turn_s: float = 0.7
    overshoot: float = 0.08
    """Share of the turn by which it first goes too far."""
    sway_deg: float = 0.8
    sway_mm: float = 4.0
    nod: float = 0.1
    """Degrees of nod for each degree of turn."""
    yaw: float = 1.0
    """0: what should be a turn is only moved, rolled and nodded."""
    tilt: float = 0.03
    """Degrees of roll for each degree of turn."""
    lean_mm: float = 0.3
    """Sideways movement for each degree of turn."""

    @classmethod
    def of(cls, chance: np.random.Generator, least_deg: float = 18.0, most_deg: float = 32.0) -> Manner:
        """Give somebody's manner."""
        return cls(
            turn_deg=float(chance.uniform(least_deg, most_deg)),
            reaction_s=float(chance.uniform(0.3, 0.9)),
            turn_s=float(chance.uniform(0.4, 1.1)),
            overshoot=float(chance.uniform(0.0, 0.12)),
            sway_deg=float(chance.uniform(0.3, 1.2)),
            sway_mm=float(chance.uniform(1.0, 6.0)),
            nod=float(chance.normal(0, 0.1)),
            tilt=float(chance.normal(0, 0.06)),
            lean_mm=float(chance.normal(0, 0.3)),
        )


_SETTLED = 1.6
"""In lengths of the turn: when the overshoot is over."""


@dataclass
class Person:
    """Somebody before the camera: `ask` says where to look from a moment on, `pose` where the head is then.

    Both take seconds that must not go backwards. `rest` is the pose of looking ahead.
    """

    manner: Manner
    rest: Pose
    chance: np.random.Generator
    _moves: list[tuple[float, float, float]] = field(default_factory=list, repr=False)
    """When each began, from where, to where."""
    _waves: np.ndarray[tuple[int, ...], np.dtype[np.float64]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._waves = np.stack([self.chance.uniform(0.15, 1.4, (6, 3)), self.chance.uniform(0, 6.28, (6, 3))])

    def ask(self, side: int, t_s: float) -> None:
        """Ask to turn: +1 to their own left, -1 to their own right, 0 to the front."""
        begin_s = t_s + self.manner.reaction_s * float(self.chance.uniform(0.8, 1.3))
        to_deg = side * self.manner.turn_deg * float(self.chance.uniform(0.92, 1.08))
        self._moves.append((begin_s, self._turned_deg(begin_s), to_deg))

    def pose(self, t_s: float) -> Pose:
        """Where the head is at `t_s`."""
        turned = self._turned_deg(t_s)
        sway = np.sin(self._waves[0] * 2 * np.pi * t_s + self._waves[1]).sum(axis=1) / 3
        degrees, mm = self.manner.sway_deg, self.manner.sway_mm
        return replace(
            self.rest,
            yaw_deg=self.rest.yaw_deg + self.manner.yaw * turned + degrees * sway[0],
            pitch_deg=self.rest.pitch_deg + self.manner.nod * abs(turned) + degrees * sway[1],
            roll_deg=self.rest.roll_deg + self.manner.tilt * turned + 0.7 * degrees * sway[2],
            x_mm=self.rest.x_mm + self.manner.lean_mm * turned + mm * sway[3],
            y_mm=self.rest.y_mm + mm * sway[4],
            distance_mm=self.rest.distance_mm + 2 * mm * sway[5],
        )

    def _turned_deg(self, t_s: float) -> float:
        begun = [move for move in self._moves if move[0] <= t_s]
        if not begun:
            return 0.0
        begin_s, from_deg, to_deg = begun[-1]
        done = min((t_s - begin_s) / self.manner.turn_s, _SETTLED)
        way = min(done, 1.0)
        smooth = way**3 * (10 - 15 * way + 6 * way**2)  # least jerk
        too_far = self.manner.overshoot * np.exp(-(((done - 1.1) / 0.22) ** 2)) if done < _SETTLED else 0.0
        return float(from_deg + (to_deg - from_deg) * (smooth + too_far))
