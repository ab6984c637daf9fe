"""What the journey asks of a document camera and a flatbed: paper that becomes a page."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from devices.statuses import Health


class Paper(Enum):
    """What lies beneath the document camera or on the flat-bed, as the one who asks for it knows."""

    A4 = "a4"
    """ISO 216: 210 × 297 mm, upright or across."""
    ID_1 = "id_1"
    """ISO/IEC 7810: a card of 85.60 × 53.98 mm."""
    OTHER = "other"
    """Invoices, tickets: any rectangle up to A4, in its own proportions."""


class PageProblem(Enum):
    """Why a picture is not taken for a clean page. Each has its words and its measure in docs/pages.md."""

    NO_PAGE = "no_page"
    CUT_OFF = "cut_off"
    COVERED = "covered"
    TOO_FAR = "too_far"
    WRONG_SHAPE = "wrong_shape"
    TOO_DARK = "too_dark"
    GLARE = "glare"
    BLURRED = "blurred"
    BLANK = "blank"
    TOO_LARGE = "too_large"


@dataclass(frozen=True)
class Finding:
    """One problem, what was measured and the limit it missed; units in docs/pages.md."""

    problem: PageProblem
    measure: float
    limit: float


@dataclass(frozen=True)
class Outline:
    """Where the paper is: its corners as shares of the frame's width and height, clockwise from top left."""

    corners: tuple[tuple[float, float], tuple[float, float], tuple[float, float], tuple[float, float]]
    confidence: float
    """0 to 1; `devices.pages.outline.SURE` and more is taken for a page."""


class PageHint(Enum):
    """What the person could do now."""

    LAY_PAPER = "lay_paper"
    HOLD_STILL = "hold_still"
    TAKE_AWAY = "take_away"
    """This page has been taken: change the paper, or finish."""


@dataclass(frozen=True)
class PagePreview:
    """One frame for the screen, JPEG, not mirrored, with the outline found in it."""

    jpeg: bytes
    outline: Outline | None
    still: float
    """How far the wait for stillness has come, 0 to 1."""
    hint: PageHint

    def __repr__(self) -> str:
        """Say nothing: the paper is somebody's."""
        return "PagePreview(…)"


@dataclass(frozen=True)
class Page:
    """A clean page, JPEG with its resolution. Personal: it lives in memory only."""

    jpeg: bytes
    width_px: int
    height_px: int
    dpi: int

    def __repr__(self) -> str:
        """Say nothing: the page is somebody's."""
        return "Page(…)"


@dataclass(frozen=True)
class PageRefused:
    """The paper lay still, and its picture is no clean page; what weighs most comes first."""

    findings: tuple[Finding, ...]


PageEvent = PagePreview | Page | PageRefused


class PageNotClean(Exception):
    """What was scanned is no clean page."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(", ".join(finding.problem.value for finding in findings))
        self.findings = findings


class PageCamera(Protocol):
    """The document camera as the session sees it: a process of its own, dark until `watch`."""

    async def health(self) -> Health:
        """Whether the camera is there; never raises `DeviceFault`, and does not look at the table."""
        ...

    def watch(self, paper: Paper) -> AsyncGenerator[PageEvent]:
        """Open the camera and yield previews, and a `Page` or `PageRefused` each time a new paper lies still.

        A paper is taken once: the next `Page` comes after the paper was changed. The camera is released when
        the iterator is closed. Raises `DeviceFault` when the camera or its process fails.
        """
        ...

    async def take(self) -> None:
        """While watching: judge what lies there now, still or not, taken before or not."""
        ...

    async def close(self) -> None:
        """End the process."""
        ...


class Flatbed(Protocol):
    """A flat-bed scanner."""

    async def health(self) -> Health:
        """Ask whether the scanner is there; never raises `DeviceFault`."""
        ...

    async def scan(self, paper: Paper) -> Page:
        """Scan what lies on the glass. Raises `DeviceFault`, and `PageNotClean` with what was found."""
        ...
