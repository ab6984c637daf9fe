"""What a guide says of a matter that is done elsewhere: all that is known, and no more."""

from __future__ import annotations

from dataclasses import replace

import pytest

from config.item import Item
from config.listing import Listing
from devices.contracts.id_cards import DocumentType
from kiosk.session.card_facts import elsewhere_of
from kiosk.session.guide_lines import guide_lines, guide_slip
from kiosk.session.hall import Hall, Obstacle
from kiosk.session.stages import GuidePage
from printing.guide import guide_document
from printing.layout import TextRow, cells, lay_out
from tests.kiosk.session.conftest import NOW
from tests.shipped import CATALOGUE, DISTRICT, ITEMS


@pytest.fixture
def whole(hall: Hall) -> Hall:
    """A hall with its district."""
    return replace(hall, items=CATALOGUE.items, district=DISTRICT)


def test_every_guide_of_the_district_says_who_and_fits_narrow_paper(whole: Hall) -> None:
    for listing in DISTRICT.listings:
        slip = guide_slip(GuidePage(listing), whole, NOW)
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
    labels = {label.zh for label, _ in guide_lines(GuidePage(unsaid), whole)}
    assert labels.isdisjoint({"要带什么", "多久办好"})
    nothing = listing.model_copy(update={"bring": ()})
    assert ("要带什么", "不用带材料") in {
        (label.zh, value.zh) for label, value in guide_lines(GuidePage(nothing), whole)
    }


def test_how_many_days_it_takes_is_never_made_up(whole: Hall) -> None:
    promised = next(each for each in DISTRICT.listings if each.case_type == "promised")
    time = next(value for label, value in guide_lines(GuidePage(promised), whole) if label.zh == "多久办好")
    assert not any(letter.isdigit() for letter in time.zh + time.en)


def test_screen_and_paper_say_the_same(whole: Hall) -> None:
    for listing in DISTRICT.listings[:50]:
        shown = [(label.zh, value.zh) for label, value in guide_lines(GuidePage(listing), whole)]
        assert [
            (label["zh"], value["zh"]) for label, value in guide_slip(GuidePage(listing), whole, NOW).lines
        ] == shown


def test_the_code_leads_to_the_entry_and_a_hall_without_pages_has_none(whole: Hall) -> None:
    listing: Listing = DISTRICT.listings[0]
    url = guide_slip(GuidePage(listing), whole, NOW).url
    assert url is not None
    assert url.endswith(f"/guide/{listing.id}")
    without = replace(whole, district=replace(DISTRICT, guide_url=None))
    assert guide_slip(GuidePage(listing), without, NOW).url is None


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
def test_the_guide_of_a_matter_done_here_says_why_not_now_what_to_bring_and_where(
    item: Item, whole: Hall
) -> None:
    for why in Obstacle:
        page = GuidePage(item, why=why)
        for language in ("zh", "en"):
            document = guide_document(guide_slip(page, whole, NOW), language)
            rows = [row for row in lay_out(document, 384) if isinstance(row, TextRow)]
            assert all(cells(row.text) * row.size * 12 <= 384 for row in rows)
        labels = [label.zh for label, _ in guide_lines(page, whole)]
        assert {"谁来办", "在哪里", "什么时间", "电话"} <= set(labels)
        assert "要带什么" in labels


def test_what_could_not_be_done_is_told_with_the_moment_and_as_no_receipt(whole: Hall) -> None:
    refused = GuidePage(ITEMS[0], why=Obstacle.OFFLINE_FORBIDDEN)
    notice = guide_slip(refused, whole, NOW).notice
    assert notice is not None
    assert f"{NOW:%H:%M}" in notice["zh"]
    assert f"{NOW:%Y-%m-%d %H:%M}" in notice["en"]
    assert "不是收件凭条" in notice["zh"]
    left_at_home = guide_slip(replace(refused, why=Obstacle.NO_CARD), whole, NOW).notice
    assert left_at_home is not None
    assert "带上身份证再来" in left_at_home["zh"]


def test_whoever_has_another_document_is_sent_to_its_own_counter(whole: Hall) -> None:
    certificate = next(item for item in ITEMS if item.id == "no_criminal_record_certificate")
    foreigner = elsewhere_of(certificate, DocumentType.FOREIGN_2023)
    page = GuidePage(certificate, why=foreigner)
    shown = {label.zh: value.zh for label, value in guide_lines(page, whole)}
    assert foreigner.office is not None
    assert shown["在哪里"] == foreigner.office.window.zh != certificate.office.window.zh
    assert shown["要带什么"] == "\n".join(paper.zh for paper in foreigner.window.bring)
    assert guide_slip(page, whole, NOW).notice == {
        "zh": foreigner.window.why.zh,
        "en": foreigner.window.why.en,
    }


def test_without_a_card_those_with_another_document_hear_of_their_counter_too(whole: Hall) -> None:
    certificate = next(item for item in ITEMS if item.id == "no_criminal_record_certificate")
    at_home = dict(guide_lines(GuidePage(certificate, why=Obstacle.NO_CARD), whole))
    for each in certificate.elsewhere:
        assert each.office is not None
        assert each.office.window.en in at_home[each.holders].en
        assert each.office.phone in at_home[each.holders].zh
    offline = dict(guide_lines(GuidePage(certificate, why=Obstacle.OFFLINE_FORBIDDEN), whole))
    assert all(each.holders not in offline for each in certificate.elsewhere)


def test_an_answer_for_the_counter_brings_its_own_papers(whole: Hall) -> None:
    certificate = next(item for item in ITEMS if item.id == "no_criminal_record_certificate")
    answer = next(option.window for option in certificate.situations[0].options if option.window is not None)
    shown = dict(guide_lines(GuidePage(certificate, why=answer), whole))
    bring = next(value for label, value in shown.items() if label.zh == "要带什么")
    assert bring.zh == "\n".join(paper.zh for paper in answer.bring)
    slip = guide_slip(GuidePage(certificate, why=answer), whole, NOW)
    assert slip.notice == {"zh": answer.why.zh, "en": answer.why.en}
