"""Everything that can move a session: what a person does, what devices find, what the terminal answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from devices.contracts import ResidentCard
from kiosk.messages import ClockTrust, CommitRefusal, PlatformReach, PrintState
from kiosk.session.stages import CardTrouble, FaceTrouble, Language, Stroke

# ---- a person's touches ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class MatterChosen:
    """A matter on the welcome page."""

    item_id: str


@dataclass(frozen=True)
class LanguageChosen:
    """The language of screen and slip, for this session only."""

    language: Language


@dataclass(frozen=True)
class Begin:
    """The touch on "Begin" of the matter page."""


@dataclass(frozen=True)
class Continue:
    """The one way on, on pages that only inform."""


@dataclass(frozen=True)
class Back:
    """One step back."""


@dataclass(frozen=True)
class Leave:
    """Leave now, drop everything that is not sent."""


@dataclass(frozen=True)
class TryAgain:
    """Another try at what just failed: the card, the face."""


@dataclass(frozen=True)
class FaceAgreed:
    """Agreed to the notice and, separately, to the face check."""

    at: datetime


@dataclass(frozen=True)
class GuideWanted:
    """Agreed to the notice; a guide verifies instead of the camera."""

    at: datetime


@dataclass(frozen=True)
class PinEntered:
    """A guide's number and PIN."""

    staff_no: str
    pin: str

    def __repr__(self) -> str:
        """Say nothing of the PIN."""
        return "PinEntered(…)"


@dataclass(frozen=True, repr=False)
class Answered:
    """An answer to the question on screen."""

    value: str


@dataclass(frozen=True)
class ChangeLine:
    """The touch on "Change" beside a line of the check page."""

    question_id: str


@dataclass(frozen=True, repr=False)
class SignedAndSent:
    """The touch on "Sign and send": the strokes, the freshly minted id and the moment."""

    strokes: tuple[Stroke, ...]
    application_id: str
    at: datetime


@dataclass(frozen=True)
class Rated:
    """1 (very poor) to 5 (very good)."""

    level: int


@dataclass(frozen=True)
class ReprintWanted:
    """One more try at a slip that did not print."""


@dataclass(frozen=True)
class StillHere:
    """The one touch that answers the idle warning."""


# ---- what the work behind a stage found ------------------------------------------------------------------


@dataclass(frozen=True)
class CardRead:
    """A whole card."""

    card: ResidentCard


@dataclass(frozen=True)
class CardFailed:
    """No whole card."""

    trouble: CardTrouble


@dataclass(frozen=True, repr=False)
class PhotoDecoded:
    """The chip photo as PNG."""

    png: bytes


@dataclass(frozen=True)
class FaceMatched:
    """The live face is the chip's."""


@dataclass(frozen=True)
class FaceFailed:
    """It could not be said that it is."""

    trouble: FaceTrouble


@dataclass(frozen=True)
class PinAccepted:
    """The terminal knows this guide."""

    staff_no: str


@dataclass(frozen=True)
class PinRefused:
    """The terminal does not."""

    reason: Literal["wrong", "locked"]
    retry_after_s: int


@dataclass(frozen=True)
class Kept:
    """The terminal has made the envelope durable."""

    local_no: str
    clock_trust: ClockTrust
    at: datetime
    statement: str | None = None
    """The signed statement for the slip, where the terminal makes one."""
    restore_codes: tuple[str, ...] | None = None
    """The sealed application for the slip; empty where it is too long, None where the hall prints none."""


@dataclass(frozen=True)
class KeepRefused:
    """It has not."""

    reason: CommitRefusal


@dataclass(frozen=True)
class Received:
    """The platform has signed for the application."""

    filing_no: str
    received_at: datetime
    statement: str | None = None


@dataclass(frozen=True)
class SlipEnded:
    """What became of the paper; `no_printer` when none could be used at all."""

    state: PrintState | Literal["no_printer"]


@dataclass(frozen=True)
class TimeUp:
    """The stage's own time is over."""


# ---- what surrounds the citizen changed ------------------------------------------------------------------


@dataclass(frozen=True)
class Promoted:
    """This session is now the visible one."""

    reach: PlatformReach
    kept_local_no: str | None
    today: date


@dataclass(frozen=True)
class ReachChanged:
    """The platform answers, or no longer does."""

    reach: PlatformReach


@dataclass(frozen=True)
class DevicesChanged:
    """What the probes found."""

    reader_usable: bool
    printer_usable: bool
    camera_usable: bool


@dataclass(frozen=True)
class IdleWarned:
    """Nobody has touched anything for a while."""


@dataclass(frozen=True)
class IdleExpired:
    """Nobody answered the warning."""


@dataclass(frozen=True)
class TerminalGone:
    """The pipe to the terminal has ended."""


Touch = (
    LanguageChosen | MatterChosen | Begin | Continue | Back | Leave | TryAgain | FaceAgreed | GuideWanted
    | PinEntered
    | Answered | ChangeLine | SignedAndSent | Rated | ReprintWanted | StillHere
)  # fmt: skip
Finding = (
    CardRead | CardFailed | PhotoDecoded | FaceMatched | FaceFailed | PinAccepted | PinRefused | Kept
    | KeepRefused | Received | SlipEnded | TimeUp
)  # fmt: skip
Surrounding = (
    Promoted | ReachChanged | DevicesChanged | IdleWarned | IdleExpired | TerminalGone
)  # fmt: skip
Event = Touch | Finding | Surrounding
