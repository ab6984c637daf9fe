"""What the journey asks of a reader for social-security cards, and the values it gives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Protocol

from devices.contracts.id_cards import Sex
from devices.statuses import ReaderHealth


class SocialSecurityProblem(Enum):
    """A typed finding about a social-security card; the value is kept as it is, never repaired by a guess."""

    ITEM_MISSING = "item_missing"
    BAD_TEXT = "bad_text"
    """A text that is no GBK, or digits that are none."""
    NAME_FILLS_ITS_FIELD = "name_fills_its_field"
    """A name of 30 bytes may go on where this card does not say."""
    BAD_CHECKSUM = "bad_checksum"
    BAD_BIRTH_DATE = "bad_birth_date"
    BIRTH_DIFFERS_FROM_NUMBER = "birth_differs_from_number"
    UNKNOWN_SEX = "unknown_sex"
    UNKNOWN_ETHNICITY = "unknown_ethnicity"
    BAD_VALIDITY = "bad_validity"
    REVERSED_VALIDITY = "reversed_validity"


@dataclass(frozen=True)
class CardHolder:
    """Whom a social-security card is for, EF06. Personal: it lives in the session only."""

    number: str
    """The social-security number, which is the citizen number."""
    name: str
    sex: Sex
    ethnicity: str | None
    """Chinese name without 族, GB/T 3304; None for an unknown code."""
    birthplace: str
    """Area code of six digits, GB/T 2260."""
    birth: date | None

    def __repr__(self) -> str:
        """Say nothing, as an identity card does."""
        return "CardHolder(…)"


@dataclass(frozen=True)
class SocialSecurityCard:
    """What a social-security card says. Personal: it lives in the session only."""

    card_id: str
    """32 hexadecimal digits."""
    card_class: str
    specification: str
    issuer: str
    """24 hexadecimal digits."""
    issued: date | None
    expires: date | None
    card_number: str
    holder: CardHolder | None
    """None when this region's card wants a PIN before it says whose it is: it is never asked for."""
    problems: tuple[SocialSecurityProblem, ...] = ()

    def __repr__(self) -> str:
        """Say nothing, as an identity card does."""
        return "SocialSecurityCard(…)"


class ChipTrouble(Enum):
    """Why a chip card that was there could not be read."""

    PULLED = "pulled"
    MUTE = "mute"
    """It does not answer: upside down, dirty or dead."""
    OTHER_CARD = "other_card"
    """It has no social-security application."""
    REFUSED = "refused"
    """It answers with an error."""
    GARBLED = "garbled"
    """What it says is no card's answer."""


class ChipUnreadable(Exception):
    """A chip card was there but could not be read. Its text holds nothing of the card."""

    def __init__(self, trouble: ChipTrouble, detail: str = "") -> None:
        super().__init__(f"{trouble.value}: {detail}" if detail else trouble.value)
        self.trouble = trouble


class SocialSecurityReader(Protocol):
    """A contact reader for social-security cards."""

    async def health(self) -> ReaderHealth:
        """Ask the device; never raises `DeviceFault`: a fault is a health."""
        ...

    async def next_card(self) -> SocialSecurityCard:
        """Wait until a card is put in and read it; a card left in is not read a second time.

        Raises `ChipUnreadable` for a card that was there and could not be read, and `DeviceFault` when the
        reader itself failed. Waits for ever otherwise: the caller owns the deadline.
        """
        ...

    async def close(self) -> None:
        """Let go of the reader."""
        ...
