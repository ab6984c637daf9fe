"""People who do anything a person can do at a step, and at last go straight on to an end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from hypothesis import strategies as st

from config.item import (
    AddressQuestion,
    CaptureQuestion,
    Choice,
    DateQuestion,
    Item,
    Lookup,
    NumberQuestion,
    Question,
    ScanQuestion,
)
from devices.contracts.id_cards import Finger, Fingerprint, FingerprintResult, ResidentCard
from devices.contracts.pages import Page
from devices.contracts.scanner import CodeForm, Scan
from kiosk.session import events as ev
from kiosk.session.beside import party_of
from kiosk.session.hall import Hall
from kiosk.session.known import known, lookup_of, question
from kiosk.session.machine import advance
from kiosk.session.stages import (
    CardTrouble,
    GuardianStep,
    InJourney,
    LookUpStep,
    PartyStep,
    QuestionStep,
    ReviewStep,
    Session,
    SignStep,
    WindowStep,
)
from kiosk.session.verification import (
    ConsentStep,
    FaceStep,
    FaceTrouble,
    FingerprintStep,
    FingerprintTrouble,
    GuideStep,
)
from tests.kiosk.session.conftest import NOW, TODAY
from tests.kiosk.session.walk import APPLICATION_ID, STROKES, some_value, verified, way_on, with_card
from tests.kiosk.session.walk_checks import Memory, check_step, met

DEEDS = (0, 5, 15, 30)
MOST_STEPS = 400
PAGE = Page(b"a page", 1654, 2339, 200)
MODULE = "own"
MUCH = 100000
_PLACES: dict[type, tuple[str, ...]] = {
    DateQuestion: ("", "195", "1957", "1957-02", "1957-02-30", "1957-02-28", "2026", "2026-11", "9999", "?"),
    AddressQuestion: ("", "330000", "330100", "330199", "330199001", "320000", "330106", "999999", "?"),
}
"""Where a person can be in picking, and where nobody can."""
CODE = Scan("20260101", frozenset({CodeForm.PLAIN}))
Advance = Callable[[Session, ev.Event], Session]


@dataclass(frozen=True)
class People:
    """Who comes, and whose cards are laid down beside theirs."""

    hall: Hall
    comes: ResidentCard
    guardian: ResidentCard
    signs_too: ResidentCard
    bring_others: bool = True
    """Whoever else signs is here, where that can be."""


def people(hall: Hall, card: ResidentCard) -> People:
    """An adult with two fingers on the chip, and two others."""
    prints = tuple(
        Fingerprint(FingerprintResult.REGISTERED, finger, bytes(512))
        for finger in (Finger.RIGHT_THUMB, Finger.LEFT_INDEX)
    )
    return People(
        hall,
        replace(card, fingerprints=prints),
        replace(card, name="测试丙", id_number="330199196202020038"),
        replace(card, name="测试乙", id_number="330199198805120035"),
    )


def begun(item: Item, those: People, data: st.DataObject) -> Session:
    """Just verified; or where the card was read: an adult's, one that ends soon, or a child's."""
    hall = replace(those.hall, items=(item,))
    match data.draw(
        st.sampled_from(["verified", "verified", "adult", "ending soon", "child"]), label="comes"
    ):
        case "verified":
            return verified(hall, item, those.comes)
        case "ending soon":
            ending = replace(those.comes, valid_to=date(2026, 12, 31), long_term=False)
            return with_card(hall, item, ending)
        case "child":
            return with_card(hall, item, replace(those.comes, name="测试丁", birth=date(2017, 5, 20)))
        case _:
            return with_card(hall, item, those.comes)


@dataclass
class Walk:
    """A session under way, and everything it has met."""

    session: Session
    those: People
    memory: Memory
    seen: Counter[str]
    step: Advance = advance

    def wander(self, data: st.DataObject) -> None:
        """So many random deeds."""
        for _ in range(data.draw(st.sampled_from(DEEDS), label="deeds")):
            if not isinstance(self.session.stage, InJourney):
                return
            self.do(deed(self.session.stage, self.those, data, self.memory))

    def change_a_choice(self, data: st.DataObject) -> None:
        """At the check page: what depends on the choice is hidden, or asked."""
        stage = self.session.stage
        if not isinstance(stage, InJourney) or not isinstance(stage.step, ReviewStep):
            return
        asked = [each for each in known(stage.journey, TODAY).questions if isinstance(each, Choice)]
        if asked:
            chosen = data.draw(st.sampled_from(asked), label="changed")
            options = [option.value for option in chosen.options if option.window is None]
            self.do(ev.ChangeLine(chosen.id))
            self.do(ev.Answered(data.draw(st.sampled_from(options), label="to")))

    def straight_on(self, to: type | None = None) -> None:
        """To that step, or else to the end, by the first way on."""
        for _ in range(MOST_STEPS):
            stage = self.session.stage
            event = onward(stage, self.those, self.memory)
            if event is None or (
                to is not None and isinstance(stage, InJourney) and isinstance(stage.step, to)
            ):
                return
            self.do(event)
        raise AssertionError("it does not end")

    def do(self, event: ev.Event) -> None:
        """One event, and what must hold after it."""
        moved = self.step(self.session, event)
        check_step(self.session, event, moved, self.memory)
        self.session = moved
        self.seen.update(met(moved))


def deed(stage: InJourney, those: People, data: st.DataObject, memory: Memory) -> ev.Event:
    """Anything a person can do here, or a device find."""
    own: list[ev.Event] = []
    match stage.step:
        case QuestionStep(question_id=name):
            own = answers(question(stage.journey.item, name), data, memory)
        case LookUpStep(lookup_id=name):
            lookup = lookup_of(stage.journey.item, name)
            own = [told(lookup, data), told(lookup, data), ev.LookupMissing(name, "nobody_knows")]
        case PartyStep(laying=True):
            own = [ev.CardRead(those.signs_too), ev.CardRead(stage.journey.card), ev.TimeUp()]
        case PartyStep():
            own = [ev.PartyHere(), ev.PartyHere(), ev.PartyLater()]
        case ReviewStep():
            lines = [asked.id for asked in known(stage.journey, TODAY).questions]
            own = [ev.Continue(), *(ev.ChangeLine(name) for name in lines[:4])]
        case SignStep():
            own = [signed(), ev.SignedAndSent((), APPLICATION_ID, NOW), ev.PaperOpened("m0"), ev.Back()]
        case GuardianStep():
            own = [ev.CardRead(those.guardian), ev.CardRead(stage.journey.card)]
        case FaceStep():
            own = [ev.FaceMatched(MODULE), ev.FaceFailed(FaceTrouble.NOT_RECOGNISED), ev.TryAgain()]
        case FingerprintStep():
            own = [ev.FingerprintMatched(MODULE), ev.FingerprintFailed(FingerprintTrouble.NOT_RECOGNISED)]
        case GuideStep():
            own = [ev.PinEntered("0007", "246813"), ev.PinAccepted("0007"), ev.PinRefused("wrong", 0)]
        case ConsentStep():
            own = [ev.FaceAgreed(NOW), ev.FingerprintAgreed(NOW), ev.GuideWanted(NOW)]
        case _:
            own = [ev.Continue()]
    late = ev.LookupTold("own_l0", {"own_l0_0": "late"}, NOW)
    others: list[ev.Event] = [ev.Back(), ev.Back(), ev.Continue(), late, ev.CardFailed(CardTrouble.NOT_READ)]
    return data.draw(st.sampled_from([*own, *own, *own, *others]), label="deed")


def answers(asked: Question, data: st.DataObject, memory: Memory) -> list[ev.Event]:
    """What can be answered to it, rightly or not."""
    if isinstance(asked, CaptureQuestion):
        taken, done = ev.PageTaken(asked.id, PAGE), ev.PagesDone()
        return [
            taken,
            taken,
            taken,
            done,
            done,
            ev.PageOpened(0),
            ev.DropPage(),
            ev.RetakePage(),
            ev.BringInstead(),
        ]
    if isinstance(asked, ScanQuestion):
        other = replace(CODE, text="another")
        return [ev.CodeScanned(asked.id, CODE), ev.CodeScanned(asked.id, other), ev.TypeInstead()]
    if isinstance(asked, AddressQuestion | DateQuestion):
        places = _PLACES[type(asked)]
        picked = [ev.Narrowed(data.draw(st.sampled_from(places), label="narrowed")) for _ in range(3)]
        return [*picked, ev.Answered(easy(asked, memory)), ev.Answered("9")]
    value = easy(asked, memory)
    if isinstance(asked, Choice):
        value = data.draw(st.sampled_from([option.value for option in asked.options]), label="answer")
    good = ev.Answered(value)
    return [good, good, good, ev.Answered(""), ev.Answered("9")]


def onward(stage: object, those: People, memory: Memory) -> ev.Event | None:
    """The first way on; None where nobody is served any more, or only the window is left."""
    if not isinstance(stage, InJourney):
        return None
    match stage.step:
        case QuestionStep():
            return answered(stage, stage.step, memory)
        case LookUpStep(lookup_id=name):
            lookup = lookup_of(stage.journey.item, name)
            return ev.LookupTold(name, {fact.id: some_value(fact) for fact in lookup.facts}, NOW)
        case PartyStep(party_id=name) if name in stage.journey.parties and not stage.step.laying:
            return ev.Continue()
        case PartyStep(laying=True, trouble=None):
            return ev.CardRead(those.signs_too)
        case PartyStep(party_id=name, laying=False) if (
            those.bring_others and party_of(stage.journey.item, name).signs == "here_or_later"
        ):
            return ev.PartyHere()
        case PartyStep():
            return ev.PartyLater()
        case SignStep(paper=str()):
            return ev.PaperOpened(None)
        case SignStep():
            return signed()
        case WindowStep(question_id=None, lookup_id=None):
            return None
        case WindowStep(question_id=str(name)) if isinstance(
            question(stage.journey.item, name), NumberQuestion
        ):
            return None
        case WindowStep():
            return ev.Back()
        case GuardianStep():
            return ev.CardRead(those.guardian)
        case ConsentStep():
            return ev.GuideWanted(NOW) if stage.journey.failures else ev.FaceAgreed(NOW)
        case FaceStep(trouble=None):
            return ev.FaceMatched(MODULE)
        case FaceStep() | FingerprintStep():
            return ev.GuideWanted(NOW)
        case GuideStep(checking=True):
            return ev.PinAccepted("0007")
        case GuideStep():
            return ev.PinEntered("0007", "246813")
        case _:
            return ev.Continue()


def answered(stage: InJourney, step: QuestionStep, memory: Memory) -> ev.Event:
    """An answer that fits and leads on; what was said before, where it is still good."""
    asked = question(stage.journey.item, step.question_id)
    match asked:
        case CaptureQuestion():
            if step.page is not None and not step.retaking:
                return ev.PageOpened(None)
            taken = stage.journey.pages.get(asked.id, ())
            return ev.PagesDone() if taken and not step.retaking else ev.PageTaken(asked.id, PAGE)
        case ScanQuestion() if not step.typing:
            return ev.CodeScanned(asked.id, CODE)
        case _:
            bad = step.problem is not None or isinstance(asked, Choice)
            given = None if bad else stage.journey.answers.get(asked.id)
            return ev.Answered(given or easy(asked, memory))


def easy(asked: Question, memory: Memory) -> str:
    """A value that fits and leads on."""
    if isinstance(asked, NumberQuestion):
        # Much where much may be, so that what is computed from it leaves room for the next answer.
        return f"{asked.at_least if asked.at_most_calculated else min(asked.at_most or MUCH, MUCH):g}"
    if isinstance(asked, ScanQuestion):
        return CODE.text
    return memory.word() if asked.kind == "text" else way_on(asked)


def told(lookup: Lookup, data: st.DataObject) -> ev.LookupTold:
    """Some of the facts, each with some value."""
    facts = {}
    for fact in lookup.facts:
        if data.draw(st.booleans(), label=fact.id):
            values = [option.value for option in fact.options] or [some_value(fact)]
            facts[fact.id] = data.draw(st.sampled_from(values), label=fact.id)
    return ev.LookupTold(lookup.id, facts, NOW)


def signed() -> ev.SignedAndSent:
    return ev.SignedAndSent(STROKES, APPLICATION_ID, NOW)
