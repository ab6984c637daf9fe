"""Which screen a session value is: the QML file, the name it is reported by, and its model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from kiosk.session.hall import Hall
from kiosk.session.stages import (
    AwaitingCard,
    CardExpired,
    CardNoticeStep,
    Ended,
    Enquired,
    EnquireStep,
    FindPage,
    GuardianStep,
    GuidePage,
    InJourney,
    LinkLost,
    LookUpStep,
    MatterPage,
    NotKept,
    OtherDocument,
    Outcome,
    PartyStep,
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
from ui.models.base import Desk, ScreenModel
from ui.models.card import CardExpiredModel, CardModel, CardNoticeModel, OtherDocumentModel
from ui.models.child import GuardianModel, UnderFourteenModel
from ui.models.closing import ClosingModel, LinkLostModel, NotKeptModel, RatingModel, ThanksModel
from ui.models.enquiry import EnquiredModel, EnquireModel
from ui.models.entry import MatterModel, WelcomeModel
from ui.models.finding import FindModel, ShelvesModel
from ui.models.form import PaperModel, ReviewModel, SignModel
from ui.models.guide_page import GuidePageModel
from ui.models.identity import ConsentModel, FaceModel, FingerprintModel, GuideModel
from ui.models.looked_up import LookUpModel
from ui.models.outcome import OutcomeModel
from ui.models.papers import PagesModel, is_paper, paper_screen
from ui.models.party import PartyModel
from ui.models.question import WindowModel, question_screen
from ui.models.question_picked import question_model


@dataclass(frozen=True)
class Screen:
    """A QML file in ui/screens, and what it shows. A view stays while its `name` does."""

    name: str
    file: str
    model: ScreenModel


def screen_of(session: Session, desk: Desk) -> Screen:
    """Choose the screen of `session`; total, so that a new stage without a screen does not type-check."""
    stage, hall = session.stage, session.hall
    match stage:
        case Standby() | Welcome():
            return Screen("welcome", "WelcomeScreen.qml", WelcomeModel(desk, hall, stage))
        case FindPage():
            return _screen_of_finding(stage, hall, desk)
        case GuidePage():
            return Screen("guide_page", "GuidePageScreen.qml", GuidePageModel(desk, hall, stage))
        case MatterPage():
            return Screen("matter", "MatterScreen.qml", MatterModel(desk, hall, stage))
        case AwaitingCard():
            return Screen("card", "CardScreen.qml", CardModel(desk, hall, stage))
        case OtherDocument():
            return Screen("other_document", "OtherDocumentScreen.qml", OtherDocumentModel(desk, hall, stage))
        case UnderFourteen():
            return Screen("under_14", "UnderFourteenScreen.qml", UnderFourteenModel(desk, hall, stage))
        case CardExpired():
            return Screen("card_expired", "CardExpiredScreen.qml", CardExpiredModel(desk, hall, stage))
        case InJourney():
            return _screen_of_step(stage, hall, desk)
        case Sending():
            return Screen("sending", "SendingScreen.qml", ClosingModel(desk, hall))
        case NotKept():
            return Screen("not_kept", "NotKeptScreen.qml", NotKeptModel(desk, hall, stage))
        case Outcome():
            return Screen("outcome", "OutcomeScreen.qml", OutcomeModel(desk, hall, stage))
        case Enquired():
            return Screen("enquired", "EnquiredScreen.qml", EnquiredModel(desk, hall, stage))
        case RatingPage():
            return Screen("rating", "RatingScreen.qml", RatingModel(desk, hall))
        case Thanks():
            return Screen("thanks", "ThanksScreen.qml", ThanksModel(desk, hall, stage))
        case Ended():
            return Screen("ended", "EndedScreen.qml", ClosingModel(desk, hall))
        case LinkLost():
            return Screen("link_lost", "LinkLostScreen.qml", LinkLostModel(desk, hall, stage))
        case _:
            assert_never(stage)


def _screen_of_finding(stage: FindPage, hall: Hall, desk: Desk) -> Screen:
    if stage.kind is None:
        return Screen("find", "FindScreen.qml", FindModel(desk, hall, stage))
    name = f"shelves:{stage.kind}" if stage.shelf is None else f"shelf:{stage.shelf}"
    return Screen(name, "ShelvesScreen.qml", ShelvesModel(desk, hall, stage, stage.kind))


def _screen_of_step(stage: InJourney, hall: Hall, desk: Desk) -> Screen:
    journey, step = stage.journey, stage.step
    match step:
        case CardNoticeStep():
            return Screen("card_notice", "CardNoticeScreen.qml", CardNoticeModel(desk, hall, step))
        case GuardianStep():
            return Screen("guardian", "GuardianScreen.qml", GuardianModel(desk, hall, journey, step))
        case ConsentStep():
            return Screen("consent", "ConsentScreen.qml", ConsentModel(desk, hall, journey))
        case FaceStep():
            return Screen("face", "FaceScreen.qml", FaceModel(desk, hall, journey, step))
        case FingerprintStep():
            model = FingerprintModel(desk, hall, journey, step)
            return Screen("fingerprint", "FingerprintScreen.qml", model)
        case GuideStep():
            return Screen("guide", "GuideScreen.qml", GuideModel(desk, hall, journey, step))
        case VerifiedStep():
            return Screen("verified", "VerifiedScreen.qml", ClosingModel(desk, hall))
        case LookUpStep():
            return Screen("look_up", "LookUpScreen.qml", LookUpModel(desk, hall, journey, step))
        case QuestionStep() if is_paper(journey, step):
            return Screen(*paper_screen(step), PagesModel(desk, hall, journey, step))
        case QuestionStep():
            return Screen(*question_screen(hall, journey, step), question_model(desk, hall, journey, step))
        case EnquireStep():
            return Screen(
                f"enquire:{step.lookup_id}", "EnquireScreen.qml", EnquireModel(desk, hall, journey, step)
            )
        case PartyStep():
            name, file = (
                ("party_card", "PartyCardScreen.qml") if step.laying else ("party", "PartyScreen.qml")
            )
            return Screen(f"{name}:{step.party_id}", file, PartyModel(desk, hall, journey, step))
        case WindowStep():
            return Screen("window", "WindowScreen.qml", WindowModel(desk, hall, journey, step))
        case ReviewStep():
            return Screen("review", "ReviewScreen.qml", ReviewModel(desk, hall, journey))
        case SignStep():
            if step.paper is not None:
                return Screen("sign_paper", "PaperScreen.qml", PaperModel(desk, hall, journey, step))
            name = "sign" if step.party_id is None else f"sign:{step.party_id}"
            return Screen(name, "SignScreen.qml", SignModel(desk, hall, journey, step))
        case _:
            assert_never(step)
