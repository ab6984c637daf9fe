"""What a check of an item finds: a place in it, and what is wrong there."""

from __future__ import annotations

from dataclasses import dataclass

from config.plain import Loc


@dataclass(frozen=True)
class Finding:
    """One mistake: where in the item, and what is wrong."""

    loc: Loc
    reason: str
