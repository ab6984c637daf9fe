"""Whatever breaks at whatever byte: nobody is told of a slip that is not there, or gets another's."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest
import structlog

from config.printer_profile import PrinterProfile, profile_named
from devices.contracts.receipt_printer import PaperJob, PrintOutcome, PrintResult, ReceiptPrinter
from devices.escpos.conversation import Conversation, Way
from devices.escpos.printer import EscPosPrinter
from devices.statuses import DeviceFault
from printing.document import Cut, Document, Line
from printing.escpos import receipt_job
from printing.fonts import Glyphs
from tests.devices.escpos.every_byte import Case, Driver, as_shipped, tried
from tests.devices.escpos.paper_in_process import FAULTS, Fault
from tests.printing.slips import KINDS

PROFILES = tuple(map(profile_named, ("generic-80", "generic-58", "epson-tm-t82iii", "custom-vkp80iii")))
"""Each status dialect, and both widths."""
NEXT: Document = (Line("乙的凭条"), Line("姓名 乙*䶮"), Line("完", size=2), Cut())
SAMPLE = 3


@pytest.fixture(autouse=True)
def _no_log() -> Iterator[None]:
    structlog.configure(processors=[_drop])
    yield
    structlog.reset_defaults()


def _drop(*_: object) -> str:
    raise structlog.DropEvent


def case(profile: PrinterProfile, kind: str, driver: Driver = as_shipped) -> Case:
    document, large = KINDS[kind]
    glyphs = Glyphs()
    first = receipt_job(document, profile, glyphs, large=large)
    return Case(profile, first, receipt_job(NEXT, profile, glyphs), driver)


def faults(profile: PrinterProfile) -> list[Fault]:
    """Those that a printer of this dialect can have: Custom's full status knows no pause."""
    return [fault for fault in FAULTS if profile.status != "custom" or fault != "paused"]


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.id)
def test_a_fault_at_any_byte_deceives_nobody(profile: PrinterProfile) -> None:
    random = Random(profile.id)  # noqa: S311 - a sample that is the same on every machine
    for kind in random.sample(sorted(KINDS), 2):
        one = case(profile, kind)
        bytes_ = sum(len(data) for data, _ in one.first) + 200
        strikes = [(random.randrange(bytes_), fault) for fault in faults(profile) for _ in range(SAMPLE)]
        assert tried(one, strikes) == {"tried": len(strikes)}


@pytest.mark.long
@pytest.mark.timeout(0)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.id)
def test_every_fault_at_every_byte_of_every_slip(profile: PrinterProfile, kind: str) -> None:
    """Of the printers that get pictures, every byte of one slip, and every eleventh of the others."""
    one = case(profile, kind)
    bytes_ = sum(len(data) for data, _ in one.first) + 300
    step = 11 if profile.qr == "dots" and kind != "kept-zh" else 1
    strikes = [(byte, fault) for fault in faults(profile) for byte in range(0, bytes_, step)]
    assert tried(one, strikes) == {"tried": len(strikes)}


class _TrustsRealTimeStatus:
    """The first weakened variant: all is sent at once, and `DLE EOT` believed, which overtakes it."""

    def __init__(self, profile: PrinterProfile, way: Way) -> None:
        self._line = Conversation("cable", 115_200, profile, "none", way)
        self._real = EscPosPrinter("cable", 115_200, profile, way=way)
        self.health, self.flush, self.take_back = self._real.health, self._real.flush, self._real.take_back

    async def print(self, job: PaperJob) -> PrintResult:
        try:
            await self._line.begin()
            before, _ = await self._line.statuses()
            if not before.usable:
                return PrintResult(PrintOutcome.NOT_PRINTED, before.reason)
            await self._line.send(b"".join(data for data, _ in job))
            after, _ = await self._line.statuses()
        except DeviceFault as fault:
            return PrintResult(PrintOutcome.UNKNOWN, fault.reason)
        return PrintResult(PrintOutcome.PRINTED if after.usable else PrintOutcome.UNKNOWN, after.reason)

    async def close(self) -> None:
        await self._line.close()


class _NeverFlushes(EscPosPrinter):
    """The second: what stayed in the printer stays there."""

    async def flush(self) -> None:
        pass


def _trusting(profile: PrinterProfile, way: Way) -> ReceiptPrinter:
    return _TrustsRealTimeStatus(profile, way)


def _never_flushing(profile: PrinterProfile, way: Way) -> ReceiptPrinter:
    return _NeverFlushes("cable", 115_200, profile, way=way)


@pytest.mark.parametrize(
    ("driver", "fault", "caught"),
    [
        (_trusting, "jammed", "half a slip called printed"),
        (_never_flushing, "killed", "another's slip"),
    ],
)
def test_a_weaker_driver_is_caught(driver: Driver, fault: Fault, caught: str) -> None:
    one = case(profile_named("generic-80"), "received-zh", driver)
    bytes_ = sum(len(data) for data, _ in one.first)
    strikes = [(byte, fault) for byte in range(bytes_ // 8, bytes_, bytes_ // 6)]
    assert tried(one, strikes)[caught] > 0
