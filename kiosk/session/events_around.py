"""What changed around the citizen: this session's turn, the platform, devices, presence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from kiosk.finding.finder import Finder
from kiosk.messages import KEEPS, Keeping, PlatformReach


@dataclass(frozen=True)
class Promoted:
    """This session is now the visible one."""

    reach: PlatformReach
    kept_local_no: str | None
    today: date
    uses: Mapping[str, int] = field(default_factory=dict)
    """How often matters were used in this hall lately."""
    keeping: Keeping = KEEPS
    withdrawn: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True)
class MattersWithdrawn:
    """The platform has taken matters back, each in one version: all of them so far."""

    withdrawn: frozenset[tuple[str, str]]


@dataclass(frozen=True)
class FinderReady:
    """The words of every matter are indexed."""

    finder: Finder


@dataclass(frozen=True)
class ReachChanged:
    """The platform answers, or no longer does."""

    reach: PlatformReach


@dataclass(frozen=True)
class KeepingChanged:
    """The terminal keeps new applications, or no longer does."""

    keeping: Keeping


@dataclass(frozen=True)
class DevicesChanged:
    """What the probes found."""

    reader_usable: bool
    printer_usable: bool
    camera_usable: bool
    fingerprint_usable: bool = False
    scanner_usable: bool = False
    page_camera_usable: bool = False


@dataclass(frozen=True)
class IdleWarned:
    """Nobody has touched anything for a while."""


@dataclass(frozen=True)
class IdleExpired:
    """Nobody answered the warning."""


@dataclass(frozen=True)
class TerminalGone:
    """The pipe to the terminal has ended."""


@dataclass(frozen=True)
class Hesitated:
    """Somebody has stood before one screen for long, and touched nothing lately."""


@dataclass(frozen=True)
class VisitEnds:
    """This visit has lasted long: so many minutes are left."""

    minutes: int


@dataclass(frozen=True)
class VisitOver:
    """They have passed."""


@dataclass(frozen=True)
class CallAnswered:
    """What became of the call for a guide; `done` when one has been here."""

    state: Literal["told", "coming", "done", "not_told"]


Surrounding = (
    Promoted | MattersWithdrawn | FinderReady | ReachChanged | KeepingChanged | DevicesChanged | IdleWarned
    | IdleExpired | Hesitated | VisitEnds | VisitOver | CallAnswered | TerminalGone
)  # fmt: skip
