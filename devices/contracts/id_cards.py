"""What the journey asks of a reader for identity documents, and the values it gives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Literal, Protocol

from devices.statuses import ReaderHealth


class Sex(Enum):
    """GB/T 2261.1."""

    UNKNOWN = "0"
    MALE = "1"
    FEMALE = "2"
    NOT_STATED = "9"


class DocumentType(Enum):
    """The identity documents with a chip that a resident-card reader reads."""

    RESIDENT = "resident"
    PERMIT = "permit"
    FOREIGN_2017 = "foreign-2017"
    FOREIGN_2023 = "foreign-2023"


class CardProblem(Enum):
    """A typed finding about what a card says; the value is kept as it is, never repaired by a guess."""

    BAD_CHECKSUM = "bad_checksum"
    """The number's last character does not fit the others, or the number has another form."""
    UNFIT_PREFIX = "unfit_prefix"
    """Another document's number: a permit's without 810000, 820000, 830000; a foreigner's of 2023 without 9.
    """
    BAD_BIRTH_DATE = "bad_birth_date"
    BIRTH_DIFFERS_FROM_NUMBER = "birth_differs_from_number"
    UNKNOWN_SEX = "unknown_sex"
    UNKNOWN_ETHNICITY = "unknown_ethnicity"
    UNKNOWN_NATIONALITY = "unknown_nationality"
    """Not three capital letters."""
    BAD_VALIDITY = "bad_validity"
    REVERSED_VALIDITY = "reversed_validity"
    UNREADABLE_TEXT = "unreadable_text"
    """Somewhere half a character, which stands as U+FFFD."""
    UNNAMED_CHARACTER = "unnamed_character"
    """A private-use character in a name or an address that no standard has given a place since."""


class FingerprintResult(Enum):
    """What became of one finger when the card was made (byte 4 of its block)."""

    REGISTERED = 0x01
    FAILED = 0x02
    NOT_REGISTERED = 0x03
    UNKNOWN = 0x09


class Finger(Enum):
    """Which finger (byte 5 of its block)."""

    RIGHT_THUMB = 0x0B
    RIGHT_INDEX = 0x0C
    RIGHT_MIDDLE = 0x0D
    RIGHT_RING = 0x0E
    RIGHT_LITTLE = 0x0F
    LEFT_THUMB = 0x10
    LEFT_INDEX = 0x11
    LEFT_MIDDLE = 0x12
    LEFT_RING = 0x13
    LEFT_LITTLE = 0x14
    RIGHT_UNCERTAIN = 0x61
    LEFT_UNCERTAIN = 0x62
    UNCERTAIN = 0x63


@dataclass(frozen=True, repr=False)
class Fingerprint:
    """One finger's block on the chip. Personal: it lives in the session only."""

    result: FingerprintResult
    """`UNKNOWN` also for a byte that has no meaning."""
    finger: Finger | None
    """None for a byte that has no meaning."""
    template: bytes
    """The whole block as the chip has it, 512 bytes: what a vendor's matcher takes."""

    @property
    def usable(self) -> bool:
        """Whether there is a finger to compare with."""
        return self.result is FingerprintResult.REGISTERED


@dataclass(frozen=True, kw_only=True, repr=False)
class _IdentityDocument:
    """What every kind has. Personal: it lives in the session only. The repr says nothing."""

    name: str
    """In Chinese characters; empty on a foreigner's card without such a name."""
    name_en: str | None
    """In Latin letters; None where the document has no such field."""
    sex: Sex
    birth: date | None
    """None where it is no day of the calendar (see `problems`)."""
    id_number: str
    valid_from: date | None
    valid_to: date | None
    """None with `long_term` (长期), or where the date is unreadable (see `problems`)."""
    long_term: bool
    photo: bytes
    """The 1,024 coded bytes of the chip; `PhotoDecoder` makes a picture of them."""
    fingerprints: tuple[Fingerprint, ...] | None = None
    """The chip's blocks, none, one or two; None where they were not asked for, or the reader cannot tell."""
    problems: tuple[CardProblem, ...] = ()


@dataclass(frozen=True, kw_only=True, repr=False)
class ResidentCard(_IdentityDocument):
    """What the chip of a resident identity card says."""

    name_en: str | None = None
    ethnicity: str | None
    """Chinese name without 族, GB/T 3304; None for an unknown code."""
    address: str
    additional_address: str | None = None
    """The latest address written later; empty: none on the chip; None: the reader did not tell."""
    authority: str

    @property
    def type(self) -> DocumentType:
        """Always `RESIDENT`."""
        return DocumentType.RESIDENT


@dataclass(frozen=True, kw_only=True, repr=False)
class ResidencePermit(_IdentityDocument):
    """What the chip of a residence permit for Hong Kong, Macau and Taiwan residents says."""

    name_en: str | None = None
    address: str
    additional_address: str | None = None
    """As in `ResidentCard`."""
    authority: str
    pass_number: str
    """Of the travel permit that goes with it; may be empty."""
    issue_count: str
    """As the chip says it, two digits."""

    @property
    def type(self) -> DocumentType:
        """Always `PERMIT`."""
        return DocumentType.PERMIT


@dataclass(frozen=True, kw_only=True, repr=False)
class ForeignResidentCard(_IdentityDocument):
    """What the chip of a foreign permanent resident's card says. What an edition lacks is None."""

    edition: Literal[2017, 2023]
    name_en: str
    nationality: str
    """ISO 3166-1, three letters."""
    authority: str | None
    """Edition 2017: the authority's code, four digits."""
    version: str | None
    """Edition 2017: the card's own version."""
    renewal_count: str | None
    """Edition 2023: as the chip says it, two digits."""
    old_number_link: str | None
    """Edition 2023: what of the holder's number of 2017 is not in the number, three characters."""

    @property
    def type(self) -> DocumentType:
        """By the edition."""
        return DocumentType.FOREIGN_2017 if self.edition == 2017 else DocumentType.FOREIGN_2023  # noqa: PLR2004  the year


IdCard = ResidentCard | ResidencePermit | ForeignResidentCard
"""An identity document with a chip; what all of them have is read without asking which it is."""


class IdCardReader(Protocol):
    """A reader for identity documents with a chip."""

    async def health(self) -> ReaderHealth:
        """Ask the device; never raises `DeviceFault`: a fault is a health."""
        ...

    async def next_card(self, *, fingerprints: bool = False) -> IdCard:
        """Wait until a card is laid down and read it whole; with its `fingerprints` only if they are wanted.

        Called again while that card still lies there, read it again. Raises `CardUnreadable` for a card that
        was there and could not be read (pulled away, damaged, none of these), and `DeviceFault` when the
        reader itself failed. Waits for ever otherwise: the caller owns the deadline.
        """
        ...

    async def close(self) -> None:
        """Give the port back. The next call opens it again."""
        ...


class CardFailure(Enum):
    """Why a card that was there gave no record."""

    NO_ANSWER = "no_answer"
    """The reader works, but said nothing, or nothing whole, about this card: pulled away, mostly."""
    NOT_SELECTED = "not_selected"
    """Found and not selected: pulled away, or two cards at once."""
    READ_FAILED = "read_failed"
    """The radio broke off: pulled away, mostly."""
    REJECTED = "rejected"
    """Card and reader do not accept each other: a damaged chip, or a copy."""
    UNKNOWN_KIND = "unknown_kind"
    """A card with a radio that is no identity document."""
    NO_RECORD = "no_record"
    """What came is no record: lengths that do not add up, or neither name nor number."""


class CardUnreadable(Exception):
    """A card was there but could not be read; the text holds nothing of what it says."""

    def __init__(self, failure: CardFailure, detail: str = "") -> None:
        super().__init__(f"{failure.value}: {detail}" if detail else failure.value)
        self.failure = failure
