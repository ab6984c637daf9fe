"""Proof and restore codes on paper: where they stand, what is said of them, that they can be read off it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest

from config.printer_profile import profile_named
from devices.simulators.escpos_paper import on_paper
from printing.document import Document, Line, Qr
from printing.escpos import receipt_job
from printing.fonts import Glyphs
from printing.proof_pictures import codes_in
from printing.qr import module_dots
from printing.slip import SlipFacts, slip_document

STATEMENT = "HT1:0012-260701-0042:-:" + "W3/Z%Q" * 62
CODES = tuple(f"HR1:{digit}" + "8*TK0%" * 174 for digit in "123")
NARROW_CODES = tuple(f"HR1:{digit}" + "8*TK0%" * 139 for digit in "1234")


def qr_codes(document: Document) -> list[str]:
    return [block.text for block in document if isinstance(block, Qr)]


def lines(document: Document) -> list[str]:
    return [block.text for block in document if isinstance(block, Line)]


def test_the_statement_takes_the_place_of_the_bare_numbers(kept: SlipFacts) -> None:
    document = slip_document(replace(kept, statement=STATEMENT), "zh")
    assert qr_codes(document) == [STATEMENT]
    assert "扫码可核验本凭条真伪，码内无个人信息" in lines(document)
    assert "二维码内只有以上编号" not in lines(document)


@pytest.mark.parametrize(
    ("language", "words"), [("zh", "加密的申请内容，仅平台可解密"), ("en", "only the platform can read it")]
)
def test_the_codes_stand_behind_everything_else_with_what_they_are_for(
    kept: SlipFacts, language: Literal["zh", "en"], words: str
) -> None:
    document = slip_document(replace(kept, statement=STATEMENT, restore_codes=CODES), language)
    assert qr_codes(document) == [STATEMENT, *CODES]
    said = lines(document)
    at = next(index for index, text in enumerate(said) if words in text)
    assert said[at + 1 :] == ["1/3", "2/3", "3/3"]


def test_what_is_too_long_is_said_and_what_was_received_needs_no_codes(
    kept: SlipFacts, received: SlipFacts
) -> None:
    long = slip_document(replace(kept, restore_codes=()), "zh")
    assert len(qr_codes(long)) == 1
    assert any("未能印在本条上" in text for text in lines(long))
    assert any("too long" in text for text in lines(slip_document(replace(kept, restore_codes=()), "en")))
    for codes in (CODES, ()):
        with_codes = slip_document(replace(received, restore_codes=codes), "zh")
        assert with_codes == slip_document(received, "zh")


@pytest.mark.parametrize(
    ("profile", "codes", "large"), [("generic-80", CODES, False), ("generic-58", NARROW_CODES, True)]
)
def test_every_code_can_be_read_off_the_paper(
    kept: SlipFacts, tmp_path: Path, glyphs: Glyphs, profile: str, codes: tuple[str, ...], *, large: bool
) -> None:
    printer = profile_named(profile)
    document = slip_document(replace(kept, statement=STATEMENT, restore_codes=codes), "zh")
    job = b"".join(data for data, _ in receipt_job(document, printer, glyphs, large=large))
    (piece,) = on_paper(job, printer.width_dots)
    piece.picture().save(tmp_path / "slip.png")
    assert codes_in(tmp_path / "slip.png") == [STATEMENT, *codes]


@pytest.mark.parametrize(("width_dots", "codes", "least"), [(576, CODES, 4), (384, NARROW_CODES, 3)])
def test_no_square_is_too_small_for_a_telephones_camera(
    width_dots: int, codes: tuple[str, ...], least: int
) -> None:
    assert all(module_dots(Qr(code), width_dots) >= least for code in codes)
