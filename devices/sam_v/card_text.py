"""What the 256-byte text area of a resident identity card says, with typed findings where it is wrong.

Source: the SAM_V text area of second-generation cards, UTF-16LE; GB/T 2261.1 (sex), GB/T 3304 (ethnic group),
GB 11643 (number). Offsets and lengths in bytes:

    0 name 30 · 30 sex 2 · 32 ethnic code 4 · 36 birth 16 · 52 address 70 · 122 number 36 ·
    158 authority 30 · 188 valid from 16 · 204 valid to 16, or 长期 · 248 type marker, none for a resident
"""

from __future__ import annotations

from datetime import date
from typing import Final

from config.codes import ETHNIC_GROUPS, birth_in, calendar_day, has_right_check
from devices.contracts import CardProblem, IdCard, Sex
from devices.sam_v.frames import TEXT_BYTES
from devices.sam_v.private_use import named

LONG_TERM: Final = "长期"
_PADDING: Final = " \0"
_OTHER_KINDS: Final = {b"I\0": "I", b"J\0": "J", b"Y\0": "Y"}
_TYPE_MARKER: Final = slice(248, 250)


class UnsupportedCard(Exception):
    """A card of another kind: I and Y, foreign permanent resident; J, Hong Kong, Macau and Taiwan."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"card type {kind}")
        self.kind = kind


class NoCardText(Exception):
    """These bytes are no card's text: not UTF-16, or without a name or a number."""


def resident_card(text: bytes, photo: bytes) -> IdCard:
    """Read a resident's card from its text area (256 bytes) and coded photo (1,024 bytes).

    What is wrong stays as it is and is listed in `problems`. Raises `UnsupportedCard`, `NoCardText`.
    """
    if len(text) != TEXT_BYTES:
        raise NoCardText
    kind = _OTHER_KINDS.get(text[_TYPE_MARKER])
    if kind is not None:
        raise UnsupportedCard(kind)
    name, number = _field(text, 0, 30), _field(text, 122, 36)
    if not name or not number:
        raise NoCardText
    sex_code, ethnic_code = _field(text, 30, 2), _field(text, 32, 4)
    birth = calendar_day(_field(text, 36, 16))
    valid_from, valid_to = calendar_day(_field(text, 188, 16)), None
    until = _field(text, 204, 16)
    long_term = until == LONG_TERM  # before any date parser: it is no date
    if not long_term:
        valid_to = calendar_day(until)
    sex = Sex(sex_code) if sex_code in _SEX_CODES else None
    return IdCard(
        name=name,
        sex=sex or Sex.UNKNOWN,
        ethnicity=ETHNIC_GROUPS.get(ethnic_code),
        birth=birth,
        address=_field(text, 52, 70),
        id_number=number,
        authority=_field(text, 158, 30),
        valid_from=valid_from,
        valid_to=valid_to,
        long_term=long_term,
        photo=photo,
        problems=(
            *_about_number(number, birth),
            *([CardProblem.UNKNOWN_SEX] if sex is None else []),
            *([CardProblem.UNKNOWN_ETHNICITY] if ethnic_code not in ETHNIC_GROUPS else []),
            *_about_validity(valid_from, valid_to, long_term=long_term),
        ),
    )


_SEX_CODES: Final = frozenset(sex.value for sex in Sex)


def _field(text: bytes, at: int, length: int) -> str:
    """One field without its padding, which is on the right only: names of other tongues hold spaces."""
    try:
        return named(text[at : at + length].decode("utf-16-le").rstrip(_PADDING))
    except UnicodeDecodeError:
        raise NoCardText from None  # the decoder's own text quotes the bytes


def _about_number(number: str, birth: date | None) -> list[CardProblem]:
    problems = []
    if not has_right_check(number):
        problems.append(CardProblem.BAD_CHECKSUM)
    if birth is None:
        problems.append(CardProblem.BAD_BIRTH_DATE)
    elif birth_in(number) != birth:
        problems.append(CardProblem.BIRTH_DIFFERS_FROM_NUMBER)
    return problems


def _about_validity(valid_from: date | None, valid_to: date | None, *, long_term: bool) -> list[CardProblem]:
    if valid_from is None or (valid_to is None and not long_term):
        return [CardProblem.BAD_VALIDITY]
    if valid_to is not None and valid_to < valid_from:
        return [CardProblem.REVERSED_VALIDITY]
    return []
