"""Error rates with their bounds: how often attacks were taken for people, and people for attacks."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

import cv2

from devices.eyes.matching import FaceModels
from devices.simulators.heads.sittings import drawn_challenge, sit, sitting

CONFIDENCE = 0.95


@dataclass(frozen=True)
class Rate:
    """`wrong` of `count` presentations of one species were classified wrongly."""

    species: str
    wrong: int
    count: int

    @property
    def share(self) -> float:
        """APCER of an attack species, BPCER of people (ISO/IEC 30107-3)."""
        return self.wrong / self.count

    @property
    def bounds(self) -> tuple[float, float]:
        """Two-sided Clopper-Pearson bounds at `CONFIDENCE`."""
        tail = (1 - CONFIDENCE) / 2
        low = 0.0 if self.wrong == 0 else _where(lambda p: 1 - _at_most(self.wrong - 1, self.count, p), tail)
        high = (
            1.0 if self.wrong == self.count else _where(lambda p: -_at_most(self.wrong, self.count, p), -tail)
        )
        return low, high


def measured(species: str, seeds: Iterable[int], *, pictures: bool, genuine: bool) -> Rate:
    """Let a species sit once for each seed, each before its own challenge, on all processors."""
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        live = list(pool.map(functools.partial(_is_live, species, pictures=pictures), seeds))
    return Rate(species, sum(one != genuine for one in live), len(live))


def _is_live(species: str, seed: int, *, pictures: bool) -> bool:
    models = _models() if pictures else None
    return sit(sitting(species, seed), drawn_challenge(seed), models).verdict.live


@functools.cache
def _models() -> FaceModels:
    """One a process."""
    cv2.setNumThreads(1)
    return FaceModels()


def _at_most(wrong: int, count: int, share: float) -> float:
    """Probability of at most `wrong` errors."""
    return math.fsum(math.comb(count, k) * share**k * (1 - share) ** (count - k) for k in range(wrong + 1))


def _where(rising: Callable[[float], float], value: float) -> float:
    """The place where a rising function of a share takes a value."""
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if rising(middle) < value else (low, middle)
    return (low + high) / 2
