"""Where a citizen is: a union of frozen stages; only `InJourney` and what follows hold anything personal.

`kiosk.session.machine.advance` moves between them; `kiosk.session.work` does what each one waits for; `ui`
shows each one as a screen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import Literal

from config.item import Elsewhere, Item, Window
from config.listing import Listing
from devices.contracts.id_cards import DocumentType
from kiosk.finding.browsing import ShelfKind
from kiosk.finding.due import Offer
from kiosk.messages import CommitRefusal, LeaveReason, PrintState, ReprintReason
from kiosk.session.ease import AT_FIRST, Ease
from kiosk.session.hall import Hall, Language, Obstacle
from kiosk.session.helping import CALM, CallState, Cause, Struggle
from kiosk.session.journey import Journey, Stroke
from kiosk.session.journey_steps import (
    AnswerProblem,
    CaptureTrouble,
    CardNoticeStep,
    EnquireStep,
    GuardianStep,
    GuardianTrouble,
    LookUpStep,
    PartyStep,
    PartyTrouble,
    QuestionStep,
    ReviewStep,
    ScanTrouble,
    SignStep,
    Step,
    WindowStep,
)
from kiosk.session.verification import Way
from printing.enquiry import EnquirySlip
from printing.slip import SlipFacts

__all__ = [
    "SIGNING_ASPECT", "AnswerProblem", "AwaitingCard", "CaptureTrouble", "CardExpired", "CardNoticeStep",
    "CardTrouble", "Ended", "EnquireStep", "Enquired", "EnquirySlip", "FindPage", "GuardianStep",
    "GuardianTrouble", "GuidePage",
    "InJourney", "Journey", "LinkLost", "LookUpStep", "MatterPage", "NotKept", "OtherDocument", "Outcome",
    "PartyStep", "PartyTrouble", "QuestionStep", "RatingPage", "ReviewStep", "ScanTrouble", "Sending",
    "Session", "SignStep", "SlipFacts", "SlipPlace", "Stage", "Standby", "Step", "Stroke", "Thanks",
    "UnderFourteen", "Welcome", "WindowStep",
]  # fmt: skip

# ---- before anybody is known -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Standby:
    """Mapped beneath, rendered, waiting to be promoted. No device is open."""


@dataclass(frozen=True)
class Welcome:
    """Choose a matter. `kept_local_no` belongs to the person before, whose screen died after the commit."""

    kept_local_no: str | None = None


@dataclass(frozen=True)
class FindPage:
    """Look for a matter: with words as typed so far, or on the shelves of a kind, or on one of them."""

    query: str = field(default="", repr=False)
    kind: ShelfKind | None = None
    shelf: str | None = None


@dataclass(frozen=True)
class MatterPage:
    """What you need, how long, what it costs, and whether this terminal can finish it now."""

    item: Item
    found_in: FindPage | None = None
    """Where "back" leads; the welcome page if None."""


class CardTrouble(Enum):
    """What the citizen can do something about at the card reader."""

    PULLED_AWAY = "pulled_away"
    NOT_READ = "not_read"
    OTHER_KIND = "other_kind"
    READER_FAILED = "reader_failed"
    INVALID = "invalid"


@dataclass(frozen=True)
class AwaitingCard:
    """Lay down your identity card."""

    item: Item
    trouble: CardTrouble | None = None


@dataclass(frozen=True)
class OtherDocument:
    """This matter is not done with the document that was laid down: which one it takes, and the counter."""

    item: Item
    document: DocumentType


@dataclass(frozen=True)
class UnderFourteen:
    """The card is a child's, and this matter is done by a guardian at the counter: what to bring."""

    item: Item


@dataclass(frozen=True)
class CardExpired:
    """The card has run out and this matter is no renewal: said, with the way that is open."""

    item: Item
    document: DocumentType
    valid_to: date


# ---- with a known person ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class InJourney:
    """A person is being served: the only stage with answers."""

    journey: Journey
    step: Step


@dataclass(frozen=True)
class GuidePage:
    """A matter goes to a counter: who does it, where, when, and what to bring."""

    matter: Listing | Item
    found_in: FindPage | MatterPage | AwaitingCard | OtherDocument | InJourney | None = field(
        default=None, repr=False
    )
    """Where "back" leads, with the answers given so far; the welcome page if None."""
    slip_state: PrintState | Literal["waiting", "no_printer", "enough"] | None = None
    """Of the printed guide; None until it is wanted."""
    why: Obstacle | Window | Elsewhere | None = None
    """Why a matter of this terminal is not done here this time; None for what is never done here."""


SIGNING_ASPECT = 2.5
"""Width over height of the signing area, on the screen and on paper."""


@dataclass(frozen=True, repr=False)
class Sending:
    """Signed and sent: sealing and committing. No way back, no claim yet."""

    journey: Journey
    application_id: str
    signature: tuple[Stroke, ...]
    signed_at: datetime


# ---- after the commit ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class NotKept:
    """The terminal could not keep the application: nothing was sent, nothing stays."""

    item: Item
    reason: CommitRefusal | Literal["link_lost", "matter_withdrawn", "key_withdrawn"]


SlipPlace = Literal["in_mouth", "taken", "taken_back"]
"""Held out to be taken; gone into a hand; back in the machine, because nobody took it."""


@dataclass(frozen=True, repr=False)
class Outcome:
    """Kept, or received by the platform, each said as what it is; and what became of the slip."""

    item: Item
    application_id: str
    slip: SlipFacts
    slip_state: PrintState | Literal["waiting", "no_printer"] = "waiting"
    slip_place: SlipPlace | None = None
    """None where the printer cannot tell."""
    choosing_reprint: bool = False
    reprinted: ReprintReason | None = None
    enquiry: EnquirySlip | None = None
    """What the person asked to see, where it is printed, too."""
    offers: tuple[Offer, ...] = ()
    """What the person could do, too: for the last page, and kept nowhere."""

    @property
    def received(self) -> bool:
        """Whether the platform has signed for it."""
        return self.slip.filing_no is not None

    @property
    def may_reprint(self) -> bool:
        """One slip more, for a reason, within this session only."""
        return self.slip_state in {"printed", "not_printed", "unknown"} and self.reprinted is None


@dataclass(frozen=True, repr=False)
class Enquired:
    """An enquiry was shown, and is printed as a slip of its own. Nothing was sent, nothing is kept."""

    item: Item
    slip: EnquirySlip
    slip_state: PrintState | Literal["waiting", "no_printer"] = "waiting"
    slip_place: SlipPlace | None = None
    offers: tuple[Offer, ...] = ()


@dataclass(frozen=True)
class RatingPage:
    """Rate this self-service; may be skipped."""

    application_id: str
    offers: tuple[Offer, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class Thanks:
    """Done: take your card and slip. Ends by itself."""

    offers: tuple[Offer, ...] = field(default=(), repr=False)
    """What the person could do, too, with the reason; what goes by age does not say the age."""


@dataclass(frozen=True)
class Ended:
    """This session is over; the terminal replaces the process."""

    reason: LeaveReason


@dataclass(frozen=True)
class LinkLost:
    """The terminal process is gone. Claims nothing; with `sent` a commit may or may not have happened."""

    in_journey: bool
    sent: bool


Stage = (
    Standby | Welcome | FindPage | MatterPage | GuidePage | AwaitingCard | OtherDocument | UnderFourteen
    | CardExpired | InJourney
    | Sending | NotKept | Outcome | Enquired | RatingPage | Thanks | Ended | LinkLost
)  # fmt: skip


@dataclass(frozen=True)
class Session:
    """The whole state: where the citizen is, what surrounds them, and whether they seem to have gone."""

    stage: Stage
    hall: Hall
    language: Language = "zh"
    ease: Ease = AT_FIRST
    idle_warning: bool = False
    ends_in_min: int | None = None
    """So many minutes are left of this visit, where that had to be said."""
    hidden: bool = False
    """Everything lies beneath an opaque cover, by the person's own touch."""
    struggle: Struggle = field(default=CALM, compare=False)
    """What was counted; two sessions that differ only in it are at one and the same place."""
    offer: Cause | None = None
    """Why help is offered now."""
    call: CallState | None = None
    """The guide they have called."""
    card_read: bool = False
    """This process has seen a person's card: it ends with that person."""
    failures: Mapping[Way, int] = field(default_factory=dict)
    """How often each way of verification has failed in this session, whatever card is laid down."""
