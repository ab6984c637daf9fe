"""What a person is told of their own applications, and that nobody else is told of them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session
from typer import Exit

from bench import people
from bench.people import Person
from bench.shared_data import write_shared_data
from central_platform.cases import MemberCase, MemberState, WholeState
from central_platform.cases_of_person import MOST
from central_platform.contract import Refusal
from central_platform.keys import BadDirectory
from central_platform.opening import Keyring
from central_platform.person_index import PersonApplication, PersonIndex, index_earlier
from central_platform.receiving import Platform
from central_platform.shared_data import SharedData
from central_platform.shared_data_sets import CASES_OF_PERSON, DataSets, Purpose
from central_platform.tables import open_database
from commands.platform_move import answer
from config.item import Item
from kiosk.session import shared_data
from kiosk.session.case_words import STATE, read_case
from kiosk.session.facts import fitting
from kiosk.session.record_card import ID_TYPE
from kiosk.session.sealing import load_platform_word
from kiosk.session.shared_data import Answer, Asker
from kiosk.session.suites import sealing_key
from tests.central_platform.test_receiving import LATE_EVENING_UTC
from tests.kiosk.session.conftest import NOW, TODAY
from tests.kiosk.session.lookups import RESIDENT, journey_of, lookup_for
from tests.offline_queue.platform_process import made, running
from tests.offline_queue.samples import ITEM, TERMINAL, a_record, envelope_kid, new_id, sealed, terminal_key
from tests.shipped import ITEMS

PROGRESS = next(item for item in ITEMS if any(each.data == CASES_OF_PERSON for each in item.lookups))
LOOKUP = lookup_for(PROGRESS, CASES_OF_PERSON)
PURPOSES = DataSets({}, {PROGRESS.id: Purpose(data=(CASES_OF_PERSON,))})
NEIGHBOUR = people.neighbour(TODAY)
CHILD = people.child(TODAY)


class Town:
    """A platform, and a terminal at which people apply and ask."""

    def __init__(self, directory: Path, engine: Engine) -> None:
        self.directory, self.engine, self.keyring = directory, engine, Keyring.load(directory)
        self.platform = Platform(engine, self.keyring, lambda: LATE_EVENING_UTC)
        self._shared_data = SharedData(engine, self.keyring, lambda: LATE_EVENING_UTC, lambda: PURPOSES)

    def files(self, *parties: dict[str, Any]) -> str:
        """Somebody applies; gives the filing number."""
        return self.sends(record_of(*parties))[0]

    def sends(self, record: dict[str, Any]) -> tuple[str, bytes]:
        """A record arrives; gives the filing number, and what was sent."""
        body = sealed(record, self.directory / "terminal")
        return self.sends_again(record, body), body

    def sends_again(self, record: dict[str, Any], body: bytes) -> str:
        signature = terminal_key(self.directory / "terminal").sign(body)
        received = self.platform.receive(record["application_id"], TERMINAL, signature, body)
        return str(json.loads(received.receipt)["filing_no"])

    def answer(self, person: Person = RESIDENT, item: Item = PROGRESS) -> Answer:
        """What a person is told who asks how far their applications are."""
        return self.answer_on_its_way(person, item)[0]

    def answer_on_its_way(self, person: Person = RESIDENT, item: Item = PROGRESS) -> tuple[Answer, bytes]:
        """The same, and the bytes that everybody between sees."""
        terminal = self.directory / "terminal"
        key = sealing_key((terminal / "envelope.pem").read_bytes())
        asker = Asker(TERMINAL, "330199", key, envelope_kid(terminal))
        asking = shared_data.question(
            journey_of(item, person), LOOKUP, {}, asker=asker, question_id=new_id(), asked_at=NOW
        )
        signature = terminal_key(terminal).sign(asking.sealed)
        body = self._shared_data.answer(TERMINAL, signature, asking.sealed)
        return shared_data.answer(asking, body, load_platform_word(terminal / "receipt.pem")), body

    def told(self, person: Person = RESIDENT) -> list[tuple[str, str]]:
        """State and filing number of everything that a person is told."""
        told = self.answer(person).told
        cases = [read_case(value) for name, value in told.items() if name.startswith("case_")]
        return [(case.state, case.filing_no) for case in cases if case is not None]


def party(person: Person, role: str = "applicant") -> dict[str, Any]:
    authority = {"basis": "guardianship", "material_id": None} if role in {"guardian", "agent"} else None
    return {
        "role": role,
        "name": person.name,
        "id_number": person.id_number,
        "id_type": "resident_identity_card",
        "mobile": None,
        "authority": authority,
        "signature_ref": None,
    }


def record_of(*parties: dict[str, Any]) -> dict[str, Any]:
    return {**a_record(new_id()), "parties": list(parties) or [party(RESIDENT)]}


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("platform")
    made(directory)
    return directory


@pytest.fixture
def town(keys: Path) -> Iterator[Town]:
    (keys / "platform.db").unlink(missing_ok=True)
    engine = open_database(keys / "platform.db")
    yield Town(keys, engine)
    engine.dispose()


def test_a_person_finds_their_own_applications_newest_first(town: Town) -> None:
    first, second = town.files(), town.files()
    assert town.told() == [("received", second), ("received", first)]
    assert town.answer().told["case_1"] == f"received {second} 2026-11-22 {ITEM} 申请无犯罪记录证明"


def test_somebody_elses_card_finds_nothing_of_them(town: Town) -> None:
    town.files()
    assert strangers_told(town) == []
    assert town.answer(NEIGHBOUR).missing == "no_record"


def strangers_told(town: Town) -> list[tuple[str, str]]:
    """What people are told who have applied for nothing."""
    return [each for person in (NEIGHBOUR, CHILD) for each in town.told(person)]


def test_a_platform_that_finds_by_terminal_would_be_caught(town: Town) -> None:
    """The weakened variant: whoever stands at a terminal is tagged as everybody else there."""
    record = record_of()
    town.sends(record)
    index = PersonIndex(town.keyring)
    with Session(town.engine) as session, session.begin():
        for person in (RESIDENT, NEIGHBOUR, CHILD):
            tag = index.tag("resident_identity_card", person.id_number)
            session.merge(PersonApplication(person_tag=tag, application_id=record["application_id"]))
    assert strangers_told(town) != []


def test_the_same_number_of_another_kind_of_document_is_another_person(town: Town) -> None:
    index = PersonIndex(town.keyring)
    assert len({index.tag(kind, RESIDENT.id_number) for kind in ID_TYPE.values()}) == len(
        set(ID_TYPE.values())
    )


def test_an_application_that_is_sent_again_is_told_once(town: Town) -> None:
    record = record_of()
    number, body = town.sends(record)
    assert town.sends_again(record, body) == number
    assert town.told() == [("received", number)]


def test_who_applied_for_a_child_is_told_and_who_only_signed_beside_is_not(town: Town) -> None:
    number = town.files(party(CHILD), party(RESIDENT, "guardian"), party(NEIGHBOUR, "co_signatory"))
    assert town.told() == [("received", number)]
    assert town.told(CHILD) == [("received", number)]
    assert town.told(NEIGHBOUR) == []
    town.files(party(CHILD), party(NEIGHBOUR, "agent"))
    assert town.told(NEIGHBOUR) == []


# ---- how far, and never how it was decided ----------------------------------------------------------------


def test_each_step_is_told_and_how_it_was_decided_cannot_even_be_said(town: Town) -> None:
    record = record_of()
    number, _ = town.sends(record)
    for state in get_args(WholeState):
        town.platform.cases.move_whole(record["application_id"], state)
        assert town.told() == [(state, number)]
    for outcome in ("granted", "refused"):
        with pytest.raises(ValueError, match="no application is"):
            town.platform.cases.move_whole(record["application_id"], outcome)  # type: ignore[arg-type]  # that is it
    with pytest.raises(KeyError):
        town.platform.cases.move_whole(new_id(), "accepted")


def test_every_state_that_a_platform_can_tell_has_its_words(town: Town) -> None:
    assert {*get_args(WholeState), *get_args(MemberState), "split"} == set(STATE)
    town.files()
    told = town.answer().told
    assert fitting(LOOKUP, told) == told


def joint(town: Town, *members: str) -> tuple[str, str]:
    """A joint application; gives its id and its filing number."""
    record = record_of()
    number, _ = town.sends(record)
    with Session(town.engine) as session, session.begin():
        session.add_all(
            MemberCase(
                application_id=record["application_id"],
                item=item,
                position=position,
                filing_no=f"{number}{position}",
                company=True,
                state="taken_over",
                reason_zh=None,
                changed_at="2026-11-22T01:30:00+08:00",
            )
            for position, item in enumerate(members, 1)
        )
    return record["application_id"], number


def test_each_matter_of_a_joint_one_is_told_with_its_own_number(town: Town) -> None:
    application_id, number = joint(town, "water_transfer", "gas_transfer")
    town.platform.cases.move(application_id, "water_transfer", "returned", "欠费86.40元，请先缴清")
    assert town.told() == [("split", number), ("returned", f"{number}1"), ("taken_over", f"{number}2")]
    assert "86.40" not in str(town.answer().told)
    with pytest.raises(ValueError, match="is split"):
        town.platform.cases.move_whole(application_id, "accepted")


def test_of_more_than_there_is_room_for_the_newest_are_told_and_that_there_are_more(town: Town) -> None:
    numbers = [town.files() for _ in range(MOST)]
    assert "earlier_cases" not in town.answer().told
    newest = town.files()
    assert town.told() == [("received", number) for number in (newest, *reversed(numbers[1:]))]
    assert town.answer().told["earlier_cases"] == "more"


def test_an_application_and_its_matters_are_not_torn_apart(town: Town) -> None:
    _, first = joint(town, *(f"matter_{number}" for number in range(MOST - 1)))
    assert len(town.told()) == MOST
    alone = town.files()
    assert town.told() == [("received", alone)]
    assert town.answer().told["earlier_cases"] == "more"
    assert first not in str(town.answer().told)


def test_nobody_between_can_count_somebodys_applications(town: Town) -> None:
    _, nothing = town.answer_on_its_way()
    name = "证" * 200
    for _ in range(MOST + 1):
        record = record_of()
        record["item"] = {**record["item"], "name_zh": name}
        town.sends(record)
    answer, full = town.answer_on_its_way()
    assert len(answer.told) == MOST + 1
    assert {len(told) for key, told in answer.told.items() if key != "earlier_cases"} == {200}
    assert len(full) == len(nothing)


# ---- what is kept -----------------------------------------------------------------------------------------


def tables(town: Town, *statements: str) -> list[tuple[Any, ...]]:
    """The rows of the last statement, straight from the file."""
    with sqlite3.connect(town.directory / "platform.db") as database:
        return [database.execute(statement).fetchall() for statement in statements][-1]


def test_the_index_names_nobody_and_cannot_be_laid_beside_the_list_of_questions(town: Town) -> None:
    town.files()
    town.answer()
    assert RESIDENT.id_number.encode() not in (town.directory / "platform.db").read_bytes()
    ((applied,),) = tables(town, "SELECT person_tag FROM person_applications")
    ((asked,),) = tables(town, "SELECT person_tag FROM shared_data_questions")
    assert applied != asked


def test_what_was_received_before_there_was_an_index_is_found_after_the_next_start(town: Town) -> None:
    number = town.files()
    tables(town, "DROP TABLE person_applications")
    engine = open_database(town.directory / "platform.db")
    later = Town(town.directory, engine)
    assert later.told() == []
    assert [index_earlier(engine, later.keyring) for _ in range(2)] == [0, 0]
    assert later.told() == [("received", number)]
    engine.dispose()


@pytest.mark.long
def test_a_platform_that_starts_on_an_older_database_finds_what_is_in_it(town: Town) -> None:
    number = town.files()
    tables(town, "DROP TABLE person_applications", "DROP TABLE whole_cases")
    with running(town.directory):
        assert town.told() == [("received", number)]


def test_what_no_key_opens_any_more_is_counted_and_not_claimed(town: Town) -> None:
    town.files()
    tables(town, "DELETE FROM person_applications")
    forgetful = replace(town.keyring, envelopes=replace(town.keyring.envelopes, opening={}))
    assert index_earlier(town.engine, forgetful) == 1
    assert town.answer().missing == "no_record"


# ---- to whom ----------------------------------------------------------------------------------------------


def test_no_other_matter_may_ask_how_far_applications_are(town: Town) -> None:
    other = next(item for item in ITEMS if item.id == ITEM)
    with pytest.raises(Refusal, match="purpose"):
        town.answer(item=other)


def test_no_file_can_stand_for_what_the_platform_has_itself(tmp_path: Path) -> None:
    data = write_shared_data(tmp_path / "data", TODAY)
    assert DataSets.load(data).allows(PROGRESS.id, CASES_OF_PERSON, PROGRESS.assurance_level)
    file = data / "elder.card.yaml"
    file.write_text(file.read_text("utf-8").replace("data: elder.card", f"data: {CASES_OF_PERSON}"), "utf-8")
    with pytest.raises(BadDirectory, match="is the platform's own"):
        DataSets.load(data)


def test_the_matter_asks_for_all_that_the_platform_can_tell() -> None:
    shown: Mapping[str, str] = {fact.id: fact.kind for fact in LOOKUP.facts}
    assert shown == {**{f"case_{number}": "case" for number in range(1, MOST + 1)}, "earlier_cases": "choice"}


# ---- what an authority types ------------------------------------------------------------------------------


def test_an_authority_moves_what_has_the_number_on_the_slip(
    town: Town, capsys: pytest.CaptureFixture[str]
) -> None:
    _, joined = joint(town, "water_transfer", "gas_transfer")
    answer(town.directory, f"{joined}1", "returned", "欠费，请先缴清")
    number = town.files()
    answer(town.directory, number, "accepted", None)
    assert {("accepted", number), ("returned", f"{joined}1")} < {*town.told()}
    assert f"{number}: accepted." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("number", "state", "reason", "words"),
    [
        ("33019900-20200101-000001", "accepted", None, "has this filing number"),
        ("", "granted", None, "no application is granted: it is one of received, correction"),
        ("", "accepted", "欠费", "only what is returned has a reason"),
        ("joint", "accepted", None, "is split; each member goes its own way"),
        ("member", "accepted", None, "a company has no accepted"),
        ("member", "returned", None, "a returned member has a reason"),
    ],
)
def test_what_no_application_can_be_is_refused_in_one_line(
    town: Town, capsys: pytest.CaptureFixture[str], number: str, state: str, reason: str | None, words: str
) -> None:
    match number:
        case "":
            number = town.files()
        case "joint" | "member":
            number = joint(town, "water_transfer")[1] + ("1" if number == "member" else "")
    before = town.told()
    with pytest.raises(Exit) as end:
        answer(town.directory, number, state, reason)
    said = capsys.readouterr().err
    assert (end.value.exit_code, said.count("\n")) == (2, 1)
    assert said.startswith(f"{number}: ")
    assert words in said
    assert town.told() == before
