"""What a query leads to, in the groups of the screen: done here, guides, plain answers; pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from config.district import District
from config.item import Item
from config.listing import Listing
from kiosk.finding.asking import Answer, answers
from kiosk.finding.browsing import offered
from kiosk.finding.findable import Findable, Match
from kiosk.finding.finder import Finder

LIKELY: Final = 3
"""Hits among which the one that is meant surely is."""
MOST_HERE: Final = 5
MOST_GUIDES: Final = 8
"""What a person looks through before they ask somebody."""

_NUMBER = re.compile(r"[0-9Xx][0-9Xx \-]{5,}")
"""What looks like the number of a person, a telephone or an account: not looked up, and kept nowhere."""


@dataclass(frozen=True)
class Found:
    """One matter that may be meant, and why it was found."""

    matter: Item | Listing
    why: tuple[Match, ...]


@dataclass(frozen=True)
class Results:
    """Everything that a query leads to."""

    here: tuple[Found, ...] = ()
    """Can be done on this terminal."""
    guides: tuple[Found, ...] = ()
    """Cannot: where to go, and with what."""
    about: Item | Listing | None = None
    answers: tuple[Answer, ...] = ()
    """What the file of `about` says to the plain question in the query."""
    personal: bool = False
    """The query looks like somebody's number, and was not looked up."""

    @property
    def empty(self) -> bool:
        """Whether nothing was found."""
        return not (self.here or self.guides)


def is_personal(query: str) -> bool:
    """Whether it looks like somebody's number."""
    return _NUMBER.search(unicodedata.normalize("NFKC", query)) is not None


def results(query: str, finder: Finder, items: Iterable[Item], district: District) -> Results:
    """What `query`, as typed so far, leads to."""
    if is_personal(query):
        return Results(personal=True)
    here = {item.id: item for item in offered(items)}
    hits = [
        Found(matter, hit.why)
        for hit in finder.find(query, MOST_HERE + MOST_GUIDES)
        if (matter := here.get(hit.id) or district.listing(hit.id)) is not None
    ]
    about, said = _answered(query, [hit.matter for hit in hits[:LIKELY]], district)
    return Results(
        tuple(found for found in hits if isinstance(found.matter, Item))[:MOST_HERE],
        tuple(found for found in hits if isinstance(found.matter, Listing))[:MOST_GUIDES],
        about,
        said,
    )


def _answered(
    query: str, likely: Sequence[Item | Listing], district: District
) -> tuple[Item | Listing | None, tuple[Answer, ...]]:
    """The likeliest matter whose file answers the question; else the likeliest, and whom to ask."""
    every = [
        (matter, answers(query, matter, district.place(matter)))
        if isinstance(matter, Listing)
        else (matter, answers(query, matter))
        for matter in likely
    ]
    known = (pair for pair in every if any(answer.known for answer in pair[1]))
    return next(known, every[0] if every else (None, ()))


def findables(items: Iterable[Item], district: District, uses: Mapping[str, int]) -> tuple[Findable, ...]:
    """Everything that can be found in this hall."""
    here = tuple(
        Findable(
            item.id,
            item.name.zh,
            item.title.zh,
            item.office.department.zh,
            english=(item.name.en, item.title.en, item.office.department.en),
            here=True,
            uses=uses.get(item.id, 0),
        )
        for item in offered(items)
    )
    guides = tuple(
        Findable(
            listing.id,
            listing.name.zh,
            "" if listing.title is None else listing.title.zh,
            district.department(listing.department).name.zh,
            listing.words,
            english=_in_english(listing, district),
            uses=uses.get(listing.id, 0),
        )
        for listing in district.listings
    )
    return (*here, *guides)


def _in_english(listing: Listing, district: District) -> tuple[str, ...]:
    """Its names and its department's, as far as somebody has written them; none if it has none itself."""
    title = None if listing.title is None else listing.title.en
    own = tuple(name for name in (listing.name.en, title) if name is not None)
    return (*own, district.department(listing.department).name.en or "") if own else ()
