"""The sealed record keeps the contract, and holds nothing that the person did not send."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import replace
from typing import Any

import pytest

from config.item import Item
from devices.contracts.id_cards import ResidentCard
from kiosk.messages import ClockOffset
from kiosk.session import events as ev
from kiosk.session.hall import Hall
from kiosk.session.record import Provenance, record_bytes, sent_pages
from kiosk.session.stages import InJourney, Sending, Session
from kiosk.session.timeline import is_sent
from offline_queue.contract_files import read
from tests.kiosk.session.conftest import NOW, TODAY
from tests.kiosk.session.walk import after, answered, signed, verified, with_card

ORIGIN = Provenance("LX-0001", "330199", "0001-261121-0001", "platform", "online", NOW, "ab" * 32, "12")


def record(session: Session) -> dict[str, Any]:
    assert isinstance(session.stage, Sending)
    return read("record", record_bytes(session.stage, ORIGIN, TODAY, named(session.stage)))


def named(stage: Sending) -> dict[str, str]:
    """Names of parts that nobody seals here, by the SHA-256 of their pages."""
    return {sha256: sha256[::-1] for sha256 in sent_pages(stage.journey, TODAY)}


def test_every_shipped_matter_that_is_sent_makes_a_record_of_the_contract(
    items: tuple[Item, ...], hall: Hall, card: ResidentCard
) -> None:
    for item in filter(is_sent, items):
        assert record(signed(answered(verified(hall, item, card))))["item"]["id"] == item.id


def test_an_application_names_the_catalogue_its_session_began_with(
    certificate: Item, hall: Hall, card: ResidentCard
) -> None:
    sent = record(signed(answered(verified(hall, certificate, card))))
    assert sent["catalogue_version"] == "12"


def test_a_record_tells_how_wrong_the_clock_was_and_null_where_nobody_knows(
    certificate: Item, hall: Hall, card: ResidentCard
) -> None:
    session = signed(answered(verified(hall, certificate, card)))
    assert record(session)["clock_offset"] is None
    assert isinstance(session.stage, Sending)
    offset = ClockOffset(offset_ms=-10_800_040, uncertainty_ms=12, age_s=3)
    ahead = replace(ORIGIN, clock_trust="untrusted", clock_offset=offset)
    said = read("record", record_bytes(session.stage, ahead, TODAY))
    assert said["clock_offset"] == {"offset_ms": -10_800_040, "uncertainty_ms": 12, "age_s": 3}


def test_a_person_verified_by_a_guide_is_recorded_as_such(
    certificate: Item, hall: Hall, card: ResidentCard
) -> None:
    session = after(
        with_card(hall, certificate, card),
        ev.GuideWanted(NOW),
        ev.PinEntered("1001", "123456"),
        ev.PinAccepted("1001"),
        ev.TimeUp(),
    )
    sent = record(signed(answered(session)))
    assert (sent["identity_method"], sent["assurance_level"]) == ("staff", "staff_checked")
    assert (sent["verified_by"], sent["verified_reason"]) == ("1001", "chosen")
    assert {"text_id": "face_comparison", "version": "1", "given": False} in [
        {key: consent[key] for key in ("text_id", "version", "given")} for consent in sent["consents"]
    ]


def test_hidden_answers_are_never_submitted(certificate: Item, hall: Hall, card: ResidentCard) -> None:
    review = answered(
        verified(hall, certificate, card), {"accepted_at": "residence_place", "current_address": "测试路2号"}
    )
    changed = after(review, ev.ChangeLine("accepted_at"), ev.Answered("registered_place"))
    sent = record(signed(changed))
    assert "测试路2号" not in json.dumps(sent, ensure_ascii=False)
    assert {material["id"] for material in sent["materials"]}.isdisjoint({"residence_permit"})
    assert all(consent["text_id"] != "licence_use" for consent in sent["consents"])


def test_the_use_of_an_electronic_licence_is_a_consent_of_its_own(
    certificate: Item, hall: Hall, card: ResidentCard
) -> None:
    sent = record(signed(answered(verified(hall, certificate, card), {"accepted_at": "residence_place"})))
    assert [c["given"] for c in sent["consents"] if c["text_id"] == "licence_use"] == [True]


def test_the_signature_is_bound_to_the_form_that_was_shown(
    certificate: Item, hall: Hall, card: ResidentCard
) -> None:
    sent = record(signed(answered(verified(hall, certificate, card))))
    lines = json.dumps(sent["form"]["lines"], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert hashlib.sha256(lines.encode()).hexdigest() == sent["form"]["sha256"]
    assert sent["signatures"][0]["form_sha256"] == sent["form"]["sha256"]


def test_nobody_is_recorded_without_having_been_verified(
    certificate: Item, hall: Hall, card: ResidentCard
) -> None:
    stage = with_card(hall, certificate, card).stage
    assert isinstance(stage, InJourney)
    with pytest.raises(ValueError, match="without a verified person"):
        record_bytes(Sending(stage.journey, "x", (), NOW), ORIGIN, TODAY)


def test_the_signed_form_goes_along_as_a_page(certificate: Item, hall: Hall, card: ResidentCard) -> None:
    sent = record(signed(answered(verified(hall, certificate, card))))
    assert base64.b64decode(sent["form"]["pdf_base64"]).startswith(b"%PDF")


def test_a_name_that_no_font_has_is_still_sent_whole(
    certificate: Item, hall: Hall, card: ResidentCard
) -> None:
    unheard_of = replace(card, name="沈\U0003134f")
    sent = record(signed(answered(verified(hall, certificate, unheard_of))))
    assert sent["form"]["pdf_base64"] is None
    assert sent["parties"][0]["name"] == "沈\U0003134f"
