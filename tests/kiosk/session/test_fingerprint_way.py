"""A finger instead of the face: offered where it works, agreed to by itself, and not asked for for ever."""

from __future__ import annotations

from dataclasses import replace

import pytest

from config.item import Item
from config.settings import PatienceSettings
from devices.contracts.id_cards import Finger, Fingerprint, FingerprintResult, ResidentCard
from kiosk.session import events as ev
from kiosk.session.ability import ability
from kiosk.session.hall import Hall, Reservation
from kiosk.session.idling import at_work
from kiosk.session.stages import InJourney, Session
from kiosk.session.verification import (
    MOST_FAILURES,
    ConsentStep,
    FaceStep,
    FaceTrouble,
    FingerprintStep,
    FingerprintTrouble,
    GuideStep,
    Verified,
    VerifiedStep,
    Way,
)
from kiosk.session.verifying import may_press_again
from kiosk.session.ways import open_now, other_ways, ways
from kiosk.session.work import CompareFingerprint, WatchDevices, work_of
from tests.kiosk.session.conftest import NOW
from tests.kiosk.session.test_record import record
from tests.kiosk.session.walk import after, answered, signed, step_of, with_card

PATIENCE = PatienceSettings(idle_warning_s=60, idle_grace_s=20, card_s=60, done_s=10, delivery_s=1)
MODULE = "vendor:libmatch.so"
USABLE = ev.DevicesChanged(reader_usable=True, printer_usable=True, camera_usable=True)
NOT_RECOGNISED = ev.FingerprintFailed(FingerprintTrouble.NOT_RECOGNISED)


@pytest.fixture
def fingers(card: ResidentCard) -> ResidentCard:
    """The same person; two fingers were registered when her card was made."""
    registered = FingerprintResult.REGISTERED
    return replace(
        card,
        fingerprints=(
            Fingerprint(registered, Finger.RIGHT_THUMB, bytes(512)),
            Fingerprint(registered, Finger.LEFT_THUMB, bytes(512)),
        ),
    )


def in_journey(session: Session) -> InJourney:
    assert isinstance(session.stage, InJourney)
    return session.stage


def consents(session: Session) -> dict[str, bool]:
    return {consent.text_id: consent.given for consent in in_journey(session).journey.consents}


def failed(session: Session, times: int) -> Session:
    for attempt in range(times):
        session = after(session, *([ev.TryAgain()] if attempt else []), NOT_RECOGNISED)
    return session


def test_it_is_offered_only_with_a_sensor_that_works_and_a_finger_on_the_chip(
    certificate: Item, hall: Hall, card: ResidentCard, fingers: ResidentCard
) -> None:
    def offered(hall: Hall, card: ResidentCard) -> tuple[Way, ...]:
        return ways(in_journey(with_card(hall, certificate, card)).journey, hall)

    two, three = (Way.FACE, Way.GUIDE), (Way.FACE, Way.FINGERPRINT, Way.GUIDE)
    assert offered(hall, fingers) == three
    assert offered(hall, card) == two
    for usable in (False, None):
        assert offered(replace(hall, fingerprint_usable=usable), fingers) == two
    assert fingers.fingerprints is not None
    not_made = tuple(replace(each, result=FingerprintResult.FAILED) for each in fingers.fingerprints)
    assert offered(hall, replace(fingers, fingerprints=not_made)) == two


def test_whoever_is_quicker_than_the_sensors_first_answer_is_offered_the_finger_when_it_comes(
    certificate: Item, hall: Hall, fingers: ResidentCard
) -> None:
    session = with_card(replace(hall, fingerprint_usable=None), certificate, fingers)
    assert work_of(session, PATIENCE) == WatchDevices()
    answered_now = after(session, replace(USABLE, fingerprint_usable=True))
    assert Way.FINGERPRINT in ways(in_journey(answered_now).journey, answered_now.hall)
    assert work_of(answered_now, PATIENCE) is None


def test_a_matter_that_only_staff_may_verify_offers_staff_only(
    certificate: Item, hall: Hall, fingers: ResidentCard
) -> None:
    strict = certificate.model_copy(update={"assurance_level": "staff_checked"})
    at_consent = with_card(replace(hall, items=(strict,)), strict, fingers)
    assert ways(in_journey(at_consent).journey, hall) == (Way.GUIDE,)
    for refused in (ev.FaceAgreed(NOW), ev.FingerprintAgreed(NOW)):
        assert after(at_consent, refused) == at_consent
    assert step_of(after(at_consent, ev.GuideWanted(NOW)), GuideStep)


def test_a_matching_finger_verifies_and_the_record_says_how_and_by_what(
    certificate: Item, hall: Hall, fingers: ResidentCard
) -> None:
    session = after(with_card(hall, certificate, fingers), ev.FingerprintAgreed(NOW))
    assert in_journey(session).step == FingerprintStep()
    assert consents(session) == {
        "processing_notice": True,
        "face_comparison": False,
        "fingerprint_comparison": True,
    }
    session = after(session, ev.FingerprintMatched(MODULE))
    assert in_journey(session).journey.verified == Verified(
        "fingerprint", "card_and_fingerprint", module=MODULE
    )
    sent = record(signed(answered(after(session, ev.TimeUp()))))
    assert (sent["identity_method"], sent["assurance_level"]) == ("fingerprint", "card_and_fingerprint")
    assert sent["verified_module"] == MODULE
    assert sent["verified_reason"] is None


def test_it_works_without_the_camera(certificate: Item, hall: Hall, fingers: ResidentCard) -> None:
    dark = replace(hall, camera_usable=False)
    assert Reservation.FINGERPRINT_INSTEAD_OF_FACE in ability(certificate, dark).reservations
    at_consent = with_card(dark, certificate, fingers)
    assert not open_now(Way.FACE, in_journey(at_consent).journey, dark)
    assert after(at_consent, ev.FaceAgreed(NOW)) == at_consent
    session = after(at_consent, ev.FingerprintAgreed(NOW), ev.FingerprintMatched(MODULE))
    assert step_of(session, VerifiedStep)


def test_after_three_failures_nobody_is_asked_for_the_finger_again_not_even_by_going_back(
    certificate: Item, hall: Hall, fingers: ResidentCard
) -> None:
    session = after(with_card(hall, certificate, fingers), ev.FingerprintAgreed(NOW))
    session = failed(session, MOST_FAILURES)
    journey = in_journey(session).journey
    assert not may_press_again(journey)
    assert after(session, ev.TryAgain()) == session
    assert other_ways(Way.FINGERPRINT, journey, hall) == (Way.FACE, Way.GUIDE)
    back = after(session, ev.Back())
    assert step_of(back, ConsentStep)
    assert not open_now(Way.FINGERPRINT, in_journey(back).journey, hall)
    assert after(back, ev.FingerprintAgreed(NOW)) == back
    assert step_of(after(back, ev.FaceAgreed(NOW)), FaceStep)


def test_failures_of_one_way_do_not_count_against_another(
    certificate: Item, hall: Hall, fingers: ResidentCard
) -> None:
    session = failed(after(with_card(hall, certificate, fingers), ev.FingerprintAgreed(NOW)), MOST_FAILURES)
    session = after(session, ev.FaceAgreed(NOW))
    assert in_journey(session).step == FaceStep(attempt=1)
    assert consents(session)["face_comparison"]
    session = after(session, ev.FaceFailed(FaceTrouble.NOT_RECOGNISED), ev.TryAgain())
    assert in_journey(session).step == FaceStep(attempt=2)


def test_going_back_and_forth_between_tries_does_not_start_the_count_anew(
    certificate: Item, hall: Hall, fingers: ResidentCard
) -> None:
    session = with_card(hall, certificate, fingers)
    for attempt in range(1, MOST_FAILURES + 1):
        session = after(session, ev.FingerprintAgreed(NOW))
        assert in_journey(session).step == FingerprintStep(attempt=attempt)
        session = after(session, NOT_RECOGNISED, ev.Back())
    assert after(session, ev.FingerprintAgreed(NOW)) == session


@pytest.mark.parametrize(
    ("trouble", "reason"),
    [
        (FingerprintTrouble.NOT_RECOGNISED, "fingerprint_not_recognised"),
        (FingerprintTrouble.SENSOR_FAILED, "sensor_failed"),
    ],
)
def test_a_guide_who_takes_over_from_the_sensor_is_recorded_with_the_reason(
    certificate: Item, hall: Hall, fingers: ResidentCard, trouble: FingerprintTrouble, reason: str
) -> None:
    session = after(
        with_card(hall, certificate, fingers),
        ev.FingerprintAgreed(NOW),
        ev.FingerprintFailed(trouble),
        ev.GuideWanted(NOW),
        ev.PinEntered("1001", "123456"),
        ev.PinAccepted("1001"),
        ev.TimeUp(),
    )
    sent = record(signed(answered(session)))
    assert (sent["verified_reason"], sent["verified_module"]) == (reason, None)


def test_a_face_that_fails_may_become_a_finger_with_a_consent_of_its_own(
    certificate: Item, hall: Hall, fingers: ResidentCard
) -> None:
    session = after(with_card(hall, certificate, fingers), ev.FaceAgreed(NOW))
    assert after(session, ev.FingerprintAgreed(NOW)) == session  # its text is not on that screen yet
    session = after(session, ev.FaceFailed(FaceTrouble.CAMERA_FAILED), ev.FingerprintAgreed(NOW))
    assert step_of(session, FingerprintStep)
    assert consents(session)["fingerprint_comparison"]


def test_a_late_match_of_a_failed_attempt_verifies_nobody(
    certificate: Item, hall: Hall, fingers: ResidentCard
) -> None:
    session = after(with_card(hall, certificate, fingers), ev.FingerprintAgreed(NOW), NOT_RECOGNISED)
    assert in_journey(after(session, ev.FingerprintMatched(MODULE))).journey.verified is None


def test_the_sensor_is_on_while_a_finger_is_asked_for_and_nobody_is_hurried(
    certificate: Item, hall: Hall, fingers: ResidentCard
) -> None:
    session = after(with_card(hall, certificate, fingers), ev.FingerprintAgreed(NOW))
    assert work_of(session, PATIENCE) == CompareFingerprint(1)
    assert at_work(session)
    in_trouble = after(session, NOT_RECOGNISED)
    assert work_of(in_trouble, PATIENCE) is None
    assert not at_work(in_trouble)
