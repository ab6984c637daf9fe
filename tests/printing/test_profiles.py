"""Every kind of slip on every printer that comes with the product: whole, and read off the picture."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
import zxingcpp

from config.plain import BadFile
from config.printer_profile import SHIPPED, PrinterProfile, load_profile, shipped_profiles
from devices.simulators.escpos_paper import on_paper
from printing.document import Qr
from printing.escpos import receipt_job
from printing.fonts import Glyphs
from tests.devices.escpos.every_byte import Case, undisturbed
from tests.printing.slips import KINDS

UNLIKE = ("kept-zh", "received-en-large")
PROFILES = tuple(shipped_profiles().values())


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.id)
def test_every_slip_prints_whole_on_every_printer(profile: PrinterProfile, glyphs: Glyphs) -> None:
    kinds = KINDS if profile.id.startswith("generic") else {kind: KINDS[kind] for kind in UNLIKE}
    for document, large in kinds.values():
        job = receipt_job(document, profile, glyphs, large=large)
        pieces = on_paper(b"".join(data for data, _ in job), profile.width_dots)
        assert len(pieces) == 1
        assert "□" not in pieces[0].text  # nothing was sent that the printer's font lacks
        [text] = [block.text for block in document if isinstance(block, Qr)]
        found = zxingcpp.read_barcodes(pieces[0].picture().convert("L"))
        assert [code.text for code in found] == [text]


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.id)
def test_the_driver_prints_on_every_printer_and_knows_it(profile: PrinterProfile, glyphs: Glyphs) -> None:
    document, large = KINDS["received-zh"]
    job = receipt_job(document, profile, glyphs, large=large)
    whole = asyncio.run(undisturbed(Case(profile, job, job)))
    assert whole.first == whole.second


def test_there_are_profiles_for_both_widths_and_for_every_status_dialect() -> None:
    assert {profile.paper_mm for profile in PROFILES} == {58, 80}
    assert {profile.status for profile in PROFILES} == {"dle_eot", "asb", "custom"}
    assert len(PROFILES) >= 8


def test_a_fact_that_nobody_tried_on_the_machine_says_so() -> None:
    assert all(profile.basis.source and not profile.basis.verified for profile in PROFILES)


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        ("id: x", "id: y", "x.yaml:1: id: must be the file's name, x"),
        ("paper_mm: 80", "paper_mm: 58", "x.yaml:7: width_dots: is wider than 58 mm paper (464)"),
        ("hold_s: 9", "hold_s: 30", "x.yaml:15: presenter.hold_s: is at most 9 for this dialect"),
        ("  command: feed_and_cut", "  command: chop", "x.yaml:11: knife.command: must be"),
    ],
)
def test_a_wrong_profile_is_refused_with_line_key_and_reason(
    tmp_path: Path, before: str, after: str, line: str
) -> None:
    shipped = (
        (SHIPPED / "citizen-pmu2300iii.yaml").read_text("utf-8").replace("id: citizen-pmu2300iii", "id: x")
    )
    assert before in shipped
    file = tmp_path / "x.yaml"
    file.write_text(shipped.replace(before, after), "utf-8")
    with pytest.raises(BadFile) as caught:
        load_profile(file)
    assert line in str(caught.value)
