"""A citizen after another applies, and each is told so only after the commit has returned.

Arguments are database, terminal directory and a directory of envelopes, named by id.
"""

from __future__ import annotations

import sys
from pathlib import Path

from offline_queue.failures import QueueFailure
from tests.offline_queue.samples import commit, open_outbox


def apply_all(database: Path, terminal: Path, envelopes: Path) -> None:
    """Say `kept <id>` for each, `refused <type>` at the first refusal, and `whole <number kept>`."""
    outbox = open_outbox(database, terminal)
    for path in sorted(envelopes.iterdir()):
        try:
            commit(outbox, path.name, path.read_bytes())
        except QueueFailure as failure:
            sys.stdout.write(f"refused {type(failure).__name__}\n")
            break
        sys.stdout.write(f"kept {path.name}\n")
        sys.stdout.flush()
    sys.stdout.write(f"whole {outbox.counts().kept}\n")


if __name__ == "__main__":
    apply_all(*map(Path, sys.argv[1:]))
