"""What the records of a social-security card say, with typed findings where they are wrong.

Source: social-security card specification, file structure and data items, LD/T 32 and its predecessor of
2012. Tags with lengths in bytes:

    EF05: 01 card identification 16 · 02 class 1 · 03 specification 4 · 04 issuer 12 · 05 issued 4 ·
          06 valid to 4 · 07 card number 9
    EF06: 08 social-security number 18 · 09 name 30 · 0A sex 1 · 0B ethnic group 1 · 0C place of birth 3 ·
          0D birth 4

Dates, ethnic group and place are BCD, padded with F; texts are GBK, padded with NUL, blanks or FF. Which
number a record has differs between editions; its tag does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from config.codes import ETHNIC_GROUPS, birth_in, calendar_day, has_right_check
from config.private_use import named
from devices.contracts.id_cards import Sex
from devices.contracts.social_security_card import (
    CardHolder,
    ChipTrouble,
    ChipUnreadable,
    SocialSecurityCard,
    SocialSecurityProblem,
)

NAME_BYTES: Final = 30
_PADDING: Final = b"\0 \xff"  # none of them can end a GBK character
_HEAD_BYTES: Final = 2

Items = Mapping[int, bytes]
"""Values by tag."""


def items_of(records: Iterable[bytes]) -> Items:
    """Values by tag, of records that are tag, length and value each.

    Raises `ChipUnreadable(GARBLED)` for a record that is not, and for a tag that comes twice.
    """
    items: dict[int, bytes] = {}
    for record in records:
        tag, value = record[:1], record[_HEAD_BYTES:]
        if len(record) < _HEAD_BYTES or record[1] != len(value) or tag[0] in items:
            raise ChipUnreadable(ChipTrouble.GARBLED, "a record that is none")
        items[tag[0]] = value
    return items


def social_security_card(issue: Items, person: Items | None) -> SocialSecurityCard:
    """Read a card from the items of EF05 and of EF06; `person` is None where EF06 is locked."""
    fields = _Fields(issue)
    issued, expires = fields.day(0x05), fields.day(0x06)
    problems = fields.problems
    if issued is None or expires is None:
        problems.append(SocialSecurityProblem.BAD_VALIDITY)
    elif expires < issued:
        problems.append(SocialSecurityProblem.REVERSED_VALIDITY)
    card_id, issuer = fields.raw(0x01).hex().upper(), fields.raw(0x04).hex().upper()
    card_class, specification, number = fields.text(0x02), fields.text(0x03), fields.text(0x07)
    holder = None
    if person is not None:
        holder, about_holder = _card_holder(person)
        problems.extend(about_holder)
    return SocialSecurityCard(
        card_id=card_id,
        card_class=card_class,
        specification=specification,
        issuer=issuer,
        issued=issued,
        expires=expires,
        card_number=number,
        holder=holder,
        problems=tuple(dict.fromkeys(problems)),
    )


def _card_holder(person: Items) -> tuple[CardHolder, list[SocialSecurityProblem]]:
    fields = _Fields(person)
    problems = fields.problems
    number, name, birth = fields.text(0x08), fields.text(0x09), fields.day(0x0D)
    sex, ethnic_code, birthplace = _sex(fields.raw(0x0A)), fields.digits(0x0B), fields.digits(0x0C)
    if len(person.get(0x09, b"").rstrip(_PADDING)) >= NAME_BYTES:
        problems.append(SocialSecurityProblem.NAME_FILLS_ITS_FIELD)
    if not has_right_check(number):
        problems.append(SocialSecurityProblem.BAD_CHECKSUM)
    if birth is None:
        problems.append(SocialSecurityProblem.BAD_BIRTH_DATE)
    elif birth_in(number) != birth:
        problems.append(SocialSecurityProblem.BIRTH_DIFFERS_FROM_NUMBER)
    if sex is None:
        problems.append(SocialSecurityProblem.UNKNOWN_SEX)
    if ethnic_code not in ETHNIC_GROUPS:
        problems.append(SocialSecurityProblem.UNKNOWN_ETHNICITY)
    holder = CardHolder(
        number=number,
        name=name,
        sex=sex or Sex.UNKNOWN,
        ethnicity=ETHNIC_GROUPS.get(ethnic_code),
        birthplace=birthplace,
        birth=birth,
    )
    return holder, problems


class _Fields:
    """One file's items, and what was found wrong while they were read."""

    def __init__(self, items: Items) -> None:
        self._items = items
        self.problems: list[SocialSecurityProblem] = []

    def raw(self, tag: int) -> bytes:
        value = self._items.get(tag, b"")
        if not value.strip(_PADDING):
            self.problems.append(SocialSecurityProblem.ITEM_MISSING)
            return b""
        return value

    def text(self, tag: int) -> str:
        try:
            # The wider codec: it knows GBK's own private rows, which `named` then calls by their names.
            text = named(self.raw(tag).rstrip(_PADDING).decode("gb18030"))
        except UnicodeDecodeError:
            text = "\0"
        if not text.isprintable() and not _is_private(text):
            self.problems.append(SocialSecurityProblem.BAD_TEXT)
            return ""
        return text

    def digits(self, tag: int) -> str:
        """BCD without its padding; "" when it is none."""
        digits = self.raw(tag).hex().rstrip("f")
        if digits and not digits.isdecimal():
            self.problems.append(SocialSecurityProblem.BAD_TEXT)
            return ""
        return digits

    def day(self, tag: int) -> date | None:
        return calendar_day(self._items.get(tag, b"").hex())


def _is_private(text: str) -> bool:
    """Whether all that cannot be printed is private use: a rare name that no standard has moved."""
    return all(character.isprintable() or "\ue000" <= character <= "\uf8ff" for character in text)


def _sex(value: bytes) -> Sex | None:
    """GB/T 2261.1, as a character or as BCD: the two have no byte in common."""
    match value:
        case b"0":
            return Sex.UNKNOWN
        case b"1" | b"\x01":
            return Sex.MALE
        case b"2" | b"\x02":
            return Sex.FEMALE
        case b"9" | b"\x09":
            return Sex.NOT_STATED
        case _:
            return None
