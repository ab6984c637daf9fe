"""Identity cards to lay on a simulated reader: facts in words, and the 256 bytes a chip would hold.

Written from the layout of the SAM_V text area, not from the driver: field lengths in order, UTF-16LE.
"""

from __future__ import annotations

from dataclasses import dataclass, field

LONG_TERM = "长期"


@dataclass(frozen=True)
class SimulatedCard:
    """One card. Every field is the text on the chip, right or wrong: a test may lay down nonsense."""

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
    photo: bytes = field(repr=False)
    """1,024 bytes, in whatever coding the terminal's photo decoder knows."""
    type_marker: str = " "
    """I, J or Y for the other kinds of card that the same readers read."""
    additional_address: str = ""
    """The latest change of address, up to 35 characters; none on most cards."""


def text_area(card: SimulatedCard, padding: str = " ") -> bytes:
    """Lay out the 256 bytes. Raises `ValueError` for a field that is too long, naming it."""
    fields = (
        ("name", card.name, 15),
        ("sex", card.sex, 1),
        ("ethnic_code", card.ethnic_code, 2),
        ("birth", card.birth, 8),
        ("address", card.address, 35),
        ("id_number", card.id_number, 18),
        ("authority", card.authority, 15),
        ("valid_from", card.valid_from, 8),
        ("valid_to", card.valid_to, 8),
        ("spare", "", 14),
        ("type_marker", card.type_marker, 1),
        ("spare", "", 3),
    )
    return b"".join(_pad(name, text, units, padding) for name, text, units in fields)


def address_area(card: SimulatedCard) -> bytes:
    """Lay out the 70 bytes of the additional address."""
    return _pad("additional_address", card.additional_address, 35, " ")


def _pad(name: str, text: str, units: int, padding: str) -> bytes:
    """Encode to `units` UTF-16 code units, filling up on the right."""
    encoded = text.encode("utf-16-le")
    missing = units - len(encoded) // 2
    if missing < 0:
        raise ValueError(f"{name}: {-missing} UTF-16 units too long")
    return encoded + padding.encode("utf-16-le") * missing
