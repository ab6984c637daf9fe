"""What comes out of the printer, dot by dot: the bytes that `printing` makes, on simulated paper."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import cv2
import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from config.printer_profile import profile_named
from devices.contracts.receipt_printer import PaperJob
from devices.escpos.printer import EscPosPrinter
from devices.simulators.escpos_commands import Character, read_command
from devices.simulators.escpos_picture import Glyph, PrintedLine, PrintedQr, PrintedRaster
from devices.simulators.escpos_printer import EscPosSimulator, Slip
from devices.simulators.escpos_typesetter import Typesetter
from printing.document import Cut, Line, Pair, Qr
from printing.escpos import receipt_job
from printing.fonts import Glyphs

EPSON = profile_named("epson-tm-t82iii")


async def printed(printer: EscPosPrinter, paper: EscPosSimulator, job: PaperJob) -> Slip:
    await printer.print(job)
    return paper.slips[-1]


async def test_what_is_on_the_paper_is_what_was_meant(printer: EscPosPrinter, paper: EscPosSimulator) -> None:
    document = (Line("收件凭条", size=2, align="center"), Pair("费用", "¥0.00"), Cut())
    slip = await printed(printer, paper, receipt_job(document, EPSON, Glyphs()))
    title, fee = (part for part in slip.printed if isinstance(part, PrintedLine))
    assert (title.text, title.side) == ("收件凭条", "center")
    assert title.glyphs[0] == Glyph("收", cells=2, width=2, height=2)
    assert fee.text == "费用  ￥0.00"


async def test_a_scanner_reads_the_qr_code_off_the_paper(
    printer: EscPosPrinter, paper: EscPosSimulator
) -> None:
    text = "hall-terminal:slip:1:0012-260701-0042:330102202607010000421"
    slip = await printed(printer, paper, receipt_job((Qr(text), Cut()), EPSON, Glyphs()))
    assert [part.text for part in slip.printed if isinstance(part, PrintedQr)] == [text]
    decoded, _, _ = cv2.QRCodeDetector().detectAndDecode(np.asarray(slip.picture().convert("L")))
    assert decoded == text


async def test_a_rare_name_is_drawn_in_full(printer: EscPosPrinter, paper: EscPosSimulator) -> None:
    slip = await printed(printer, paper, receipt_job((Line("䶮𠮷㐀"), Cut()), EPSON, Glyphs()))
    raster = next(part for part in slip.printed if isinstance(part, PrintedRaster))
    picture = Image.frombytes("1", (len(raster.data) // raster.height * 8, raster.height), raster.data)
    for cell in range(3):
        ink = picture.crop((cell * 24, 0, cell * 24 + 24, 24)).getbbox()
        assert ink is not None
        assert ink[2] - ink[0] >= 15


async def test_a_rare_character_sent_as_a_code_prints_as_an_empty_box(
    printer: EscPosPrinter, paper: EscPosSimulator
) -> None:
    """The weakened variant: why rare names go out as pictures."""
    job = b"\x1b@\x1c&" + "欧䶮㐀".encode("gb18030") + b"\n\x1dVB\x20"
    assert (await printed(printer, paper, ((job, 0),))).text == "欧□□"


def test_without_chinese_mode_a_name_is_garbled() -> None:
    commands = iter("张".encode("gb18030"))

    def take(count: int) -> bytes:
        return bytes(next(commands) for _ in range(count))

    assert read_command(take, chinese=False) == Character(b"\xd5")


def test_a_line_that_is_full_goes_on_in_the_next() -> None:
    typesetter = Typesetter(384)
    lines = [line for _ in range(33) for line in typesetter.set(Character(b"8"))]
    assert [line.text for line in lines if isinstance(line, PrintedLine)] == ["8" * 32]


class _End(Exception):
    pass


@given(st.binary(max_size=200), st.booleans())
def test_no_bytes_whatever_upset_the_printer(data: bytes, chinese: bool) -> None:  # noqa: FBT001 - hypothesis gives it
    rest = bytearray(data)

    def take(count: int) -> bytes:
        if len(rest) < count:
            raise _End
        taken = bytes(rest[:count])
        del rest[:count]
        return taken

    typesetter = Typesetter(384)
    with suppress(_End):
        while True:
            typesetter.set(read_command(take, chinese=chinese))


def test_the_port_is_gone_when_the_printer_is_closed(port: Path) -> None:
    EscPosSimulator(port).close()
    assert not port.exists()
