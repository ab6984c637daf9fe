"""The real device that a conformance suite runs on, instead of simulators."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Hardware:
    """A real device on this machine, as the command line describes it."""

    port: str
    baud: int
    driver: str | None
