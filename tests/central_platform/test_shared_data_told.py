"""What the platform tells of people, to whom, and what it writes down of it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from ruamel.yaml import YAML

from bench import people
from bench.people import Person
from bench.shared_data import SOURCES, write_shared_data
from central_platform.contract import Refusal
from central_platform.keys import BadDirectory
from central_platform.opening import Keyring
from central_platform.shared_data import SharedData
from central_platform.shared_data_sets import CASES_OF_PERSON, DataFiles, DataSets
from central_platform.suites import HPKE_HYBRID, SM2, SuiteName
from central_platform.tables import open_database
from config.item import Item, Lookup
from config.items import SHIPPED, load_items
from kiosk.session import shared_data
from kiosk.session.facts import unfit
from kiosk.session.sealing import load_platform_word
from kiosk.session.shared_data import Answer, Asker, Asking
from kiosk.session.suites import sealing_key
from kiosk.session.verification import Verified
from tests.central_platform.test_receiving import LATE_EVENING_UTC
from tests.kiosk.session.conftest import NOW, TODAY
from tests.kiosk.session.lookups import BY_FACE, RESIDENT, journey_of, lookup_for
from tests.offline_queue.platform_process import made
from tests.offline_queue.samples import TERMINAL, envelope_kid, new_id, terminal_key

DOCS = Path(__file__).parents[2] / "docs" / "shared-data.md"


@pytest.fixture(scope="module")
def items() -> Mapping[str, Item]:
    return {item.id: item for item in load_items(SHIPPED)}


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("platform")
    made(directory)
    write_shared_data(directory / "shared_data", TODAY)
    return directory


class Counter:
    """A platform with the bench's data, and a terminal that asks it."""

    def __init__(self, directory: Path, data_sets: DataSets) -> None:
        self.directory = directory
        self.terminal = directory / "terminal"
        self.engine = open_database(directory / "platform.db")
        self.platform = SharedData(
            self.engine, Keyring.load(directory), lambda: LATE_EVENING_UTC, lambda: data_sets
        )

    def asking(
        self,
        item: Item,
        lookup: Lookup,
        person: Person = RESIDENT,
        verified: Verified = BY_FACE,
        sent: Mapping[str, str] = MappingProxyType({}),
    ) -> Asking:
        asker = Asker(
            TERMINAL,
            "330199",
            sealing_key((self.terminal / "envelope.pem").read_bytes()),
            envelope_kid(self.terminal),
        )
        journey = journey_of(item, person, verified)
        return shared_data.question(journey, lookup, sent, asker=asker, question_id=new_id(), asked_at=NOW)

    def sends(self, asking: Asking, terminal: str = TERMINAL) -> bytes:
        signature = terminal_key(self.terminal).sign(asking.sealed)
        return self.platform.answer(terminal, signature, asking.sealed)

    def told(self, asking: Asking) -> Answer:
        word = load_platform_word(self.terminal / "receipt.pem")
        return shared_data.answer(asking, self.sends(asking), word)

    def refusal(self, asking: Asking) -> str:
        with pytest.raises(Refusal) as caught:
            self.sends(asking)
        return caught.value.reason

    def rows(self) -> list[dict[str, Any]]:
        with sqlite3.connect(self.directory / "platform.db") as database:
            database.row_factory = sqlite3.Row
            return [dict(row) for row in database.execute("SELECT * FROM shared_data_questions")]


@pytest.fixture(scope="module")
def counter(directory: Path) -> Iterator[Counter]:
    counter = Counter(directory, DataSets.load(directory / "shared_data"))
    yield counter
    counter.engine.dispose()


def test_a_verified_person_is_told_what_the_matter_asks_for(
    counter: Counter, items: Mapping[str, Item]
) -> None:
    proof = items["insurance_proof"]
    lookup = lookup_for(proof, "social_insurance.persons")
    answer = counter.told(counter.asking(proof, lookup))
    assert answer.told["insured_employer"] == "临溪区禾木家具有限公司"
    assert set(answer.told) <= {fact.id for fact in lookup.facts}
    assert answer.told_at == LATE_EVENING_UTC


@pytest.mark.parametrize("suite", [HPKE_HYBRID, SM2])
def test_a_question_is_answered_whatever_it_was_sealed_with(
    suite: SuiteName, items: Mapping[str, Item], tmp_path: Path
) -> None:
    made(tmp_path, suite)
    write_shared_data(tmp_path / "shared_data", TODAY)
    counter = Counter(tmp_path, DataSets.load(tmp_path / "shared_data"))
    proof = items["insurance_proof"]
    asking = counter.asking(proof, lookup_for(proof, "social_insurance.persons"))
    assert json.loads(asking.sealed)["suite"] == suite
    assert counter.told(asking).told["insured_employer"] == "临溪区禾木家具有限公司"
    counter.engine.dispose()


def test_only_the_facts_that_were_asked_for_are_told(counter: Counter, items: Mapping[str, Item]) -> None:
    proof = items["insurance_proof"]
    lookup = lookup_for(proof, "social_insurance.persons")
    one = lookup.model_copy(update={"facts": lookup.facts[:1]})
    assert set(counter.told(counter.asking(proof, one)).told) == {lookup.facts[0].id}


def test_somebody_elses_name_and_number_are_never_told_whole(
    counter: Counter, items: Mapping[str, Item]
) -> None:
    purchase = items["housing_fund_purchase"]
    told = counter.told(counter.asking(purchase, lookup_for(purchase, "civil.marriage"))).told
    assert told["spouse_name"] == "陈**"
    assert told["spouse_id_number"] == "330*************97"


def test_whoever_has_no_record_is_told_so_and_the_answer_looks_like_any_other(
    counter: Counter, items: Mapping[str, Item]
) -> None:
    proof = items["insurance_proof"]
    lookup = lookup_for(proof, "social_insurance.persons")
    nobody = counter.asking(proof, lookup, people.foreigner(TODAY))
    answer = shared_data.answer(
        nobody, sealed := counter.sends(nobody), load_platform_word(counter.terminal / "receipt.pem")
    )
    assert (answer.told, answer.missing) == ({}, "no_record")
    assert len(sealed) == len(counter.sends(counter.asking(proof, lookup)))


def test_a_holder_that_cannot_be_reached_says_nothing_of_records(
    directory: Path, items: Mapping[str, Item], tmp_path: Path
) -> None:
    data = write_shared_data(tmp_path / "data", TODAY)
    file = data / "social_insurance.persons.yaml"
    file.write_text(file.read_text("utf-8") + "unavailable: true\n", "utf-8")
    away = Counter(directory, DataSets.load(data))
    proof = items["insurance_proof"]
    answer = away.told(away.asking(proof, lookup_for(proof, "social_insurance.persons")))
    away.engine.dispose()
    assert (answer.told, answer.missing) == ({}, "holder_unavailable")


def test_an_account_is_found_by_its_number(counter: Counter, items: Mapping[str, Item]) -> None:
    transfer = items["utility_transfer"]
    lookup = lookup_for(transfer, "utility.water_account")
    (need,) = lookup.needs
    told = counter.told(counter.asking(transfer, lookup, sent={need: "1000044022"})).told
    assert told["water_owner"] == "方**"
    assert told["water_arrears"] == "86.40"


# ---- purpose limitation ----------------------------------------------------------------------------------


def test_a_matter_gets_no_data_set_that_the_platform_does_not_list_for_it(
    counter: Counter, items: Mapping[str, Item]
) -> None:
    """Whatever a terminal's service file says: the platform has its own list."""
    greedy = lookup_for(items["housing_fund_purchase"], "housing_fund.account")
    assert counter.refusal(counter.asking(items["elder_card"], greedy)) == "purpose"
    assert counter.rows()[-1]["outcome"] == "purpose"


def test_a_card_alone_is_told_nothing(counter: Counter, items: Mapping[str, Item]) -> None:
    by_card = items["insurance_proof"].model_copy(update={"assurance_level": "card"})
    asking = counter.asking(
        by_card, lookup_for(by_card, "social_insurance.persons"), verified=Verified("card", "card")
    )
    assert counter.refusal(asking) == "purpose"


def test_a_platform_without_the_list_would_be_caught(directory: Path, items: Mapping[str, Item]) -> None:
    """The weakened variant: every data set for every matter. The test above sees that it tells."""
    right = DataSets.load(directory / "shared_data")
    everything = right.purposes["elder_card"].model_copy(update={"data": tuple(right.sets)})
    generous = Counter(directory, DataSets(right.sets, {"elder_card": everything}))
    greedy = lookup_for(items["housing_fund_purchase"], "housing_fund.account")
    assert generous.told(generous.asking(items["elder_card"], greedy)).told
    generous.engine.dispose()


# ---- questions that are refused --------------------------------------------------------------------------


def test_a_question_is_answered_once(counter: Counter, items: Mapping[str, Item]) -> None:
    proof = items["insurance_proof"]
    asking = counter.asking(proof, lookup_for(proof, "social_insurance.persons"))
    counter.sends(asking)
    assert counter.refusal(asking) == "question_known"


def test_a_question_that_comes_many_times_at_once_is_answered_once(
    counter: Counter, items: Mapping[str, Item]
) -> None:
    proof = items["insurance_proof"]
    asking = counter.asking(proof, lookup_for(proof, "social_insurance.persons"))

    def outcome(_: int) -> str:
        try:
            counter.sends(asking)
        except Refusal as refusal:
            return refusal.reason
        return "told"

    with ThreadPoolExecutor(8) as threads:
        outcomes = sorted(threads.map(outcome, range(8)))
    assert outcomes == ["question_known"] * 7 + ["told"]


def test_what_is_no_right_question_is_refused(counter: Counter, items: Mapping[str, Item]) -> None:
    proof, transfer = items["insurance_proof"], items["utility_transfer"]
    lookup = lookup_for(proof, "social_insurance.persons")
    water = lookup_for(transfer, "utility.water_account")
    asking = counter.asking(proof, lookup)
    assert counter.refusal(counter.asking(proof, lookup, sent={"account_no": "1000044021"})) == "bad_question"
    assert counter.refusal(counter.asking(transfer, water)) == "bad_question"
    unknown = lookup.model_copy(update={"facts": water.facts})
    assert counter.refusal(counter.asking(proof, unknown)) == "bad_question"
    assert counter.refusal(_with(asking, kid="envelope-0")) == "key_unknown"
    assert counter.refusal(_with(asking, id=new_id())) == "not_decryptable"
    assert counter.refusal(_with(asking, terminal="HALL-0002")) == "terminal_mismatch"
    assert counter.refusal(replace(asking, sealed=b"{}")) == "bad_question"
    with pytest.raises(Refusal, match="terminal_unknown"):
        counter.sends(asking, terminal="HALL-0002")
    with pytest.raises(Refusal, match="signature_wrong"):
        counter.platform.answer(TERMINAL, terminal_key(counter.terminal).sign(b""), asking.sealed)


def _with(asking: Asking, **header: str) -> Asking:
    return replace(asking, sealed=json.dumps({**json.loads(asking.sealed), **header}).encode())


# ---- what is written down --------------------------------------------------------------------------------


def test_what_is_written_down_says_who_was_asked_about_to_nobody_and_what_was_told_not_at_all(
    counter: Counter, items: Mapping[str, Item]
) -> None:
    proof = items["insurance_proof"]
    lookup = lookup_for(proof, "social_insurance.persons")
    before = len(counter.rows())
    told = counter.told(counter.asking(proof, lookup)).told
    counter.told(counter.asking(proof, lookup))
    counter.told(counter.asking(proof, lookup, people.neighbour(TODAY)))
    rows = counter.rows()[before:]
    assert [row["outcome"] for row in rows] == ["told"] * 3
    assert rows[0]["person_tag"] == rows[1]["person_tag"] != rows[2]["person_tag"]
    database = (counter.directory / "platform.db").read_bytes()
    for secret in (RESIDENT.id_number, told["insured_employer"]):
        assert secret.encode() not in database


# ---- the data's files ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "spoiled", "says"),
    [
        ("elder.card.yaml", "facts: [", "not YAML"),
        ("elder.card.yaml", "data: elder.card\n", "name"),
        ("purposes.yaml", "items: {elder_card: {data: [nobody.has]}}\n", "elder_card: nobody.has: no such"),
    ],
)
def test_a_wrong_file_is_named_with_what_is_wrong(tmp_path: Path, name: str, spoiled: str, says: str) -> None:
    data = write_shared_data(tmp_path / "data", TODAY)
    (data / name).write_text(spoiled, "utf-8")
    with pytest.raises(BadDirectory, match=says) as caught:
        DataSets.load(data)
    assert caught.value.path == data / name


def test_a_file_that_changes_while_the_platform_serves_is_read_anew_unless_it_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = write_shared_data(tmp_path / "data", TODAY)
    files, card = DataFiles(data), data / "elder.card.yaml"
    right = card.read_text("utf-8")
    card.write_text(right + "unavailable: true\n", "utf-8")
    assert files().sets["elder.card"].unavailable
    card.write_text("data: [\n", "utf-8")
    assert files().sets["elder.card"].unavailable
    assert str(card) in capsys.readouterr().err
    card.write_text(right, "utf-8")
    assert not files().sets["elder.card"].unavailable


def test_a_wrong_record_is_named_by_its_number_and_never_by_its_values(tmp_path: Path) -> None:
    data = write_shared_data(tmp_path / "data", TODAY)
    file = data / "elder.card.yaml"
    file.write_text(
        file.read_text("utf-8").replace("{elder_card_state: none}", "{elder_card_state: stolen}", 1)
    )
    with pytest.raises(BadDirectory, match="record 1: elder_card_state: not one of its options") as caught:
        DataSets.load(data)
    assert "stolen" not in str(caught.value)


def test_the_bench_knows_every_fact_that_a_shipped_matter_can_look_up(
    counter: Counter, items: Mapping[str, Item]
) -> None:
    data_sets = DataSets.load(counter.directory / "shared_data")
    for item in items.values():
        for lookup in item.lookups:
            where = f"{item.id}: {lookup.data}"
            assert item.only_in_joint or data_sets.allows(item.id, lookup.data, item.assurance_level), where
            if lookup.data == CASES_OF_PERSON:
                continue  # the platform's own (test_cases_of_person.py)
            data_set = data_sets.sets[lookup.data]
            assert set(lookup.needs) == data_set.needs, where
            for fact in lookup.facts:
                known = data_set.facts[fact.id]
                assert (fact.kind, fact.masked) == (known.kind, known.mask is not None), f"{where}: {fact.id}"
                assert {option.value for option in fact.options} >= set(known.options), f"{where}: {fact.id}"
            for record in data_set.records:
                assert not [name for name in unfit(lookup, record.told) if not data_set.facts[name].mask], (
                    where
                )


def test_the_documentation_lists_every_data_set_with_its_facts() -> None:
    documented = DOCS.read_text("utf-8")
    for path in sorted(SOURCES.glob("*.*.yaml")):
        data_set = YAML(typ="safe").load(path)
        _, _, section = documented.partition(f"### `{data_set['data']}` {data_set['name']['zh']}")
        section = section.partition("\n### ")[0]
        for name, fact in data_set["facts"].items():
            kind = fact["kind"] + (": " + ", ".join(fact["options"]) if "options" in fact else "")
            masked = ", masked" if "mask" in fact else ""
            assert f"| `{name}` | {kind}{masked} |" in section, f"{path.name}: {name}"
