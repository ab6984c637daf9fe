"""A terminal's disk refuses one system call: each of them in turn, with each error.

strace (Debian package) attaches to a forked process that waits for it, and lets the k-th call of one kind on
the queue's own files fail. Errors: EIO, ENOSPC, EINTR. As a program: a folder, the terminal's directory, a
folder of envelopes, how many cases to leave out after each (1: none), and perhaps a weakness; it prints the
figures as JSON.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from offline_queue.failures import QueueFailure, StorageFull
from offline_queue.outbox import Outbox
from tests.faults.figures import Figures
from tests.faults.judging import Told, judge_queue
from tests.faults.writing import QUEUE, deliver, opened
from tests.offline_queue.samples import NOON, commit_written

ERRORS = ("EIO", "ENOSPC", "EINTR")
_FILES = ("", QUEUE, f"{QUEUE}-wal", f"{QUEUE}-journal", f"{QUEUE}.made", f"{QUEUE}.made.new")
_CALL = re.compile(r"^(?:\d+ +)?(\w+)\(")
_NEVER_FAILS = frozenset({"close"})  # what it had to write was synced, or is lost with an error said before


def work(
    state: Path,
    terminal: Path,
    envelopes: Path,
    weakness: str,
    once_open: Callable[[], None] = lambda: None,
) -> None:
    """Keep three, deliver one, keep two more; go on after what may get better, and end after what may not."""
    try:
        with closing(opened(state, terminal)) as outbox:
            once_open()
            _work(outbox, envelopes, weakness)
    except QueueFailure as failure:
        _say(f"ended {type(failure).__name__}")


def _work(outbox: Outbox, envelopes: Path, weakness: str) -> None:
    for number, path in enumerate(sorted(envelopes.iterdir())[:5]):
        if number == 3 and outbox.counts().kept:
            deliver(outbox, "")
        try:
            if weakness == "confirm_early":
                _say(f"kept {path.name} {outbox.next_local_no(NOON.date())}")
            kept = commit_written(outbox, path)
        except StorageFull:
            _say(f"refused {path.name}")
        else:
            _say(f"kept {path.name} {kept.local_no}")


def run(folder: Path, terminal: Path, envelopes: Path, stride: int, weakness: str = "") -> Figures:
    """Let each call fail once."""
    figures = Figures("failing system calls", 0)
    sealed_bytes = {path.name: path.read_bytes() for path in envelopes.iterdir()}
    calls = Counter(
        match[1]
        for line in _traced(folder, terminal, envelopes, weakness, [])[1]
        if (match := _CALL.match(line))
    )
    cases = [
        (call, number, error)
        for call, count in sorted(calls.items())
        if call not in _NEVER_FAILS
        for number in range(1, count + 1)
        for error in ERRORS
    ]
    for call, number, error in cases[::stride]:
        inject = ["-e", f"inject={call}:error={error}:when={number}"]
        said, _ = _traced(folder, terminal, envelopes, weakness, inject)
        wrong = judge_queue(folder / "state", terminal, Told.read(said), sealed_bytes)
        figures.judged(wrong, f"{call} {number} {error}")
        figures.seen.update(line if line.startswith("ended") else line.split()[0] for line in said)
    return figures


def _traced(
    folder: Path, terminal: Path, envelopes: Path, weakness: str, inject: Sequence[str]
) -> tuple[list[str], list[str]]:
    """Fork one that works in a new state directory under strace; gives what it said and what strace saw."""
    state, trace = folder / "state", folder / "trace"
    shutil.rmtree(state, ignore_errors=True)
    state.mkdir(mode=0o700)
    hearing, saying = os.pipe()
    waiting, going = os.pipe()
    child = os.fork()
    if not child:
        os.dup2(saying, 1)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        os.close(hearing)
        os.close(going)
        os.read(waiting, 1)
        try:
            work(state, terminal, envelopes, weakness)
        finally:
            os._exit(0)
    os.close(saying)
    os.close(waiting)
    only = [word for name in _FILES for word in ("-P", str(state / name) if name else str(state))]
    strace = subprocess.Popen(
        ["strace", "-p", str(child), "-o", trace, *only, "-e", "trace=%file,%desc", *inject],
        stderr=subprocess.PIPE,
        text=True,
    )
    assert strace.stderr is not None
    while "attached" not in (line := strace.stderr.readline()):
        assert line, "strace did not attach"
    os.write(going, b".")
    os.close(going)
    with os.fdopen(hearing, encoding="utf-8") as lines:
        said = lines.read().splitlines()
    os.waitpid(child, 0)
    strace.communicate()
    return said, trace.read_text("utf-8", "replace").splitlines()


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    where = [Path(name) for name in sys.argv[1:4]]
    told = run(where[0], where[1], where[2], int(sys.argv[4]), *sys.argv[5:])
    sys.stdout.write(json.dumps(vars(told)))
