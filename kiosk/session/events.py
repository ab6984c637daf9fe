"""Everything that can move a session: what a person does, what devices find, what the terminal answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from devices.contracts import IdCard, Page
from devices.scanners.contract import Scan
from kiosk.finding.browsing import ShelfKind
from kiosk.finding.finder import Finder
from kiosk.messages import KEEPS, ClockTrust, CommitRefusal, Keeping, PlatformReach, PrintState, ReprintReason
from kiosk.session.hall import Language
from kiosk.session.journey import LookupReason
from kiosk.session.stages import CardTrouble, ScanTrouble, SlipPlace, Stroke
from kiosk.session.verification import FaceEvidence, FaceTrouble, FingerprintTrouble

# ---- a person's touches ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class MatterChosen:
    """A matter on the welcome page."""

    item_id: str


@dataclass(frozen=True)
class FindWanted:
    """The touch on "find": an empty line to type in."""


@dataclass(frozen=True, repr=False)
class QueryTyped:
    """What stands in the line now."""

    query: str


@dataclass(frozen=True)
class ShelvesWanted:
    """A way to browse: by life event, theme, audience or department."""

    kind: ShelfKind


@dataclass(frozen=True)
class ShelfChosen:
    """One shelf of that kind."""

    shelf: str


@dataclass(frozen=True)
class DueChosen:
    """Something that is due instead of the matter that was begun."""

    item_id: str


@dataclass(frozen=True)
class PrintGuide:
    """The touch on "print this guide"."""


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
class FingerprintAgreed:
    """Agreed to the notice and, separately, to the comparison of a fingerprint."""

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
class TypeInstead:
    """The touch on "type it instead" of a question for the scanner."""


@dataclass(frozen=True)
class TakePage:
    """The touch on "take it now" beneath the document camera's picture."""


@dataclass(frozen=True)
class PageOpened:
    """The touch on a page that was taken, counted from 0; None closes it."""

    number: int | None


@dataclass(frozen=True)
class RetakePage:
    """The touch on "take it again" of the opened page."""


@dataclass(frozen=True)
class DropPage:
    """The touch on "remove" of the opened page."""


@dataclass(frozen=True)
class PagesDone:
    """The touch on "that is all"."""


@dataclass(frozen=True)
class BringInstead:
    """The touch on "I take it to the window"."""


@dataclass(frozen=True)
class ChangeLine:
    """The touch on "Change" beside a line of the check page."""

    question_id: str


@dataclass(frozen=True)
class PartyHere:
    """The touch on "they are here": somebody else who signs."""


@dataclass(frozen=True)
class PartyLater:
    """The touch on "they sign later"."""


@dataclass(frozen=True)
class PaperOpened:
    """The touch on one of several forms and agreements, to read it; None closes it."""

    paper: str | None


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
    """The slip once more; without a reason: which reasons there are."""

    reason: ReprintReason | None = None


@dataclass(frozen=True)
class StillHere:
    """The one touch that answers the idle warning."""


# ---- what the work behind a stage found ------------------------------------------------------------------


@dataclass(frozen=True)
class CardRead:
    """A whole card."""

    card: IdCard


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
    """The live face is the chip's; `module` says what compared."""

    module: str | None = None
    evidence: FaceEvidence | None = None


@dataclass(frozen=True)
class FaceFailed:
    """It could not be said that it is."""

    trouble: FaceTrouble


@dataclass(frozen=True)
class FingerprintMatched:
    """The live finger is one of the chip's; `module` says what compared."""

    module: str | None = None


@dataclass(frozen=True)
class FingerprintFailed:
    """It could not be said that it is."""

    trouble: FingerprintTrouble


@dataclass(frozen=True)
class CodeScanned:
    """A code was held before the scanner while `question_id` asked for one."""

    question_id: str
    scan: Scan


@dataclass(frozen=True)
class ScanFailed:
    """The scanner gave nothing that can be used; None: it can be used again."""

    question_id: str
    trouble: ScanTrouble | None


@dataclass(frozen=True, repr=False)
class PageTaken:
    """A clean page of a paper, while `question_id` asked for it."""

    question_id: str
    page: Page


@dataclass(frozen=True)
class PageCameraFailed:
    """The document camera gives nothing any more."""

    question_id: str


@dataclass(frozen=True, repr=False)
class LookupTold:
    """What the platform told about this person, by the fact's id, at its own time `told_at`."""

    lookup_id: str
    facts: Mapping[str, str]
    told_at: datetime
    proof: str | None = None
    """The platform's signature over its answer, passed on with the application as it came."""


@dataclass(frozen=True)
class LookupMissing:
    """It told nothing."""

    lookup_id: str
    reason: LookupReason


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
    large_print: bool = False
    """Whether the person is of the age from which slips are in large print."""


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
    member_numbers: Mapping[str, str] = field(default_factory=dict)
    """Of a joint application: each member's own filing number, by its item."""


@dataclass(frozen=True)
class SlipMoved:
    """Where the printed slip is, if the printer can tell."""

    place: SlipPlace


@dataclass(frozen=True)
class SlipEnded:
    """What became of the paper; `no_printer` when none could be used at all."""

    state: PrintState | Literal["no_printer"]


@dataclass(frozen=True)
class GuidesEnough:
    """This visit has printed as many guides as it may."""


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
    uses: Mapping[str, int] = field(default_factory=dict)
    """How often matters were used in this hall lately."""
    keeping: Keeping = KEEPS


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


Touch = (
    LanguageChosen | MatterChosen | FindWanted | QueryTyped | ShelvesWanted | ShelfChosen | PrintGuide
    | DueChosen | Begin | Continue | Back | Leave | TryAgain | FaceAgreed
    | FingerprintAgreed | GuideWanted | PinEntered | Answered | TypeInstead | TakePage | PageOpened
    | RetakePage | DropPage | PagesDone | BringInstead | ChangeLine | PartyHere | PartyLater | PaperOpened
    | SignedAndSent | Rated | ReprintWanted
    | StillHere
)  # fmt: skip
Finding = (
    CardRead | CardFailed | PhotoDecoded | FaceMatched | FaceFailed | FingerprintMatched | FingerprintFailed
    | CodeScanned | ScanFailed | PageTaken | PageCameraFailed | LookupTold | LookupMissing | PinAccepted
    | PinRefused | Kept | KeepRefused | Received | SlipEnded | SlipMoved | GuidesEnough | TimeUp
)  # fmt: skip
Surrounding = (
    Promoted | FinderReady | ReachChanged | KeepingChanged | DevicesChanged | IdleWarned | IdleExpired
    | TerminalGone
)  # fmt: skip
Event = Touch | Finding | Surrounding
