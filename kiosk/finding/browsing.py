"""Shelves to browse: by life event, theme, audience, department; and what is used most in this hall; pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal, get_args

from config.district import District
from config.item import Item
from config.listing import Listing, Name

ShelfKind = Literal["life_event", "theme", "audience", "department"]
KINDS: Final[tuple[ShelfKind, ...]] = get_args(ShelfKind)

AUDIENCES: Final[Mapping[str, Name]] = {
    "natural_person": Name(zh="个人办事", en="For people"),
    "legal_person": Name(zh="单位办事", en="For companies and organisations"),
}

MOST_USED: Final = 6
"""What fits on the welcome page."""


@dataclass(frozen=True)
class Shelf:
    """One place to browse, with what stands on it: what is done here first, then what is used most."""

    kind: ShelfKind
    id: str
    name: Name
    matters: tuple[str, ...]
    """Ids of matters and entries."""


def offered(items: Iterable[Item]) -> tuple[Item, ...]:
    """The matters that can be chosen by themselves."""
    return tuple(item for item in items if not item.only_in_joint)


def shelves(
    kind: ShelfKind, items: Iterable[Item], district: District, uses: Mapping[str, int]
) -> tuple[Shelf, ...]:
    """Every shelf of that kind that has something on it, in the order of the hall's own list."""
    here = offered(items)
    matters: tuple[Item | Listing, ...] = (*here, *district.listings)
    stand = {matter.id: _places(kind, matter, district) for matter in matters}
    ours = {item.id for item in here}
    order = sorted(stand, key=lambda one: (one not in ours, -uses.get(one, 0)))
    found = []
    for identifier, name in _names(kind, district).items():
        standing = tuple(one for one in order if identifier in stand[one])
        if standing:
            found.append(Shelf(kind, identifier, name, standing))
    return tuple(found)


def most_used(items: Iterable[Item], district: District, uses: Mapping[str, int]) -> tuple[str, ...]:
    """What is used most in this hall, what is done here first among equals; nothing that nobody used."""
    known = [*(item.id for item in offered(items)), *(listing.id for listing in district.listings)]
    used = [identifier for identifier in known if uses.get(identifier, 0) > 0]
    return tuple(sorted(used, key=lambda one: -uses[one])[:MOST_USED])


def _names(kind: ShelfKind, district: District) -> Mapping[str, Name]:
    match kind:
        case "life_event":
            return district.themes.life_events
        case "theme":
            return district.themes.themes
        case "audience":
            return AUDIENCES
        case "department":
            return {department.id: department.name for department in district.departments}


def _places(kind: ShelfKind, matter: Item | Listing, district: District) -> frozenset[str]:
    """The shelves of that kind on which it stands."""
    match kind:
        case "life_event":
            return frozenset(matter.life_events)
        case "theme":
            return frozenset(matter.themes)
        case "audience":
            return frozenset(each for each in AUDIENCES if matter.audience in {each, "both"})
        case "department":
            if isinstance(matter, Listing):
                return frozenset({matter.department})
            named = matter.office.department.zh
            return frozenset(each.id for each in district.departments if each.name.zh == named)
