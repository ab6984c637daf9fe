"""The regions hold together, are honest about what they are, and a bad file is refused by its line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from config.data_files import read_model
from config.plain import BadFile
from config.regions import ANYWHERE, SHIPPED, RegionFile, above, regions

HEAD = "source: invented\ncomplete: false\nverified: false\nregions:\n"


def test_there_are_all_provinces_and_all_of_zhejiang() -> None:
    known = regions()
    assert len(known.beneath(ANYWHERE)) == 34
    cities = known.beneath("330000")
    assert len(cities) == 11
    districts = [each for city in cities for each in known.beneath(city.code)]
    assert len([each for each in districts if each.code != "330199"]) == 90


def test_names_are_whole_and_every_code_has_one_place() -> None:
    known = regions()
    assert known.full_name("330106") == "浙江省杭州市西湖区"
    assert known.full_name("330106", "en") == "Xihu District, Hangzhou, Zhejiang"
    assert known.full_name("330199001") == "浙江省杭州市临溪区东溪街道"
    assert all(known.path(code)[-1].code == code for code in known.by_code)
    assert known.path("999999") == ()


def test_every_name_is_in_both_languages() -> None:
    for region in regions().by_code.values():
        assert re.fullmatch(r"[\u4e00-\u9fff]+", region.name.zh), region.code
        assert region.name.en is not None
        assert region.name.en.isascii(), region.code


def test_the_halls_own_district_comes_first() -> None:
    known = regions()
    assert known.beneath("330100", first="330199")[0].code == "330199"
    assert known.beneath("330000", first="330199")[0].code == "330100"
    assert known.beneath(ANYWHERE, first="330199")[0].code == "330000"
    assert known.beneath(ANYWHERE)[0].code == "110000"


def test_only_what_nobody_wrote_down_is_typed() -> None:
    known = regions()
    assert known.is_last("320000")
    assert known.is_last("330106")
    assert known.is_last("330199001")
    assert not known.is_last("330199")
    assert not known.is_last("330000")
    assert not known.is_last("999999")


def test_what_is_invented_or_unchecked_says_so() -> None:
    files = {path.stem: read_model(path, RegionFile).value for path in SHIPPED.glob("*.yaml")}
    assert files["linxi"].invented
    assert not any(file.invented for name, file in files.items() if name != "linxi")
    assert not any(file.verified for file in files.values())


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ("  '33': 浙江 | Zhejiang", "no code of six digits"),
        ("  '330000': 浙江 | Zhejiang\n  '330106': 西湖区 | Xihu", 'lies in "330100"'),
    ],
)
def test_a_bad_file_is_refused_by_its_line(tmp_path: Path, lines: str, why: str) -> None:
    (tmp_path / "bad.yaml").write_text(HEAD + lines, "utf-8")
    with pytest.raises(BadFile, match=why) as refused:
        regions(tmp_path)
    assert refused.value.line is not None


def test_one_code_in_two_files_is_refused(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.yaml").write_text(HEAD + "  '330000': 浙江 | Zhejiang", "utf-8")
    with pytest.raises(BadFile, match="has this code already"):
        regions(tmp_path)


def test_what_lies_in_what_is_read_from_the_code() -> None:
    assert [above(code) for code in ("330199001", "330199", "330100", "330000", "")] == [
        "330199", "330100", "330000", ANYWHERE, ANYWHERE,
    ]  # fmt: skip
