"""Identity documents to lay on a simulated reader: facts in words, and the bytes that a chip would hold.

Written from the layouts of the SAM_V text area, not from the driver: fields in order, UTF-16LE. Every field
is the text on the chip, right or wrong: a test may lay down nonsense.
"""

from __future__ import annotations

from dataclasses import dataclass, field

LONG_TERM = "长期"

FINGERPRINT_BYTES = 512


@dataclass(frozen=True, kw_only=True)
class _OnEveryChip:
    """What a chip holds beside its text."""

    photo: bytes = field(repr=False)
    """1,024 bytes, in whatever coding the terminal's photo decoder knows."""
    fingerprints: bytes = field(default=b"", repr=False)
    """None, one or two blocks of 512 bytes (see `fingerprint`)."""
    additional_address: str = ""
    """The latest change of address, up to 35 characters; none on most cards."""


@dataclass(frozen=True, kw_only=True)
class SimulatedCard(_OnEveryChip):
    """A resident identity card."""

    name: str
    sex: str
    """GB/T 2261.1: 1 or 2, also 0 and 9."""
    ethnic_code: str
    birth: str
    """YYYYMMDD."""
    address: str
    id_number: str
    authority: str
    valid_from: str
    valid_to: str
    """YYYYMMDD or 长期."""


@dataclass(frozen=True, kw_only=True)
class SimulatedPermit(_OnEveryChip):
    """A residence permit for Hong Kong, Macau and Taiwan residents; fields as in `SimulatedCard`."""

    name: str
    sex: str
    birth: str
    address: str
    id_number: str
    authority: str
    valid_from: str
    valid_to: str
    pass_number: str
    issue_count: str
    """Two digits."""


@dataclass(frozen=True, kw_only=True)
class SimulatedForeign2017(_OnEveryChip):
    """A foreign permanent resident's card of 2017; fields as in `SimulatedCard`."""

    name_en: str
    sex: str
    id_number: str
    """Fifteen characters."""
    nationality: str
    """Three letters."""
    name: str
    valid_from: str
    valid_to: str
    birth: str
    version: str
    """Two digits."""
    authority_code: str
    """Four digits."""


@dataclass(frozen=True, kw_only=True)
class SimulatedForeign2023(_OnEveryChip):
    """A foreign permanent resident's card of 2023; fields as in `SimulatedCard`."""

    name: str
    sex: str
    renewal_count: str
    """Two digits."""
    birth: str
    name_en: str
    """Up to 46 characters: 35 in one field, the rest in another."""
    id_number: str
    valid_from: str
    valid_to: str
    nationality: str
    old_number_link: str
    """Three characters."""


AnyCard = SimulatedCard | SimulatedPermit | SimulatedForeign2017 | SimulatedForeign2023
"""A document that a simulated reader reads."""

_Fields = tuple[tuple[str, str, int], ...]
"""Name, text, and length in UTF-16 units, in the order of the chip."""


def text_area(card: AnyCard, padding: str = " ") -> bytes:
    """Lay out the 256 bytes. Raises `ValueError` for a field that is too long, naming it."""
    match card:
        case SimulatedCard():
            fields: _Fields = (*_resident_fields(card, card.ethnic_code), ("spare", "", 18))
        case SimulatedPermit():
            fields = (
                *_resident_fields(card, ""),
                ("pass_number", card.pass_number, 9),
                ("issue_count", card.issue_count, 2),
                ("reserved", "", 3),
                ("type_marker", "J", 1),
                ("reserved", "", 3),
            )
        case SimulatedForeign2017():
            fields = (
                ("name_en", card.name_en, 60),
                ("sex", card.sex, 1),
                ("id_number", card.id_number, 15),
                ("nationality", card.nationality, 3),
                ("name", card.name, 15),
                ("valid_from", card.valid_from, 8),
                ("valid_to", card.valid_to, 8),
                ("birth", card.birth, 8),
                ("version", card.version, 2),
                ("authority_code", card.authority_code, 4),
                ("type_marker", "I", 1),
                ("reserved", "", 3),
            )
        case SimulatedForeign2023():
            fields = (
                ("name", card.name, 15),
                ("sex", card.sex, 1),
                ("renewal_count", card.renewal_count, 2),
                ("birth", card.birth, 8),
                ("name_en", card.name_en[:35], 35),
                ("id_number", card.id_number, 18),
                ("reserved", "", 15),
                ("valid_from", card.valid_from, 8),
                ("valid_to", card.valid_to, 8),
                ("name_en", card.name_en[35:], 11),
                ("nationality", card.nationality, 3),
                ("type_marker", "Y", 1),
                ("old_number_link", card.old_number_link, 3),
            )
    return b"".join(_pad(name, text, units, padding) for name, text, units in fields)


def address_area(card: AnyCard) -> bytes:
    """Lay out the 70 bytes of the additional address."""
    return _pad("additional_address", card.additional_address, 35, " ")


def fingerprint(finger: int, result: int = 0x01) -> bytes:
    """Make a block of 512 bytes for a finger (0x0B … 0x14) that looks like nobody's."""
    body = bytes((place * 7 + finger) % 256 for place in range(FINGERPRINT_BYTES - 6))
    return b"C\x01\x12\xff" + bytes([result, finger]) + body


def _resident_fields(card: SimulatedCard | SimulatedPermit, ethnic_code: str) -> _Fields:
    return (
        ("name", card.name, 15),
        ("sex", card.sex, 1),
        ("ethnic_code", ethnic_code, 2),
        ("birth", card.birth, 8),
        ("address", card.address, 35),
        ("id_number", card.id_number, 18),
        ("authority", card.authority, 15),
        ("valid_from", card.valid_from, 8),
        ("valid_to", card.valid_to, 8),
    )


def _pad(name: str, text: str, units: int, padding: str) -> bytes:
    """Encode to `units` UTF-16 code units, filling up on the right."""
    encoded = text.encode("utf-16-le", errors="surrogatepass")
    missing = units - len(encoded) // 2
    if missing < 0:
        raise ValueError(f"{name}: {-missing} UTF-16 units too long")
    return encoded + padding.encode("utf-16-le") * missing
