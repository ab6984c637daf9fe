"""The mark of a setting that the platform may set, too: beside the setting itself, so that nobody forgets it.

Whatever is not marked can only be set on the machine. Marked is what the owner of a hall knows better than
whoever stands before the machine; never a key, an address, a device, a path, or what keeps data private.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Effect = Literal["session", "start"]
"""From when on: the next session's, or the next start of the terminal."""


@dataclass(frozen=True)
class PlatformMaySet:
    """How far the platform may go is narrower than what a technician may do, who sees what comes of it."""

    effect: Effect
    least: float | None = None
    most: float | None = None
