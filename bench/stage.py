"""Where a written scene plays: the hall, whose turn it is, and what the scene has to remember."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from bench.citizen import Citizen
from bench.hall import Hall
from bench.hands import Hands
from bench.people import Person
from bench.scene import Photograph
from devices.simulators.escpos_printer import Slip

FIELDS = ("name", "masked_name", "id_number")
"""What words of a scene may hold in braces."""


def masked(name: str) -> str:
    """What a slip may show of a name: its first character, and its last if there are more than two.

    Of a name in Latin letters, the initials.
    """
    if name.isascii():
        return " ".join(f"{part[0]}***" for part in name.split())
    last = name[-1] if len(name) > len("张三") else ""
    return name[0] + "*" * (len(name) - 1 - len(last)) + last


@dataclass
class Stage:
    """Where a scene plays, and what it has to remember."""

    hall: Hall
    hands: Hands
    citizen: Citizen
    role: str
    """Whose turn it is."""
    had: int
    """Applications that the platform had before the scene."""
    slips_before: int
    """Slips that were out before this person's turn."""
    looks: dict[str, list[str]] = field(default_factory=dict)
    """What earlier people saw, by the step that compares it."""

    @property
    def person(self) -> Person:
        """Whose turn it is."""
        return self.hands.person(self.role)

    def filled(self, text: str) -> str:
        """`text` with the person's own data in the places for it."""
        person = self.person
        fields = {"name": person.name, "masked_name": masked(person.name), "id_number": person.id_number}
        return re.sub(r"\{(\w+)\}", lambda found: fields[found[1]], text)

    def slips(self) -> list[Slip]:
        """This person's slips. A flush at a session's start may cut blank paper: nobody's slip."""
        return [slip for slip in self.hall.printer.slips if not slip.blank][self.slips_before :]


Act = Callable[[Stage, Photograph], Awaitable[None]]
"""One step of a scene; raises `NotSeen` or `StepFailed`."""
