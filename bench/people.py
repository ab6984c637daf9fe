"""Invented people for the hall: their numbers pass the checksum, and belong to nobody.

Area code 330199 is not assigned, so no resident's number begins with it; whoever has another document has
running number 000, which is given to nobody. The dates of their cards are computed
from today, so that a card that ends in two months always does.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

from devices import simulators
from devices.contracts.id_cards import Sex
from devices.simulators.cards import (
    LONG_TERM,
    AnyCard,
    SimulatedCard,
    SimulatedForeign2023,
    SimulatedPermit,
)
from devices.simulators.chip_photo import code_photo
from devices.vendor_host.libraries.simulated import simulated_template

AREA_CODE = "330199"
THUMBS = (0x0B, 0x10)
"""Right and left."""

FACES = Path(simulators.__file__).with_name("faces")


@dataclass(frozen=True)
class Person:
    """One invented person, their card's texts, and the face (a file in `devices/simulators/faces`)."""

    name: str
    sex: Sex
    ethnicity: str
    """Two digits, GB/T 3304."""
    birth: date
    address: str
    sequence: int
    """Three digits of the number; odd for men, even for women."""
    valid_from: date
    valid_to: date | None
    """None for 长期."""
    face: str
    authority: str = "临溪区公安分局"
    name_on_chip: str = ""
    """How an old card writes the name, if not as `name`: with private-use characters."""
    document: Literal["resident", "permit", "foreign-2023"] = "resident"
    nationality: str = ""
    """Of a foreigner, three letters. Their `name` is in Latin letters, and they have no other."""
    pass_number: str = ""
    """With a permit: the travel permit's."""
    fingers: tuple[int, ...] = ()
    """Codes of the fingers on the chip (GA/T 1011: 0x0B right thumb, 0x10 left thumb)."""

    @property
    def id_number(self) -> str:
        """The number with its check digit (GB 11643)."""
        area = {"resident": AREA_CODE, "permit": "810000", "foreign-2023": "933826"}[self.document]
        body = f"{area}{self.birth:%Y%m%d}{self.sequence:03d}"
        return body + check_digit(body)


def face_of(person: Person) -> Path:
    """The picture that a camera sees when this person stands before it."""
    return FACES / f"{person.face}.jpg"


def finger_of(person: Person, code: int) -> str:
    """What the simulated sensor calls this person's finger."""
    return f"{person.id_number} {code:02X}"


def card_of(person: Person) -> AnyCard:
    """The document in this person's hand, with their photo, and their fingers if any, on its chip."""
    valid_to = LONG_TERM if person.valid_to is None else f"{person.valid_to:%Y%m%d}"
    photo = code_photo(face_of(person))
    fingers = b"".join(simulated_template(finger_of(person, code), code) for code in person.fingers)
    match person.document:
        case "resident":
            return SimulatedCard(
                name=person.name_on_chip or person.name,
                sex=person.sex.value,
                ethnic_code=person.ethnicity,
                birth=f"{person.birth:%Y%m%d}",
                address=person.address,
                id_number=person.id_number,
                authority=person.authority,
                valid_from=f"{person.valid_from:%Y%m%d}",
                valid_to=valid_to,
                photo=photo,
                fingerprints=fingers,
            )
        case "permit":
            return SimulatedPermit(
                name=person.name,
                sex=person.sex.value,
                birth=f"{person.birth:%Y%m%d}",
                address=person.address,
                id_number=person.id_number,
                authority=person.authority,
                valid_from=f"{person.valid_from:%Y%m%d}",
                valid_to=valid_to,
                pass_number=person.pass_number,
                issue_count="01",
                photo=photo,
                fingerprints=fingers,
            )
        case "foreign-2023":
            return SimulatedForeign2023(
                name="",
                name_en=person.name,
                sex=person.sex.value,
                birth=f"{person.birth:%Y%m%d}",
                id_number=person.id_number,
                valid_from=f"{person.valid_from:%Y%m%d}",
                valid_to=valid_to,
                nationality=person.nationality,
                renewal_count="00",
                old_number_link="000",
                photo=photo,
                fingerprints=fingers,
            )


Made = Callable[[date], Person]
"""Somebody whose card is dated from today."""


def check_digit(body: str) -> str:
    """The eighteenth character for the seventeen before it (GB 11643, ISO 7064 MOD 11-2)."""
    total = sum(int(digit) * pow(2, 17 - place, 11) for place, digit in enumerate(body))
    return "10X98765432"[total % 11]


def resident(today: date) -> Person:
    """A woman of thirty-eight whose card holds for years."""
    return Person(
        name="周一禾",
        sex=Sex.FEMALE,
        ethnicity="01",
        birth=date(today.year - 38, 3, 14),
        address="浙江省临溪区东溪街道柳浪里12号3单元402室",
        sequence=128,
        valid_from=_years(today, -4),
        valid_to=_years(today, 16),
        face="zhou",
    )


def neighbour(today: date) -> Person:
    """A man of fifty-two with a card for ever (长期): the next in the queue, with another face."""
    return Person(
        name="沈明安",
        sex=Sex.MALE,
        ethnicity="01",
        birth=date(today.year - 52, 11, 2),
        address="浙江省临溪区西山镇上塘村7组15号",
        sequence=317,
        valid_from=_years(today, -4),
        valid_to=None,
        face="shen",
    )


def ending_soon(today: date) -> Person:
    """The resident, with a card that ends in sixty days."""
    ends = today + timedelta(days=60)
    return replace(resident(today), valid_from=_years(ends, -20), valid_to=ends)


def old_card(today: date) -> Person:
    """A man with a rare character in his name, and a card from before Unicode's place for it was used."""
    return Person(
        name="沈䶮",
        name_on_chip="沈\ue863",
        sex=Sex.MALE,
        ethnicity="01",
        birth=date(today.year - 59, 4, 30),
        address="浙江省临溪区南门街道石桥弄3号",
        sequence=455,
        valid_from=date(2006, 9, 1),
        valid_to=None,
        face="shen",
    )


def plane_two(today: date) -> Person:
    """A woman whose name begins beyond the first 65,536 characters: two UTF-16 units, one character."""
    return Person(
        name="𠮷田",
        sex=Sex.FEMALE,
        ethnicity="01",
        birth=date(today.year - 29, 1, 8),
        address="浙江省临溪区东溪街道梅园新村9幢201室",
        sequence=226,
        valid_from=_years(today, -3),
        valid_to=_years(today, 7),
        face="zhou",
    )


def long_name(today: date) -> Person:
    """A man with a name of eight characters and a dot (U+00B7) in it."""
    return Person(
        name="吾买尔江·买买提",
        sex=Sex.MALE,
        ethnicity="05",
        birth=date(today.year - 34, 6, 21),
        address="浙江省临溪区西山镇兴业路88号2幢1104室",
        sequence=619,
        valid_from=_years(today, -6),
        valid_to=_years(today, 14),
        face="shen",
    )


def with_fingers(today: date) -> Person:
    """A man of eighty-three with a card for ever, a face twenty years older, and his thumbs on the chip."""
    return Person(
        name="陆守田",
        sex=Sex.MALE,
        ethnicity="01",
        birth=date(today.year - 83, 2, 11),
        address="浙江省临溪区南门街道石桥弄9号",
        sequence=133,
        valid_from=_years(today, -12),
        valid_to=None,
        face="shen",
        fingers=THUMBS,
    )


def with_thumbs(made: Made) -> Made:
    """The same person with both thumbs on the chip: what happens by finger need not turn a head."""

    def again(today: date) -> Person:
        return replace(made(today), fingers=THUMBS)

    return again


def permit_holder(today: date) -> Person:
    """A woman from Hong Kong with a residence permit: her name in traditional characters, no ethnicity."""
    return Person(
        name="歐陽樂兒",
        sex=Sex.FEMALE,
        ethnicity="",
        birth=date(today.year - 31, 9, 9),
        address="浙江省临溪区东溪街道梅园新村3幢502室",
        sequence=0,
        valid_from=_years(today, -2),
        valid_to=_years(today, 3),
        face="zhou",
        document="permit",
        pass_number="H00000000",  # noqa: S106  a travel permit's, not a secret
    )


def foreigner(today: date) -> Person:
    """A man with a permanent resident card for foreigners, and no Chinese name."""
    return Person(
        name="EXAMPLE, JONATHAN",
        sex=Sex.MALE,
        ethnicity="",
        birth=date(today.year - 44, 12, 1),
        address="",
        sequence=0,
        valid_from=_years(today, -2),
        valid_to=_years(today, 8),
        face="shen",
        document="foreign-2023",
        nationality="GBR",
    )


def child(today: date) -> Person:
    """A girl of nine: under fourteen, so a guardian acts for her. A child's card holds for five years.

    The bench has three faces, all of grown-ups: hers is the resident's.
    """
    return Person(
        name="周小满",
        sex=Sex.FEMALE,
        ethnicity="01",
        birth=date(today.year - 9, 5, 20),
        address="浙江省临溪区东溪街道柳浪里12号3单元402室",
        sequence=542,
        valid_from=_years(today, -2),
        valid_to=_years(today, 3),
        face="zhou",
    )


def expired(today: date) -> Person:
    """The resident, with a card that ended a month ago."""
    ended = today - timedelta(days=30)
    return replace(resident(today), valid_from=_years(ended, -20), valid_to=ended)


def _years(day: date, years: int) -> date:
    # The 29th of February has no counterpart in most years: cards end on the 28th then.
    moved = 28 if (day.month, day.day) == (2, 29) else day.day
    return date(day.year + years, day.month, moved)
