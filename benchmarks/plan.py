"""How often each figure is taken: the whole run, and the short one of the tests."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Plan:
    """Repetitions; `idle_s` and `idle_opengl_s` are seconds."""

    starts: int = 5
    visits: int = 12
    """Half of them leave, half are killed."""
    visits_opengl: int = 8
    visits_slow: int = 4
    """At 9600 baud."""
    sends: int = 4
    keeps: int = 60
    idle_s: float = 60.0
    idle_opengl_s: float = 20.0
