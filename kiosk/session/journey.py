"""What is known of one person and one matter, and every step between the card and "sign and send"; values.

`kiosk.session.steps` moves between the steps; `kiosk.session.known` says what follows from the values.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Literal

from config.item import Item, Window
from devices.contracts import DocumentType, IdCard, Page
from kiosk.finding.due import Offer
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


@dataclass(frozen=True)
class CardNoticeStep:
    """Said once: the card ends within three months, or something on it is unusual."""

    days_left: int | None = None
    offers: tuple[Offer, ...] = ()
    """What is due for this person, with the reason; never their age."""


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


@dataclass(frozen=True)
class LookUpStep:
    """Something is asked of the platform about the verified person: what, and of whom. A few seconds."""

    lookup_id: str
    returning: bool = False
    """On the way back to the check page, after a change."""


@dataclass(frozen=True)
class EnquireStep:
    """What a lookup told, shown to the verified person."""

    lookup_id: str


class PartyTrouble(Enum):
    """Why the card that was laid down is not that of somebody who signs beside the applicant."""

    SAME_PERSON = "same_person"
    OTHER_PERSON = "other_person"
    """Not the number that was entered for them."""
    UNDER_AGE = "under_age"
    EXPIRED = "expired"
    INVALID = "invalid"
    NOT_READ = "not_read"
    READER_FAILED = "reader_failed"


@dataclass(frozen=True)
class PartyStep:
    """Somebody else signs, too: are they here now? If so, they lay down their own card."""

    party_id: str
    laying: bool = False
    """They are here: their card is waited for."""
    trouble: PartyTrouble | None = None


AnswerProblem = Literal[
    "required", "not_a_mobile", "not_a_date", "too_early", "too_late", "too_long", "not_such_a_code",
    "not_a_number", "too_fine", "too_small", "too_large", "above_calculated", "not_a_citizen_id",
    "own_number",
]  # fmt: skip
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
    """The last answer leads to the window, or nobody could tell what is needed: why, and what to bring."""

    question_id: str | None
    window: Window
    lookup_id: str | None = None
    """The lookup that nobody could answer, where it was no question."""


@dataclass(frozen=True)
class ReviewStep:
    """Check your answers; each line can be changed."""


@dataclass(frozen=True)
class SignStep:
    """The form as it will be sent, and a place to sign with a finger."""

    problem: Literal["empty_signature"] | None = None
    party_id: str | None = None
    """Who signs: None for the applicant, or the guardian in their place."""
    paper: str | None = None
    """What is read before signing: the id of a member whose form it is, or of an agreement."""


Step = (
    CardNoticeStep | GuardianStep | ConsentStep | FaceStep | FingerprintStep | GuideStep | VerifiedStep
    | LookUpStep | QuestionStep | EnquireStep | PartyStep | WindowStep | ReviewStep | SignStep
)  # fmt: skip


LookupReason = Literal["nobody_knows", "unreachable", "refused"]
"""Why a lookup told nothing: nobody has such a fact; no answer in time; the platform does not tell it."""


@dataclass(frozen=True, repr=False)
class Told:
    """What a lookup told, and the answers that it was asked with."""

    sent: Mapping[str, str]
    facts: Mapping[str, str]
    """By the fact's id. What nobody could tell is not there."""
    told_at: datetime
    proof: str | None = None
    """The platform's signature over its answer, as it came."""


@dataclass(frozen=True, repr=False)
class Missing:
    """A lookup that told nothing, and the answers that it was asked with."""

    sent: Mapping[str, str]
    reason: LookupReason


@dataclass(frozen=True, repr=False)
class Person:
    """All that is kept of the card of somebody who signs beside the applicant."""

    name: str
    id_number: str
    id_type: DocumentType


@dataclass(frozen=True, repr=False)
class Present:
    """They were here, with their own card, and verified like the applicant."""

    person: Person
    verified: Verified
    consents: tuple[Consent, ...]


@dataclass(frozen=True)
class Awaited:
    """They are not here: the application is sent with their signature awaited, and says so."""


@dataclass(frozen=True, repr=False)
class Visitor:
    """Somebody beside the applicant who is being verified. Their card is dropped as soon as they are."""

    party_id: str
    card: IdCard
    photo_png: bytes | None
    consents: tuple[Consent, ...]
    failures: Mapping[Way, int]
    verified: Verified | None
    """These four are the applicant's own, set aside meanwhile."""


Stroke = tuple[tuple[float, float], ...]
"""Points of one stroke, 0…1 of the signing area's width and height."""


@dataclass(frozen=True, repr=False)
class Signature:
    """What one person drew, and when."""

    party_id: str | None
    """None for the applicant, or the guardian in their place."""
    strokes: tuple[Stroke, ...]
    at: datetime


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
    looked_up: Mapping[str, Told | Missing] = field(default_factory=dict)
    """What became of each lookup, by its id. It counts while the answers it was asked with do."""

    parties: Mapping[str, Present | Awaited] = field(default_factory=dict)
    """What is known of the others who sign, by the party's id."""
    visitor: Visitor | None = None
    visitor_failures: Mapping[str, Mapping[Way, int]] = field(default_factory=dict)
    """How often the others have failed, by the party's id."""
    signatures: tuple[Signature, ...] = ()
    """While the last of several signs."""

    @property
    def holder(self) -> IdCard:
        """The card of whoever stands here and is verified: the applicant's, a guardian's, another party's."""
        if self.visitor is not None:
            return self.visitor.card
        return self.guardian or self.card
