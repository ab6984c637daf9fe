"""Keeps envelopes and says so, line by line; run beneath strace as `python -m benchmarks.queue_worker …`.

Arguments: the way's name, the directory of its files, a file with an envelope a line, the directory of what
the terminal was given.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from benchmarks.queue_ways import PLAIN, Item, Way, ours


def way_called(name: str, terminal: Path) -> Way:
    """The way of this name; the peers are loaded only if it is one of theirs."""
    known: Iterable[Way] = (ours(terminal), *PLAIN)
    if all(way.name != name for way in known):
        from benchmarks.queue_peers import PEERS  # noqa: PLC0415 - not installed everywhere

        known = PEERS
    return next(way for way in known if way.name == name)


def main() -> None:
    """Put every envelope; `kept NAME` is said when the way says that it is kept."""
    name, directory, envelopes, terminal = sys.argv[1:]
    queue = way_called(name, Path(terminal)).open(Path(directory))
    for envelope in Path(envelopes).read_bytes().splitlines():
        item = Item.of(envelope)
        queue.put(item)
        sys.stdout.write(f"kept {item.name}\n")
        sys.stdout.flush()
    queue.close()


if __name__ == "__main__":
    main()
