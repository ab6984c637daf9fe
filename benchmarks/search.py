"""Finding: what a keystroke takes and an index costs in halls of three sizes, and who is understood.

`python -m benchmarks search`; a few minutes, most of them for the largest hall.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.hall import ROOT
from benchmarks.figures import Aim, Chapter, Figure, NotTaken, Peer, Samples
from benchmarks.registry import Say
from benchmarks.search_peers import quality

SIZES = (1_135, 5_000, 50_000)
_AIMED_AT, _AIM_MS = 5_000, 10.0
_BUILDS = 3
_MOST_S = 600.0


def take(_folder: Path, say: Say) -> Sequence[Chapter]:
    """The part's chapters."""
    measured: dict[int, list[Mapping[str, Any]]] = {}
    for size in SIZES:
        say(f"search: {size} matters")
        measured[size] = [_measured(size) for _ in range(_BUILDS)]
    return [_keys(measured), _index(measured), *quality(say)]


def _measured(size: int) -> Mapping[str, Any]:
    try:
        ran = subprocess.run(
            [sys.executable, "-m", "benchmarks.search_index", str(size)],
            cwd=ROOT,
            check=True,
            capture_output=True,
            text=True,
            timeout=_MOST_S,
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise NotTaken(f"finding over {size} matters could not be measured: {error}") from None
    found: Mapping[str, Any] = json.loads(ran.stdout)
    return found


def _keys(measured: Mapping[int, Sequence[Mapping[str, Any]]]) -> Chapter:
    figures = []
    for size, runs in measured.items():
        keys = Samples.of([each for run in runs for each in run["keys_ms"]], "ms")
        peer = Samples.of([each for run in runs for each in run["peer_ms"]], "ms")
        figures.append(Figure(f"a keystroke, {size} matters", keys, peer=Peer("bigram BM25", peer)))
        slow = Samples.of([keys.quantile(0.95)], "ms")
        aim = Aim(_AIM_MS, as_ratio=False) if size == _AIMED_AT else None
        reason = "Letters that spell nothing are compared with every word known."
        beside = Peer("bigram BM25", Samples.of([peer.quantile(0.95)], "ms"))
        name = f"95 of 100 are faster, {size}"
        figures.append(Figure(name, slow, peer=beside, aim=aim, reason=reason))
    return Chapter(
        "Finding: a keystroke",
        "Every beginning of every everyday query of the development set, typed into the whole search: 13 "
        f"hits with their reasons. The names are a real district's; beyond {SIZES[0]}, the same with towns "
        "before them. Beside it, in the same process: one FTS5 query over pairs of characters, five names.",
        figures,
    )


def _index(measured: Mapping[int, Sequence[Mapping[str, Any]]]) -> Chapter:
    figures = []
    for size, runs in measured.items():
        read = Samples.of([run["read_ms"] for run in runs], "ms")
        built = Samples.of([run["build_ms"] for run in runs], "ms")
        more = Samples.of([run["after_mb"] - run["before_mb"] for run in runs], "MB")
        before = Peer("the process before", Samples.of([run["before_mb"] for run in runs], "MB"))
        figures += [
            Figure(f"index built, {size} matters", built, peer=Peer("reading the words", read)),
            Figure(f"memory of words and index, {size} matters", more, peer=before),
        ]
    return Chapter(
        "Finding: the index",
        "A process of its own each time. The words are the reviewed YAML files, read and checked; the index "
        "is the words compiled and the names in an FTS5 table in memory. A session builds it on a thread, "
        "after its first page is drawn.",
        figures,
    )
