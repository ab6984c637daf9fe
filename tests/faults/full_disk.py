"""A disk that is full, from no free page to as many as are needed, one page of 4 KB after the other.

As a program, in a mount namespace of its own: a folder to mount a small tmpfs on, the terminal's directory, a
folder of envelopes, how many pages to step, and perhaps a weakness; it prints the figures as JSON.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from contextlib import redirect_stdout
from functools import partial
from itertools import product
from pathlib import Path

from tests.faults.failing import work
from tests.faults.figures import Figures
from tests.faults.judging import Told, judge_queue

PAGE = 4096
DISK = 8 * 1024 * 1024
ENOUGH = 150
"""Pages with which nothing is refused."""


def run(disk: Path, terminal: Path, envelopes: Path, stride: int, weakness: str = "") -> Figures:
    """Work with more and more room, and judge each time what is left once there is room again."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK}", "none", disk], check=True)
    figures = Figures("full disk", 0)
    sealed_bytes = {path.name: path.read_bytes() for path in envelopes.iterdir()}
    filling = disk / "filling"

    def fill(pages: int) -> None:
        with filling.open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, max(1, (os.statvfs(disk).f_bfree - pages) * PAGE))

    for pages, once_open in product(range(0, ENOUGH + 1, stride), (False, True)):
        state = disk / "state"
        state.mkdir(mode=0o700)
        if not once_open:
            fill(pages)
        with redirect_stdout(io.StringIO()) as words:
            work(state, terminal, envelopes, weakness, partial(fill, pages) if once_open else lambda: None)
        said = words.getvalue().splitlines()
        filling.unlink()
        figures.judged(judge_queue(state, terminal, Told.read(said), sealed_bytes), f"{pages} pages")
        figures.seen.update(line if line.startswith("ended") else line.split()[0] for line in said)
        shutil.rmtree(state)
    return figures


if __name__ == "__main__":
    where = [Path(name) for name in sys.argv[1:4]]
    told = run(where[0], where[1], where[2], int(sys.argv[4]), *sys.argv[5:])
    sys.stdout.write(json.dumps(vars(told)))
