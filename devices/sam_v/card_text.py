"""What the 256-byte text area of an identity document says, with typed findings where it is wrong.

Source: the SAM_V text areas of second-generation documents, UTF-16LE; GB/T 2261.1 (sex), GB/T 3304 (ethnic
group), GB 11643 (number), ISO 3166-1 (nationality). Offsets and lengths in bytes; the type marker is at 248:

    none  resident, 2nd generation
          0 name 30 · 30 sex 2 · 32 ethnic code 4 · 36 birth 16 · 52 address 70 · 122 number 36 ·
          158 authority 30 · 188 valid from 16 · 204 valid to 16, or 长期
    J     residence permit, Hong Kong, Macau and Taiwan residents: as above, but nothing at 32;
          220 pass number 18 · 238 issue count 4
    I     foreign permanent resident, 2017
          0 English name 120 · 120 sex 2 · 122 number 30 · 152 nationality 6 · 158 Chinese name 30 ·
          188 valid from 16 · 204 valid to 16 · 220 birth 16 · 236 version 4 · 240 authority code 8
    Y     foreign permanent resident, 2023
          0 Chinese name 30 · 30 sex 2 · 32 renewal count 4 · 36 birth 16 · 52 English name, first 70 ·
          122 number 36 · 188 valid from 16 · 204 valid to 16 · 220 English name, last 22 ·
          242 nationality 6 · 250 what links to the number of 2017, 6
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from config.codes import (
    ETHNIC_GROUPS,
    FOREIGN_PREFIX,
    PERMIT_PREFIXES,
    birth_in,
    calendar_day,
    foreign_2017_birth,
    has_right_check,
    has_right_foreign_2017_check,
    is_nationality,
)
from config.private_use import is_unnamed, named
from devices.contracts.id_cards import (
    CardProblem,
    ForeignResidentCard,
    IdCard,
    ResidencePermit,
    ResidentCard,
    Sex,
)
from devices.sam_v.frames import ADDRESS_BYTES, TEXT_BYTES

LONG_TERM: Final = "长期"
_PADDING: Final = " \0"
_MARKER: Final = slice(248, 250)
_SEXES: Final = {sex.value: sex for sex in Sex}
_NOT_A_CHARACTER: Final = "\ufffd"


class NoCardText(Exception):
    """These bytes are no document's text: not 256 of them, or without a name or a number."""


def document(text: bytes, photo: bytes) -> IdCard:
    """Read a document from its text area (256 bytes) and coded photo (1,024 bytes).

    What is wrong stays as it is and is listed in `problems`. Raises `NoCardText`.
    """
    if len(text) != TEXT_BYTES:
        raise NoCardText
    area = _Area(text)
    match text[_MARKER]:
        case b"J\0":
            card: IdCard = _permit(area, photo)
        case b"I\0":
            card = _foreign_2017(area, photo)
        case b"Y\0":
            card = _foreign_2023(area, photo)
        case _:
            card = _resident(area, photo)
    if not (card.name or card.name_en) or not card.id_number:
        raise NoCardText
    return card


def additional_address(data: bytes) -> str:
    """Give the latest of the addresses written later, 70 bytes each; empty where all of them are."""
    areas = (_Area(data[at : at + ADDRESS_BYTES]) for at in range(0, len(data), ADDRESS_BYTES))
    written = [address for area in areas if (address := area.field(0, ADDRESS_BYTES))]
    return written[-1] if written else ""


def _resident(area: _Area, photo: bytes) -> ResidentCard:
    number, sex, ethnic_code = area.field(122, 36), area.field(30, 2), area.field(32, 4)
    birth = calendar_day(area.field(36, 16))
    validity = _Validity.of(area)
    name, address, authority = area.field(0, 30), area.field(52, 70), area.field(158, 30)
    return ResidentCard(
        name=name,
        sex=_SEXES.get(sex, Sex.UNKNOWN),
        ethnicity=ETHNIC_GROUPS.get(ethnic_code),
        birth=birth,
        address=address,
        id_number=number,
        authority=authority,
        valid_from=validity.begins,
        valid_to=validity.ends,
        long_term=validity.long_term,
        photo=photo,
        problems=(
            *_about_number(number, birth),
            *_if(sex not in _SEXES, CardProblem.UNKNOWN_SEX),
            *_if(ethnic_code not in ETHNIC_GROUPS, CardProblem.UNKNOWN_ETHNICITY),
            *validity.problems,
            *_about_text(name, address, authority, number),
        ),
    )


def _permit(area: _Area, photo: bytes) -> ResidencePermit:
    number, sex = area.field(122, 36), area.field(30, 2)
    birth = calendar_day(area.field(36, 16))
    validity = _Validity.of(area)
    name, address, authority = area.field(0, 30), area.field(52, 70), area.field(158, 30)
    pass_number, issue_count = area.field(220, 18), area.field(238, 4)
    return ResidencePermit(
        name=name,
        sex=_SEXES.get(sex, Sex.UNKNOWN),
        birth=birth,
        address=address,
        id_number=number,
        authority=authority,
        pass_number=pass_number,
        issue_count=issue_count,
        valid_from=validity.begins,
        valid_to=validity.ends,
        long_term=validity.long_term,
        photo=photo,
        problems=(
            *_about_number(number, birth),
            *_if(number[:6] not in PERMIT_PREFIXES, CardProblem.UNFIT_PREFIX),
            *_if(sex not in _SEXES, CardProblem.UNKNOWN_SEX),
            *validity.problems,
            *_about_text(name, address, authority, number, pass_number, issue_count),
        ),
    )


def _foreign_2017(area: _Area, photo: bytes) -> ForeignResidentCard:
    number, sex, nationality = area.field(122, 30), area.field(120, 2), area.field(152, 6)
    birth = calendar_day(area.field(220, 16))
    validity = _Validity.of(area)
    name, name_en = area.field(158, 30), area.field(0, 120)
    differs = birth is not None and foreign_2017_birth(number) != f"{birth:%y%m%d}"
    return ForeignResidentCard(
        edition=2017,
        name=name,
        name_en=name_en,
        sex=_SEXES.get(sex, Sex.UNKNOWN),
        birth=birth,
        id_number=number,
        nationality=nationality,
        authority=area.field(240, 8),
        version=area.field(236, 4),
        renewal_count=None,
        old_number_link=None,
        valid_from=validity.begins,
        valid_to=validity.ends,
        long_term=validity.long_term,
        photo=photo,
        problems=(
            *_if(not has_right_foreign_2017_check(number), CardProblem.BAD_CHECKSUM),
            *_if(birth is None, CardProblem.BAD_BIRTH_DATE),
            *_if(differs, CardProblem.BIRTH_DIFFERS_FROM_NUMBER),
            *_if(sex not in _SEXES, CardProblem.UNKNOWN_SEX),
            *_if(not is_nationality(nationality), CardProblem.UNKNOWN_NATIONALITY),
            *validity.problems,
            *_about_text(name, name_en, number),
        ),
    )


def _foreign_2023(area: _Area, photo: bytes) -> ForeignResidentCard:
    number, sex, nationality = area.field(122, 36), area.field(30, 2), area.field(242, 6)
    birth = calendar_day(area.field(36, 16))
    validity = _Validity.of(area)
    name, name_en = area.field(0, 30), area.field(52, 70, 220, 22)
    return ForeignResidentCard(
        edition=2023,
        name=name,
        name_en=name_en,
        sex=_SEXES.get(sex, Sex.UNKNOWN),
        birth=birth,
        id_number=number,
        nationality=nationality,
        authority=None,
        version=None,
        renewal_count=area.field(32, 4),
        old_number_link=area.field(250, 6),
        valid_from=validity.begins,
        valid_to=validity.ends,
        long_term=validity.long_term,
        photo=photo,
        problems=(
            *_about_number(number, birth),
            *_if(not number.startswith(FOREIGN_PREFIX), CardProblem.UNFIT_PREFIX),
            *_if(sex not in _SEXES, CardProblem.UNKNOWN_SEX),
            *_if(not is_nationality(nationality), CardProblem.UNKNOWN_NATIONALITY),
            *validity.problems,
            *_about_text(name, name_en, number),
        ),
    )


class _Area:
    """Text that is cut into fields."""

    def __init__(self, text: bytes) -> None:
        self._text = text

    def field(self, *places: int) -> str:
        """Take one field, or one of several parts (at, length, at, length …), in bytes.

        Padding is on the right only: names of other tongues hold spaces. Half a character becomes U+FFFD.
        """
        parts = zip(places[::2], places[1::2], strict=True)
        joined = b"".join(self._text[at : at + length] for at, length in parts)
        return named(joined.decode("utf-16-le", errors="replace").rstrip(_PADDING))


@dataclass(frozen=True)
class _Validity:
    """From when to when a document holds; at the same two places on every kind."""

    begins: date | None
    ends: date | None
    long_term: bool

    @classmethod
    def of(cls, area: _Area) -> _Validity:
        until = area.field(204, 16)
        long_term = until == LONG_TERM  # before any date parser: it is no date
        return cls(calendar_day(area.field(188, 16)), None if long_term else calendar_day(until), long_term)

    @property
    def problems(self) -> tuple[CardProblem, ...]:
        if self.begins is None or (self.ends is None and not self.long_term):
            return (CardProblem.BAD_VALIDITY,)
        if self.ends is not None and self.ends < self.begins:
            return (CardProblem.REVERSED_VALIDITY,)
        return ()


def _about_number(number: str, birth: date | None) -> tuple[CardProblem, ...]:
    """Findings about a number by GB 11643, whatever document it is on."""
    return (
        *_if(not has_right_check(number), CardProblem.BAD_CHECKSUM),
        *_if(birth is None, CardProblem.BAD_BIRTH_DATE),
        *_if(birth is not None and birth_in(number) != birth, CardProblem.BIRTH_DIFFERS_FROM_NUMBER),
    )


def _about_text(*fields: str) -> tuple[CardProblem, ...]:
    text = "".join(fields)
    return (
        *_if(_NOT_A_CHARACTER in text, CardProblem.UNREADABLE_TEXT),
        *_if(any(map(is_unnamed, text)), CardProblem.UNNAMED_CHARACTER),
    )


def _if(found: bool, problem: CardProblem) -> tuple[CardProblem, ...]:  # noqa: FBT001  a finding and whether it holds
    return (problem,) if found else ()
