"""What a person does: every touch that can move a session."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kiosk.finding.browsing import ShelfKind
from kiosk.messages import ReprintReason
from kiosk.session.ease import Ease
from kiosk.session.hall import Language
from kiosk.session.stages import Stroke


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
class NoCard:
    """The touch on "I have no card with me"."""


@dataclass(frozen=True)
class LanguageChosen:
    """The language of screen and slip, for this session only."""

    language: Language


@dataclass(frozen=True)
class EaseChosen:
    """How this person wants the screens, for this session only."""

    ease: Ease


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


@dataclass(frozen=True, repr=False)
class Narrowed:
    """A part of a day or an address: its decade, its month; its city. The beginning of a day, or a code."""

    place: str


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


@dataclass(frozen=True)
class TouchMissed:
    """A touch that hit nothing. Where it was is not told."""


@dataclass(frozen=True)
class HideWanted:
    """The touch on "hide": somebody looks over the shoulder."""


@dataclass(frozen=True)
class ShowAgain:
    """The touch that takes the cover away."""


@dataclass(frozen=True)
class HelpRefused:
    """The touch on "no, thank you"."""


@dataclass(frozen=True)
class GuideCalled:
    """The touch on "call a guide"."""


@dataclass(frozen=True)
class CallNoted:
    """The touch on "I see", beside the news that no guide could be told; or on "no longer needed"."""


Touch = (
    LanguageChosen | EaseChosen | MatterChosen | FindWanted | QueryTyped | ShelvesWanted | ShelfChosen
    | PrintGuide | NoCard | DueChosen | Begin | Continue | Back | Leave | TryAgain | FaceAgreed
    | FingerprintAgreed | GuideWanted | PinEntered | Answered | Narrowed | TypeInstead | TakePage | PageOpened
    | RetakePage | DropPage | PagesDone | BringInstead | ChangeLine | PartyHere | PartyLater | PaperOpened
    | SignedAndSent | Rated | ReprintWanted
    | StillHere | TouchMissed | HideWanted | ShowAgain | HelpRefused | GuideCalled | CallNoted
)  # fmt: skip
