"""Service items: what a bad file gets is one line with file, line, key and reason, long before a citizen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from config.items import SHIPPED, load_item, load_items
from config.plain import BadFile

GOOD = """\
id: dog_licence
version: '1'
item_code: null
name: {zh: 养犬登记, en: Dog licence}
title: {zh: 给狗上户口, en: Register a dog}
summary: {zh: 养狗要登记。, en: Dogs are registered.}
audience: natural_person
depth: application
case_type: promised
office:
  department: {zh: 城管局, en: City management}
  window: {zh: 三号窗口, en: Counter 3}
  hours: {zh: 每天, en: Every day}
  phone: 0571-00000009
time: {statutory_days: 5, promised_days: 3, basis: {source: 示例, verified: false}}
fee: {yuan: 12.5, basis: {source: 示例, verified: false}}
offline:
  policy: keep_with_notice
  max_age_days: 3
assurance_level: card
confidential_result: false
card_fields:
  - {fact: name, label: {zh: 姓名, en: Name}}
situations:
  - id: for_whom
    kind: choice
    label: {zh: 为谁, en: For whom}
    ask: {zh: 为谁办？, en: For whom?}
    options:
      - {value: self, label: {zh: 本人, en: Me}}
      - value: other
        label: {zh: 别人, en: Other}
        window: {why: {zh: 请到窗口。, en: Please go to the counter.}}
  - id: licence
    kind: choice
    source: e_licence
    relevant: {field: for_whom, values: [self]}
    label: {zh: 用证, en: Licence}
    ask: {zh: 可以用吗？, en: May we use it?}
    options:
      - {value: granted, label: {zh: 可以, en: Yes}}
      - {value: not_granted, label: {zh: 不可以, en: No}}
fields:
  - id: dog_name
    kind: text
    default: 旺财
    max_length: 20
    label: {zh: 名字, en: Name}
    ask: {zh: 狗叫什么？, en: What is it called?}
  - id: born
    kind: date
    default: today
    not_after: today
    label: {zh: 出生, en: Born}
    ask: {zh: 哪天出生？, en: When was it born?}
  - id: mobile
    kind: mobile
    label: {zh: 手机, en: Mobile}
    ask: {zh: 手机号码？, en: Your number?}
materials:
  - {id: identity, obtained: chip, trust: A, name: {zh: 身份证, en: Card}}
  - id: licence
    obtained: e_licence
    trust: A
    relevant: {field: licence, values: [granted]}
    name: {zh: 电子证, en: Licence}
declaration: {zh: 属实。, en: True.}
next_steps: {zh: 等电话。, en: Wait for a call.}
elsewhere:
  - documents: [permit, foreign-2017, foreign-2023]
    holders: {zh: 其他人, en: Others}
    window: {why: {zh: 请到窗口。, en: Please go to the counter.}}
"""


def write(directory: Path, *changes: tuple[str, str], name: str = "dog.yaml") -> Path:
    text = GOOD
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    path = directory / name
    path.write_text(text, "utf-8")
    return path


def refusal(load: Callable[[Path], object], path: Path) -> str:
    with pytest.raises(BadFile) as caught:
        load(path)
    line = str(caught.value)
    assert "\n" not in line
    return line.replace(f"{path if path.is_dir() else path.parent}/", "")


def test_a_good_item_is_read_as_it_is_written(tmp_path: Path) -> None:
    item = load_item(write(tmp_path))
    assert item.id == "dog_licence"
    assert item.fee.yuan == 12.5
    assert [question.id for question in item.questions] == [
        "for_whom",
        "licence",
        "dog_name",
        "born",
        "mobile",
    ]
    assert item.title("zh") == "给狗上户口"
    assert item.title("en") == "Register a dog"


def test_no_and_yes_are_words_and_not_truth_values(tmp_path: Path) -> None:
    item = load_item(
        write(tmp_path, ("value: not_granted", "value: no"), ("phone: 0571-00000009", "phone: on"))
    )
    (_for_whom, licence) = item.situations
    assert [option.value for option in licence.options] == ["granted", "no"]
    assert item.office.phone == "on"


MISTAKES = [
    (
        "audience:",
        "audiance:",
        "dog.yaml:7: audiance",
        'no such key; did you mean "audience"?',
    ),
    (
        "summary:",
        "# ",
        "dog.yaml:1: summary",
        "is missing",
    ),
    (
        "id: dog_licence",
        "id: Dog",
        "dog.yaml:1: id",
        "must be small letters, digits and underscores, a letter first",
    ),
    (
        "version: '1'",
        "version: 1",
        "dog.yaml:2: version",
        "must be text; put it in quotes (it says 1)",
    ),
    (
        "{zh: 本人, en: Me}",
        "{zh: 本人}",
        "dog.yaml:30: situations[for_whom].options[self].label.en",
        "is missing",
    ),
    (
        "{zh: 本人, en: Me}",
        "{zh: 本人, en: ''}",
        "dog.yaml:30: situations[for_whom].options[self].label.en",
        "must not be empty",
    ),
    (
        "{zh: 本人, en: Me}",
        "本人",
        "dog.yaml:30: situations[for_whom].options[self].label",
        "must be a group of keys, not a single value",
    ),
    (
        "max_length: 20",
        "max_lenght: 20",
        "dog.yaml:47: fields[dog_name].max_lenght",
        'no such key; did you mean "max_length"?',
    ),
    (
        "max_length: 20",
        "max_length: 500",
        "dog.yaml:47: fields[dog_name].max_length",
        "must be at most 200 (it says 500)",
    ),
    (
        "kind: mobile",
        "kind: mobil",
        "dog.yaml:57: fields[mobile].kind",
        (
            "must be one of 'choice', 'text', 'mobile', 'date', 'address', 'number', 'code', 'citizen_id', "
            "'scan', 'capture'; did you mean \"mobile\"?"
        ),
    ),
    (
        "kind: mobile",
        "# ",
        "dog.yaml:56: fields[mobile].kind",
        "is missing",
    ),
    (
        "kind: mobile",
        "kind: mobile\n    max_length: 3",
        "dog.yaml:58: fields[mobile].max_length",
        "no such key",
    ),
    (
        "depth: application",
        "depth: aplication",
        "dog.yaml:8: depth",
        (
            "must be 'guide', 'appointment', 'application', 'enquiry_print' or 'concluded_here'; did "
            'you mean "application"?'
        ),
    ),
    (
        "fact: name",
        "fact: nation",
        "dog.yaml:23: card_fields[1].fact",
        (
            "must be 'name', 'name_zh', 'sex', 'ethnicity', 'birth', 'nationality', 'id_number', "
            "'pass_number' or 'address'; did you mean \"nationality\"?"
        ),
    ),
    (
        "confidential_result: false",
        "confidential_result: false\ndocuments: [resident, passport]",
        "dog.yaml:22: documents[2]",
        "must be 'resident', 'permit', 'foreign-2017' or 'foreign-2023'",
    ),
    (
        "confidential_result: false",
        "confidential_result: false\ndocuments: [resident, resident]",
        "dog.yaml:22: documents[2]",
        '"resident" is said twice',
    ),
    (
        "confidential_result: false",
        "confidential_result: false\ndocuments: [resident, permit]",
        "dog.yaml:71: elsewhere[1].documents[1]",
        '"permit" is taken here, or has its counter already',
    ),
    (
        "[permit, foreign-2017, foreign-2023]",
        "[permit]",
        "dog.yaml:69: elsewhere",
        "says nothing for foreign-2017, foreign-2023: where do their holders go?",
    ),
    (
        "fact: name",
        "fact: nationality",
        "dog.yaml:23: card_fields[1].fact",
        'no document that this matter takes has "nationality"',
    ),
    (
        "fact: name,",
        "fact: name, documents: [permit],",
        "dog.yaml:23: card_fields[1].documents[1]",
        '"permit" is no document that this matter takes',
    ),
    (
        "kind: mobile",
        "kind: mobile\n    relevant: {field: document, values: [permit]}",
        "dog.yaml:58: fields[mobile].relevant.values[1]",
        '"permit" is no document that this matter takes',
    ),
    (
        "id: mobile",
        "id: document",
        "dog.yaml:56: fields[document].id",
        '"document" stands for the identity document in conditions',
    ),
    (
        "kind: mobile",
        "kind: scan\n    code: plain\n    where: {zh: 码, en: Code}",
        "dog.yaml:56: fields[mobile].pattern",
        "is missing: what does the whole code look like?",
    ),
    (
        "kind: mobile",
        "kind: scan\n    code: plain\n    pattern: '[0-9'\n    where: {zh: 码, en: Code}",
        "dog.yaml:59: fields[mobile].pattern",
        "is no regular expression: unterminated character set at position 0",
    ),
    (
        "kind: mobile",
        "kind: scan\n    code: opaque\n    typed: {zh: 号, en: No}\n    where: {zh: 码, en: Code}",
        "dog.yaml:59: fields[mobile].typed",
        "nobody can type an opaque code",
    ),
    (
        "kind: mobile",
        "kind: scan\n    code: opaque\n    pattern: '.'\n    where: {zh: 码, en: Code}",
        "dog.yaml:59: fields[mobile].pattern",
        "means nothing here: the hall's settings say what an opaque code looks like",
    ),
    (
        "kind: mobile",
        "kind: scan\n    code: payment_notice\n    default: '1'\n    where: {zh: 码, en: Code}",
        "dog.yaml:59: fields[mobile].default",
        "a code is nobody's default",
    ),
    (
        "      - {value: not_granted, label: {zh: 不可以, en: No}}\n",
        "",
        "dog.yaml:40: situations[licence].options",
        "needs at least 2 (it has 1)",
    ),
    (
        "confidential_result: false",
        "confidential_result: no",
        "dog.yaml:21: confidential_result",
        "must be true or false, without quotes",
    ),
    (
        "yuan: 12.5",
        "yuan: .inf",
        "dog.yaml:16: fee.yuan",
        "must be an ordinary number (it says inf)",
    ),
    (
        "  max_age_days: 3\n",
        "",
        "dog.yaml:17: offline.max_age_days",
        "is missing: how many days may it wait here?",
    ),
    (
        "policy: keep_with_notice",
        "policy: forbidden",
        "dog.yaml:17: offline.reason",
        "is missing: tell the citizen why, and which way is open",
    ),
    (
        "keep_with_notice\n",
        "forbidden\n  reason: {zh: 期限。, en: Deadline.}\n",
        "dog.yaml:20: offline.max_age_days",
        "means nothing here: nothing is kept when forbidden",
    ),
    (
        "  max_age_days: 3\n",
        "  max_age_days: 3\n  reason: {zh: 期限。, en: Deadline.}\n",
        "dog.yaml:20: offline.reason",
        "means nothing here: it says why keeping is forbidden",
    ),
    (
        "promised_days: 3",
        "promised_days: 6",
        "dog.yaml:15: time.promised_days",
        "is more than the statutory 5",
    ),
    (
        "id: born",
        "id: for_whom",
        "dog.yaml:50: fields[for_whom].id",
        '"for_whom" is already the id of an earlier question',
    ),
    (
        "  - id: licence\n    obtained",
        "  - id: identity\n    obtained",
        "dog.yaml:62: materials[identity].id",
        '"identity" is already the id of an earlier material',
    ),
    (
        "kind: mobile",
        "kind: mobile\n    relevant: {field: for_who, values: [self]}",
        "dog.yaml:58: fields[mobile].relevant.field",
        '"for_who" is no earlier question; did you mean "for_whom"?',
    ),
    (
        "relevant: {field: for_whom, values: [self]}",
        "relevant: {field: mobile, values: [self]}",
        "dog.yaml:37: situations[licence].relevant.field",
        '"mobile" is no earlier question',
    ),
    (
        "relevant: {field: for_whom, values: [self]}",
        "relevant: {field: licence, values: [granted]}",
        "dog.yaml:37: situations[licence].relevant.field",
        '"licence" is no earlier question',
    ),
    (
        "kind: mobile",
        "kind: mobile\n    relevant: {field: dog_name, values: [self]}",
        "dog.yaml:58: fields[mobile].relevant.field",
        '"dog_name" is no choice; only a choice can decide',
    ),
    (
        "relevant: {field: for_whom, values: [self]}",
        "relevant: {field: for_whom, values: [selv]}",
        "dog.yaml:37: situations[licence].relevant.values[1]",
        '"selv" is no answer of "for_whom"; did you mean "self"?',
    ),
    (
        "relevant: {field: for_whom, values: [self]}",
        "relevant: {field: for_whom, values: [self, other]}",
        "dog.yaml:37: situations[licence].relevant.values[2]",
        '"other" leads to the window, so this would never be asked',
    ),
    (
        "relevant: {field: for_whom, values: [self]}",
        "relevant: {field: for_whom, values: [self, self]}",
        "dog.yaml:37: situations[licence].relevant.values[2]",
        '"self" is said twice',
    ),
    (
        "value: other",
        "value: self",
        "dog.yaml:31: situations[for_whom].options[self].value",
        '"self" is already an earlier answer',
    ),
    (
        "label: {zh: 别人, en: Other}",
        "label: {zh: 本人, en: Other}",
        "dog.yaml:32: situations[for_whom].options[other].label.zh",
        '"本人" is already an earlier answer',
    ),
    (
        "- {value: self, label: {zh: 本人, en: Me}}",
        "- {value: self, label: {zh: 本人, en: Me}, window: {why: {zh: 窗口。, en: Counter.}}}",
        "dog.yaml:29: situations[for_whom].options",
        "every answer leads to the window: nobody could finish",
    ),
    (
        "    options:\n      - {value: granted",
        "    default: granded\n    options:\n      - {value: granted",
        "dog.yaml:40: situations[licence].default",
        '"granded" is no answer of this question; did you mean "granted"?',
    ),
    (
        "    options:\n      - {value: self",
        "    default: other\n    options:\n      - {value: self",
        "dog.yaml:29: situations[for_whom].default",
        '"other" leads to the window; it cannot be the default',
    ),
    (
        "max_length: 20",
        "max_length: 1",
        "dog.yaml:46: fields[dog_name].default",
        "is longer than max_length, 1",
    ),
    (
        "default: 旺财",
        "default: ' '",
        "dog.yaml:46: fields[dog_name].default",
        "must not be blank",
    ),
    (
        "default: today",
        "default: 2020-01-01",
        "dog.yaml:52: fields[born].default",
        'must be "birth" or "today"',
    ),
    (
        "default: today",
        "default: birth\n    not_before: today",
        "dog.yaml:52: fields[born].default",
        'is before not_before, "today"',
    ),
    (
        "default: today",
        "default: today\n    not_before: dog_nam",
        "dog.yaml:53: fields[born].not_before",
        '"dog_nam" is no earlier date question',
    ),
    (
        "kind: mobile",
        "kind: mobile\n    default: '1390000'",
        "dog.yaml:58: fields[mobile].default",
        "is no mobile number of eleven digits",
    ),
    (
        "kind: mobile",
        "kind: mobile\n    source: e_licence",
        "dog.yaml:58: fields[mobile].source",
        "an authorisation is a choice: yes, or the way without it",
    ),
    (
        "obtained: chip, trust: A",
        "obtained: scan, trust: A",
        "dog.yaml:61: materials[identity].trust",
        'must be C: that is what "scan" is worth',
    ),
    (
        "    relevant: {field: licence, values: [granted]}\n",
        "",
        "dog.yaml:63: materials[licence].obtained",
        "needs an authorisation: make it relevant to a question whose source is e_licence",
    ),
    (
        "card_fields:",
        "card_fields:\n  - {fact: name, label: {zh: 名, en: N}}",
        "dog.yaml:24: card_fields[2].fact",
        '"name" is already a line of the form',
    ),
    (
        "version: '1'",
        "version: '1'\nversion: '2'",
        "dog.yaml:3: version",
        "is said twice, first in line 2",
    ),
    (
        "    kind: text\n",
        "    kind: text\n    kind: text\n",
        "dog.yaml:46: fields[1].kind",
        "is said twice, first in line 45",
    ),
    (
        "{zh: 本人, en: Me}",
        "&me {zh: 本人, en: Me}",
        "dog.yaml:30: situations[1].options[1].label",
        "anchors (&, *) are not used here; write it out",
    ),
    (
        "version: '1'",
        "version: !!python/name:os.system '1'",
        "dog.yaml:2: version",
        "cannot be read: 1",
    ),
    (
        "version: '1'",
        "version: ['1'",
        "dog.yaml:3",
        "is not YAML: did not find expected ',' or ']'",
    ),
    (
        "version: '1'",
        "\tversion: '1'",
        "dog.yaml:2",
        "is not YAML: found a tab character that violates indentation",
    ),
    (
        "version: '1'",
        "? [a]\n: b\nversion: '1'",
        "dog.yaml:2",
        "a key must be a word",
    ),
]


@pytest.mark.parametrize(
    ("old", "new", "place", "why"), MISTAKES, ids=[f"{place} {why}" for _old, _new, place, why in MISTAKES]
)
def test_a_mistake_gets_one_line_with_file_line_key_and_reason(
    tmp_path: Path, old: str, new: str, place: str, why: str
) -> None:
    assert refusal(load_item, write(tmp_path, (old, new))) == f"{place}: {why}"


def test_an_empty_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "dog.yaml").write_text("# later\n")
    assert refusal(load_item, tmp_path / "dog.yaml") == "dog.yaml: is empty"


def test_a_list_in_place_of_an_item_is_named(tmp_path: Path) -> None:
    (tmp_path / "dog.yaml").write_text("- id: dog\n")
    assert refusal(load_item, tmp_path / "dog.yaml") == (
        "dog.yaml:1: must be a group of keys, not a single value"
    )


def test_two_items_in_one_file_are_refused(tmp_path: Path) -> None:
    (tmp_path / "dog.yaml").write_text(GOOD + "---\n" + GOOD)
    line = refusal(load_item, tmp_path / "dog.yaml")
    assert line.startswith(f"dog.yaml:{GOOD.count(chr(10)) + 1}: is not YAML: ")


def test_a_file_saved_as_gbk_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "dog.yaml").write_bytes(GOOD.encode("gb18030"))
    assert refusal(load_item, tmp_path / "dog.yaml") == (
        "dog.yaml:4: is not UTF-8 text; save the file as UTF-8"
    )


# ---- a directory ------------------------------------------------------------------------------------------


def test_items_come_in_the_order_of_their_file_names(tmp_path: Path) -> None:
    write(tmp_path, ("id: dog_licence", "id: second"), name="20_dog.yaml")
    write(tmp_path, ("id: dog_licence", "id: first"), name="10_dog.yaml")
    (tmp_path / "README.md").write_text("not an item\n")
    assert [item.id for item in load_items(tmp_path)] == ["first", "second"]


def test_two_files_with_one_id_are_refused(tmp_path: Path) -> None:
    write(tmp_path, name="a.yaml")
    write(tmp_path, name="b.yaml")
    assert refusal(load_items, tmp_path) == 'b.yaml:1: id: "dog_licence" is already the id in a.yaml'


def test_a_file_that_would_be_overlooked_is_named(tmp_path: Path) -> None:
    write(tmp_path, name="dog.yml")
    assert refusal(load_items, tmp_path) == "dog.yml: would not be read: its name must end with .yaml"


def test_a_directory_without_items_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadFile) as caught:
        load_items(tmp_path)
    assert str(caught.value) == f"{tmp_path}: holds no service item (*.yaml)"
    with pytest.raises(BadFile) as caught:
        load_items(tmp_path / "none")
    assert str(caught.value) == f"{tmp_path}/none: cannot be read: No such file or directory"


def test_one_bad_file_refuses_the_whole_directory(tmp_path: Path) -> None:
    write(tmp_path, name="a.yaml")
    write(tmp_path, ("id: dog_licence", "id: cat"), ("trust: A", "trust: B"), name="b.yaml")
    assert refusal(load_items, tmp_path).startswith("b.yaml:61: materials[identity].trust: must be A")


@pytest.mark.parametrize("file", sorted(SHIPPED.glob("*.yaml")), ids=lambda file: file.stem)
def test_a_shipped_item_that_lost_a_line_is_read_or_refused_never_crashed_upon(
    file: Path, tmp_path: Path
) -> None:
    lines = file.read_text("utf-8").split("\n")
    damaged = tmp_path / file.name
    refused = 0
    tried = range(0, len(lines), max(7, len(lines) // 25))
    for lost in tried:
        damaged.write_text("\n".join(lines[:lost] + lines[lost + 1 :]), "utf-8")
        bad = mistake(damaged)
        assert bad is None or bad.line is not None, bad
        refused += bad is not None
    assert refused > len(tried) / 2


def mistake(file: Path) -> BadFile | None:
    try:
        load_item(file)
    except BadFile as bad:
        return bad
    return None
