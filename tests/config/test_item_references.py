"""Service files whose parts refer to each other: what refers to nothing, or comes too late, is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.items import load_item
from config.plain import BadFile
from tests.config.rich_item import changed, write

MISTAKES = [
    # conditions
    (
        "    relevant: {field: home, values: [rented]}\n",
        "    relevant: {any_of: [{field: home, values: [rented]}, {field: hom, values: [owned]}]}\n",
        'situations[permit].relevant.any_of[2].field: "hom" is no earlier question; did you mean "home"?',
    ),
    (
        "    relevant: {field: home, values: [rented]}\n",
        "    relevant: {all_of: [{field: home, valus: [rented]}]}\n",
        'situations[permit].relevant.all_of[1].valus: no such key; did you mean "values"?',
    ),
    (
        "    relevant: {field: home, values: [rented]}\n",
        "    relevant: {none_of: []}\n",
        "situations[permit].relevant.none_of: needs at least 1 (it has 0)",
    ),
    (
        "    relevant: {field: home, values: [rented]}\n",
        "    relevant: rented\n",
        "situations[permit].relevant: must be a group of keys, not a single value",
    ),
    (
        "    relevant: {field: home, values: [rented]}\n",
        "    relevant: {field: vaccinated, values: ['yes']}\n",
        'situations[permit].relevant.field: "vaccinated" is told by "vaccination", which',
    ),
    (
        "relevant: {field: vaccinated, values: ['yes']}\n    label: {zh: 已付",
        "relevant: {field: vaccinated, values: [yess]}\n    label: {zh: 已付",
        'fields[paid].relevant.values[1]: "yess" is no value of "vaccinated"; did you mean "yes"?',
    ),
    (
        "relevant: {field: vaccinated, values: ['yes']}\n    label: {zh: 已付",
        "relevant: {field: price, values: ['1']}\n    label: {zh: 已付",
        'fields[paid].relevant.field: "price" is no choice; only a choice can decide',
    ),
    (
        "    relevant: {field: permit, values: [granted]}\n",
        "    relevant: {any_of: [{field: permit, values: [granted]}, {field: home, values: [owned]}]}\n",
        "materials[permit].obtained: needs an authorisation: make it relevant to a question",
    ),
    # lookups
    (
        "    needs: [chip_code]\n",
        "    needs: [chip_cod]\n",
        'lookups[vaccination].needs[1]: "chip_cod" is no question of this matter; did you mean "chip_code"?',
    ),
    (
        "    needs: [chip_code]\n",
        "    needs: [paid]\n",
        'fields[dog_name].prefill.fact: "dog_name_found" is told by "vaccination", which',
    ),
    (
        "    facts:\n",
        "    missing: window\n    facts:\n",
        "lookups[vaccination]: needs a window if missing is window, and only then",
    ),
    (
        "data: health.vaccination",
        "data: Health",
        "lookups[vaccination].data: must be words of small letters, digits and _, with points between",
    ),
    (
        "id: dog_name_found",
        "id: dog_name",
        'lookups[vaccination].facts[dog_name].id: "dog_name" is already the id of an earlier question',
    ),
    (
        "          - {value: 'no', label: {zh: 没打过",
        "          - {value: 'yes', label: {zh: 没打过",
        'lookups[vaccination].facts[vaccinated].options[yes].value: "yes" is already a value',
    ),
    (
        "kind: text}\n",
        "kind: choice}\n",
        "lookups[vaccination].facts[dog_name_found]: needs options if it is a choice, and only then",
    ),
    (
        "    facts:\n",
        "    no_record: {zh: 没有记录。, en: There is no record.}\n    facts:\n",
        "lookups[vaccination].no_record: means nothing here: no step",
    ),
    (
        "kind: date, shown: false}",
        "kind: case, shown: false}",
        "lookups[vaccination].facts[born_found].kind: is for a matter that only shows it",
    ),
    # prefills
    (
        "prefill: {fact: dog_name_found}",
        "prefill: {fact: dog_nam_found}",
        'fields[dog_name].prefill.fact: "dog_nam_found" is nothing that a lookup tells; did you mean',
    ),
    (
        "prefill: {fact: dog_name_found}",
        "prefill: {fact: price}",
        "fields[dog_name].prefill.fact: a fact of kind amount is no answer to a question of kind text",
    ),
    (
        "prefill: {fact: dog_name_found}",
        "prefill: {answer: other_name}",
        'fields[dog_name].prefill.answer: "other_name" is no earlier question',
    ),
    (
        "prefill: {fact: dog_name_found}",
        "prefill: {answer: home}",
        'fields[dog_name].prefill.answer: "home" is a question of another kind',
    ),
    (
        "prefill: {fact: dog_name_found}",
        "prefill: {card: ethnicity, fact: dog_name_found}",
        "fields[dog_name].prefill: needs exactly one of card, answer and fact",
    ),
    (
        "prefill: {fact: dog_name_found}",
        "prefill: {card: pass_number}",
        'fields[dog_name].prefill.card: no document that this matter takes has "pass_number"',
    ),
    (
        "prefill: {fact: born_found}",
        "prefill: {card: name}",
        'fields[born].prefill.card: "name" is no answer to a question of kind date',
    ),
    (
        "kind: capture\n",
        "kind: capture\n    prefill: {card: name}\n",
        "fields[proof].prefill: nothing can fill what is scanned or photographed",
    ),
    (
        "    ask: {zh: 和别人一起养吗？",
        "    prefill: {answer: home}\n    ask: {zh: 和别人一起养吗？",
        'fields[owner_with].prefill.answer: "owned" of "home" is no answer of this question',
    ),
    # kinds of question
    (
        "    at_most: 500\n",
        "    at_most: 500\n    at_least: 600\n",
        "fields[paid].at_most: is less than at_least, 600",
    ),
    (
        "at_most_calculated: refund",
        "at_most_calculated: refunt",
        'fields[paid].at_most_calculated: "refunt" is no calculation of this matter; did you mean "refund"?',
    ),
    ("    at_most: 500\n", "    default: '1.234'\n", "fields[paid].default: is no number"),
    ("    at_most: 500\n", "    default: many\n", "fields[paid].default: is no number"),
    ("'[0-9]{15}'", "'[0-9'", "fields[chip_code].pattern: is no regular expression: unterminated"),
    ("'[0-9]{15}'", "'[0-9]{14}'", "fields[chip_code].example: does not fit the pattern"),
    ("example: 156 000", "example: A56 000", 'fields[chip_code].example: cannot be typed with "digits"'),
    ("'[0-9]{15}'", "'[0-9]{15}'\n    max_length: 5", "fields[chip_code].example: is longer than max_length"),
    ("'[0-9]{15}'", "'[0-9]{15}'\n    default: '1'", "fields[chip_code].default: a code is nobody's default"),
    (
        "kind: citizen_id\n",
        "kind: citizen_id\n    default: '1'\n",
        "fields[other_number].default: a citizen number is nobody's default",
    ),
    ("kind: capture\n", "kind: capture\n    default: '1'\n", "fields[proof].default: a paper is nobody's"),
    # calculations
    (
        "[{of: price}, {value: '50'}]",
        "[{of: pric}, {value: '50'}]",
        'calculations[refund].amount: "pric" is no question and no fact of this matter',
    ),
    (
        "[{of: price}, {value: '50'}]",
        "[{of: home}, {value: '50'}]",
        'calculations[refund].amount: "home" is no number',
    ),
    (
        "[{of: price}, {value: '50'}]",
        "[{of: paid}, {value: '50'}]",
        'calculations[refund].amount: "paid" is not known yet when "paid" is asked',
    ),
    (
        "[{of: price}, {value: '50'}]",
        "[{off: price}, {value: '50'}]",
        "calculations[refund].amount.share[1]: needs one of value, of, least, total, less, share",
    ),
    (
        "[{of: price}, {value: '50'}]",
        "[{of: price}]",
        "calculations[refund].amount.share[2]: is missing",
    ),
    (
        "[{of: price}, {value: '50'}]",
        "[{of: price}, {value: 50%}]",
        "calculations[refund].amount.share[50%].value: must be a number in quotes, with a point",
    ),
    # materials
    (
        "    lookup: vaccination\n",
        "",
        "materials[vaccination_record].lookup: is missing: which lookup stands for this paper?",
    ),
    (
        "    lookup: vaccination\n",
        "    lookup: vaccinations\n",
        'materials[vaccination_record].lookup: "vaccinations" is no lookup of this matter; did you mean',
    ),
    (
        "obtained: commitment, trust: D",
        "obtained: commitment, trust: D, lookup: vaccination",
        "materials[promise].lookup: means nothing here: only data_sharing is a lookup",
    ),
    (
        "obtained: commitment, trust: D",
        "obtained: commitment, trust: A",
        'materials[promise].trust: must be D: that is what "commitment" is worth',
    ),
    # parties, agreements, results
    (
        "name_field: other_name",
        "name_field: other_nam",
        'parties[keeper].name_field: "other_nam" is no question and no fact of this matter; did you mean',
    ),
    (
        "number_field: other_number",
        "number_field: born",
        'parties[keeper].number_field: "born" is of kind date, which is no such thing',
    ),
    (
        "    number_field: other_number\n",
        "",
        "parties[keeper]: needs name_field and number_field, or neither",
    ),
    (
        "    text: {zh: 出门牵绳。",
        "    relevant: {field: nothing, values: [x]}\n    text: {zh: 出门牵绳。",
        'agreements[rules].relevant.field: "nothing" is no earlier question',
    ),
    (
        "results:\n",
        "results:\n  - {id: licence, name: {zh: 证, en: Licence}, delivered: [post]}\n",
        'results[licence].id: "licence" is already the id of an earlier result',
    ),
    # the flow
    (
        "calculations:\n",
        "flow: []\ncalculations:\n",
        "flow: needs at least one step",
    ),
    (
        "calculations:\n",
        "flow: [{kind: form}, {kind: situations}]\ncalculations:\n",
        'flow[2].kind: "situations" comes before "form"',
    ),
    (
        "calculations:\n",
        "flow: [{kind: situations}, {kind: situations}]\ncalculations:\n",
        'flow[2].kind: "situations" is already a step',
    ),
    (
        "calculations:\n",
        "flow: [{kind: situations}, {kind: form}, {kind: deliver}]\ncalculations:\n",
        'flow[3].kind: "deliver" needs "sign" before it',
    ),
    (
        "calculations:\n",
        "flow: [{kind: situations}, {kind: form}]\ncalculations:\n",
        'flow: has no step "materials", and the matter has what belongs there',
    ),
    (
        "calculations:\n",
        "flow: [{kind: enquire, lookup: price}]\ncalculations:\n",
        'flow[1].lookup: "price" is no lookup of this matter',
    ),
    (
        "calculations:\n",
        "flow: [{kind: print_result, result: licens}]\ncalculations:\n",
        'flow[1].result: "licens" is no result of this matter; did you mean "licence"?',
    ),
    (
        "calculations:\n",
        "flow: [{kind: print_enquiry}]\ncalculations:\n",
        'flow[1].kind: "print_enquiry" needs "enquire" before it',
    ),
    (
        "calculations:\n",
        "due: {reason: {zh: 到期。, en: Due.}}\ncalculations:\n",
        "due: needs card_expires_within_days or age_from, and not both",
    ),
]  # fmt: skip


def test_an_item_with_everything_in_it_is_read(tmp_path: Path) -> None:
    item = load_item(write(tmp_path))
    assert [asked.id for asked in item.questions] == [
        "for_whom", "home", "permit", "chip_code", "dog_name", "born", "paid", "owner_with", "other_name",
        "other_number", "proof",
    ]  # fmt: skip
    assert len(item.flow) == 8


@pytest.mark.parametrize(("old", "new", "line"), MISTAKES, ids=[line for _old, _new, line in MISTAKES])
def test_what_refers_to_nothing_gets_one_line(tmp_path: Path, old: str, new: str, line: str) -> None:
    with pytest.raises(BadFile) as caught:
        load_item(write(tmp_path, (old, new)))
    place, _, said = str(caught.value).replace(f"{tmp_path}/", "").partition(": ")
    assert said.startswith(line)
    number = int(place.removeprefix("dog_licence.yaml:"))
    text = changed((old, new)).split("\n")
    assert 0 < number <= len(text)


def test_a_lookup_that_waits_for_itself_is_refused(tmp_path: Path) -> None:
    """Its need is asked only where it has told something."""
    with pytest.raises(BadFile) as caught:
        load_item(write(tmp_path, ("  - id: chip_code\n    kind: code\n", CIRCLE)))
    assert 'fields[chip_code].relevant.field: "vaccinated" is told by "vaccination"' in str(caught.value)


CIRCLE = "  - id: chip_code\n    kind: code\n    relevant: {field: vaccinated, values: ['yes']}\n"
