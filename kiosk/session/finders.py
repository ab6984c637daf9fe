"""The finder of this hall, and what a query in it leads to."""

from __future__ import annotations

from kiosk.finding.finder import Finder
from kiosk.finding.found import Results, findables, is_personal, results
from kiosk.finding.vocabulary import load_vocabulary
from kiosk.session.hall import Hall

_FEWEST, _MOST = 2, 20
"""Characters of words that are told as having found nothing."""


def finder_of(hall: Hall) -> Finder:
    """Index every matter of the hall. Takes a moment."""
    return Finder(findables(hall.items, hall.district, hall.uses), load_vocabulary())


def found(query: str, hall: Hall) -> Results:
    """What the query leads to; nothing as long as there is no index."""
    if hall.finder is None:
        return Results()
    return results(query, hall.finder, hall.items, hall.district)


def unfound(query: str, hall: Hall) -> str | None:
    """The words to be counted as having found nothing; None if they have, or could be somebody's number."""
    words = " ".join(query.split())
    fit = _FEWEST <= len(words) <= _MOST and not any(letter.isdigit() for letter in words)
    if not fit or is_personal(words) or hall.finder is None or not found(words, hall).empty:
        return None
    return words
