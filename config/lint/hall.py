"""Findings about the hall: shelves, departments and telephones as its district has them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from config.district import District
from config.item import Item
from config.lint.report import Lint
from config.plain import Loc, meant


@dataclass(frozen=True)
class Hall:
    """What the district's own data say."""

    phones: frozenset[str]
    departments: frozenset[str]
    """Their Chinese names."""
    life_events: frozenset[str]
    themes: frozenset[str]


def hall_of(district: District) -> Hall:
    """What the linter needs of `district`."""
    phones = {district.phone, *(each.phone for each in district.departments)}
    phones |= {window.phone for each in district.departments for window in each.windows}
    return Hall(
        phones=frozenset(phone for phone in phones if phone is not None),
        departments=frozenset(each.name.zh for each in district.departments),
        life_events=frozenset(district.themes.life_events),
        themes=frozenset(district.themes.themes),
    )


def about_hall(item: Item, hall: Hall) -> Iterator[Lint]:
    """Where `item` and the district differ."""
    for key, known in (("life_events", hall.life_events), ("themes", hall.themes)):
        for position, shelf in enumerate(getattr(item, key)):
            if shelf not in known:
                why = f'"{shelf}" is none of the district\'s {key}{meant(shelf, known)}'
                yield Lint("unknown-shelf", (key, position), why)
    offices: list[tuple[Loc, str, str]] = [(("office",), item.office.phone, item.office.department.zh)]
    for position, each in enumerate(item.elsewhere):
        if each.office is not None:
            loc: Loc = ("elsewhere", position, "office")
            offices.append((loc, each.office.phone, each.office.department.zh))
    for loc, phone, department in offices:
        if phone not in hall.phones:
            yield Lint("unknown-phone", (*loc, "phone"), f"{phone} is no number of the district")
        if department not in hall.departments:
            why = f'"{department}" is no department of the district{meant(department, hall.departments)}'
            yield Lint("unknown-department", (*loc, "department", "zh"), why)
    if item.complaint_phone is not None and item.complaint_phone not in hall.phones:
        why = f"{item.complaint_phone} is no number of the district"
        yield Lint("unknown-phone", ("complaint_phone",), why)
