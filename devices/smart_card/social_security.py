"""The conversation with a social-security card: select its application, read EF05, read EF06 if it lets us.

Source: social-security card specification LD/T 32: the system environment is selected by the name
"sx1.sh.社会保障" in GBK; EF05 and EF06 are read record by record.

A PIN is never sent: a wrong one, three times, locks a citizen's card.
"""

from __future__ import annotations

from typing import Final

from devices.contracts.social_security_card import ChipTrouble, ChipUnreadable, SocialSecurityCard
from devices.smart_card.apdu import CardChannel, Status, exchange, read_record, select
from devices.smart_card.records import items_of, social_security_card

ENVIRONMENT: Final = "sx1.sh.社会保障".encode("gbk")
ISSUE_FILE: Final = 0x05
PERSON_FILE: Final = 0x06

_MAX_RECORDS: Final = 32
"""Editions have up to a dozen records a file."""

_NOT_HERE: Final = frozenset({Status.NO_FUNCTION, Status.NO_FILE, Status.NO_INSTRUCTION, Status.NO_CLASS})


class _Locked(Exception):
    """The card wants a PIN first."""


async def read_social_security_card(channel: CardChannel) -> SocialSecurityCard:
    """Read the card on `channel`. Raises `ChipUnreadable`, `DeviceFault`."""
    selected = await exchange(channel, select(ENVIRONMENT))
    if selected.status in _NOT_HERE:
        raise ChipUnreadable(ChipTrouble.OTHER_CARD)
    _require_ok(selected.status)
    try:
        issue = items_of(await _records(channel, ISSUE_FILE))
    except _Locked:
        raise ChipUnreadable(ChipTrouble.REFUSED, f"SW {Status.LOCKED:04X} for EF05") from None
    try:
        person = items_of(await _records(channel, PERSON_FILE))
    except _Locked:
        person = None
    return social_security_card(issue, person)


async def _records(channel: CardChannel, short_file: int) -> list[bytes]:
    """Every record of a file, until the card says that there are no more. Raises `_Locked`."""
    records: list[bytes] = []
    for number in range(1, _MAX_RECORDS + 1):
        answer = await exchange(channel, read_record(number, short_file))
        if answer.status in {Status.NO_RECORD, Status.NO_FILE}:
            return records
        if answer.status == Status.LOCKED:
            raise _Locked
        _require_ok(answer.status)
        records.append(answer.data)
    raise ChipUnreadable(ChipTrouble.GARBLED, "a file without end")


def _require_ok(status: int) -> None:
    if status != Status.OK:
        raise ChipUnreadable(ChipTrouble.REFUSED, f"SW {status:04X}")
