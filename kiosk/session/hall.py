"""What surrounds the citizen: the hall's matters, what works in it, and so what this terminal can do now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Literal

from config.district import NOWHERE, District
from config.item import Item, LivenessNeed, Text
from config.working_days import NO_YEARS, WorkingDays
from devices.contracts.liveness import LivenessLevel
from kiosk.finding.finder import Finder
from kiosk.messages import KEEPS, Keeping, PlatformReach

Language = Literal["zh", "en"]


class Obstacle(Enum):
    """Why this terminal cannot finish a matter now."""

    OFFLINE_FORBIDDEN = "offline_forbidden"
    NO_READER = "no_reader"
    NO_SCANNER = "no_scanner"
    NO_DOCUMENT_CAMERA = "no_document_camera"
    NOT_OFFERED = "not_offered"
    NOT_ON_THIS_TERMINAL_YET = "not_on_this_terminal_yet"
    """A step of it is declared that no terminal of this version can do."""
    KEEPS_NO_MORE = "keeps_no_more"
    """Too much waits here for the platform, or for too long, to take on another application."""
    NO_KEY = "no_key"
    """Every key that this terminal could seal to is withdrawn."""
    WITHDRAWN = "withdrawn"
    """The platform has taken this matter back, in this version."""
    NO_CARD = "no_card"
    """The person says that they have no card with them."""


class Reservation(Enum):
    """What will be different though the matter can be finished."""

    KEPT_UNTIL_ONLINE = "kept_until_online"
    NO_SLIP = "no_slip"
    GUIDE_INSTEAD_OF_FACE = "guide_instead_of_face"
    FINGERPRINT_INSTEAD_OF_FACE = "fingerprint_instead_of_face"
    """Or a guide: the chip of an older card has no fingerprints."""
    OTHER_WAY_THAN_FACE = "other_way_than_face"
    """The matter needs a surer face check than this terminal has."""
    TYPE_INSTEAD_OF_SCAN = "type_instead_of_scan"
    BRING_PAPERS = "bring_papers"
    """There is no document camera: who has papers to add goes to the window."""


@dataclass(frozen=True)
class Ability:
    """The answer to "can this terminal finish my matter now?". It can, unless there is an obstacle."""

    obstacle: Obstacle | None = None
    reservations: tuple[Reservation, ...] = ()


@dataclass(frozen=True)
class Hall:
    """What the session knows of the world: nothing personal."""

    terminal_id: str
    name: Text
    phone: str
    items: tuple[Item, ...]
    today: date
    reach: PlatformReach = "unknown"
    keeping: Keeping = KEEPS
    withdrawn: frozenset[tuple[str, str]] = frozenset()
    """Matters that the platform has taken back, each with its version."""
    reader_usable: bool | None = None
    printer_usable: bool | None = None
    camera_usable: bool | None = None
    fingerprint_usable: bool | None = None
    scanner_usable: bool | None = None
    page_camera_usable: bool | None = None
    """Each is None until its first probe has answered: unknown is no reason to send anybody away. A device
    that this terminal does not have is one that cannot be used."""
    district: District = NOWHERE
    """What the hall handles beside the matters of this terminal."""
    working_days: WorkingDays = NO_YEARS
    catalogue_version: str = "shipped"
    """An application names it."""
    uses: Mapping[str, int] = field(default_factory=dict)
    """How often matters were used in this hall lately."""
    finder: Finder | None = None
    """None until it is built, which takes a moment."""
    large_print_from_age: int = 60
    """Slips of whoever has reached it are in large print."""
    operable_share: float = 0.63
    """Share of the screen's height, from its lower edge, that a hand reaches from a wheelchair."""
    liveness_module: LivenessLevel | None = None
    """The level of the module that judges liveness with cameras of its own, where there is one."""

    def judges(self, needed: LivenessNeed) -> bool:
        """Whether a face check here can find out what a matter needs."""
        return self.module_judges(needed) or LivenessLevel.BASIC.satisfies(LivenessLevel(needed))

    def module_judges(self, needed: LivenessNeed) -> bool:
        """Whether it is the module that does so: then no camera of the terminal's own is used."""
        level = LivenessLevel(needed)
        there = self.liveness_module
        return level is not LivenessLevel.NONE and there is not None and there.satisfies(level)
