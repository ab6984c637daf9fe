"""The invented district that ships: enough of everything, whole in both languages, and nobody's real data."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel

from config.district import SHIPPED, Department, District, DistrictWindow, Themes, load_district
from config.item_basics import Basis
from config.listing import Listing, ListingEntry, Name
from config.opening_hours import Hours, OpenDays
from config.plain import BadFile
from tests.shipped import CATALOGUE, DISTRICT

HAN = re.compile(r"[\u3400-\u9fff]")
INVENTED_PHONE = re.compile(r"0571-0000[0-9]{4}")
TITLE_LIMIT, TITLE_LIMIT_EN = 18, 45
"""What has its place on one line of a list."""
FLOORS = {1: "一楼", 2: "二楼", 3: "三楼"}
DONE_HERE = CATALOGUE.items


def names(district: District) -> Iterator[tuple[str, Name]]:
    """Every text that a citizen reads, with its place."""
    yield from {"district": district.name, "hall": district.hall or district.name}.items()
    for shelves in (district.themes.life_events, district.themes.themes):
        yield from shelves.items()
    for department in district.departments:
        yield department.id, department.name
        for window in department.windows:
            yield f"{department.id}.{window.id}", window.name
            if window.place is not None:
                yield f"{department.id}.{window.id}.place", window.place
    for listing in district.listings:
        yield listing.id, listing.name
        yield listing.id, listing.plain
        for paper in listing.bring or ():
            yield listing.id, paper


def not_in_both_languages(district: District) -> list[str]:
    """Places where the Chinese is no Chinese, or the English is missing or has Chinese in it."""
    return [
        f"{place}: {name}"
        for place, name in names(district)
        if HAN.search(name.zh) is None or name.en is None or HAN.search(name.en)
    ]


def phones(district: District) -> list[str]:
    """Each telephone as it stands in the files."""
    of_departments = [department.phone for department in district.departments]
    of_windows = [window.phone for department in district.departments for window in department.windows]
    return [phone for phone in (district.phone, *of_departments, *of_windows) if phone is not None]


def twice(words: Iterator[str]) -> list[str]:
    """What is there more than once."""
    return [word for word, times in Counter(words).items() if times > 1]


def test_a_hall_of_ordinary_size_is_there() -> None:
    assert DISTRICT.invented
    assert len(DISTRICT.listings) >= 450
    assert len(DISTRICT.departments) >= 20


def test_every_text_is_in_both_languages() -> None:
    assert not_in_both_languages(DISTRICT) == []


def test_every_matter_has_words_of_its_own_on_the_screen() -> None:
    assert [listing.id for listing in DISTRICT.listings if listing.title is None] == []
    for language in ("zh", "en"):
        done_here = (item.title.zh if language == "zh" else item.title.en for item in DONE_HERE)
        titles = [*done_here, *(listing.plain(language) for listing in DISTRICT.listings)]
        assert twice(iter(titles)) == []


def test_titles_have_their_place_on_one_line() -> None:
    def too_long(listing: Listing) -> bool:
        return len(listing.plain("zh")) > TITLE_LIMIT or len(listing.plain("en")) > TITLE_LIMIT_EN

    assert [listing.plain for listing in DISTRICT.listings if too_long(listing)] == []


def test_no_shelf_is_empty_and_no_matter_is_without_one() -> None:
    for key, shelves in (
        ("life_events", DISTRICT.themes.life_events),
        ("themes", DISTRICT.themes.themes),
    ):
        used = {shelf for listing in DISTRICT.listings for shelf in getattr(listing, key)}
        assert set(shelves) - used == set()
    assert [listing.id for listing in DISTRICT.listings if not listing.themes] == []


def test_everybody_hears_where_to_go_and_whom_to_call() -> None:
    for listing in DISTRICT.listings:
        place = DISTRICT.place(listing)
        assert place.window is not None, listing.id
        assert place.hours is not None, listing.id
        assert place.phone is not None, listing.id


def test_every_telephone_is_invented_and_belongs_to_one_counter() -> None:
    assert [phone for phone in phones(DISTRICT) if INVENTED_PHONE.fullmatch(phone) is None] == []
    assert twice(iter(phones(DISTRICT))) == []


def test_no_counter_of_the_hall_has_the_number_of_another() -> None:
    numbers: list[str] = []
    for department in DISTRICT.departments:
        for window in department.windows:
            if window.number is not None:
                first, _, last = window.number.partition("-")
                numbers += map(str, range(int(first), int(last or first) + 1))
    assert twice(iter(numbers)) == []


def test_a_matter_of_the_terminal_names_a_department_a_counter_and_a_telephone_of_the_district() -> None:
    """Several may share a counter, so each is looked for by itself."""
    departments = {department.name.zh for department in DISTRICT.departments}
    counters = {
        f"{FLOORS[window.floor]}{window.name.zh}"
        for department in DISTRICT.departments
        for window in department.windows
        if window.floor is not None
    }
    for item in DONE_HERE:
        assert item.office.department.zh in departments, item.id
        assert item.office.window.zh in counters, item.id
        assert item.office.phone in phones(DISTRICT), item.id


def test_nothing_looks_like_a_real_code() -> None:
    assert DISTRICT.area_code == "330199"
    for listing in DISTRICT.listings:
        codes = listing.item_code, listing.main_item, listing.task_type, listing.area_code, listing.dept_code
        assert set(codes) == {None}, listing.id


def test_what_nobody_has_checked_says_so() -> None:
    for listing in DISTRICT.listings:
        assert listing.basis is not None, listing.id
        assert not listing.basis.verified, listing.id
        assert HAN.search(listing.basis.source), listing.id


def test_further_words_say_what_the_title_does_not() -> None:
    for listing in DISTRICT.listings:
        assert [word for word in listing.words if word in listing.plain.zh or len(word) == 1] == [], (
            listing.id
        )


def test_every_paper_of_the_list_is_asked_for_somewhere() -> None:
    written = re.findall(r"^  ([a-z_]+):", (SHIPPED / "papers.yaml").read_text("utf-8"), re.MULTILINE)
    asked = {paper.zh for listing in DISTRICT.listings for paper in listing.bring or ()}
    assert len(written) == len(asked)


Spoil = Callable[[Path], None]


def changed(file: str, before: str, after: str) -> Spoil:
    """A change of one text in one file of the district."""

    def spoil(directory: Path) -> None:
        path = directory / file
        text = path.read_text("utf-8")
        assert before in text
        path.write_text(text.replace(before, after, 1), "utf-8")

    return spoil


POLICE = "departments/public_security.yaml"


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (changed(POLICE, "window: household", "window: houshold"), 'did you mean "household"'),
        (changed(POLICE, "themes: [household]", "themes: [houshold]"), "no id in themes.yaml"),
        (changed(POLICE, "bring: [id_card]", "bring: [id_cart]"), 'did you mean "id_card"'),
        (changed(POLICE, "id: first_id_card", "id: lost_id_card"), "is already the id in"),
        (changed(POLICE, "id: first_id_card", "id: id_card_renewal"), "the terminal does itself"),
        (changed(POLICE, "id: public_security", "id: tax"), "is already the id in"),
        (changed("district.yaml", "'330199'", "330199"), "in quotes"),
    ],
)
def test_a_slip_of_the_pen_is_named_with_its_file_and_line(tmp_path: Path, spoil: Spoil, says: str) -> None:
    shutil.copytree(SHIPPED, tmp_path / "district")
    spoil(tmp_path / "district")
    with pytest.raises(BadFile) as refused:
        load_district(tmp_path / "district", taken=["id_card_renewal"])
    assert says in str(refused.value)
    assert re.search(r"\.yaml:[0-9]+", str(refused.value))


def test_a_forgotten_translation_and_a_real_telephone_would_be_noticed(tmp_path: Path) -> None:
    shutil.copytree(SHIPPED, tmp_path / "district")
    changed(POLICE, "户口本丢了补办 | Replace a lost household register", "户口本丢了补办")(
        tmp_path / "district"
    )
    changed(POLICE, "phone: 0571-00001001", "phone: 0571-87654321")(tmp_path / "district")
    weakened = load_district(tmp_path / "district")
    assert not_in_both_languages(weakened) != []
    assert [phone for phone in phones(weakened) if INVENTED_PHONE.fullmatch(phone) is None] != []


GUIDE = (Path(__file__).parents[2] / "docs" / "district.md").read_text("utf-8")


def test_the_guide_explains_every_key() -> None:
    models: tuple[type[BaseModel], ...] = (
        Department,
        DistrictWindow,
        Themes,
        ListingEntry,
        Basis,
        OpenDays,
        Hours,
    )
    keys = {key for model in models for key in model.model_fields}
    written = (SHIPPED / "district.yaml").read_text("utf-8")
    keys |= set(re.findall("^([a-z_]+):", written, re.MULTILINE))
    assert {key for key in keys if f"`{key}`" not in GUIDE} == set()


def test_the_shortest_district_of_the_guide_loads(tmp_path: Path) -> None:
    for name, text in re.findall(r"```yaml\n# (\S+)\n(.*?)```", GUIDE, re.DOTALL):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    district = load_district(tmp_path)
    receipt = district.listing("tax_receipt")
    assert receipt is not None
    assert receipt.bring == (Name(zh="身份证", en="Identity card"),)
    assert district.place(receipt).phone == "0571-00001000"
