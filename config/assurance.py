"""How surely a person is the holder of the document: what each way of looking reaches, and what is enough.

Data, so that an authority that rates a way otherwise changes a line here and no step of the journey.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

AssuranceLevel = Literal["card", "card_and_face", "card_and_fingerprint", "staff_checked"]
IdentityMethod = Literal["card", "card_and_face", "fingerprint", "staff"]

REACHED: Final[Mapping[IdentityMethod, AssuranceLevel]] = {
    "card": "card",
    "card_and_face": "card_and_face",
    "fingerprint": "card_and_fingerprint",
    "staff": "staff_checked",
}
"""The level that each method reaches."""

ENOUGH: Final[Mapping[AssuranceLevel, frozenset[AssuranceLevel]]] = {
    "card": frozenset({"card", "card_and_face", "card_and_fingerprint", "staff_checked"}),
    "card_and_face": frozenset({"card_and_face", "card_and_fingerprint", "staff_checked"}),
    "card_and_fingerprint": frozenset({"card_and_fingerprint", "staff_checked"}),
    "staff_checked": frozenset({"staff_checked"}),
}
"""For the level that a matter needs: the levels that are enough."""


def is_enough(method: IdentityMethod, needed: AssuranceLevel) -> bool:
    """Whether `method` is enough for a matter that needs `needed`."""
    return REACHED[method] in ENOUGH[needed]
