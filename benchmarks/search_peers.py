"""Whether people are understood: the matter that is meant among the first five, by us and by five plain ways.

`python -m benchmarks.search_peers` prints every set, kind and way; `--misses` names the queries of
development.yaml that we do not answer. Single queries of any other set are never shown: what nobody has seen
nobody can be tempted to fit.
"""

from __future__ import annotations

import argparse
import itertools
import logging
import re
import sqlite3
import sys
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence

from rapidfuzz import fuzz, process

from benchmarks.figures import Aim, Chapter, Figure, NotTaken, Peer, Samples
from benchmarks.page_scores import wilson
from benchmarks.registry import Say
from benchmarks.search_scores import CATALOGUE, FIRST, SEEN, Score, Way, ours, score, sets_in
from benchmarks.search_sets import KINDS, QuerySet, names_in
from kiosk.finding.vocabulary import Vocabulary, load_vocabulary

AIM_UNANSWERED = 5.0
"""Percent of queries that may go without the meant matter among the first five."""

# ---- the ways --------------------------------------------------------------------------------------------


def substring(names: Sequence[str]) -> Way:
    """`LIKE '%query%'`, the shortest name first."""
    ordered = sorted(names, key=len)
    return lambda query: [name for name in ordered if query.strip() in name][:FIRST]


def trigrams(names: Sequence[str]) -> Way:
    """FTS5 with its trigram tokenizer, any trigram of the query, BM25; a shorter query as a substring."""
    database = _database(names, names, "trigram")
    short = substring(names)
    return lambda query: _asked(database, _grams(query, 3)) if len(query) > 2 else short(query)  # noqa: PLR2004 - a trigram


def bigrams(names: Sequence[str]) -> Way:
    """BM25 over pairs of characters that follow each other."""
    database = _database(names, (" ".join(_grams(name, 2)) for name in names), "unicode61")
    return lambda query: _asked(database, _grams(query, 2))


def words(names: Sequence[str]) -> Way:
    """BM25 over the words that jieba finds (its mode for search engines, in names and in queries)."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore"
            )  # of 2020, it uses what Python and setuptools have deprecated since
            import jieba  # noqa: PLC0415 - for these figures only: tools/setup-bench installs it
    except ImportError:
        raise NotTaken("jieba is not installed: run `tools/setup-bench`") from None
    jieba.setLogLevel(logging.WARNING)

    def cut(text: str) -> list[str]:
        return [word for word in jieba.cut_for_search(text) if word.strip()]

    database = _database(names, (" ".join(cut(name)) for name in names), "unicode61")
    return lambda query: _asked(database, cut(query))


def fuzzy(names: Sequence[str]) -> Way:
    """The weighted ratio of rapidfuzz, its usual scorer."""
    return lambda query: [
        str(found[0]) for found in process.extract(query, names, scorer=fuzz.WRatio, limit=FIRST)
    ]


PEERS: Mapping[str, Callable[[Sequence[str]], Way]] = {
    "substring": substring,
    "FTS5 trigram": trigrams,
    "jieba + BM25": words,
    "bigram BM25": bigrams,
    "rapidfuzz": fuzzy,
}


def _database(names: Iterable[str], texts: Iterable[str], tokenizer: str) -> sqlite3.Connection:
    database = sqlite3.connect(":memory:")
    database.execute(f"CREATE VIRTUAL TABLE found USING fts5(name UNINDEXED, text, tokenize='{tokenizer}')")
    database.executemany("INSERT INTO found VALUES (?, ?)", zip(names, texts, strict=True))
    return database


def _asked(database: sqlite3.Connection, tokens: Iterable[str]) -> list[str]:
    sought = " OR ".join(f'"{token}"' for token in dict.fromkeys(tokens) if '"' not in token)
    if not sought:
        return []
    rows = database.execute(
        "SELECT name FROM found WHERE text MATCH ? ORDER BY rank LIMIT ?", (sought, FIRST)
    )
    return [str(name) for (name,) in rows]


def _grams(text: str, length: int) -> list[str]:
    """Of every run of letters and characters; a shorter run whole."""
    runs = re.findall(r"\w+", text)
    return [run[at : at + length] for run in runs for at in range(max(1, len(run) - length + 1))]


# ---- the table ------------------------------------------------------------------------------------------


Scores = Mapping[str, Score]
"""By way: "ours", "ours without its words", and the peers."""


def all_scores(names: Sequence[str], sets: Mapping[str, QuerySet]) -> Mapping[str, Scores]:
    """Every way on every set."""
    ways = {
        "ours": ours(names, load_vocabulary()),
        "ours without its words": ours(names, Vocabulary()),
        **{name: build(names) for name, build in PEERS.items()},
    }
    return {
        title: {name: score(way, queries) for name, way in ways.items()} for title, queries in sets.items()
    }


# ---- what is published -----------------------------------------------------------------------------------


def quality(say: Say) -> Sequence[Chapter]:
    """One chapter a set; less than a minute."""
    say("search: what is meant, by seven ways")
    return [_chapter(title, scores) for title, scores in all_scores(names_in(CATALOGUE), sets_in()).items()]


_SETS = {
    "development": "The half that finding was improved with: its single queries were looked at.",
    "held_out": "The half that nobody looked at while finding was improved: only its sums are ever shown.",
}

_APART = "A set that was written apart from the others."


def _chapter(title: str, scores: Scores) -> Chapter:
    mine = scores["ours"]
    hits, asked = mine.total
    low, high = wilson(hits, asked)
    return Chapter(
        f"Finding: queries that go without an answer, {title.replace('_', ' ')}",
        f"{_SETS.get(title, _APART)} {asked} everyday queries, written by somebody who knew none of "
        f"finding's words, over the {len(names_in(CATALOGUE))} different names of a real district's hall "
        "(`tests/data`); with each, every name that a window clerk would take it to mean. Answered is: one "
        "of these names among "
        "the first five. The value is the share of queries that are *not* answered; ours answers "
        f"{hits} of {asked} ({100 * low:.1f}–{100 * high:.1f} % with 95 % certainty, Wilson). Of the peers, "
        "a kind names the one that leaves fewest; they get names and queries as they stand.",
        [*(_kind(kind, scores) for kind in KINDS if kind in mine.asked), *_totals(title, scores)],
    )


def _kind(kind: str, scores: Scores) -> Figure:
    best = max(PEERS, key=lambda name: scores[name].percent(kind))
    mine = scores["ours"]
    name = f"{kind}: {mine.hits[kind]} of {mine.asked[kind]} answered"
    return Figure(name, _unanswered(mine, kind), peer=Peer(best, _unanswered(scores[best], kind)))


def _totals(title: str, scores: Scores) -> Sequence[Figure]:
    """Ours beside each other way, the best first; with the aim where nobody has seen the queries."""
    mine = scores["ours"]
    others = sorted((name for name in scores if name != "ours"), key=lambda name: -scores[name].percent())
    asked = mine.total[1]
    lost = [(kind, 100 * (mine.asked[kind] - mine.hits[kind]) / asked) for kind in mine.asked]
    return [
        Figure(
            f"all kinds, {title.replace('_', ' ')}: {mine.total[0]} of {asked} answered",
            _unanswered(mine),
            peer=Peer(name, _unanswered(scores[name])),
            aim=Aim(AIM_UNANSWERED, as_ratio=False) if place == 0 and title != SEEN else None,
            parts=lost if place == 0 else (),
            reason="People have more words for a thing than any reviewed list.",
        )
        for place, name in enumerate(others)
    ]


def _unanswered(score: Score, kind: str = "") -> Samples:
    """Percent; never nothing, so that there is a ratio to it."""
    return Samples.of([max(100 - score.percent(kind), 0.01)], "%")


def table(title: str, scores: Scores) -> str:
    """One set for the eye: percent answered, a line a kind, a column a way."""
    wide = max(map(len, scores)) + 2
    mine = scores["ours"]
    lines = [f"{title:<20}{'':>5}" + "".join(f"{name:>{wide}}" for name in scores)]
    for kind in (*mine.asked, ""):
        count = mine.asked[kind] if kind else mine.total[1]
        shares = "".join(f"{each.percent(kind):>{wide}.1f}" for each in scores.values())
        lines.append(f"{kind or 'all':<20}{count:>5}{shares}")
    return "\n".join(lines)


def _misses(names: Sequence[str], queries: QuerySet) -> Iterable[str]:
    for kind, missed in itertools.groupby(
        score(ours(names, load_vocabulary()), queries).missed, key=lambda one: one[0]
    ):
        yield f"{kind}:"
        yield from (f"  {query}  →  {'｜'.join(answers) or 'nothing'}" for _, query, answers in missed)


def main(arguments: Sequence[str]) -> int:
    """Read the command line and print; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.search_peers", description=__doc__)
    parser.add_argument("--misses", action="store_true", help=f"the queries of {SEEN}.yaml that go wrong")
    names = names_in(CATALOGUE)
    if parser.parse_args(arguments).misses:
        shown = _misses(names, sets_in()[SEEN])
    else:
        shown = (table(title, scores) + "\n" for title, scores in all_scores(names, sets_in()).items())
    for line in shown:
        sys.stdout.write(line + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
