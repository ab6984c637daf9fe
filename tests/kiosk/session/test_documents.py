"""Who comes with which document: served with what it says and nothing more, or told the counter at once."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from typing import Any

import pytest

from config.item import CardField, Item, Text
from config.item_documents import DOCUMENT_KINDS
from devices.contracts.id_cards import CardProblem, DocumentType, IdCard, ResidentCard
from kiosk.session import events as ev
from kiosk.session.card_facts import kind_of, own_name
from kiosk.session.form import form_lines
from kiosk.session.hall import Hall
from kiosk.session.known import relevant_materials, relevant_questions
from kiosk.session.stages import (
    AwaitingCard,
    CardExpired,
    CardTrouble,
    Ended,
    InJourney,
    MatterPage,
    OtherDocument,
    Outcome,
    Session,
)
from kiosk.session.words_of_form import masked_name
from tests.devices.documents import READ_FOREIGN_2017, READ_FOREIGN_2023, READ_PERMIT
from tests.kiosk.session.conftest import NOW, TODAY
from tests.kiosk.session.test_record import record
from tests.kiosk.session.walk import after, answered, promoted, signed, verified, with_card

PERMIT = replace(READ_PERMIT, valid_to=None, long_term=True)
FOREIGN = (READ_FOREIGN_2017, READ_FOREIGN_2023)


def for_foreigners(item: Item) -> Item:
    """A matter as a hall might offer it to foreigners, too."""
    fields = (
        CardField(fact="name", label=Text(zh="姓名", en="Name")),
        CardField(fact="name_zh", label=Text(zh="中文姓名", en="Chinese name")),
        CardField(fact="ethnicity", label=Text(zh="民族", en="Ethnicity"), documents=("resident",)),
        CardField(fact="nationality", label=Text(zh="国籍", en="Nationality")),
        CardField(fact="id_number", label=Text(zh="证件号码", en="Number")),
        CardField(fact="address", label=Text(zh="地址", en="Address"), documents=("resident",)),
    )
    return item.model_copy(update={"documents": DOCUMENT_KINDS, "elsewhere": (), "card_fields": fields})


def in_hall(hall: Hall, item: Item) -> Hall:
    return replace(hall, items=(item,))


def lines(session: Session, language: str = "zh") -> dict[str, str]:
    assert isinstance(session.stage, InJourney)
    return {line.label: line.value for line in form_lines(session.stage.journey, language, TODAY)}


def sent(hall: Hall, item: Item, card: IdCard) -> dict[str, Any]:
    return record(signed(answered(verified(hall, item, card))))


# ---- who is served ----------------------------------------------------------------------------------------


def test_the_kinds_of_documents_are_called_the_same_in_items_and_at_the_reader() -> None:
    assert set(DOCUMENT_KINDS) == {kind.value for kind in DocumentType}


def test_a_permit_is_served_where_the_matter_takes_it_and_nothing_is_asked_that_it_cannot_answer(
    certificate: Item, hall: Hall
) -> None:
    session = verified(hall, certificate, PERMIT)
    assert isinstance(session.stage, InJourney)
    asked = {question.id for question in relevant_questions(session.stage.journey, TODAY)}
    assert asked.isdisjoint({"accepted_at", "residence_permit", "current_address"})
    said = lines(session)
    assert said["姓名"] == "樣本丙"
    assert said["通行证号码"] == "A12345678"
    assert said["居住证上的地址"] == PERMIT.address
    assert {"民族", "户籍地址"}.isdisjoint(said)
    chip = [each.id for each in relevant_materials(session.stage.journey, TODAY) if each.obtained == "chip"]
    assert chip == ["identity_permit"]


@pytest.mark.parametrize("card", FOREIGN, ids=["2017", "2023"])
def test_a_foreigner_is_served_or_told_the_counter_before_anything_is_asked(
    items: tuple[Item, ...], hall: Hall, card: IdCard
) -> None:
    for item in items:
        session = with_card(hall, item, card)
        if kind_of(card) in item.documents:
            assert isinstance(session.stage, InJourney)
            continue
        assert session.stage == OtherDocument(item, card.type)
        assert after(session, ev.Continue()).stage == Ended("left")


def test_another_document_may_be_laid_down_instead(endorsement: Item, hall: Hall, card: ResidentCard) -> None:
    session = with_card(hall, endorsement, PERMIT)
    assert session.stage == OtherDocument(endorsement, DocumentType.PERMIT)
    assert after(session, ev.Back()).stage == MatterPage(endorsement)
    session = after(session, ev.TryAgain())
    assert session.stage == AwaitingCard(endorsement)
    assert isinstance(after(session, ev.CardRead(card)).stage, InJourney)


def test_a_permit_that_has_run_out_is_said_as_what_it_is(certificate: Item, hall: Hall) -> None:
    assert READ_PERMIT.valid_to is not None
    session = with_card(hall, certificate, READ_PERMIT)
    assert session.stage == CardExpired(certificate, DocumentType.PERMIT, READ_PERMIT.valid_to)


def test_a_document_whose_number_does_not_fit_it_is_for_the_window(certificate: Item, hall: Hall) -> None:
    odd = replace(PERMIT, problems=(CardProblem.UNFIT_PREFIX,))
    assert with_card(hall, certificate, odd).stage == AwaitingCard(certificate, CardTrouble.INVALID)


def test_a_foreigner_without_a_name_in_latin_letters_is_for_the_window(certificate: Item, hall: Hall) -> None:
    item = for_foreigners(certificate)
    nameless = replace(READ_FOREIGN_2017, name_en="")
    session = with_card(in_hall(hall, item), item, nameless)
    assert session.stage == AwaitingCard(item, CardTrouble.INVALID)


# ---- what is sent -----------------------------------------------------------------------------------------


def test_every_kind_of_document_makes_a_record_of_the_contract_with_its_own_keys(
    certificate: Item, hall: Hall, card: ResidentCard
) -> None:
    item = for_foreigners(certificate)
    id_types = {}
    for document in (card, PERMIT, *FOREIGN):
        said = sent(in_hall(hall, item), item, document)
        assert said["card"]["type"] == document.type.value
        assert said["parties"][0]["name"] == own_name(document)
        assert base64.b64decode(said["form"]["pdf_base64"]).startswith(b"%PDF")
        id_types[document.type.value] = said["parties"][0]["id_type"]
        if document is not card:
            assert "ethnicity" not in said["card"]
    assert id_types == {
        "resident": "resident_identity_card",
        "permit": "hmt_residence_permit",
        "foreign-2017": "foreigner_permanent_residence",
        "foreign-2023": "foreigner_permanent_residence",
    }


def test_a_foreigner_s_names_stand_as_on_the_card_and_a_missing_one_is_not_invented(
    certificate: Item, hall: Hall
) -> None:
    item = for_foreigners(certificate)
    with_both = lines(verified(in_hall(hall, item), item, READ_FOREIGN_2017))
    assert (with_both["姓名"], with_both["中文姓名"]) == ("EXAMPLE, ANNE MARIE VAN DER", "安样本")
    assert with_both["国籍"] == "CAN"
    latin_only = lines(verified(in_hall(hall, item), item, READ_FOREIGN_2023))
    assert latin_only["姓名"] == "EXAMPLE, BARTHOLOMEW MAXIMILIAN VON HOHENSTEIN"
    assert {"中文姓名", "民族", "地址"}.isdisjoint(latin_only)


def test_the_latest_address_on_the_chip_stands_in_the_form_with_its_source_and_both_are_sent(
    certificate: Item, hall: Hall, card: ResidentCard
) -> None:
    moved = replace(card, additional_address="浙江省临溪区新址路8号")
    session = verified(hall, certificate, moved)
    assert lines(session)["户籍地址（芯片里的最新地址）"] == "浙江省临溪区新址路8号"
    assert "Registered address (the latest on the chip)" in lines(session, "en")
    said = sent(hall, certificate, moved)["card"]
    assert (said["address"], said["additional_address"]) == (card.address, "浙江省临溪区新址路8号")
    unmoved = sent(hall, certificate, replace(card, additional_address=""))["card"]
    assert unmoved["additional_address"] is None


def test_a_finding_that_stops_nobody_is_carried_in_the_record(
    certificate: Item, hall: Hall, card: ResidentCard
) -> None:
    odd = replace(card, ethnicity=None, problems=(CardProblem.UNKNOWN_ETHNICITY,))
    assert sent(hall, certificate, odd)["card"]["problems"] == ["unknown_ethnicity"]


def test_the_record_holds_neither_photo_nor_fingerprints(certificate: Item, hall: Hall) -> None:
    said = json.dumps(sent(hall, certificate, PERMIT)["card"])
    assert "photo" not in said
    assert "fingerprint" not in said


def test_a_slip_shows_initials_of_a_name_in_latin_letters(certificate: Item, hall: Hall) -> None:
    item = for_foreigners(certificate)
    kept = after(
        signed(answered(verified(in_hall(hall, item), item, READ_FOREIGN_2017))),
        ev.Kept("0001-261121-0001", "platform", NOW),
    )
    assert isinstance(kept.stage, Outcome)
    assert kept.stage.slip.masked_name == "E*** A*** M*** V*** D***"
    assert masked_name("吾买尔江·买买提") == "吾******提"


def test_welcome_says_nothing_of_the_person_who_was_sent_to_the_counter(
    certificate: Item, hall: Hall
) -> None:
    gone = after(with_card(hall, certificate, READ_FOREIGN_2017), ev.Continue())
    assert isinstance(gone.stage, Ended)
    assert not isinstance(promoted(hall).stage, InJourney)
