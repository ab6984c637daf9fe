"""What each stage waits for, as values: entering a stage starts its work, leaving it cancels that work.

Two equal works are one: a stage that changes without changing its work does not start it again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from config.item import CaptureQuestion, ScanQuestion
from config.settings import PatienceSettings
from kiosk.messages import LeaveReason, ReprintReason
from kiosk.session.idling import paced
from kiosk.session.known import question
from kiosk.session.looked_up import sent_with
from kiosk.session.scanning import is_typed
from kiosk.session.stages import (
    AwaitingCard,
    CardTrouble,
    Ended,
    Enquired,
    FindPage,
    GuardianStep,
    GuidePage,
    InJourney,
    LinkLost,
    LookUpStep,
    MatterPage,
    Outcome,
    PartyStep,
    QuestionStep,
    Sending,
    Session,
    Thanks,
    Welcome,
)
from kiosk.session.verification import ConsentStep, FaceStep, FingerprintStep, GuideStep, VerifiedStep

ARRIVED_S = 1.5
"""How long "verified" is shown before the journey goes on by itself."""

LINK_LOST_S = 8.0
"""How long a person may read that the terminal has failed them, before the screen is given up."""


@dataclass(frozen=True)
class WatchDevices:
    """Probe the devices while nobody uses them."""


@dataclass(frozen=True)
class ReadCard:
    """Wait for a card."""


@dataclass(frozen=True)
class LookAtFace:
    """Compare the live face with the chip photo."""

    attempt: int


@dataclass(frozen=True)
class CompareFingerprint:
    """Compare a live finger with the chip's."""

    attempt: int


@dataclass(frozen=True)
class AwaitCode:
    """Wait for the code that a question asks for."""

    question_id: str


@dataclass(frozen=True)
class TakePages:
    """Take pages of the papers laid under the document camera."""

    question_id: str
    paper: Literal["a4", "id_1", "other"]


@dataclass(frozen=True)
class LookUp:
    """Ask the platform about the verified person; ends with `LookupTold` or `LookupMissing`, always."""

    lookup_id: str
    sent: Mapping[str, str] = field(repr=False)
    """The answers that go with it, by question."""


@dataclass(frozen=True)
class ShowPhoto:
    """Decode the chip photo for the guide's eyes."""


@dataclass(frozen=True)
class CheckPin:
    """Ask the terminal about a guide."""

    staff_no: str
    pin: str = field(repr=False)


@dataclass(frozen=True)
class SendApplication:
    """Build the record, seal it, have it committed."""

    application_id: str


@dataclass(frozen=True)
class PrintSlip:
    """Print the slip, once the receipt has had its chance to arrive."""

    application_id: str
    reprint: ReprintReason | None


@dataclass(frozen=True)
class PrintEnquiry:
    """Print what an enquiry showed."""


@dataclass(frozen=True)
class PrintGuide:
    """Print the page of a matter that this terminal cannot do."""

    listing_id: str


@dataclass(frozen=True)
class Wait:
    """Nothing but time."""

    seconds: float


@dataclass(frozen=True)
class Finish:
    """Tell the terminal that this session is over."""

    reason: LeaveReason


@dataclass(frozen=True)
class GiveUp:
    """The terminal is gone: end this process after `seconds`."""

    seconds: float


Work = (
    WatchDevices | ReadCard | LookAtFace | CompareFingerprint | AwaitCode | TakePages | LookUp
    | ShowPhoto | CheckPin | SendApplication | PrintSlip | PrintEnquiry | PrintGuide | Wait | Finish | GiveUp
)  # fmt: skip


def work_of(session: Session, patience: PatienceSettings) -> Work | None:
    """The work behind the present stage; None where only the person's next touch matters."""
    match session.stage:
        case GuidePage(slip_state="waiting" | "started", matter=matter):
            return PrintGuide(matter.id)
        case Welcome() | FindPage() | MatterPage() | GuidePage():
            return WatchDevices()
        case AwaitingCard(trouble=trouble):
            return None if trouble is CardTrouble.INVALID else ReadCard()
        case InJourney(step=GuardianStep() | PartyStep(laying=True)):
            return ReadCard()
        case InJourney(step=ConsentStep()) if session.hall.fingerprint_usable is None:
            # Whoever was quicker than the first answers still learns which ways there are.
            return WatchDevices()
        case InJourney(step=FaceStep(attempt=attempt, trouble=None)):
            return LookAtFace(attempt)
        case InJourney(step=FingerprintStep(attempt=attempt, trouble=None)):
            return CompareFingerprint(attempt)
        case InJourney(step=LookUpStep(lookup_id=lookup_id), journey=journey):
            return LookUp(lookup_id, sent_with(journey, lookup_id, session.hall.today))
        case InJourney(step=QuestionStep() as step, journey=journey):
            asked = question(journey.item, step.question_id)
            if isinstance(asked, CaptureQuestion):
                dark = step.problem == "page_camera_failed"
                return None if dark else TakePages(asked.id, asked.paper)
            waits = isinstance(asked, ScanQuestion) and not is_typed(asked, step, session.hall)
            return AwaitCode(asked.id) if waits else None
        case InJourney(step=GuideStep(entered=(staff_no, pin))):
            return CheckPin(staff_no, pin)
        case InJourney(step=GuideStep(), journey=journey):
            return ShowPhoto() if journey.photo_png is None else None
        case InJourney(step=VerifiedStep(arriving=True)):
            return Wait(ARRIVED_S)
        case Sending(application_id=application_id):
            return SendApplication(application_id)
        case Outcome(application_id=application_id, reprinted=reprinted):
            return PrintSlip(application_id, reprinted)
        case Enquired():
            return PrintEnquiry()
        case Thanks():
            return Wait(paced(patience, session.ease).done_s)
        case Ended(reason=reason):
            return Finish(reason)
        case LinkLost(in_journey=in_journey):
            return GiveUp(LINK_LOST_S if in_journey else 0)
        case _:
            return None
