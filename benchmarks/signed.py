"""An application that has just been signed: the main matter, the invented resident, the shortest answers."""

from __future__ import annotations

import math
from datetime import date

from bench.journey import MOBILE
from bench.people import card_of, resident
from config.hall_time import hall_now
from config.item import Choice, Item, MobileQuestion, Text
from config.items import SHIPPED, load_items
from devices.contracts.id_cards import ResidentCard
from devices.sam_v.card_text import document
from devices.simulators.cards import text_area
from kiosk.session import events as ev
from kiosk.session.hall import Hall
from kiosk.session.known import question
from kiosk.session.machine import advance
from kiosk.session.stages import InJourney, LookUpStep, QuestionStep, Sending, Session, Standby, Stroke

MATTER = "no_criminal_record_certificate"


def matter() -> Item:
    """The matter of the main journey."""
    return next(item for item in load_items(SHIPPED) if item.id == MATTER)


def card(today: date) -> ResidentCard:
    """What a reader gives for the resident's card."""
    laid = card_of(resident(today))
    read = document(text_area(laid), laid.photo)
    if not isinstance(read, ResidentCard):
        raise TypeError("the resident carries a resident's card")
    return read


def signature() -> tuple[Stroke, ...]:
    """Two strokes with as many points as a hand takes: a wave and a bar beneath."""
    turns = [step / 60 for step in range(61)]
    wave = tuple(
        (0.2 + 0.6 * turn, 0.45 - 0.25 * math.sin(turn * 4 * math.pi) * (1 - turn / 2)) for turn in turns
    )
    bar = tuple((0.2 + 0.6 * turn, 0.8) for turn in turns[10:50:4])
    return (wave, bar)


def signed_session(application_id: str, terminal_id: str, today: date) -> tuple[Session, Sending]:
    """Walk the session's own state machine from the welcome page to "sign and send"."""
    item, now = matter(), hall_now()
    hall = Hall(
        terminal_id=terminal_id,
        name=Text(zh="临溪区政务服务中心", en="Linxi District Government Service Centre"),
        phone="0571-00001000",
        items=(item,),
        today=today,
    )
    session = Session(Standby(), hall)
    for event in (
        ev.Promoted("online", None, today),
        ev.DevicesChanged(reader_usable=True, printer_usable=True, camera_usable=True),
        ev.MatterChosen(item.id),
        ev.Begin(),
        ev.CardRead(card(today)),
        ev.FaceAgreed(now),
        ev.FaceMatched(),
        ev.TimeUp(),
    ):
        session = advance(session, event)
    while isinstance(stage := session.stage, InJourney):
        match stage.step:
            case QuestionStep(question_id=question_id):
                session = advance(session, ev.Answered(_answer(item, question_id)))
            case LookUpStep(lookup_id=lookup_id):
                session = advance(session, ev.LookupMissing(lookup_id, "nobody_knows"))
            case _:
                break
    session = advance(session, ev.Continue())
    session = advance(session, ev.SignedAndSent(signature(), application_id, now))
    if not isinstance(session.stage, Sending):
        raise TypeError(f"the walk ended at {type(session.stage).__name__}")
    return session, session.stage


def _answer(item: Item, question_id: str) -> str:
    match question(item, question_id):
        case Choice(options=options):
            return next(option.value for option in options if option.window is None)
        case MobileQuestion():
            return MOBILE
        case other:
            raise TypeError(f"{other.id}: not asked in the main matter")
