"""What devices, terminal, time and other people could say next: scripted, and drawn from a seed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from random import Random
from typing import get_args

from config.item import CaptureQuestion, ScanQuestion
from devices.contracts.scanner import CodeForm, Scan
from kiosk.messages import KEEPS, CommitRefusal, Keeping, PrintState
from kiosk.session import events as ev
from kiosk.session import stages as st
from kiosk.session import verification as vf
from kiosk.session.known import lookup_of, question
from tests.kiosk.session.walk import some_value
from tests.ui.gallery import NOW, card, page, permit, with_fingers

Draw = Callable[[Random], ev.Event]

PERSON = with_fingers()
CARDS = (
    PERSON,
    PERSON,
    permit(),
    replace(card("周小满"), birth=date(2017, 5, 20)),
    replace(card("测试乙"), id_number="330199198805120035"),
    replace(card(), valid_to=date(2024, 5, 1)),
    replace(card(), valid_to=date(2026, 12, 31)),
)
CODE = Scan("20260101-00000000-000001", frozenset({CodeForm.PLAIN}))
PAGE = page()


def said_by_devices(session: st.Session, draw: Random) -> ev.Event:
    """What the work behind this stage could find; or, one time in four, anything at any time."""
    fitting = answers(session)
    if fitting and draw.random() < 0.75:
        return draw.choice(fitting)(draw)
    return draw.choice(ANYTHING)(draw)


def answers(session: st.Session) -> Sequence[Draw]:
    """What is waited for at this stage, in every way it can come out."""
    stage = session.stage
    match stage:
        case st.AwaitingCard():
            return (_card, _card, _card, _card_trouble, _time_up)
        case st.Sending():
            return (_kept, _kept, lambda draw: ev.KeepRefused(draw.choice(get_args(CommitRefusal))))
        case st.Outcome():
            return (_received, _slip, _slip, _moved, _time_up)
        case st.Enquired() | st.GuidePage():
            return (_slip, _moved, _time_up)
        case st.InJourney(step=step):
            return _answers_at(stage, step)
        case _:
            return (_time_up,)


def _answers_at(stage: st.InJourney, step: st.Step) -> Sequence[Draw]:
    match step:
        case st.GuardianStep() | st.PartyStep(laying=True):
            return (_card, _card, _card_trouble, _time_up)
        case vf.FaceStep():
            return (lambda _: ev.FaceMatched(), lambda draw: ev.FaceFailed(draw.choice(list(vf.FaceTrouble))))
        case vf.FingerprintStep():
            return (
                lambda _: ev.FingerprintMatched(),
                lambda draw: ev.FingerprintFailed(draw.choice(list(vf.FingerprintTrouble))),
            )
        case vf.GuideStep():
            return (lambda _: ev.PinAccepted("1001"), lambda _: ev.PinRefused("wrong", 0), _locked)
        case st.LookUpStep(lookup_id=name):
            facts = {fact.id: some_value(fact) for fact in lookup_of(stage.journey.item, name).facts}
            return (
                lambda _: ev.LookupTold(name, facts, NOW),
                lambda _: ev.LookupMissing(name, "nobody_knows"),
            )
        case st.QuestionStep(question_id=name):
            asked = question(stage.journey.item, name)
            if isinstance(asked, CaptureQuestion):
                return (lambda _: ev.PageTaken(name, PAGE), lambda _: ev.PageCameraFailed(name))
            if isinstance(asked, ScanQuestion):
                return (lambda _: ev.CodeScanned(name, CODE), lambda _: ev.ScanFailed(name, "scanner_failed"))
            return (_time_up,)
        case _:
            return (_time_up,)


def _card(draw: Random) -> ev.Event:
    return ev.CardRead(draw.choice(CARDS))


def _card_trouble(draw: Random) -> ev.Event:
    return ev.CardFailed(draw.choice(list(st.CardTrouble)))


def _time_up(_: Random) -> ev.Event:
    return ev.TimeUp()


def _kept(_: Random) -> ev.Event:
    return ev.Kept("LX-HALL1-03-20261121-0042", "platform", NOW)


def _received(_: Random) -> ev.Event:
    return ev.Received("SB330100202611210000042", NOW)


def _slip(draw: Random) -> ev.Event:
    return ev.SlipEnded(draw.choice([*get_args(PrintState), "no_printer"]))


def _moved(draw: Random) -> ev.Event:
    return ev.SlipMoved(draw.choice(get_args(st.SlipPlace)))


def _locked(_: Random) -> ev.Event:
    return ev.PinRefused("locked", 30)


def _replugged(draw: Random) -> ev.Event:
    return ev.DevicesChanged(*(draw.random() < 0.8 for _ in range(6)))


ANYTHING: Sequence[Draw] = (
    _card,
    _card_trouble,
    _time_up,
    _kept,
    _received,
    _slip,
    _moved,
    _replugged,
    _replugged,
    lambda draw: ev.ReachChanged(draw.choice(["online", "offline"])),
    lambda draw: ev.KeepingChanged(draw.choice([KEEPS, KEEPS, Keeping(limit="disk_full")])),
    lambda _: ev.FaceMatched(),
    lambda _: ev.PinAccepted("1001"),
    lambda _: ev.IdleWarned(),
    lambda _: ev.IdleExpired(),
    lambda _: ev.Hesitated(),
    lambda draw: ev.VisitEnds(draw.choice([1, 3])),
    lambda draw: ev.CallAnswered(draw.choice(["told", "coming", "done", "not_told"])),
    lambda _: ev.LookupMissing("nothing", "nobody_knows"),
)
"""Late answers of cancelled work among them: a card in or out while something else is on screen."""

RARE: Sequence[Draw] = (lambda _: ev.TerminalGone(), lambda _: ev.VisitOver())
