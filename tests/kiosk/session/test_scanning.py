"""A code answers the question that asked for it, and nothing else; what nobody may read is not shown."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from config.item import Item, ScanQuestion, Text
from config.settings import PatienceSettings
from devices.contracts.id_cards import ResidentCard
from devices.contracts.scanner import CodeForm, Scan
from kiosk.session import events as ev
from kiosk.session.ability import ability
from kiosk.session.form import form_lines
from kiosk.session.hall import Hall, Obstacle, Reservation
from kiosk.session.machine import advance
from kiosk.session.scanning import scanned
from kiosk.session.stages import InJourney, QuestionStep, ReviewStep, Session
from kiosk.session.work import AwaitCode, work_of
from tests.kiosk.session.conftest import TODAY
from tests.kiosk.session.test_record import record
from tests.kiosk.session.walk import after, answered, nobody_knew, signed, step_of, verified, way_on

ASKED = "previous_filing_no"
NUMBER = "33019900-20251121-000017"
SLIP = f"hall-terminal:slip:1:0001-251121-0003:{NUMBER}"
TOKEN = "eyJhbGciOiJTTTQifQ.c2VjcmV0LW9mLXNvbWVib2R5"
PATIENCE = PatienceSettings(idle_warning_s=60, idle_grace_s=20, card_s=60, done_s=10, delivery_s=1)
WAYS_ON = {"previous_receipt": "brought"}


def plain(text: str) -> Scan:
    return Scan(text, frozenset({CodeForm.PLAIN}))


def at_scanner(hall: Hall, item: Item, card: ResidentCard, asked: str = ASKED) -> Session:
    """Where the code is asked for."""
    session = verified(hall, item, card)
    while step_of(session, QuestionStep) and question_of(session) != asked:
        answer = WAYS_ON.get(question_of(session))
        session = after(session, ev.Answered(answer)) if answer is not None else answered_one(session)
        session = nobody_knew(session)
    assert question_of(session) == asked
    return session


def answered_one(session: Session) -> Session:
    """One more question answered, by the first way on."""
    assert isinstance(session.stage, InJourney)
    journey = session.stage.journey
    asked = next(each for each in journey.item.questions if each.id == question_of(session))
    return after(session, ev.Answered(way_on(asked)))


def question_of(session: Session) -> str:
    assert isinstance(session.stage, InJourney)
    assert isinstance(session.stage.step, QuestionStep)
    return session.stage.step.question_id


def problem(session: Session) -> str | None:
    assert isinstance(session.stage, InJourney)
    assert isinstance(session.stage.step, QuestionStep)
    return session.stage.step.problem


def answers(session: Session) -> dict[str, str]:
    assert isinstance(session.stage, InJourney)
    return dict(session.stage.journey.answers)


def with_token(item: Item) -> Item:
    """The same matter, asking for a code of an app that the platform resolves."""
    asked = ScanQuestion(
        id="app_code",
        kind="scan",
        code="opaque",
        label=Text(zh="应用二维码", en="App code"),
        ask=Text(zh="请出示二维码", en="Please show the code"),
        where=Text(zh="手机里的码", en="The code on your telephone"),
        max_length=400,
    )
    return item.model_copy(update={"fields": (asked, *item.fields)})


# ---- a scan is an answer to what was asked ----------------------------------------------------------------


@pytest.mark.parametrize("text", [NUMBER, SLIP], ids=["the number alone", "a slip of this terminal"])
def test_a_code_that_was_asked_for_is_the_answer(
    endorsement: Item, hall: Hall, card: ResidentCard, text: str
) -> None:
    session = after(at_scanner(hall, endorsement, card), ev.CodeScanned(ASKED, plain(text)))
    assert answers(session)[ASKED] == NUMBER
    sent = record(signed(answered(session)))
    answer = next(each for each in sent["answers"] if each["id"] == ASKED)
    assert (answer["value"], answer["source"]) == (NUMBER, "scanned")


@pytest.mark.parametrize(
    ("scan", "trouble"),
    [
        (plain("https://example.com"), "other_code"),
        (plain(f"x{NUMBER}"), "other_code"),
        (plain(NUMBER + "0" * 60), "other_code"),
        (Scan("134567890123456789", frozenset({CodeForm.WECHAT_PAY})), "payment_code"),
        (Scan("28123456789012345678", frozenset({CodeForm.ALIPAY})), "payment_code"),
    ],
)
def test_another_code_is_said_kindly_and_the_right_one_may_follow(
    endorsement: Item, hall: Hall, card: ResidentCard, scan: Scan, trouble: str
) -> None:
    session = after(at_scanner(hall, endorsement, card), ev.CodeScanned(ASKED, scan))
    assert problem(session) == trouble
    assert ASKED not in answers(session)
    assert answers(after(session, ev.CodeScanned(ASKED, plain(NUMBER))))[ASKED] == NUMBER


Moves = Callable[[Session, ev.Event], Session]


def answers_of_a_late_scan(moves: Moves, hall: Hall, item: Item, card: ResidentCard) -> list[str]:
    """The questions that a code for another question answered: none, in a machine that is right."""
    late = ev.CodeScanned(ASKED, plain("测试"))
    session, answered_by_it = verified(hall, item, card), []
    while step_of(session, QuestionStep):
        if question_of(session) != ASKED and moves(session, late) != session:
            answered_by_it.append(question_of(session))
        session = nobody_knew(answered_one(session))
    return answered_by_it


def test_a_scan_that_comes_late_answers_no_other_question(
    endorsement: Item, hall: Hall, card: ResidentCard
) -> None:
    assert answers_of_a_late_scan(advance, hall, endorsement, card) == []


def test_a_scanner_that_types_like_a_keyboard_would_be_caught(
    endorsement: Item, hall: Hall, card: ResidentCard
) -> None:
    def wedge(session: Session, event: ev.Event) -> Session:
        assert isinstance(event, ev.CodeScanned)
        return advance(session, ev.Answered(event.scan.text))

    assert "current_address" in answers_of_a_late_scan(wedge, hall, endorsement, card)


def test_a_scan_never_types_into_the_field_beside_it(
    endorsement: Item, hall: Hall, card: ResidentCard
) -> None:
    scanning = at_scanner(hall, endorsement, card)
    assert work_of(scanning, PATIENCE) == AwaitCode(ASKED)
    typing = after(scanning, ev.TypeInstead())
    assert work_of(typing, PATIENCE) is None
    assert after(typing, ev.CodeScanned(ASKED, plain(NUMBER))) == typing
    assert problem(after(typing, ev.Answered("12345"))) == "not_such_a_code"
    done = after(typing, ev.Answered(f" {NUMBER} "))
    assert answers(done)[ASKED] == NUMBER
    sent = record(signed(answered(done)))
    assert next(each["source"] for each in sent["answers"] if each["id"] == ASKED) == "asked"
    assert after(typing, ev.Back()) == scanning


def test_what_is_not_asked_to_be_typed_cannot_be(endorsement: Item, hall: Hall, card: ResidentCard) -> None:
    item = with_token(endorsement)
    session = at_scanner(replace(hall, items=(item,)), item, card, "app_code")
    assert after(session, ev.Answered(TOKEN)) == session
    assert after(session, ev.TypeInstead()) == session


def test_a_scanned_line_can_be_changed_by_scanning_again(
    endorsement: Item, hall: Hall, card: ResidentCard
) -> None:
    session = after(at_scanner(hall, endorsement, card), ev.CodeScanned(ASKED, plain(NUMBER)))
    again = after(answered(session), ev.ChangeLine(ASKED))
    assert work_of(again, PATIENCE) == AwaitCode(ASKED)
    other = NUMBER.replace("17", "18")
    changed = after(again, ev.CodeScanned(ASKED, plain(other)))
    assert step_of(changed, ReviewStep)
    assert answers(changed)[ASKED] == other


# ---- when the scanner fails -------------------------------------------------------------------------------


def test_without_a_scanner_the_code_is_typed_from_the_start_and_that_is_said_before(
    endorsement: Item, hall: Hall, card: ResidentCard
) -> None:
    without = replace(hall, scanner_usable=False)
    assert ability(endorsement, without).reservations == (Reservation.TYPE_INSTEAD_OF_SCAN,)
    session = at_scanner(without, endorsement, card)
    assert work_of(session, PATIENCE) is None
    assert answers(after(session, ev.Answered(NUMBER)))[ASKED] == NUMBER


def test_a_matter_that_cannot_do_without_the_scanner_is_refused_before_the_card(
    endorsement: Item, hall: Hall
) -> None:
    item = with_token(endorsement)
    assert ability(item, hall).obstacle is None
    assert ability(item, replace(hall, scanner_usable=None)).obstacle is None
    assert ability(item, replace(hall, scanner_usable=False)).obstacle is Obstacle.NO_SCANNER


def test_a_scanner_that_comes_back_takes_its_trouble_with_it(
    endorsement: Item, hall: Hall, card: ResidentCard
) -> None:
    scanning = at_scanner(hall, endorsement, card)
    failed = after(scanning, ev.ScanFailed(ASKED, "scanner_failed"))
    assert problem(failed) == "scanner_failed"
    assert after(failed, ev.ScanFailed(ASKED, None)) == scanning
    assert after(failed, ev.ScanFailed("another_question", "unreadable_code")) == failed


# ---- what nobody may read ---------------------------------------------------------------------------------


def test_a_token_is_sealed_whole_and_masked_wherever_it_is_shown(
    endorsement: Item, hall: Hall, card: ResidentCard
) -> None:
    item = with_token(endorsement)
    session = at_scanner(replace(hall, items=(item,)), item, card, "app_code")
    session = after(session, ev.CodeScanned("app_code", Scan(TOKEN, frozenset({CodeForm.OPAQUE}))))
    review = answered(after(session, ev.CodeScanned(ASKED, plain(NUMBER))))
    assert isinstance(review.stage, InJourney)
    for language in ("zh", "en"):
        shown = {line.id: line.value for line in form_lines(review.stage.journey, language, TODAY)}
        assert shown["app_code"] == "******b2R5"
    sent = record(signed(review))
    assert next(each["value"] for each in sent["answers"] if each["id"] == "app_code") == TOKEN
    assert TOKEN not in json.dumps(sent["form"])
    assert TOKEN not in repr(review)
    assert TOKEN not in repr(ev.CodeScanned("app_code", Scan(TOKEN, frozenset({CodeForm.OPAQUE}))))


def test_a_payment_notice_is_known_by_the_hall_s_own_pattern_only() -> None:
    asked = ScanQuestion(
        id="notice",
        kind="scan",
        code="payment_notice",
        label=Text(zh="缴款码", en="Payment notice"),
        ask=Text(zh="请扫缴款码", en="Scan"),
        where=Text(zh="缴款通知", en="The notice"),
    )
    digits = "33010000001234567890"
    assert scanned(asked, Scan(digits, frozenset({CodeForm.PAYMENT_NOTICE}))) == (digits, None)
    both = frozenset({CodeForm.ALIPAY, CodeForm.PAYMENT_NOTICE})
    assert scanned(asked, Scan(digits, both)) == (digits, None)
    assert scanned(asked, plain(digits)) == (None, "other_code")
