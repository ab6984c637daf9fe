"""A citizen who answers whatever is asked: plays a session of pure values from welcome to the end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from config.item import (
    AddressQuestion,
    CaptureQuestion,
    Choice,
    CitizenIdQuestion,
    CodeQuestion,
    DateQuestion,
    Item,
    MobileQuestion,
    NumberQuestion,
    Question,
    ScanQuestion,
)
from config.item_lookups import Fact
from devices.contracts.id_cards import IdCard
from devices.contracts.pages import Page
from kiosk.session import events as ev
from kiosk.session.beside import party_of
from kiosk.session.hall import Hall
from kiosk.session.known import known, lookup_of, question
from kiosk.session.machine import advance
from kiosk.session.stages import (
    CardNoticeStep,
    EnquireStep,
    InJourney,
    LookUpStep,
    PartyStep,
    QuestionStep,
    ReviewStep,
    Session,
    SignStep,
    Standby,
)
from kiosk.session.verification import ConsentStep, FaceStep, VerifiedStep
from tests.kiosk.session.conftest import NOW, TODAY

STROKES = (((0.1, 0.5), (0.4, 0.4), (0.9, 0.6)),)
APPLICATION_ID = "3f0c9a52-9a5e-4f0b-8d7b-6b1f6f0e2a11"


def after(session: Session, *events: ev.Event) -> Session:
    """The session after these events."""
    for event in events:
        session = advance(session, event)
    return session


def promoted(hall: Hall) -> Session:
    """A session on the welcome page."""
    return after(Session(Standby(), hall), ev.Promoted(hall.reach, None, TODAY))


def with_card(hall: Hall, item: Item, card: IdCard) -> Session:
    """A session that has just read `card` for `item`."""
    return after(promoted(hall), ev.MatterChosen(item.id), ev.Begin(), ev.CardRead(card))


def verified(hall: Hall, item: Item, card: IdCard) -> Session:
    """At the first question, verified by face."""
    session = with_card(hall, item, card)
    if step_of(session, CardNoticeStep):
        session = after(session, ev.Continue())
    session = after(session, ev.FaceAgreed(NOW), ev.FaceMatched())
    assert step_of(session, VerifiedStep)
    return after(session, ev.TimeUp())


def answered(session: Session, answers: Mapping[str, str] | None = None) -> Session:
    """At the check page: `answers` where given, else the first way on; nobody else is here."""
    for _ in range(150):
        moved = stepped(session, None, answers)
        if moved is None or step_of(session, ReviewStep, SignStep):
            return session
        session = moved
    raise AssertionError("the questions do not end")


def walked(session: Session, other: IdCard | None) -> Iterator[Session]:
    """Every session on the way to the last signature; `other` is the card of whoever else signs here."""
    for _ in range(150):
        yield session
        moved = stepped(session, other)
        if moved is None:
            return
        session = moved
    raise AssertionError("the way does not end")


def stepped(
    session: Session, other: IdCard | None, answers: Mapping[str, str] | None = None
) -> Session | None:
    """One step further, by the first way on; None where no person is being served."""
    stage = session.stage
    if not isinstance(stage, InJourney):
        return None
    match stage.step:
        case QuestionStep(question_id=name):
            asked = question(stage.journey.item, name)
            if isinstance(asked, CaptureQuestion):
                page = ev.PageTaken(asked.id, Page(b"a page", 1654, 2339, 200))
                return after(session, page, page, ev.PagesDone())
            return after(session, ev.Answered((answers or {}).get(name) or way_on(asked)))
        case LookUpStep():
            return after(session, told(session))
        case PartyStep(party_id=name, laying=True) if other is not None:
            return after(session, ev.CardRead(_card_of(stage, name, other)))
        case PartyStep(party_id=name) if name in stage.journey.parties:
            return after(session, ev.Continue())
        case PartyStep(party_id=name) if other is not None and _may_be_here(stage, name):
            return after(session, ev.PartyHere())
        case PartyStep():
            return after(session, ev.PartyLater())
        case EnquireStep() | ReviewStep() | CardNoticeStep() | VerifiedStep():
            return after(session, ev.Continue())
        case SignStep():
            return after(session, ev.SignedAndSent(STROKES, APPLICATION_ID, NOW))
        case ConsentStep():
            return after(session, ev.FaceAgreed(NOW))
        case FaceStep():
            return after(session, ev.FaceMatched())
        case _:
            return None


def _may_be_here(stage: InJourney, party_id: str) -> bool:
    return party_of(stage.journey.item, party_id).signs == "here_or_later"


def _card_of(stage: InJourney, party_id: str, other: IdCard) -> IdCard:
    """Their card, with the number that was said for them, if any was."""
    party = party_of(stage.journey.item, party_id)
    said = known(stage.journey, TODAY).value_of(party.number_field or "")
    return other if said is None or "*" in said else replace(other, id_number=said)


def signed(session: Session) -> Session:
    """Signed and sent from the check page."""
    assert step_of(session, ReviewStep)
    session = after(session, ev.Continue())
    assert step_of(session, SignStep)
    return after(session, ev.SignedAndSent(STROKES, APPLICATION_ID, NOW))


def way_on(asked: Question) -> str:
    """An answer that does not lead to the window."""
    match asked:
        case Choice(options=options):
            return next(option.value for option in options if option.window is None)
        case MobileQuestion():
            return "13900000000"
        case DateQuestion():
            return TODAY.isoformat()
        case AddressQuestion():
            return "330106 测试路1号"
        case ScanQuestion():
            return "20260101-00000000-000001"
        case NumberQuestion():
            return f"{max(asked.at_least, 1):g}"
        case CodeQuestion():
            return asked.example
        case CitizenIdQuestion():
            return "11010119900307977X"
        case _:
            return "测试"


def told(session: Session) -> ev.LookupTold:
    """An answer to the lookup that is waited for: the first value of every fact."""
    assert isinstance(session.stage, InJourney)
    assert isinstance(session.stage.step, LookUpStep)
    lookup = lookup_of(session.stage.journey.item, session.stage.step.lookup_id)
    return ev.LookupTold(lookup.id, {fact.id: some_value(fact) for fact in lookup.facts}, NOW)


def nobody_knew(session: Session) -> Session:
    """Past lookups that find nothing: what they would have filled is asked."""
    while isinstance(session.stage, InJourney) and isinstance(session.stage.step, LookUpStep):
        session = after(session, ev.LookupMissing(session.stage.step.lookup_id, "nobody_knows"))
    return session


def some_value(fact: Fact) -> str:
    """A value of the fact's kind."""
    match fact.kind:
        case "choice":
            return fact.options[0].value
        case "amount":
            return "123456.78"
        case "date":
            return TODAY.isoformat()
        case "case":
            return f"in_progress 33019900-20261121-000042 {TODAY} elder_card 老年人优待证申领"
        case "text":
            if fact.masked:
                return "*" * 18 if fact.id.endswith("_number") else "测**"
            return "测试"


def step_of(session: Session, *kinds: type) -> bool:
    """Whether a person is being served at one of these steps."""
    return isinstance(session.stage, InJourney) and isinstance(session.stage.step, kinds)


def stages(session: Session, events: Iterable[ev.Event]) -> Iterable[Session]:
    """Every session on the way."""
    for event in events:
        session = advance(session, event)
        yield session
