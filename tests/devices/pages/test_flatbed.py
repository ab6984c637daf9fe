"""The flat-bed scanner: what SANE's program says and when it hangs; as an extra, SANE's own test scanner."""

import asyncio
from pathlib import Path

import pytest

from devices.contracts.pages import PageNotClean, PageProblem, Paper
from devices.pages.flatbed import SaneFlatbed
from devices.statuses import DeviceFault, DeviceState, NotReady, Ready, Reason, Unknown

STAND_IN = Path(__file__).with_name("hanging_scanimage.py")


async def fault(flatbed: SaneFlatbed) -> DeviceFault:
    async with asyncio.timeout(30):
        with pytest.raises(DeviceFault) as raised:
            await flatbed.scan(Paper.A4)
    return raised.value


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("Document feeder jammed", Reason.PAPER_JAM),
        ("Document feeder out of documents", Reason.PAPER_OUT),
        ("Scanner cover is open", Reason.COVER_OPEN),
        ("Device busy", Reason.PORT_DENIED),
        ("Error during device I/O", Reason.PORT_LOST),
        ("Invalid argument", Reason.PORT_MISSING),
        ("Operation was canceled", Reason.RECOVERABLE),
        ("something nobody has heard of", Reason.GARBLED),
    ],
)
async def test_what_the_scanner_complains_of_has_a_reason(words: str, reason: Reason) -> None:
    found = await fault(SaneFlatbed(words, 10.0, 400_000, STAND_IN))
    assert found.reason is reason
    assert words in found.detail


async def test_a_scanner_that_hangs_is_killed_and_reported() -> None:
    found = await fault(SaneFlatbed("hangs", 0.5, 400_000, STAND_IN))
    assert found.reason is Reason.SILENT
    assert _hanging() == []


async def test_a_terminal_without_scanner_or_without_sane_says_so() -> None:
    without = SaneFlatbed("", 5.0, 400_000)
    assert await without.health() == NotReady(DeviceState.NO_DEVICE, Reason.NOT_CONFIGURED)
    assert (await fault(without)).reason is Reason.NOT_CONFIGURED
    missing = SaneFlatbed("test:0", 5.0, 400_000, "/nowhere/scanimage")
    assert await missing.health() == NotReady(DeviceState.NO_DEVICE, Reason.PART_MISSING)
    assert (await fault(missing)).reason is Reason.PART_MISSING


async def test_a_scanner_that_says_nothing_usable_is_unknown() -> None:
    assert await SaneFlatbed("odd words", 5.0, 400_000, STAND_IN).health() == Unknown(Reason.GARBLED)


def _hanging() -> list[Path]:
    every = Path("/proc").glob("[0-9]*/cmdline")
    return [path for path in every if b"hanging_scanimage.py\0--device-name=hangs" in _read(path)]


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


# ---- SANE's own test scanner -------------------------------------------------------------------------------


@pytest.mark.extra
async def test_sanes_test_scanner_gives_a_page() -> None:
    scanner = SaneFlatbed("test:0", 60.0, 2_000_000, options=("--test-picture", "Grid"))
    assert await scanner.health() == Ready()
    page = await scanner.scan(Paper.A4)
    assert page.dpi == 200
    assert page.width_px > 1500


@pytest.mark.extra
async def test_an_empty_glass_is_no_page() -> None:
    scanner = SaneFlatbed("test:0", 60.0, 400_000, options=("--test-picture", "Solid white"))
    with pytest.raises(PageNotClean) as raised:
        await scanner.scan(Paper.A4)
    assert [each.problem for each in raised.value.findings] == [PageProblem.BLANK]


@pytest.mark.extra
@pytest.mark.parametrize(
    ("status", "reason"),
    [
        ("JAMMED", Reason.PAPER_JAM),
        ("NO_DOCS", Reason.PAPER_OUT),
        ("COVER_OPEN", Reason.COVER_OPEN),
        ("IO_ERROR", Reason.PORT_LOST),
        ("ACCESS_DENIED", Reason.PORT_DENIED),
        ("DEVICE_BUSY", Reason.PORT_DENIED),
    ],
)
async def test_sanes_own_statuses_have_their_reasons(status: str, reason: Reason) -> None:
    options = ("--read-return-value", f"SANE_STATUS_{status}")
    assert (await fault(SaneFlatbed("test:0", 60.0, 400_000, options=options))).reason is reason


@pytest.mark.extra
async def test_an_unknown_scanner_is_missing() -> None:
    assert (await fault(SaneFlatbed("nowhere:0", 60.0, 400_000))).reason is Reason.PORT_MISSING


@pytest.mark.extra
async def test_sanes_slow_scanner_is_killed() -> None:
    slow = ("--read-delay=yes", "--read-delay-duration", "200000")
    assert (await fault(SaneFlatbed("test:0", 2.0, 400_000, options=slow))).reason is Reason.SILENT
