"""A joint matter: asked once, a form for each member, one signing act, and each member goes its own way."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from central_platform.cases import Cases
from central_platform.compact import expand
from central_platform.contract import Refusal, canonical
from central_platform.opening import Keyring
from central_platform.receiving import Platform
from central_platform.tables import open_database
from config.item import Item
from config.joint_items import JoinedItem
from devices.contracts.id_cards import IdCard, ResidentCard
from kiosk.session import events as ev
from kiosk.session.hall import Hall
from kiosk.session.restore_codes import compact_content
from kiosk.session.shown import papers_of
from kiosk.session.stages import InJourney, Outcome, Sending, Session, SignStep
from printing.document import Line
from printing.slip import slip_document
from tests.kiosk.session.conftest import NOW, TODAY
from tests.kiosk.session.test_record import record
from tests.kiosk.session.walk import after, answered, step_of, verified, walked
from tests.offline_queue.platform_process import made
from tests.offline_queue.samples import TERMINAL, sealed, terminal_key

KEPT = ev.Kept("0001-261121-0001", "platform", NOW)


@pytest.fixture
def utilities(items: tuple[Item, ...]) -> JoinedItem:
    return joint(items, "utility_transfer")


@pytest.fixture
def newborn(items: tuple[Item, ...]) -> JoinedItem:
    return joint(items, "newborn")


@pytest.fixture
def other(card: ResidentCard) -> IdCard:
    """Somebody who signs beside the applicant."""
    return replace(card, name="测试乙", id_number="330199198805120035")


def joint(items: tuple[Item, ...], name: str) -> JoinedItem:
    item = next(each for each in items if each.id == name)
    assert isinstance(item, JoinedItem)
    return item


def sent(session: Session) -> Session:
    """Signed by everybody who is here."""
    (*_, last) = walked(session, None)
    assert isinstance(last.stage, Sending)
    return last


def test_what_members_share_is_asked_once(utilities: JoinedItem, hall: Hall, card: ResidentCard) -> None:
    asked = [
        session.stage.step.question_id
        for session in walked(verified(hall, utilities, card), None)
        if isinstance(session.stage, InJourney) and hasattr(session.stage.step, "question_id")
    ]
    assert len(asked) == len(set(asked))
    assert {"water_account_no", "electricity_account_no", "gas_meter_no"} <= set(asked)


def test_every_form_and_agreement_can_be_read_before_one_signature(
    utilities: JoinedItem, hall: Hall, card: ResidentCard
) -> None:
    session = after(answered(verified(hall, utilities, card)), ev.Continue())
    assert isinstance(session.stage, InJourney)
    papers = papers_of(session.stage.journey, TODAY)
    assert len(papers) == 6, "three forms, three agreements"
    for paper in papers:
        reading = after(session, ev.PaperOpened(paper.id))
        assert reading.stage == replace(session.stage, step=SignStep(paper=paper.id))
        assert after(reading, ev.PaperOpened(None)) == session
        assert after(reading, ev.Back()) == session
    assert after(session, ev.PaperOpened("somebody_elses")) == session


def test_each_member_has_its_own_form_and_all_are_under_one_signature(
    utilities: JoinedItem, hall: Hall, card: ResidentCard
) -> None:
    made_of = record(sent(verified(hall, utilities, card)))
    assert [each["item"]["id"] for each in made_of["members"]] == [p.item.id for p in utilities.parts]
    for each in made_of["members"]:
        assert each["company"], "a company never accepts"
        assert hashlib.sha256(canonical(each["form"]["lines"])).hexdigest() == each["form"]["sha256"]
        assert each["form"]["pdf_base64"]
    water = labels(made_of["members"][0])
    assert "水表户号" in "".join(water)
    assert not [label for label in water if "电" in label or "燃气" in label]
    shown = {
        "form": made_of["form"]["sha256"],
        "members": [each["form"]["sha256"] for each in made_of["members"]],
        "agreements": [each["sha256"] for each in made_of["agreements"]],
    }
    (signature,) = made_of["signatures"]
    assert signature["shown_sha256"] == hashlib.sha256(canonical(shown)).hexdigest()


def labels(member: dict[str, Any]) -> list[str]:
    return [line["label_zh"] for line in member["form"]["lines"]]


def test_a_member_left_out_is_named_with_its_reason_everywhere(
    utilities: JoinedItem, hall: Hall, card: ResidentCard
) -> None:
    session = answered(verified(hall, utilities, card), {"gas_connected": "no"})
    session = after(session, ev.Continue(), ev.SignedAndSent((((0.1, 0.1), (0.9, 0.9)),), "1" * 8, NOW))
    assert isinstance(session.stage, Sending)
    session = replace(session, stage=replace(session.stage, application_id=UUID))
    gas = record(session)["members"][2]
    assert gas["form"] is None
    assert gas["left_out_zh"]
    outcome = after(session, KEPT).stage
    assert isinstance(outcome, Outcome)
    slip = texts(outcome)
    assert gas["left_out_zh"] in slip
    assert "尚未提交" in slip
    assert "受理通知" not in slip


UUID = "3f0c9a52-9a5e-4f0b-8d7b-6b1f6f0e2a11"


def texts(outcome: Outcome) -> str:
    return "\n".join(block.text for block in slip_document(outcome.slip, "zh") if isinstance(block, Line))


def test_a_slip_of_a_company_s_matter_never_says_that_somebody_accepts_it(
    utilities: JoinedItem, hall: Hall, card: ResidentCard
) -> None:
    session = after(sent(verified(hall, utilities, card)), KEPT)
    numbers = {part.item.id: f"33019900-20261121-00000{n}" for n, part in enumerate(utilities.parts, 2)}
    session = after(session, ev.Received("33019900-20261121-000001", NOW, None, numbers))
    assert isinstance(session.stage, Outcome)
    slip = texts(session.stage)
    for number in numbers.values():
        assert f"公司已接收 {number}" in slip


def test_both_parents_sign_and_of_the_second_card_little_is_kept(
    newborn: JoinedItem, hall: Hall, card: ResidentCard, other: IdCard
) -> None:
    *_, before, last = walked(verified(hall, newborn, card), other)
    assert step_of(before, SignStep)
    made_of = record(last)
    assert [each["party"] for each in made_of["signatures"]] == [0, 1]
    applicant, beside = made_of["parties"][:2]
    assert (applicant["role"], beside["role"]) == ("applicant", "co_signatory")
    assert beside["verified"]["identity_method"] == "card_and_face"
    assert beside["signature_ref"] == 1
    assert [each for each in made_of["consents"] if each.get("party") == 1]
    text = json.dumps(made_of, ensure_ascii=False)
    assert text.count(beside["id_number"]) <= 2, "as a party, and where the applicant entered it"
    assert isinstance(other, ResidentCard)
    assert made_of["card"]["name"] == card.name
    for stage in (last.stage, before.stage):
        assert isinstance(stage, Sending | InJourney)
        assert stage.journey.visitor is None
        assert other.photo not in [getattr(each, "photo", None) for each in stage.journey.parties.values()]


def test_a_parent_in_hospital_signs_later_and_that_is_said(
    newborn: JoinedItem, hall: Hall, card: ResidentCard
) -> None:
    last = sent(verified(hall, newborn, card))
    beside = record(last)["parties"][1]
    assert beside["signature_ref"] is None
    assert beside["verified"] is None
    assert beside["awaited_zh"]
    outcome = after(last, KEPT).stage
    assert isinstance(outcome, Outcome)
    assert beside["awaited_zh"] in texts(outcome)


# ---- the platform ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("platform")
    made(directory)
    return directory


@pytest.fixture(scope="module")
def platform(directory: Path) -> Iterator[Platform]:
    engine = open_database(directory / "platform.db")
    yield Platform(engine, Keyring.load(directory), lambda: NOW)
    engine.dispose()


def received(platform: Platform, directory: Path, made_of: dict[str, Any]) -> dict[str, Any]:
    body = sealed(made_of, directory / "terminal")
    signature = terminal_key(directory / "terminal").sign(body)
    receipt: dict[str, Any] = json.loads(
        platform.receive(made_of["application_id"], TERMINAL, signature, body).receipt
    )
    return receipt


def case(platform: Platform, directory: Path, application_id: str) -> list[dict[str, Any]]:
    nonce = "ab" * 16
    signature = terminal_key(directory / "terminal").sign(f"{application_id}:{nonce}".encode())
    members: list[dict[str, Any]] = json.loads(
        platform.cases.answer(application_id, TERMINAL, signature, nonce)
    )["members"]
    return members


@pytest.fixture
def made_of(
    utilities: JoinedItem, hall: Hall, card: ResidentCard, request: pytest.FixtureRequest
) -> dict[str, Any]:
    value = record(sent(verified(hall, utilities, card)))
    application_id = UUID[:-12] + hashlib.sha256(request.node.name.encode()).hexdigest()[:12]
    return {**value, "application_id": application_id, "terminal": TERMINAL}


def test_each_member_gets_a_number_and_one_comes_back_alone(
    platform: Platform, directory: Path, made_of: dict[str, Any]
) -> None:
    receipt = received(platform, directory, made_of)
    numbers = [each["filing_no"] for each in receipt["members"]]
    assert len({receipt["filing_no"], *numbers}) == 4
    assert {each["state"] for each in receipt["members"]} == {"taken_over"}
    cases: Cases = platform.cases
    cases.move(made_of["application_id"], "water_transfer", "returned", "欠费86.40元，请先缴清")
    with pytest.raises(ValueError, match="company has no accepted"):
        cases.move(made_of["application_id"], "gas_transfer", "accepted")
    states = {
        each["item"]: (each["state"], each["reason_zh"])
        for each in case(platform, directory, made_of["application_id"])
    }
    assert states == {
        "water_transfer": ("returned", "欠费86.40元，请先缴清"),
        "electricity_transfer": ("taken_over", None),
        "gas_transfer": ("taken_over", None),
    }


@pytest.mark.parametrize("what", ["member", "agreement", "signature"])
def test_what_was_not_shown_is_not_under_the_signature(
    platform: Platform, directory: Path, made_of: dict[str, Any], what: str
) -> None:
    if what == "member":
        made_of["members"][1]["form"]["lines"][0]["value"] = "别人"
    elif what == "agreement":
        made_of["agreements"][0]["text_zh"] += "另加一条"
    else:
        made_of["signatures"][0]["shown_sha256"] = "0" * 64
    with pytest.raises(Refusal, match="record_invalid"):
        received(platform, directory, made_of)


def test_a_slip_brings_a_joint_application_back_without_its_pages(made_of: dict[str, Any]) -> None:
    expanded = expand(compact_content(canonical(made_of)))
    assert len(expanded.member_pdf_sha256) == 3
    bare = json.loads(json.dumps(made_of))
    for form in (bare["form"], *(each["form"] for each in bare["members"])):
        form["pdf_base64"] = None
    assert expanded.record == bare
