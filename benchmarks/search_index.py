"""A process that builds finding's index over some names and types everyday queries into it, key by key.

`python -m benchmarks.search_index 5000` prints one JSON object: milliseconds to read the words, to build and
of every keystroke, megabytes (10⁶ bytes) of the process before and after; and the keystrokes' milliseconds of
a bare FTS5 index over pairs of characters.
"""

from __future__ import annotations

import itertools
import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from benchmarks.search_peers import bigrams
from benchmarks.search_scores import CATALOGUE, SEEN, SETS
from benchmarks.search_sets import names_in, read_set
from kiosk.finding.findable import Findable
from kiosk.finding.finder import Finder
from kiosk.finding.vocabulary import load_vocabulary

SHOWN = 13
"""Hits that the screen asks for."""

_TOWNS = [f"{first}{second}镇" for first in "临青白石桃柳清云龙凤金银" for second in "溪山水塘桥湖江岭沟坪"]


def some_names(count: int) -> list[str]:
    """`count` different names: the real ones, and from then on the same with a town before them."""
    real = names_in(CATALOGUE)
    of_towns = (town + name for town in _TOWNS for name in real)
    return list(itertools.islice(itertools.chain(real, of_towns), count))


def keystrokes() -> Iterator[str]:
    """What stands in the field after every key of every query that may be looked at."""
    for asked in read_set(SETS / f"{SEEN}.yaml").queries.values():
        for one in asked:
            yield from (one.query[:typed] for typed in range(1, len(one.query) + 1))


def _taken(typed: Sequence[str], find: Callable[[str], object]) -> list[float]:
    taken = []
    for each in typed:
        since = time.perf_counter()
        find(each)
        taken.append(1000 * (time.perf_counter() - since))
    return taken


def resident_mb() -> float:
    """This process's own and shared pages in memory."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024 / 1e6
    raise OSError("/proc/self/status has no VmRSS")


def main(count: int) -> None:
    """Measure once."""
    names, typed = some_names(count), list(keystrokes())
    findables = [Findable(name, name) for name in names]
    before_mb, since = resident_mb(), time.perf_counter()
    vocabulary = load_vocabulary()
    read = time.perf_counter()
    finder = Finder(findables, vocabulary)
    built = time.perf_counter()
    after_mb = resident_mb()
    peer = bigrams(names)
    found = {
        "read_ms": 1000 * (read - since),
        "build_ms": 1000 * (built - read),
        "before_mb": before_mb,
        "after_mb": after_mb,
        "keys_ms": _taken(typed, lambda query: finder.find(query, SHOWN)),
        "peer_ms": _taken(typed, peer),
    }
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main(int(sys.argv[1]))
