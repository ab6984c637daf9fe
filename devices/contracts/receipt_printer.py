"""What the journey asks of a receipt printer, and the values it gives."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from devices.statuses import PrinterHealth, Reason


class PrintOutcome(Enum):
    """How a paper job ended. `UNKNOWN` is an answer: the paper may or may not be out."""

    PRINTED = "printed"
    NOT_PRINTED = "not_printed"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class PrintResult:
    """The outcome and, unless printed, its reason."""

    outcome: PrintOutcome
    reason: Reason = Reason.NONE


PaperJob = tuple[tuple[bytes, int], ...]
"""What a receipt printer is to print: its bytes in portions that end between two commands, each with how far
it moves the paper, in dots. A portion fits into a printer's buffer."""


class ReceiptPrinter(Protocol):
    """A receipt printer."""

    async def health(self) -> PrinterHealth:
        """Ask the device; never raises `DeviceFault`: a fault is a health."""
        ...

    async def print(self, job: PaperJob) -> PrintResult:
        """Check, send `job`, check again. Not cancellable half-way: it always ends with a result."""
        ...

    async def flush(self) -> None:
        """Empty the printer so that nothing of an earlier job can come out any more, and cut off what hangs.

        Raises `DeviceFault` unless both are done.
        """
        ...

    async def take_back(self) -> bool:
        """Have a presenter take back a slip that nobody took; whether it did."""
        ...

    async def close(self) -> None:
        """Give the port back."""
        ...
