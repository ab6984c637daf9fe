"""Fuzzing of one parser, guided by coverage: `python -m tests.devices.fuzz.fuzz TARGET --seconds N`.

Begins with the target's seeds and with what the directory of `--corpus` holds, and adds to that whatever
reaches new code. Exit status 0: nothing was found. A find is written to `crash-…` in the present directory,
with the traceback on standard error; `--replay FILE` runs one such file again.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["devices", "kiosk", "config", "central_platform"]):
    from tests.devices.fuzz.registry import TARGETS

LIMITS = ("-max_len=4096", "-timeout=5", "-print_final_stats=1")
"""Bytes and seconds of one case."""


def main() -> None:
    """Run one target."""
    parser = argparse.ArgumentParser(description="Fuzz one parser, guided by coverage.")
    parser.add_argument("target", choices=sorted(TARGETS))
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--corpus", type=Path, help="a directory to begin with and to add to")
    parser.add_argument("--seed", type=int, default=0, help="0: another one every time")
    parser.add_argument("--replay", type=Path, help="a file to run, once")
    arguments = parser.parse_args()
    target = TARGETS[arguments.target]
    if arguments.replay is not None:
        target.check(arguments.replay.read_bytes())
        return
    with tempfile.TemporaryDirectory() as seeds:
        for number, seed in enumerate(target.seeds()):
            Path(seeds, f"seed-{number}").write_bytes(seed)
        fuzzer = os.fork()  # it ends its process itself, wherever it is
        if not fuzzer:
            corpus = [str(arguments.corpus)] if arguments.corpus else []
            limits = [f"-max_total_time={arguments.seconds}", f"-seed={arguments.seed}", *LIMITS]
            atheris.Setup([sys.argv[0], *corpus, seeds, *limits], target.check)
            atheris.Fuzz()
        _, ended = os.waitpid(fuzzer, 0)
    sys.exit(os.waitstatus_to_exitcode(ended))


if __name__ == "__main__":
    main()
