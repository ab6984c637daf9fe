"""The printed guide: what is known of a matter that is done elsewhere, and nothing of whoever wanted it."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path
from typing import Literal

import pytest

from config.printer_profile import profile_named
from devices.simulators.escpos_paper import on_paper
from printing.document import Document, Line, Pair, Qr
from printing.escpos import receipt_job
from printing.fonts import Glyphs
from printing.guide import GuideSlip, guide_document
from printing.layout import TextRow, cells, lay_out
from printing.proof_pictures import codes_in
from tests.printing.slips import GUIDE


def said(document: Document) -> str:
    return "\n".join(str(block) for block in document)


@pytest.mark.parametrize("width_dots", [576, 384])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_row_of_a_guide_fits_and_its_telephone_number_stays_whole(
    width_dots: int, language: Literal["zh", "en"]
) -> None:
    rows = [row for row in lay_out(guide_document(GUIDE, language), width_dots) if isinstance(row, TextRow)]
    assert all(cells(row.text) * row.size * 12 <= width_dots for row in rows)
    assert any("0571-00001019" in row.text for row in rows)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("profile", "large"), [("generic-80", False), ("generic-58", True)])
def test_the_code_leads_on_from_the_paper(
    tmp_path: Path, glyphs: Glyphs, language: Literal["zh", "en"], profile: str, *, large: bool
) -> None:
    printer = profile_named(profile)
    document = guide_document(replace(GUIDE, large=large), language)
    job = b"".join(data for data, _ in receipt_job(document, printer, glyphs, large=large))
    (piece,) = on_paper(job, printer.width_dots)
    piece.picture().save(tmp_path / "guide.png")
    assert codes_in(tmp_path / "guide.png") == [GUIDE.url]


def test_what_nobody_has_said_is_not_on_the_paper() -> None:
    bare = guide_document(replace(GUIDE, code=None, url=None, lines=()), "zh")
    assert not [block for block in bare if isinstance(block, Qr)]
    assert [block.label for block in bare if isinstance(block, Pair)] == ["咨询本大厅"]
    assert "事项编码" not in said(bare)


def test_a_guide_claims_nothing_and_says_whose_word_counts() -> None:
    for language, counts in (("zh", "以窗口答复为准"), ("en", "What the counter says counts")):
        words = said(guide_document(GUIDE, language))  # type: ignore[arg-type]  # both are languages
        assert counts in words
        for claim in ("受理", "收件", "已暂存"):
            assert claim not in words


def test_an_english_guide_names_the_matter_in_chinese_too_for_the_counter() -> None:
    assert Line("结婚登记") in guide_document(GUIDE, "en")


def test_a_guide_has_no_place_for_a_person() -> None:
    assert {field.name for field in fields(GuideSlip)}.isdisjoint(
        {"masked_name", "masked_id_number", "id_number", "local_no", "filing_no"}
    )
