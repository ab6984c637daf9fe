"""Slips: from the order to the cut, beside the wire and beside python-escpos; the part `printing`."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

import structlog
from escpos.printer import Serial
from PIL import Image

from benchmarks.figures import Aim, Chapter, Figure, NotTaken, Peer, Samples
from config.printer_profile import PrinterProfile, profile_named
from devices.contracts.receipt_printer import PaperJob, PrintOutcome
from devices.escpos.printer import DOTS_PER_MM, EscPosPrinter
from devices.simulators.escpos_printer import Dialect, EscPosSimulator
from printing.document import Cut, Document, Gap, Qr
from printing.escpos import native, receipt_job
from printing.fonts import Glyphs
from printing.layout import CELL_DOTS, RuleRow, TextRow, cells, lay_out
from printing.slip import SlipFacts, slip_document

BAUDS = (9_600, 19_200, 115_200)
SLIPS = 3
_BITS_PER_BYTE = 10
_LONGEST_S = 60.0
_PROFILES = {"pictures and QR as dots": "generic-80", "the printer's own QR": "epson-tm-t82iii"}

INVENTED = SlipFacts(
    terminal_id="LX-HALL1-03",
    hall_name={"zh": "临溪区政务服务中心", "en": "Linxi District Service Hall"},
    hall_phone="0571-00001000",
    item_name={"zh": "无犯罪记录证明", "en": "Certificate of no criminal record"},
    masked_name="欧*䶮",
    masked_id_number="330***********0011",
    local_no="LX03-261121-0042",
    filing_no="330199202611210000421",
    kept_at=datetime(2026, 11, 21, 1, 5, tzinfo=UTC),
    received_at=datetime(2026, 11, 21, 1, 5, 9, tzinfo=UTC),
    clock_trust="platform",
    next_steps={"zh": "3个工作日内可凭申报号电话查询。", "en": "Ask by telephone within 3 working days."},
    office_phone="0571-00002000",
)


@dataclass(frozen=True)
class _Taken:
    """Milliseconds of each slip."""

    cut: list[float]
    known: list[float]
    plain: list[float]


def take(folder: Path, say: Callable[[str], None]) -> Sequence[Chapter]:
    """Take the figures. `folder` is not needed: nothing is written."""
    del folder
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    document = slip_document(INVENTED, "zh")
    figures: list[Figure] = []
    with TemporaryDirectory() as place:
        for what, name in _PROFILES.items():
            profile = profile_named(name)
            job = receipt_job(document, profile, Glyphs())
            for baud in BAUDS:
                say(f"slips on {name} at {baud} baud")
                taken = _slips(Path(place) / "printer", baud, profile, job, document)
                figures += _figures(what, baud, profile, job, taken)
    return [
        Chapter(
            "A slip",
            "The same slip, 80 mm, on the simulated printer behind a pty that is paced to the rate; its "
            "paper moves at the profile's speed. The time is from the order to the knife, and, for “known”, "
            "to the driver's word that it is printed. The wire is computed: the job's bytes at ten bits "
            "each; the paper, too: its dots at that speed. python-escpos sends the same rows, the same "
            "pictures and its QR code as it does by default (smaller, at the left), all at once; it neither "
            "asks before nor knows after.",
            figures,
        )
    ]


def _figures(what: str, baud: int, profile: PrinterProfile, job: PaperJob, taken: _Taken) -> list[Figure]:
    count = sum(len(data) for data, _ in job)
    wire_ms = 1000 * count * _BITS_PER_BYTE / baud
    paper_ms = 1000 * sum(dots for _, dots in job) / (profile.speed_mm_s * DOTS_PER_MM)
    slower, own = max(("wire", wire_ms), ("paper", paper_ms), key=lambda named: named[1])
    name = f"slip ({what}), {count} bytes at {baud} baud"
    return [
        Figure(
            f"{name}: cut",
            _ms(taken.cut),
            peer=Peer(f"the {slower} alone", _ms([own])),
            aim=Aim(1.5, as_ratio=True),
            parts=(("the wire", wire_ms), ("the paper", paper_ms)),
            reason="Wire and paper take turns at both ends, and the cut waits for a status.",
        ),
        Figure(f"{name}: cut", _ms(taken.cut), peer=Peer("python-escpos", _ms(taken.plain))),
        Figure(f"{name}: known to be printed", _ms(taken.known)),
    ]


def _slips(port: Path, baud: int, profile: PrinterProfile, job: PaperJob, document: Document) -> _Taken:
    dots_per_s = profile.speed_mm_s * DOTS_PER_MM
    dialect: Dialect = "epson" if profile.status == "asb" else "generic"
    taken = _Taken([], [], [])
    for _ in range(SLIPS):
        sim = EscPosSimulator(port, baud, profile.width_dots, dots_per_s, dialect=dialect)
        try:
            taken_cut, taken_known = asyncio.run(_ours(sim, port, baud, profile, job))
        finally:
            sim.close()
        taken.cut.append(taken_cut)
        taken.known.append(taken_known)
        sim = EscPosSimulator(port, baud, profile.width_dots, dots_per_s, dialect=dialect)
        try:
            with redirect_stdout(StringIO()):  # it prints a remark about each picture
                taken.plain.append(_plain(sim, port, baud, profile, document))
        finally:
            sim.close()
    return taken


async def _ours(
    sim: EscPosSimulator, port: Path, baud: int, profile: PrinterProfile, job: PaperJob
) -> tuple[float, float]:
    printer = EscPosPrinter(str(port), baud, profile)
    cut = asyncio.create_task(asyncio.to_thread(_when_cut, sim))
    began = time.perf_counter()
    result = await printer.print(job)
    known = time.perf_counter()
    await printer.close()
    if result.outcome is not PrintOutcome.PRINTED:
        raise NotTaken(f"the slip was {result.outcome.value}: {result.reason.value}")
    return (await cut - began) * 1000, (known - began) * 1000


def _when_cut(sim: EscPosSimulator) -> float:
    sim.wait_for_slips(1, _LONGEST_S)
    return time.perf_counter()


def _plain(sim: EscPosSimulator, port: Path, baud: int, profile: PrinterProfile, document: Document) -> float:
    """The same rows as a program with python-escpos prints them."""
    began = time.perf_counter()
    printer = Serial(str(port), baudrate=baud, timeout=1, dsrdtr=False)
    printer._raw(b"\x1b@\x1c&")  # noqa: SLF001 - its own way for what it has no method for: Chinese mode
    for row in lay_out(document, profile.width_dots):
        match row:
            case TextRow("", _):
                printer.ln()
            case TextRow(text, size, align):
                coded = native(text, profile.chinese)
                printer.set(align=align, custom_size=True, width=size, height=size)
                if coded is None:
                    printer.image(_drawn(text, size))
                else:
                    printer._raw(coded + b"\n")  # noqa: SLF001 - it knows no GB 18030
            case RuleRow(heavy):
                printer.image(Image.new("1", (profile.width_dots, 4 if heavy else 2), 0))
            case Gap(dots):
                printer._raw(b"\x1bJ" + bytes((min(dots, 255),)))  # noqa: SLF001 - it feeds whole lines only
            case Qr(text, module_dots):
                printer.qr(text, size=module_dots, center=False)
            case Cut():
                printer.cut(mode="PART")
    printer.close()
    return (_when_cut(sim) - began) * 1000


def _drawn(text: str, size: int) -> Image.Image:
    glyphs = Glyphs()
    paper = Image.new("1", (cells(text) * CELL_DOTS * size, 2 * CELL_DOTS * size), 1)
    left = 0
    for character in text:
        width = cells(character) * CELL_DOTS * size
        paper.paste(glyphs.draw(character, width, 2 * CELL_DOTS * size), (left, 0))
        left += width
    return paper


def _ms(values: Sequence[float]) -> Samples:
    return Samples.of(values, "ms")
