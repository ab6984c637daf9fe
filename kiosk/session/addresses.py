"""An address as a region that is picked and a detail that is typed; pure.

As an answer it is `330106 浙江省杭州市西湖区文三路1号`: the code of the region, then all of it in words, so
that a letter finds its way and a register its district. A screen gives `330106 文三路1号` for the same.
"""

from __future__ import annotations

from typing import Final, Literal

from config.item import AddressQuestion
from config.regions import ANYWHERE, Regions, above, regions

Trouble = Literal["required", "no_such_region", "region_only", "too_long"]

SHORTEST: Final = 2
"""Characters of a detail that can lead anybody to a door: 1号."""


def begins_at(area_code: str | None, answer: str | None, known: Regions | None = None) -> str:
    """Where picking begins: at the region answered before, else in the city of the hall's own district.

    The hall's district is nothing personal: most people who come live around it.
    """
    known = known or regions()
    if answer is not None and known.path(code_in(answer)):
        return code_in(answer)
    city = above(area_code or ANYWHERE)
    return city if known.path(city) else ANYWHERE


def is_region(place: str, known: Regions | None = None) -> bool:
    """Whether a person can be there."""
    return place == ANYWHERE or bool((known or regions()).path(place))


def before(place: str, begun: str) -> str | None:
    """Where "back" leads from `place` of a question that began at `begun`; None out of the picking."""
    return None if place in {begun, ANYWHERE} or above(place) == begun else above(place)


def read(asked: AddressQuestion, value: str, known: Regions | None = None) -> tuple[str, Trouble | None]:
    """Give the whole answer, and what is wrong with it."""
    known = known or regions()
    code, _, typed = value.strip().partition(" ")
    if not known.is_last(code):
        return value, "no_such_region"
    detail = detail_in(f"{code} {typed.strip()}", known)
    if not detail:
        return value, "required"
    if len(detail) < SHORTEST:
        return value, "region_only"
    return f"{code} {known.full_name(code)}{detail}", "too_long" if len(detail) > asked.max_length else None


def code_in(answer: str) -> str:
    """The code of the region of an answer."""
    return answer.partition(" ")[0]


def words_in(answer: str) -> str:
    """All of it in words, without the code."""
    return answer.partition(" ")[2]


def detail_in(answer: str, known: Regions | None = None) -> str:
    """What was typed; without the regions that people put before it out of habit."""
    code, _, detail = answer.partition(" ")
    for region in (known or regions()).path(code):
        detail = detail.strip().removeprefix(region.name.zh)
    return detail.strip()
