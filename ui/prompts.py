"""What is said aloud on a screen: total over the stages, and the same whatever the person has told or shown.

A card, a face, an answer, a register: nobody in the queue behind learns from the voice what came of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import assert_never

from config.item import CaptureQuestion
from devices.contracts.eyes import Asked
from devices.eyes.liveness_challenge import Side
from kiosk.session.ability import ability
from kiosk.session.at_hand import may_call
from kiosk.session.hall import Hall
from kiosk.session.helping import CallState
from kiosk.session.journey_steps import AnswerProblem, CaptureTrouble, ScanTrouble
from kiosk.session.known import question
from kiosk.session.sights import Sight
from kiosk.session.stages import (
    AwaitingCard,
    CardExpired,
    CardNoticeStep,
    CardTrouble,
    Ended,
    Enquired,
    EnquireStep,
    FindPage,
    GuardianStep,
    GuardianTrouble,
    GuidePage,
    InJourney,
    LinkLost,
    LookUpStep,
    MatterPage,
    NotKept,
    OtherDocument,
    Outcome,
    PartyStep,
    PartyTrouble,
    QuestionStep,
    RatingPage,
    ReviewStep,
    Sending,
    Session,
    SignStep,
    Standby,
    Thanks,
    UnderFourteen,
    Welcome,
    WindowStep,
)
from kiosk.session.verification import ConsentStep, FaceStep, FingerprintStep, GuideStep, VerifiedStep
from kiosk.voice.prompts import Prompt, PromptId, asked, prompt

_CALL: Mapping[CallState, PromptId] = {
    "told": "help.told",
    "coming": "help.coming",
    "not_told": "help.not_told",
}

Said = tuple[Prompt, ...]
"""One after the other. What is added while a screen stands is said after what is being said."""

_CARD: Mapping[CardTrouble | GuardianTrouble | PartyTrouble, PromptId] = {
    CardTrouble.PULLED_AWAY: "card.pulled_away",
    CardTrouble.NOT_READ: "card.not_read",
    CardTrouble.READER_FAILED: "card.reader_failed",
    GuardianTrouble.NOT_READ: "card.not_read",
    PartyTrouble.NOT_READ: "card.not_read",
}
"""What a hand can do better is said; what a card is, is only shown."""

_ANSWER: Mapping[AnswerProblem | ScanTrouble | CaptureTrouble, PromptId] = {
    "other_code": "answer.other_code",
    "payment_code": "answer.payment_code",
    "unreadable_code": "answer.unreadable_code",
    "scanner_failed": "answer.scanner_failed",
    "page_camera_failed": "paper.camera_failed",
    "pages_full": "paper.full",
}

_TURN: Mapping[Side | None, PromptId] = {Side.LEFT: "face.left", Side.RIGHT: "face.right", None: "face.ahead"}

_SLIP: Mapping[str, PromptId] = {
    "printed": "slip.take",
    "in_mouth": "slip.take",
    "unknown": "slip.unknown",
    "not_printed": "slip.note_number",
    "no_printer": "slip.note_number",
    "taken_back": "slip.note_number",
}
_ENQUIRY_SLIP: Mapping[str, PromptId] = {
    **_SLIP,
    "not_printed": "slip.ask_window",
    "no_printer": "slip.ask_window",
    "taken_back": "slip.ask_window",
}
_GUIDE_SLIP: Mapping[str, PromptId] = {
    "printed": "guide_page.take",
    "not_printed": "guide_page.not_printed",
    "no_printer": "guide_page.not_printed",
    "enough": "guide_page.not_printed",
    "unknown": "guide_page.unknown",
}


def said_on(session: Session, seen: Sight | None = None) -> Said:
    """What is said of `session`, with what a camera asks for now.

    Nothing on a standby, which nobody sees, and nothing beneath the cover that a person has put over it.
    """
    if session.idle_warning:
        return _one("idle_warning")
    if session.hidden or isinstance(session.stage, Standby):
        return ()
    return (*_said_at(session, seen), *_said_beside(session))


def _said_beside(session: Session) -> Iterator[Prompt]:
    """What stands beside the screen: the visit's end, the guide who was called, help that is offered."""
    if session.ends_in_min is not None:
        yield prompt("visit_ends")
    called = _CALL.get(session.call or "asking")
    if called is not None:
        yield prompt(called)
    elif session.offer is not None and may_call(session):
        yield prompt("help.offer")


def _said_at(session: Session, seen: Sight | None) -> Said:
    stage, hall = session.stage, session.hall
    match stage:
        case Standby():
            return ()
        case Welcome():
            return _one("welcome.no_reader" if hall.reader_usable is False else "welcome")
        case FindPage(kind=None):
            return _one("find")
        case FindPage(shelf=shelf):
            return _one("shelves" if shelf is None else "shelf")
        case GuidePage(slip_state=printing):
            return _one("guide_page", _GUIDE_SLIP.get(printing or ""))
        case MatterPage(item=item):
            return _one("matter" if ability(item, hall).obstacle is None else "matter.not_now")
        case AwaitingCard(item=item, trouble=trouble):
            if trouble is not None:
                return _one(_CARD.get(trouble, "see_screen"))
            return _one("card.documents" if len(item.documents) > 1 else "card")
        case OtherDocument() | CardExpired() | UnderFourteen():
            return _one("see_window")
        case InJourney():
            return _said_in_journey(stage, hall, seen)
        case Sending():
            return _one("sending")
        case NotKept():
            return _one("not_kept")
        case Outcome(choosing_reprint=True):
            return _one("outcome.reprint")
        case Outcome():
            slip = _SLIP.get(stage.slip_place or stage.slip_state)
            return _one("outcome.received" if stage.received else "outcome.kept", slip)
        case Enquired():
            return _one("enquired", _ENQUIRY_SLIP.get(stage.slip_place or stage.slip_state))
        case RatingPage():
            return _one("rating")
        case Thanks():
            return _one("thanks")
        case Ended():
            return _one("ended")
        case LinkLost(sent=True):
            return _one("link_lost.unsure")
        case LinkLost(in_journey=in_journey):
            return _one("link_lost.not_kept" if in_journey else "link_lost")
        case _:
            assert_never(stage)


def _said_in_journey(stage: InJourney, hall: Hall, seen: Sight | None) -> Said:
    step = stage.step
    match step:
        case CardNoticeStep():
            return _one("see_screen")
        case GuardianStep(trouble=trouble):
            return _one("guardian" if trouble is None else _CARD.get(trouble, "see_screen"))
        case ConsentStep():
            return _one("consent")
        case FaceStep(trouble=None):
            if isinstance(seen, Asked):
                return _one(_TURN[seen.side])
            return _one("face.module" if hall.module_judges(stage.journey.item.liveness) else "face")
        case FingerprintStep(trouble=None):
            return _one("fingerprint")
        case FaceStep() | FingerprintStep():
            return _one("other_way")
        case GuideStep():
            return _one("guide")
        case VerifiedStep():
            return _one("verified")
        case LookUpStep():
            return _one("look_up")
        case QuestionStep():
            return _question(stage, step)
        case EnquireStep():
            return _one("enquire")
        case PartyStep(laying=laying, trouble=trouble):
            if trouble is not None:
                return _one(_CARD.get(trouble, "see_screen"))
            return _one("party_card" if laying else "party")
        case WindowStep():
            return _one("see_window")
        case ReviewStep():
            return _one("review")
        case SignStep(paper=None, problem=problem):
            return _one("sign" if problem is None else "sign.empty")
        case SignStep():
            return _one("sign.paper")
        case _:
            assert_never(step)


def _question(stage: InJourney, step: QuestionStep) -> Said:
    if step.problem is not None:
        return _one(_ANSWER.get(step.problem, "answer.check"))
    if step.retaking:
        return _one("paper.again")
    told = question(stage.journey.item, step.question_id)
    if isinstance(told, CaptureQuestion) and step.page is not None:
        return _one("paper.look")
    return (asked(told.ask),)


def _one(name: PromptId, after: PromptId | None = None) -> Said:
    return (prompt(name),) if after is None else (prompt(name), prompt(after))
