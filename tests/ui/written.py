"""Invented writing: characters as plain lines, in the order that schools teach, and hands that write them."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from itertools import pairwise

Point = tuple[float, float]
Lines = list[list[Point]]

STEPS = 8
"""Points of a straight part of a stroke."""

PLAIN: dict[str, Sequence[Sequence[Point]]] = {
    "一": [[(0.1, 0.5), (0.9, 0.48)]],
    "二": [[(0.25, 0.3), (0.75, 0.28)], [(0.1, 0.75), (0.9, 0.73)]],
    "三": [[(0.2, 0.2), (0.8, 0.18)], [(0.25, 0.5), (0.75, 0.48)], [(0.1, 0.8), (0.9, 0.78)]],
    "十": [[(0.1, 0.45), (0.9, 0.43)], [(0.5, 0.1), (0.5, 0.9)]],
    "人": [[(0.5, 0.1), (0.45, 0.45), (0.1, 0.9)], [(0.48, 0.4), (0.6, 0.65), (0.92, 0.9)]],
    "大": [
        [(0.1, 0.35), (0.9, 0.33)],
        [(0.5, 0.08), (0.45, 0.5), (0.1, 0.92)],
        [(0.5, 0.38), (0.65, 0.65), (0.92, 0.92)],
    ],
    "中": [
        [(0.2, 0.3), (0.2, 0.6)],
        [(0.2, 0.3), (0.8, 0.28), (0.78, 0.6)],
        [(0.2, 0.6), (0.78, 0.58)],
        [(0.5, 0.05), (0.5, 0.95)],
    ],
    "王": [
        [(0.2, 0.2), (0.8, 0.18)],
        [(0.22, 0.5), (0.78, 0.48)],
        [(0.5, 0.2), (0.5, 0.85)],
        [(0.1, 0.86), (0.9, 0.84)],
    ],
}
"""Corners of each stroke, as shares of the square."""


def drawn(character: str) -> Lines:
    """A character as a ruler would draw it."""
    return [_line(corners) for corners in PLAIN[character]]


def by_a_hand(character: str, rng: random.Random) -> Lines:
    """Each stroke a little turned, moved, longer or shorter, and wavy."""
    lines = []
    for stroke in drawn(character):
        turn, size = rng.gauss(0, 0.06), rng.gauss(1, 0.08)
        left, top, wave = rng.gauss(0, 0.03), rng.gauss(0, 0.03), rng.uniform(0, 6)
        x0, y0 = (sum(point[axis] for point in stroke) / len(stroke) for axis in (0, 1))
        cos, sin = size * math.cos(turn), size * math.sin(turn)
        lines.append(
            [
                (
                    x0 + left + cos * (x - x0) - sin * (y - y0) + 0.008 * math.sin(wave + place),
                    y0 + top + sin * (x - x0) + cos * (y - y0) + 0.008 * math.cos(wave + place),
                )
                for place, (x, y) in enumerate(stroke)
            ]
        )
    return lines


def trembling(character: str, rng: random.Random, much: float = 0.02) -> Lines:
    """Every point of it a little off."""
    return [
        [(x + rng.gauss(0, much), y + rng.gauss(0, much)) for x, y in stroke] for stroke in drawn(character)
    ]


def small(lines: Lines, size: float, left: float, top: float) -> Lines:
    """The same, small and in a corner."""
    return [[(left + size * x, top + size * y) for x, y in stroke] for stroke in lines]


def backwards(character: str) -> Lines:
    """The strokes in the wrong order, the last one first."""
    return drawn(character)[::-1]


def _line(corners: Sequence[Point]) -> list[Point]:
    line: list[Point] = []
    for (x, y), (to_x, to_y) in pairwise(corners):
        line += [(x + (to_x - x) * step / STEPS, y + (to_y - y) * step / STEPS) for step in range(STEPS)]
    return [*line, corners[-1]]
