"""`device print-test`: a slip that shows what a new printer can do, and whether it says so when it is out."""

from __future__ import annotations

from typing import Final

from commands.device_common import BAUDS, FAULT, Voice
from config.plain import BadFile
from config.printer_profile import PrinterProfile, UnknownProfile, profile_named
from devices.contracts.receipt_printer import PrintOutcome, PrintResult
from devices.escpos.printer import EscPosPrinter
from devices.serial_line import FlowControl
from devices.statuses import Reason
from printing.escpos import receipt_job
from printing.fonts import Glyphs
from printing.trial import trial_document

UNKNOWN: Final = 5
"""Exit status when nobody can tell whether the slip is out."""

FLOWS: Final[tuple[FlowControl, ...]] = ("none", "rts_cts", "xon_xoff")

_WRONG_RATE: Final = frozenset({Reason.SILENT, Reason.NOT_UNDERSTOOD, Reason.GARBLED})
_NOBODY_KNOWS: Final = frozenset({Reason.SILENT, Reason.GARBLED, Reason.PORT_LOST})
_WORDS: Final = {
    PrintOutcome.PRINTED: "Printed: the printer was well before and after. Compare the slip with its words.",
    PrintOutcome.NOT_PRINTED: "Not printed",
    PrintOutcome.UNKNOWN: "Unknown whether it printed",
}


def answer(voice: Voice, port: str, profile_name: str, baud: int | None, flow: str) -> None:
    """Do it, and say how it went."""
    try:
        profile = profile_named(profile_name)
    except (UnknownProfile, BadFile) as mistake:
        voice.refuse(f"--profile: {mistake}")
    known_flow = next((known for known in FLOWS if known == flow), None)
    if known_flow is None:
        voice.refuse(f"--flow {flow}: is one of {', '.join(FLOWS)}")
    result, rate = voice.run(_print(port, profile, baud, known_flow))
    said = {
        "outcome": result.outcome.value,
        "reason": None if result.reason is Reason.NONE else result.reason.value,
        "profile": profile.id,
        "baud": rate,
    }
    if result.outcome is PrintOutcome.PRINTED:
        voice.result(said, _WORDS[result.outcome])
        return
    nobody_knows = result.reason in _NOBODY_KNOWS
    voice.result(said, f"{_WORDS[result.outcome]}: {result.reason.value}; docs/reasons.md says what to do.")
    voice.end(f"{port}: {result.reason.value}", UNKNOWN if nobody_knows else FAULT)


async def _print(
    port: str, profile: PrinterProfile, baud: int | None, flow: FlowControl
) -> tuple[PrintResult, int]:
    """Print at `baud`, or at the first of the five rates at which the printer answers."""
    rates = BAUDS if baud is None else (baud,)
    for rate in rates:
        printer = EscPosPrinter(port, rate, profile, flow)
        try:
            if rate != rates[-1] and (await printer.health()).reason in _WRONG_RATE:
                continue
            return await printer.print(receipt_job(trial_document(profile, rate), profile, Glyphs())), rate
        finally:
            await printer.close()
    raise AssertionError("the last rate is always tried")
