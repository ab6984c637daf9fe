"""What shows that somebody needs help, what they are offered, and the guide they have called: values.

Counts and words of our own only: nothing of the person is in them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Literal

CallState = Literal["asking", "told", "coming", "not_told"]
"""The platform is being told; a guide's page shows the call; a guide is on the way; nobody was told."""


class Cause(Enum):
    """What showed that somebody struggles."""

    MISSED = "missed"
    NOT_RECOGNISED = "not_recognised"
    HESITATION = "hesitation"
    RETURNS = "returns"


@dataclass(frozen=True)
class Struggle:
    """What was counted in this visit, and what came of it. `kiosk.session.struggle` counts."""

    place: str = ""
    misses: int = 0
    """Touches on this screen that hit nothing."""
    failures: int = 0
    """Faces and fingers that were not recognised."""
    cards: int = 0
    """Cards that were not read."""
    left: frozenset[str] = frozenset()
    """Screens that were left once at least."""
    returns: Mapping[str, int] = field(default_factory=dict)
    """How often somebody came back to each."""
    offered: Cause | None = None
    """Why help is offered now."""
    spent: frozenset[Cause] = frozenset()
    """Causes that have offered help already."""
    refused: bool = False
    """They want none: nothing is offered any more in this visit."""


CALM = Struggle()
