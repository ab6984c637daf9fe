"""What a guide says of a matter that is done elsewhere: all that is known, and no more."""

from __future__ import annotations

from dataclasses import replace

import pytest

from config.listing import Listing
from kiosk.session.guide_lines import guide_lines, guide_slip
from kiosk.session.hall import Hall
from printing.guide import guide_document
from printing.layout import TextRow, cells, lay_out
from tests.shipped import CATALOGUE, DISTRICT


@pytest.fixture
def whole(hall: Hall) -> Hall:
    """A hall with its district."""
    return replace(hall, items=CATALOGUE.items, district=DISTRICT)


def test_every_guide_of_the_district_says_who_and_fits_narrow_paper(whole: Hall) -> None:
    for listing in DISTRICT.listings:
        slip = guide_slip(listing, whole)
        labels = [label["zh"] for label, _ in slip.lines]
        assert "谁来办" in labels, listing.id
        assert len(labels) == len(set(labels))
        for language in ("zh", "en"):
            assert all(value[language].strip() for _, value in slip.lines), listing.id
            document = guide_document(slip, language)
            rows = [row for row in lay_out(document, 384) if isinstance(row, TextRow)]
            assert all(cells(row.text) * row.size * 12 <= 384 for row in rows), listing.id


def test_what_nobody_has_said_has_no_line(whole: Hall) -> None:
    listing = DISTRICT.listings[0]
    unsaid = listing.model_copy(update={"bring": None, "case_type": None, "window": None})
    labels = {label.zh for label, _ in guide_lines(unsaid, whole)}
    assert labels.isdisjoint({"要带什么", "多久办好"})
    nothing = listing.model_copy(update={"bring": ()})
    assert ("要带什么", "不用带材料") in {
        (label.zh, value.zh) for label, value in guide_lines(nothing, whole)
    }


def test_how_many_days_it_takes_is_never_made_up(whole: Hall) -> None:
    promised = next(each for each in DISTRICT.listings if each.case_type == "promised")
    time = next(value for label, value in guide_lines(promised, whole) if label.zh == "多久办好")
    assert not any(letter.isdigit() for letter in time.zh + time.en)


def test_screen_and_paper_say_the_same(whole: Hall) -> None:
    for listing in DISTRICT.listings[:50]:
        shown = [(label.zh, value.zh) for label, value in guide_lines(listing, whole)]
        assert [(label["zh"], value["zh"]) for label, value in guide_slip(listing, whole).lines] == shown


def test_the_code_leads_to_the_entry_and_a_hall_without_pages_has_none(whole: Hall) -> None:
    listing: Listing = DISTRICT.listings[0]
    url = guide_slip(listing, whole).url
    assert url is not None
    assert url.endswith(f"/guide/{listing.id}")
    without = replace(whole, district=replace(DISTRICT, guide_url=None))
    assert guide_slip(listing, without).url is None
