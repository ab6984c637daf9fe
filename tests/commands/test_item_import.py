"""Another hall's list: every entry is taken or refused, every oddity told, nothing invented."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from config.district import load_district
from config.foreign_list import NotAList, read_foreign_list

ROOT = Path(__file__).parents[2]
CATALOGUE = ROOT / "tests" / "data" / "hall_catalogue.json"

ENTRY = {
    "name": "食品经营许可（新办）",
    "department": "区市场监管局",
    "main_item": "未分类",
    "item_code": "511A-1",
    "task_type": "1",
    "area_code": "511602000000",
    "dept_code": "083372204",
}


def listed(*entries: Any, **more: Any) -> str:
    return json.dumps({"task_type_codes": {"1": "行政许可"}, "items": list(entries), **more})


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "main.py", "item", "import", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_whole_hall_is_taken_and_reads_back_as_it_was(tmp_path: Path) -> None:
    done = run(str(CATALOGUE), "--output", str(tmp_path / "hall"), "--json")
    told = json.loads(done.stdout)
    source = json.loads(CATALOGUE.read_text())["items"]
    assert (done.returncode, told["taken"], told["refused"]) == (0, len(source), 0)
    district = load_district(tmp_path / "hall")
    names = {department.id: department.name.zh for department in district.departments}
    assert sorted(
        (each.name.zh, names[each.department], each.item_code, each.task_type, each.area_code, each.dept_code)
        for each in district.listings
    ) == sorted(
        tuple(one[key] for key in ("name", "department", "item_code", "task_type", "area_code", "dept_code"))
        for one in source
    )
    assert {each.main_item for each in district.listings} == {
        None if one["main_item"] == "未分类" else one["main_item"] for one in source
    }


def test_what_the_list_does_not_say_is_unknown(tmp_path: Path) -> None:
    found = read_foreign_list(listed({"name": "残疾人证办理", "department": "区残联"}))
    for name, text in found.files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    district = load_district(tmp_path)
    [listing] = district.listings
    assert (listing.name.zh, listing.name.en, listing.title, listing.bring) == (
        "残疾人证办理",
        None,
        None,
        None,
    )
    assert (listing.item_code, listing.depth, listing.case_type, listing.audience) == (None, None, None, None)
    place = district.place(listing)
    assert (place.window, place.hours, place.phone) == (None, None, None)


@pytest.mark.parametrize(
    ("change", "key", "refused"),
    [
        ({"name": ""}, "name", True),
        ({"name": None}, "name", True),
        ({"department": " "}, "department", True),
        ({"task_type": "77"}, "task_type", False),
        ({"area_code": "5116"}, "area_code", False),
        ({"item_code": None}, "item_code", False),
        ({"dept_code": 83}, "dept_code", False),
        ({"phone": "12345"}, "phone", False),
    ],
)
def test_an_odd_entry_is_told_with_its_position(change: dict[str, Any], key: str, *, refused: bool) -> None:
    found = read_foreign_list(listed(ENTRY, {**ENTRY, "item_code": "511A-2", **change}))
    [oddity] = found.oddities
    assert (oddity.position, oddity.key, oddity.refused) == (2, key, refused)
    assert (found.taken, found.refused) == ((1, 1) if refused else (2, 0))


def test_two_entries_with_one_code_are_both_kept_and_told() -> None:
    found = read_foreign_list(listed(ENTRY, {**ENTRY, "name": "食品经营许可（变更）"}))
    [oddity] = found.oddities
    assert (found.taken, oddity.position, oddity.key) == (2, 2, "item_code")


def test_no_text_of_a_list_can_break_out_of_its_place(tmp_path: Path) -> None:
    name = 'x"\n  - id: evil\n    name: 甲 | B: {c} #'
    found = read_foreign_list(listed({**ENTRY, "name": name, "department": "区: [局] | A"}))
    for file, text in found.files.items():
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_text(text)
    district = load_district(tmp_path)
    assert [listing.name.zh for listing in district.listings] == [name]
    assert [department.name.zh for department in district.departments] == ["区: [局] | A"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "line 1: is not JSON"),
        ("[]", 'must be an object with a list "items"'),
        ('{"items": []}', "items: is empty"),
        ('{"items": [1], "task_type_codes": []}', "task_type_codes: must be an object"),
    ],
)
def test_a_file_that_is_no_list_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(NotAList, match=reason):
        read_foreign_list(text)


def test_a_district_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "reviewed.yaml").write_text("mine")
    (tmp_path / "list.json").write_text(listed(ENTRY))
    done = run(str(tmp_path / "list.json"), "--output", str(tmp_path))
    assert done.returncode == 2
    assert done.stderr.strip() == f"{tmp_path}: is there already and not empty"
    assert (tmp_path / "reviewed.yaml").read_text() == "mine"
