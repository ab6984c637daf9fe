"""Every step of a person's way between the card and "sign and send", as values.

`kiosk.session.steps` moves between them; `ui` shows each one as a screen.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Literal

from config.item import Window
from kiosk.finding.due import Offer
from kiosk.session.verification import (
    ConsentStep,
    FaceStep,
    FingerprintStep,
    GuideStep,
    VerifiedStep,
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
    "wrong_check", "own_number", "no_such_region", "region_only",
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
    narrowed: str | None = field(default=None, repr=False)
    """How far a day or an address has been picked: the beginning of the day, or the code of the region."""


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
