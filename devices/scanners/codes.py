"""What a scanned code says and which forms it has: a pure reading that guesses nothing.

A form is not a proof: eighteen digits that begin with 11 may be a WeChat payment code or a citizen number,
and twenty that begin with 28 an Alipay code or a payment notice. So a scan has every form that fits, and the
step that asked looks for the one it wants.

Source: WeChat Pay and Alipay, payer-presented codes (length and prefix); ISO/IEC 18004 (capacity of a QR
code). The layout of payment notice numbers (缴款码) and of the codes of apps and insurances is each hall's
own: a pattern in the settings. Their content is opaque here; the platform resolves it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from devices.contracts.scanner import CodeForm, Scan, ScanProblem, ScanUnreadable

MAX_BYTES: Final = 7_089
"""No code holds more: a QR code of version 40-L full of digits."""

_WECHAT_PAY: Final = re.compile(r"1[0-5][0-9]{16}")
_ALIPAY: Final = re.compile(r"(?:2[5-9]|30)[0-9]{14,22}")
_REPLACEMENT: Final = "\ufffd"


@dataclass(frozen=True)
class CodePatterns:
    """What this hall's own codes look like, matched whole; None where the hall has not said."""

    payment_notice: re.Pattern[str] | None = None
    opaque: re.Pattern[str] | None = None


def read_payload(payload: bytes, patterns: CodePatterns) -> Scan:
    """Read one code's bytes, without suffix and acknowledgements. Raises `ScanUnreadable`.

    Text is UTF-8. GBK is not recognised: some of its characters are UTF-8 too, and then say something else.
    """
    if len(payload) > MAX_BYTES:
        raise ScanUnreadable(ScanProblem.TOO_LONG)
    try:
        text = payload.decode("utf-8")
    except UnicodeDecodeError:
        raise ScanUnreadable(ScanProblem.NOT_UTF_8) from None  # the decoder's own text quotes the bytes
    if _REPLACEMENT in text:  # the scanner itself could not read a character
        raise ScanUnreadable(ScanProblem.NOT_UTF_8)
    if any(unicodedata.category(character) == "Cc" for character in text):
        raise ScanUnreadable(ScanProblem.CONTROL_BYTES)
    return Scan(text, forms_of(text, patterns))


def forms_of(text: str, patterns: CodePatterns) -> frozenset[CodeForm]:
    """Every form that `text` has; `PLAIN` when it has none."""
    tried = {
        CodeForm.WECHAT_PAY: _WECHAT_PAY,
        CodeForm.ALIPAY: _ALIPAY,
        CodeForm.PAYMENT_NOTICE: patterns.payment_notice,
        CodeForm.OPAQUE: patterns.opaque,
    }
    fitting = {form for form, pattern in tried.items() if pattern is not None and pattern.fullmatch(text)}
    return frozenset(fitting or {CodeForm.PLAIN})
