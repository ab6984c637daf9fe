"""How long a person is waited for: never hurried by a device, always asked first, ten times and more."""

from __future__ import annotations

import itertools
from dataclasses import replace

import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as some

from config.item import Item
from devices.contracts.id_cards import ResidentCard
from devices.contracts.pages import Page
from kiosk.session import events as ev
from kiosk.session.ease import AT_FIRST, Ease, elder
from kiosk.session.hall import Hall
from kiosk.session.idling import CALLED_S, EXTENSIONS, MOUTH_S, Presence, at_work, noted, paced
from kiosk.session.stages import (
    CardTrouble,
    Ended,
    GuardianStep,
    InJourney,
    Outcome,
    QuestionStep,
    RatingPage,
    ReviewStep,
    Sending,
    Session,
    Step,
    Thanks,
    Welcome,
)
from kiosk.session.verification import FaceStep, FaceTrouble, GuideStep, VerifiedStep
from kiosk.session.work import Wait, work_of
from tests.kiosk.session.conftest import NOW
from tests.kiosk.session.test_machine import KEPT
from tests.kiosk.session.waiting_person import PATIENCE, Note, Standing
from tests.kiosk.session.walk import after, answered, promoted, signed, verified, with_card

HOURS = 3 * 3600.0
WARNS, GRACE = PATIENCE.idle_warning_s, PATIENCE.idle_grace_s

WAYS_TO_EASE = {
    "elder mode": elder(AT_FIRST, on=True),
    "larger text": Ease(text_size=1),
    "the voice": Ease(spoken=True),
}


@pytest.fixture
def review(certificate: Item, hall: Hall, card: ResidentCard) -> Session:
    """Everything answered, nothing sent."""
    return answered(verified(hall, certificate, card))


@pytest.fixture
def sending(review: Session) -> Session:
    return signed(review)


@pytest.fixture
def outcome(sending: Session) -> Session:
    """Kept; the slip is waited for."""
    return after(sending, KEPT)


def at(session: Session, step: Step) -> Session:
    assert isinstance(session.stage, InJourney)
    return replace(session, stage=replace(session.stage, step=step))


# ---- devices at work -------------------------------------------------------------------------------------


def working(review: Session, sending: Session, outcome: Session) -> dict[str, Session]:
    """Every way in which somebody can wait for the terminal and not the terminal for them."""
    return {
        "the face is compared": at(review, FaceStep()),
        "a guide's PIN is checked": at(review, GuideStep("chosen", entered=("1001", "123456"))),
        "verified is shown": at(review, VerifiedStep(arriving=True)),
        "it is sent": sending,
        "the slip is waited for": outcome,
        "the slip is printed": after(outcome, ev.SlipEnded("started")),
        "a guide is being called": after(review, ev.GuideCalled()),
    }


def check_nobody_is_hurried(session: Session, note: Note = noted) -> None:
    """Three hours of a device's work, late in a visit: nothing comes by itself but the news that it ends."""
    person = Standing(session, note=note)
    person.presence = replace(person.presence, visit_s=person.now_s - 2 * HOURS)
    person.waits(HOURS)
    assert {type(event) for _, event, _ in person.happened} <= {ev.VisitEnds}
    assert person.session.stage == session.stage


def test_nobody_is_asked_or_ended_while_a_device_works(
    review: Session, sending: Session, outcome: Session
) -> None:
    for what, session in working(review, sending, outcome).items():
        assert at_work(session), what
        check_nobody_is_hurried(session)


def test_a_timer_that_runs_while_the_slip_is_printed_would_be_caught(outcome: Session) -> None:
    def forgetful(before: Presence, session: Session, now_s: float, event: ev.Event | None) -> Presence:
        return replace(noted(before, session, now_s, event), working=False)

    with pytest.raises(AssertionError):
        check_nobody_is_hurried(after(outcome, ev.SlipEnded("started")), forgetful)


def test_the_machine_itself_ends_nobody_in_the_middle_of_sending_or_printing(
    sending: Session, outcome: Session
) -> None:
    for session in (sending, outcome, after(outcome, ev.SlipEnded("started"))):
        told = replace(session, ends_in_min=1)
        for event in (ev.IdleWarned(), ev.IdleExpired(), ev.VisitOver()):
            assert after(told, event) == told


def test_after_a_devices_work_a_person_has_the_whole_time(outcome: Session) -> None:
    person = Standing(after(outcome, ev.SlipEnded("started")))
    person.waits(500)
    person.post(ev.SlipEnded("printed"))
    person.waits(WARNS - 1)
    assert not person.session.idle_warning
    assert person.waits(2).idle_warning


def test_a_slip_that_is_being_taken_is_waited_for(outcome: Session) -> None:
    person = Standing(after(outcome, ev.SlipEnded("printed"), ev.SlipMoved("in_mouth")))
    assert not person.waits(MOUTH_S - 1).idle_warning
    person.post(ev.SlipMoved("taken"))
    assert not person.waits(WARNS - 1).idle_warning
    assert person.waits(2).idle_warning


def test_a_slip_that_hangs_there_for_ever_does_not_keep_the_terminal(outcome: Session) -> None:
    person = Standing(after(outcome, ev.SlipEnded("printed"), ev.SlipMoved("in_mouth")))
    assert person.waits(MOUTH_S + GRACE + 1).stage == Ended("idle")


# ---- asked first, and staying ----------------------------------------------------------------------------


def test_a_person_is_asked_and_has_twenty_seconds(review: Session) -> None:
    person = Standing(review)
    assert person.waits(WARNS + GRACE - 1).idle_warning
    assert person.waits(2).stage == Ended("idle")
    assert person.came(ev.IdleExpired)[0] - person.came(ev.IdleWarned)[0] == GRACE >= 20


@pytest.mark.parametrize("ease", [AT_FIRST, *WAYS_TO_EASE.values()], ids=["as at first", *WAYS_TO_EASE])
def test_one_touch_stays_ten_times_and_more(review: Session, ease: Ease) -> None:
    """Also where the settings say that a visit is short."""
    hurried = PATIENCE.model_copy(update={"visit_s": 60.0})
    person = Standing(replace(review, ease=ease), hurried)
    for _ in range(EXTENSIONS):
        person.waits(paced(hurried, ease).idle_warning_s + paced(hurried, ease).idle_grace_s - 1)
        assert person.session.idle_warning
        assert not person.post(ev.StillHere()).idle_warning
    assert person.session.stage == review.stage


@pytest.mark.parametrize("ease", WAYS_TO_EASE.values(), ids=WAYS_TO_EASE)
def test_who_reads_slowly_or_listens_has_twice_the_time(review: Session, ease: Ease) -> None:
    person = Standing(replace(review, ease=ease))
    assert not person.waits(2 * WARNS - 1).idle_warning
    assert person.waits(2).idle_warning
    assert not isinstance(person.waits(2 * GRACE - 2).stage, Ended)
    assert work_of(Session(Thanks(), review.hall, ease=ease), PATIENCE) == Wait(2 * PATIENCE.done_s)


@pytest.mark.parametrize(
    "sign",
    [ev.PageTaken("p", Page(b"", 1, 1, 75)), ev.CardFailed(CardTrouble.PULLED_AWAY), ev.StillHere(),
     ev.TouchMissed()],
    ids=lambda event: type(event).__name__,
)  # fmt: skip
def test_whoever_lays_something_down_is_there(review: Session, sign: ev.Event) -> None:
    person = Standing(at(review, QuestionStep("mobile")))
    person.waits(WARNS - 1)
    person.post(sign)
    assert not person.waits(WARNS - 1).idle_warning


def test_a_card_that_is_laid_down_answers_the_question_whether_anybody_is_there(
    certificate: Item, hall: Hall, card: ResidentCard
) -> None:
    person = Standing(after(promoted(hall), ev.MatterChosen(certificate.id), ev.Begin()))
    assert person.waits(PATIENCE.card_s + 1).idle_warning
    assert not person.post(ev.CardRead(card)).idle_warning
    assert isinstance(person.waits(GRACE + 1).stage, InJourney)


def test_whoever_looks_for_their_card_is_asked_before_they_are_sent_away(
    certificate: Item, hall: Hall, card: ResidentCard
) -> None:
    at_the_reader = after(promoted(hall), ev.MatterChosen(certificate.id), ev.Begin())
    for session in (at_the_reader, at(with_card(hall, certificate, card), GuardianStep())):
        person = Standing(session)
        assert person.waits(PATIENCE.card_s + GRACE - 1).idle_warning
        assert person.waits(2).stage == Ended("idle")


def test_a_new_screen_is_read_in_its_own_time(review: Session) -> None:
    person = Standing(at(review, FaceStep(1, FaceTrouble.NOT_RECOGNISED)))
    person.waits(WARNS - 1)
    person.session = at(review, ReviewStep())  # something else than a touch has led there
    person.presence = noted(person.presence, person.session, person.now_s)
    assert not person.waits(WARNS - 1).idle_warning


def test_a_passer_by_on_the_welcome_page_is_undone_without_a_question(hall: Hall) -> None:
    person = Standing(promoted(hall))
    assert isinstance(person.waits(HOURS).stage, Welcome), "nobody has touched it"
    person.post(ev.LanguageChosen("en"))
    assert person.waits(WARNS + 1).stage == Ended("left")
    assert person.came(ev.IdleWarned) == []


def test_whoever_has_called_a_guide_waits_in_peace(review: Session) -> None:
    person = Standing(after(review, ev.GuideCalled(), ev.CallAnswered("told")))
    assert not person.waits(CALLED_S - 1).idle_warning
    assert person.waits(2).idle_warning


def test_what_did_not_come_out_leaves_time_to_write_it_down_and_a_rating_does_not(outcome: Session) -> None:
    printed, failed = after(outcome, ev.SlipEnded("printed")), after(outcome, ev.SlipEnded("not_printed"))
    assert Standing(printed).waits(WARNS + 1).idle_warning
    assert not Standing(failed).waits(2 * WARNS - 1).idle_warning
    rating = after(printed, ev.Continue())
    assert isinstance(rating.stage, RatingPage)
    assert Standing(rating).waits(2 * PATIENCE.done_s + 1).idle_warning


def test_beneath_the_cover_idle_time_runs_on(review: Session) -> None:
    person = Standing(after(review, ev.HideWanted()))
    assert person.waits(WARNS + 1).idle_warning
    assert person.session.hidden
    assert person.post(ev.StillHere()).hidden
    ended = person.waits(WARNS + GRACE + 1)
    assert (ended.stage, ended.hidden) == (Ended("idle"), False)


# ---- the end of a visit ----------------------------------------------------------------------------------


def touches_for_ever(person: Standing, seconds: float) -> Session:
    """A screen that touches itself."""
    until_s = person.now_s + seconds
    while person.now_s < until_s and not isinstance(person.session.stage, Ended):
        person.waits(30)
        person.post(ev.StillHere())
    return person.session


def test_no_visit_lasts_for_ever_and_its_end_is_told_minute_by_minute(review: Session) -> None:
    person = Standing(review)
    assert touches_for_ever(person, PATIENCE.visit_s - PATIENCE.visit_notice_s - 60).ends_in_min is None
    assert touches_for_ever(person, HOURS).stage == Ended("too_long")
    minutes = [event.minutes for _, event, _ in person.happened if isinstance(event, ev.VisitEnds)]
    assert minutes == [5, 4, 3, 2, 1]
    assert person.came(ev.VisitOver)[0] - person.came(ev.VisitEnds)[0] == PATIENCE.visit_notice_s


def test_whoever_signs_in_the_last_minute_gets_their_slip_and_the_time_to_read_it(
    review: Session, sending: Session, outcome: Session
) -> None:
    person = Standing(review)
    touches_for_ever(person, PATIENCE.visit_s - 30)
    assert person.session.ends_in_min == 1
    for stage in (sending.stage, outcome.stage):
        person.session = replace(person.session, stage=stage)
        person.post(ev.SlipEnded("started"))
        assert touches_for_ever(person, 600).stage != Ended("too_long")
    person.post(ev.SlipEnded("printed"))
    assert isinstance(touches_for_ever(person, WARNS).stage, Outcome)
    assert touches_for_ever(person, WARNS + GRACE).stage == Ended("too_long")


def test_the_next_person_on_the_welcome_page_begins_a_visit_of_their_own(
    certificate: Item, hall: Hall
) -> None:
    person = Standing(after(promoted(hall), ev.MatterChosen(certificate.id)))
    touches_for_ever(person, PATIENCE.visit_s - 60)
    assert person.session.ends_in_min is not None
    assert person.post(ev.Back()).ends_in_min is None
    person.post(ev.MatterChosen(certificate.id))
    assert touches_for_ever(person, PATIENCE.visit_s - PATIENCE.visit_notice_s - 60).ends_in_min is None


# ---- whatever happens ------------------------------------------------------------------------------------

WHATEVER = some.one_of(
    some.sampled_from(
        [
            ev.StillHere(),
            ev.Back(),
            ev.Continue(),
            ev.TryAgain(),
            ev.Answered("self"),
            ev.TimeUp(),
            ev.TouchMissed(),
            ev.FaceAgreed(NOW),
            ev.FaceMatched(),
            ev.FaceFailed(FaceTrouble.NOT_RECOGNISED),
            ev.GuideWanted(NOW),
            ev.PinEntered("1001", "123456"),
            ev.PinRefused("wrong", 0),
            ev.PinAccepted("1001"),
            ev.HideWanted(),
            ev.ShowAgain(),
            ev.EaseChosen(Ease(text_size=2)),
            ev.EaseChosen(AT_FIRST),
            ev.GuideCalled(),
            ev.HelpRefused(),
            *(ev.CallAnswered(state) for state in ("told", "not_told", "done")),
            KEPT,
            *(ev.SlipEnded(state) for state in ("started", "printed", "not_printed")),
            *(ev.SlipMoved(place) for place in ("in_mouth", "taken")),
            ev.Rated(5),
        ]
    ),
    some.floats(0.5, 400.0),
)
"""Something happens, or nothing does for so many seconds."""


def check_promises(person: Standing, story: list[ev.Event | float]) -> None:
    """Play a story; then hold what came by itself against what was promised."""
    for part in story:
        person.waits(part) if isinstance(part, float) else person.post(part)
    asked_s = 0.0
    for at_s, event, session in person.happened:
        if isinstance(event, ev.IdleWarned | ev.IdleExpired | ev.VisitOver):
            assert not at_work(session), event
            assert not isinstance(session.stage, Sending)
        if isinstance(event, ev.IdleWarned):
            asked_s = at_s
        if isinstance(event, ev.IdleExpired):
            assert session.idle_warning
            assert at_s - asked_s >= 20
        if isinstance(event, ev.VisitOver):
            assert session.ends_in_min is not None
            assert at_s - person.came(ev.VisitEnds)[0] >= PATIENCE.visit_notice_s


def test_whatever_happens_nobody_is_ended_unasked_or_while_a_device_works(
    review: Session, outcome: Session
) -> None:
    @hypothesis.settings(deadline=None, database=None, derandomize=True, max_examples=250)
    @given(story=some.lists(WHATEVER, max_size=40), late=some.booleans(), began=some.sampled_from([0, 1]))
    def told(story: list[ev.Event | float], *, late: bool, began: int) -> None:
        person = Standing((review, outcome)[began])
        if late:
            person.presence = replace(person.presence, visit_s=person.now_s - PATIENCE.visit_s + 400)
        check_promises(person, story)

    told()


def test_the_clock_of_the_wall_has_no_part_in_it(review: Session) -> None:
    """The same story, begun at any second of the monotonic clock, is the same story."""
    stories = []
    for began_s in (0.0, 5000.0, 9.9e9):
        person = Standing(review, now_s=began_s, presence=Presence(seen_s=began_s))
        for _ in range(3):
            person.waits(WARNS + 5)
            person.post(ev.StillHere())
        person.waits(HOURS)
        stories.append([(round(at_s - began_s, 3), type(event)) for at_s, event, _ in person.happened])
    assert all(one == other for one, other in itertools.pairwise(stories))
