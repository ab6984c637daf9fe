"""What a slip claims, and what it may never claim."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Literal

import pytest

from config.printer_profile import profile_named
from printing.document import Document, Line, Notice, Pair, Qr
from printing.escpos import receipt_job
from printing.fonts import Glyphs
from printing.layout import TextRow, cells, lay_out
from printing.slip import SlipFacts, qr_text, slip_document

KEPT_WORDS = "已暂存本机，尚未提交，不代表已受理；以平台收件时间为准。"


def words(facts: SlipFacts, language: Literal["zh", "en"]) -> str:
    said: list[str] = []
    for block in slip_document(facts, language):
        match block:
            case Line(text) | Notice(text):
                said.append(text)
            case Pair(label, value):
                said.append(f"{label}: {value}")
            case _:
                pass
    return "\n".join(said)


def test_a_kept_slip_says_that_nothing_is_submitted_or_accepted(kept: SlipFacts) -> None:
    said = words(kept, "zh")
    assert "暂存凭条" in said
    assert KEPT_WORDS in said
    assert "收件凭条" not in said


def test_a_received_slip_leaves_acceptance_to_the_authority(received: SlipFacts) -> None:
    said = words(received, "zh")
    assert "收件凭条" in said
    assert "平台已收件，是否受理以办理机关通知为准。" in said
    assert "尚未提交" not in said


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_slip_is_ever_called_a_notice_of_acceptance(
    kept: SlipFacts, received: SlipFacts, language: Literal["zh", "en"]
) -> None:
    for facts in (kept, received):
        assert "受理通知书" not in words(facts, language)


def test_each_number_that_exists_has_its_own_name(kept: SlipFacts, received: SlipFacts) -> None:
    assert "本机流水号 Terminal serial: 0012-260701-0042" in words(received, "zh")
    assert "申报号 Filing no.: 330102202607010000421" in words(received, "zh")
    assert "办件编号 Case no.: 受理后由办理机关告知" in words(received, "zh")
    assert "申报号 Filing no.: 平台收件后产生" in words(kept, "zh")


def test_an_english_slip_is_complete_and_names_the_matter_in_chinese_too(kept: SlipFacts) -> None:
    said = words(kept, "en")
    assert "Kept on this terminal. Not submitted yet." in said
    assert "Certificate of no criminal record" in said
    assert "申请无犯罪记录证明" in said
    assert KEPT_WORDS in said


def test_times_are_those_of_the_hall_whatever_zone_the_machine_is_in(kept: SlipFacts) -> None:
    assert "2026年7月2日 00:05" in words(kept, "zh")
    assert "2026-07-02 00:05" in words(kept, "en")


def test_a_doubtful_clock_is_said_and_a_good_one_is_not(kept: SlipFacts) -> None:
    assert "未与平台核对" in words(kept, "zh")
    assert "仅供参考" in words(replace(kept, clock_trust="untrusted"), "zh")
    assert "时钟" not in words(replace(kept, clock_trust="platform"), "zh")


def test_the_qr_code_holds_numbers_and_nobodys_name(kept: SlipFacts, received: SlipFacts) -> None:
    assert qr_text(kept) == "hall-terminal:slip:1:0012-260701-0042:-"
    assert qr_text(received) == "hall-terminal:slip:1:0012-260701-0042:330102202607010000421"
    assert Qr(qr_text(kept)) in slip_document(kept, "zh")


def test_a_slip_has_no_place_for_a_result_so_a_confidential_one_cannot_differ() -> None:
    assert not {"result", "outcome", "granted", "refused"} & {field.name for field in fields(SlipFacts)}


@pytest.mark.parametrize("width_dots", [576, 384])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_row_fits_the_paper_and_every_number_stays_whole(
    kept: SlipFacts, received: SlipFacts, width_dots: int, language: Literal["zh", "en"]
) -> None:
    for facts in (kept, received):
        rows = [
            row for row in lay_out(slip_document(facts, language), width_dots) if isinstance(row, TextRow)
        ]
        assert all(cells(row.text) * row.size * 12 <= width_dots for row in rows)
        for number in (facts.local_no, facts.filing_no, facts.office_phone, facts.hall_phone):
            assert number is None or any(row.text.strip() == number for row in rows)


def test_on_wide_paper_the_words_and_numbers_that_matter_are_large(received: SlipFacts) -> None:
    large = {
        row.text
        for row in lay_out(slip_document(received, "zh"), 576)
        if isinstance(row, TextRow) and row.size == 2
    }
    assert {
        "收件凭条",
        "申请无犯罪记录证明",
        "330102202607010000421",
        "0012-260701-0042",
        "0571-87280114",
    } <= large


def test_a_slips_facts_say_nothing_in_an_exception(kept: SlipFacts) -> None:
    assert "欧" not in repr(kept)


def test_a_large_slip_has_one_language_and_loses_no_number(received: SlipFacts) -> None:
    texts = everything(slip_document(replace(received, large=True), "zh"))
    assert "Filing no." not in texts
    for number in (received.filing_no, received.local_no, received.office_phone, received.hall_phone):
        assert str(number) in texts


def test_a_reprint_says_that_it_is_one(kept: SlipFacts) -> None:
    assert "补打" in everything(slip_document(kept, "zh", reprint=True))
    assert "补打" not in everything(slip_document(kept, "zh"))


def test_an_old_private_use_character_prints_as_the_character_of_today(glyphs: Glyphs) -> None:
    wide = profile_named("generic-80")
    old, new = (receipt_job((Line(f"欧阳{name}"),), wide, glyphs) for name in ("\ue863", "䶮"))
    assert old == new


def everything(document: Document) -> str:
    """All words of a document."""
    return "\n".join(str(block) for block in document)
