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

from config.item import Item, Text, Window
from devices.contracts import ResidentCard
from kiosk.messages import CommitRefusal, PlatformReach, PrintState
from printing.slip import SlipFacts as SlipFacts  # noqa: PLC0414 - part of the vocabulary of stages, too

# ---- what surrounds the citizen --------------------------------------------------------------------------


Language = Literal["zh", "en"]


class Obstacle(Enum):
    """Why this terminal cannot finish a matter now."""

    OFFLINE_FORBIDDEN = "offline_forbidden"
    NO_READER = "no_reader"
    NOT_OFFERED = "not_offered"


class Reservation(Enum):
    """What will be different though the matter can be finished."""

    KEPT_UNTIL_ONLINE = "kept_until_online"
    NO_SLIP = "no_slip"
    GUIDE_INSTEAD_OF_FACE = "guide_instead_of_face"


@dataclass(frozen=True)
class Ability:
    """The answer to "can this terminal finish my matter now?". It can, unless there is an obstacle."""

    obstacle: Obstacle | None = None
    reservations: tuple[Reservation, ...] = ()


@dataclass(frozen=True)
class Hall:
    """What the session knows of the world: nothing personal."""

    terminal_id: str
    name: Text
    phone: str
    items: tuple[Item, ...]
    today: date
    reach: PlatformReach = "unknown"
    reader_usable: bool | None = None
    printer_usable: bool | None = None
    camera_usable: bool | None = None
    """Each is None until its first probe has answered: unknown is no reason to send anybody away."""


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
class CardExpired:
    """The card has run out and this matter is no renewal: said, with the way that is open."""

    item: Item
    valid_to: date


# ---- with a known person ---------------------------------------------------------------------------------

IdentityMethod = Literal["card", "card_and_face", "staff"]


@dataclass(frozen=True)
class Verified:
    """The outcome of the holder check: how, how surely, by whom."""

    method: IdentityMethod
    level: Literal["card", "card_and_face", "staff_checked"]
    staff_no: str | None = None
    reason: str | None = None
    """Why staff verified: `chosen`, `face_not_recognised`, `camera_failed`, `photo_not_decodable`."""


@dataclass(frozen=True)
class Consent:
    """One text a person agreed to (or declined), with the moment."""

    text_id: Literal["processing_notice", "face_comparison", "licence_use"]
    version: str
    given: bool
    at: datetime


# The steps of a journey. The engine computes their order from the item and the answers.


@dataclass(frozen=True)
class CardNoticeStep:
    """Said once: the card ends within three months, or something on it is unusual."""

    days_left: int | None = None


@dataclass(frozen=True)
class ConsentStep:
    """Notice of processing, and on the same screen, same size: face check, or a guide verifies me."""


class FaceTrouble(Enum):
    """Why the face check did not succeed."""

    NOT_RECOGNISED = "not_recognised"
    CAMERA_FAILED = "camera_failed"
    PHOTO_NOT_DECODABLE = "photo_not_decodable"


@dataclass(frozen=True)
class FaceStep:
    """Look into the camera. With `trouble` the screen offers another try, and the guide."""

    attempt: int = 1
    trouble: FaceTrouble | None = None


@dataclass(frozen=True)
class GuideStep:
    """A guide compares person and card photo and signs with number and PIN."""

    reason: str
    entered: tuple[str, str] | None = field(default=None, repr=False)
    """Number and PIN while the terminal checks them."""
    refused: Literal["wrong", "locked"] | None = None
    retry_after_s: int = 0

    @property
    def checking(self) -> bool:
        """Whether the terminal is being asked."""
        return self.entered is not None


@dataclass(frozen=True)
class VerifiedStep:
    """The holder check is done. On arriving it goes on by itself; reached by "back" it waits."""

    arriving: bool = False


AnswerProblem = Literal["required", "not_a_mobile", "not_a_date", "too_early", "too_late", "too_long"]


@dataclass(frozen=True)
class QuestionStep:
    """One question of the item, by id. `problem` names what is wrong with the last answer."""

    question_id: str
    problem: Literal["required", "not_a_mobile", "not_a_date", "too_early", "too_late", "too_long"] | None = (
        None
    )
    returning: bool = False
    """Reached by "change" on the check page: the answer leads back there."""


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
    CardNoticeStep | ConsentStep | FaceStep | GuideStep | VerifiedStep | QuestionStep | WindowStep
    | ReviewStep | SignStep
)  # fmt: skip


@dataclass(frozen=True, repr=False)
class Journey:
    """Everything known of one person and one matter. Its repr says nothing."""

    item: Item
    card: ResidentCard
    photo_png: bytes | None = None
    consents: tuple[Consent, ...] = ()
    verified: Verified | None = None
    answers: Mapping[str, str] = field(default_factory=dict)


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


@dataclass(frozen=True, repr=False)
class Outcome:
    """Kept, or received by the platform, each said as what it is; and what became of the slip."""

    item: Item
    application_id: str
    slip: SlipFacts
    slip_state: PrintState | Literal["waiting", "no_printer"] = "waiting"
    reprinted: bool = False

    @property
    def received(self) -> bool:
        """Whether the platform has signed for it."""
        return self.slip.filing_no is not None


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
    Standby | Welcome | MatterPage | AwaitingCard | CardExpired | InJourney | Sending | NotKept | Outcome
    | RatingPage | Thanks | Ended | LinkLost
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
