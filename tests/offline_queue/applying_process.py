"""A citizen after another applies, and each is told so only after the commit has returned.

As a process: arguments are database, terminal directory and a directory of envelopes, named by id. With
`confirm_early` it is the weakened variant that answers before the disk has it.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TextIO

from offline_queue.failures import QueueFailure
from tests.offline_queue.samples import commit, open_outbox


def apply_all(
    database: Path, terminal: Path, envelopes: Path, said: TextIO, *, confirm_early: bool = False
) -> None:
    """Say `kept <id>` for each, `refused <type>` at the first refusal, and `whole <number kept>`."""
    outbox = open_outbox(database, terminal)
    for path in sorted(envelopes.iterdir()):
        if confirm_early:
            said.write(f"kept {path.name}\n")
            said.flush()
        try:
            commit(outbox, path.name, path.read_bytes())
        except QueueFailure as failure:
            said.write(f"refused {type(failure).__name__}\n")
            break
        said.write(f"kept {path.name}\n")
        said.flush()
    said.flush()
    said.write(f"whole {outbox.counts().kept}\n")


if __name__ == "__main__":
    apply_all(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), sys.stdout)
