"""Whether a scanned or typed code is an answer to the question that asked for it: pure functions.

A code answers one question: it is held against what that question wants, and never typed anywhere.
"""

from __future__ import annotations

import re

from config.item import ScanQuestion
from devices.contracts.scanner import CodeForm, Scan
from kiosk.session.hall import Hall
from kiosk.session.stages import QuestionStep, ScanTrouble

_PAYMENT = frozenset({CodeForm.WECHAT_PAY, CodeForm.ALIPAY})
_WANTED = {"payment_notice": CodeForm.PAYMENT_NOTICE, "opaque": CodeForm.OPAQUE}


def is_typed(asked: ScanQuestion, step: QuestionStep, hall: Hall) -> bool:
    """Whether the code is typed now: by choice, or because there is no scanner."""
    return asked.typed is not None and (step.typing or hall.scanner_usable is False)


def answer_in(asked: ScanQuestion, text: str) -> str | None:
    """The answer in a text that was typed, or in a code whose form is right; None when it has none."""
    answer = text
    if asked.pattern is not None:
        found = re.fullmatch(asked.pattern, text)
        if found is None:
            return None
        answer = found["value"] if "value" in found.groupdict() else text
    # A slip's whole code is longer than the number in it.
    return answer if len(answer) <= asked.max_length else None


def scanned(asked: ScanQuestion, scan: Scan) -> tuple[str | None, ScanTrouble | None]:
    """The answer in a scanned code, or why there is none in it."""
    wanted = _WANTED.get(asked.code)
    if wanted is None or wanted in scan.forms:
        answer = answer_in(asked, scan.text)
        if answer is not None:
            return answer, None
    return None, "payment_code" if scan.forms & _PAYMENT else "other_code"
