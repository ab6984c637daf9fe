"""The finder: an index over findables that answers a query with hits, best first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from kiosk.finding.findable import Findable, Hit, Match
from kiosk.finding.vocabulary import Vocabulary


class Finder:
    """Built once from what can be found; `find` changes nothing and may be called at every keystroke."""

    def __init__(self, findables: Iterable[Findable], vocabulary: Vocabulary) -> None:
        self._findables = tuple(findables)
        self._vocabulary = vocabulary

    def find(self, query: str, limit: int = 20) -> tuple[Hit, ...]:
        """Up to `limit` hits, best first; none for an empty query."""
        wanted = Counter(query[at : at + 2] for at in range(max(1, len(query) - 1))) if query.strip() else {}
        hits = []
        for findable in self._findables:
            both = [gram for gram in wanted if gram in findable.name or gram in findable.title]
            if both:
                why = tuple(Match(gram, gram, "same") for gram in both)
                hits.append(Hit(findable.id, len(both) / len(wanted), why))
        return tuple(sorted(hits, key=lambda hit: -hit.score)[:limit])
