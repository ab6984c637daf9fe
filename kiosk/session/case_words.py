"""How far an application is, as a holder tells it in one value, and as a person reads it; pure.

The value is state, filing number, day of receipt and matter with a space between, and behind them the
matter's official name: `received 33019900-20261121-000042 2026-11-21 dog_licence 养犬登记`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from config.item import Text

_TOLD: Final = re.compile(
    r"(?P<state>[a-z_]+) (?P<filing_no>[0-9A-Z-]{1,40}) (?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})"
    r" (?P<item>[a-z][a-z0-9_]{0,63}) (?P<name>\S.*)"
)

STATE: Final[Mapping[str, Text]] = {
    "received": Text(zh="已收件，等待受理", en="Received, waiting for acceptance"),
    "taken_over": Text(zh="公司已接收", en="Taken over by the company"),
    "split": Text(zh="分成几件办，见下面", en="Handled in parts, see below"),
    "correction": Text(zh="要补正，请打电话问 {phone}", en="To be corrected, please call {phone}"),
    "not_accepted": Text(zh="不予受理，请打电话问 {phone}", en="Not accepted, please call {phone}"),
    "accepted": Text(zh="已受理", en="Accepted"),
    "in_progress": Text(zh="办理中", en="Being handled"),
    "special_procedure": Text(
        zh="特别程序，这段时间不计时", en="Special procedure, this time does not count"
    ),
    "returned": Text(zh="已退回，请打电话问 {phone}", en="Returned, please call {phone}"),
    "concluded": Text(zh="已办结，办理机关会通知您", en="Concluded, the authority tells you the result"),
    "withdrawn": Text(zh="已撤回", en="Withdrawn"),
}
"""Each state in the words that may not be got wrong, and whom to call. None says how a case was decided."""


@dataclass(frozen=True, repr=False)
class Case:
    """One application, or one matter of a joint one."""

    state: str
    """A key of `STATE`."""
    filing_no: str
    day: date
    item: str
    official_name: str
    """As the application had it, in Chinese."""


def read_case(told: str) -> Case | None:
    """What was told; None for what has another form, or a state that nobody here knows."""
    found = _TOLD.fullmatch(told)
    if found is None or found["state"] not in STATE:
        return None
    try:
        day = date.fromisoformat(found["day"])
    except ValueError:
        return None
    return Case(found["state"], found["filing_no"], day, found["item"], found["name"])


def state_label(case: Case, phone: str, language: str) -> str:
    """How far it is; `phone` answers for its matter."""
    return STATE[case.state](language).format(phone=phone)
