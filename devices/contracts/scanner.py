"""What the journey asks of a barcode scanner, and the values it gives."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from devices.statuses import Health


class CodeForm(Enum):
    """A form that a scanned code has. Forms overlap, and a form is not a proof (`devices.scanners.codes`)."""

    WECHAT_PAY = "wechat_pay"
    ALIPAY = "alipay"
    PAYMENT_NOTICE = "payment_notice"
    """缴款码, as this hall's settings describe it."""
    OPAQUE = "opaque"
    """A code of an app or an insurance, as this hall's settings describe it; the platform resolves it."""
    PLAIN = "plain"
    """None of the others."""


@dataclass(frozen=True)
class Scan:
    """One scanned code. Personal or secret (a payment code is money): it lives in the session only."""

    text: str
    forms: frozenset[CodeForm]

    def __repr__(self) -> str:
        """Say nothing, as an identity card does."""
        return "Scan(…)"


class ScanProblem(Enum):
    """Why a code that was scanned cannot be used."""

    CONTROL_BYTES = "control_bytes"
    """Bytes that are no text: noise, or two codes at once."""
    NOT_UTF_8 = "not_utf_8"
    """Text in another encoding, GBK for example."""
    TOO_LONG = "too_long"
    NO_SUFFIX = "no_suffix"
    """Cut short; or the scanner does not send the suffix that the settings say."""


class ScanUnreadable(Exception):
    """A code was scanned and cannot be used; the next one may be. Its text holds nothing of the code."""

    def __init__(self, problem: ScanProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


class BarcodeScanner(Protocol):
    """A barcode scanner that answers a question and is dark otherwise: it never types into a field."""

    async def health(self) -> Health:
        """Ask the device; never raises `DeviceFault`: a fault is a health."""
        ...

    async def scan(self) -> Scan:
        """Turn the light on and wait for one code, shown after this call and not before.

        The light is off when this ends, however it ends. Raises `ScanUnreadable` for a code that cannot be
        used, and `DeviceFault` when the scanner itself failed. Waits for ever otherwise: cancel it.
        """
        ...

    async def close(self) -> None:
        """Give the port back, after cancelling what is under way."""
        ...
