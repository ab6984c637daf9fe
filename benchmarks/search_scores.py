"""How well a way of finding understands a set of queries: which were answered among the first five names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.search_sets import QuerySet, read_set
from kiosk.finding.findable import Findable
from kiosk.finding.finder import Finder
from kiosk.finding.vocabulary import Vocabulary

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "tests" / "data" / "hall_catalogue.json"
SETS = ROOT / "tests" / "kiosk" / "finding" / "queries"
SEEN = "development"
"""The one set whose queries may be looked at."""

FIRST = 5

Way = Callable[[str], Sequence[str]]
"""A query in, up to five names out, best first."""


def ours(names: Sequence[str], vocabulary: Vocabulary) -> Way:
    """This project's finding, with the words of `vocabulary`."""
    finder = Finder((Findable(id=name, name=name) for name in names), vocabulary)
    return lambda query: [hit.id for hit in finder.find(query, limit=FIRST)]


@dataclass(frozen=True)
class Score:
    """How one way did on one set."""

    asked: Mapping[str, int]
    """By kind."""
    hits: Mapping[str, int]
    missed: Sequence[tuple[str, str, Sequence[str]]]
    """Kind, query and what was answered instead."""

    @property
    def total(self) -> tuple[int, int]:
        """Hits, of how many."""
        return sum(self.hits.values()), sum(self.asked.values())

    def percent(self, kind: str = "") -> float:
        """Of one kind, or of all."""
        hits, asked = (self.hits[kind], self.asked[kind]) if kind else self.total
        return 100 * hits / asked


def score(way: Way, queries: QuerySet) -> Score:
    """Ask everything. A hit is one of the names that are meant among the first five."""
    hits: Counter[str] = Counter()
    missed = []
    for kind, one in ((kind, one) for kind, asked in queries.queries.items() for one in asked):
        answers = way(one.query)[:FIRST]
        if set(answers) & set(one.means):
            hits[kind] += 1
        else:
            missed.append((kind, one.query, answers))
    asked: dict[str, int] = {kind: len(of) for kind, of in queries.queries.items() if of}
    return Score(asked, {kind: hits[kind] for kind in asked}, missed)


def sets_in(directory: Path = SETS) -> Mapping[str, QuerySet]:
    """Every set of a directory, by its file's name. Raises `BadFile`."""
    return {path.stem: read_set(path) for path in sorted(directory.glob("*.yaml"))}
