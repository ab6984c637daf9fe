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

from config.item import Item, Window
from devices.contracts import DocumentType, IdCard, Page
from kiosk.messages import CommitRefusal, PrintState, ReprintReason
from kiosk.session.hall import Hall, Language
from kiosk.session.verification import (
    Consent,
    ConsentStep,
    FaceStep,
    FingerprintStep,
    GuideStep,
    Verified,
    VerifiedStep,
    Way,
)
from printing.slip import SlipFacts as SlipFacts  # noqa: PLC0414 - part of the vocabulary of stages, too

# ---- before anybody is known -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Standby:
    """Mapped beneath, rendered, waiting to be promoted. No device is open."""


@dataclass(frozen=True)
class Welcome:
    """Choose a matter. `kept_local_no` belongs to the person before, whose screen died after the commit."""

    kept_local_no: str | None = None


@dataclass(frozen=True)
class MatterPage:
    """What you need, how long, what it costs, and whether this terminal can finish it now."""

    item: Item


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

# The steps of a journey. The engine computes their order from the item and the answers.


@dataclass(frozen=True)
class CardNoticeStep:
    """Said once: the card ends within three months, or something on it is unusual."""

    days_left: int | None = None


class GuardianTrouble(Enum):
    """Why the card that was laid down is not a guardian's, or was not read."""

    CHILDS_OWN = "childs_own"
    UNDER_AGE = "under_age"
    EXPIRED = "expired"
    INVALID = "invalid"
    NOT_READ = "not_read"
    READER_FAILED = "reader_failed"


@dataclass(frozen=True)
class GuardianStep:
    """The applicant is under fourteen: a guardian lays down their own card, and is verified."""

    trouble: GuardianTrouble | None = None


AnswerProblem = Literal[
    "required", "not_a_mobile", "not_a_date", "too_early", "too_late", "too_long", "not_such_a_code"
]
ScanTrouble = Literal["other_code", "payment_code", "unreadable_code", "scanner_failed"]
"""Why the scanner has no answer yet; the next code may be one."""


CaptureTrouble = Literal["page_camera_failed", "pages_full"]
"""Why no page can be taken, or no more."""


@dataclass(frozen=True)
class QuestionStep:
    """One question of the item, by id. `problem` names what is wrong with the last answer."""

    question_id: str
    problem: AnswerProblem | ScanTrouble | CaptureTrouble | None = None
    returning: bool = False
    """Reached by "change" on the check page: the answer leads back there."""
    typing: bool = False
    """A code that is typed instead of scanned: the scanner is dark."""
    page: int | None = None
    """The page, counted from 0, that the person looks at, or takes anew."""
    retaking: bool = False
    takes: int = 0
    """How often "take it now" was touched."""


@dataclass(frozen=True)
class WindowStep:
    """The last answer leads to the window: why, and what to bring."""

    question_id: str
    window: Window


@dataclass(frozen=True)
class ReviewStep:
    """Check your answers; each line can be changed."""


@dataclass(frozen=True)
class SignStep:
    """The form as it will be sent, and a place to sign with a finger."""

    problem: Literal["empty_signature"] | None = None


Step = (
    CardNoticeStep | GuardianStep | ConsentStep | FaceStep | FingerprintStep | GuideStep | VerifiedStep
    | QuestionStep | WindowStep | ReviewStep | SignStep
)  # fmt: skip


@dataclass(frozen=True, repr=False)
class Journey:
    """Everything known of one person and one matter. Its repr says nothing."""

    item: Item
    card: IdCard
    photo_png: bytes | None = None
    consents: tuple[Consent, ...] = ()
    failures: Mapping[Way, int] = field(default_factory=dict)
    """How often each way of verification has failed: going back does not forget it."""
    verified: Verified | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    scanned: frozenset[str] = frozenset()
    """The answers that the scanner gave."""
    under_14: bool = False
    """The applicant is a child: somebody else is verified, agrees and signs."""
    guardian: IdCard | None = None
    pages: Mapping[str, tuple[Page, ...]] = field(default_factory=dict)
    """The papers laid under the document camera, by question."""

    @property
    def holder(self) -> IdCard:
        """The card of whoever stands here and is verified: the applicant's, or a guardian's."""
        return self.guardian or self.card


@dataclass(frozen=True)
class InJourney:
    """A person is being served: the only stage with answers."""

    journey: Journey
    step: Step


Stroke = tuple[tuple[float, float], ...]
"""Points of one stroke, 0…1 of the signing area's width and height."""

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
    reason: CommitRefusal | Literal["link_lost"]


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

    @property
    def received(self) -> bool:
        """Whether the platform has signed for it."""
        return self.slip.filing_no is not None

    @property
    def may_reprint(self) -> bool:
        """One slip more, for a reason, within this session only."""
        return self.slip_state in {"printed", "not_printed", "unknown"} and self.reprinted is None


@dataclass(frozen=True)
class RatingPage:
    """Rate this self-service; may be skipped."""

    application_id: str


@dataclass(frozen=True)
class Thanks:
    """Done: take your card and slip. Ends by itself."""


@dataclass(frozen=True)
class Ended:
    """This session is over; the terminal replaces the process."""

    reason: Literal["finished", "left", "idle", "trouble"]


@dataclass(frozen=True)
class LinkLost:
    """The terminal process is gone. Claims nothing; with `sent` a commit may or may not have happened."""

    in_journey: bool
    sent: bool


Stage = (
    Standby | Welcome | MatterPage | AwaitingCard | OtherDocument | UnderFourteen | CardExpired | InJourney
    | Sending | NotKept | Outcome | RatingPage | Thanks | Ended | LinkLost
)  # fmt: skip


@dataclass(frozen=True)
class Session:
    """The whole state: where the citizen is, what surrounds them, and whether they seem to have gone."""

    stage: Stage
    hall: Hall
    language: Language = "zh"
    idle_warning: bool = False
    card_read: bool = False
    """This process has seen a person's card: it ends with that person."""
    failures: Mapping[Way, int] = field(default_factory=dict)
    """How often each way of verification has failed in this session, whatever card is laid down."""
