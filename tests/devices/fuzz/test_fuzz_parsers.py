"""Every parser of foreign bytes: wrong bytes made from right ones give a value or a typed no."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import chain, islice
from pathlib import Path

import pytest

from devices.sam_v.frames import ResponseDecoder
from tests.devices.fuzz.mutating import mutated
from tests.devices.fuzz.registry import TARGETS
from tests.devices.fuzz.target import Broken, Target, pieces, require

ROOT = Path(__file__).resolve().parents[3]
SEED = 20_261_122
CASES = 300
LONG_CASES = 1_000_000


def run(target: Target, cases: int, seed: int) -> None:
    """Check so many cases; a failure names target, seed, and the case."""
    for case in chain(target.seeds(), islice(mutated(target.seeds(), seed), cases)):
        try:
            target.check(case)
        except Exception as error:
            error.add_note(f"{target.name}, seed {seed}: {case.hex()}")
            raise


@pytest.mark.parametrize("name", TARGETS)
def test_wrong_bytes_are_a_value_or_a_typed_no(name: str) -> None:
    run(TARGETS[name], CASES, SEED)


@pytest.mark.long
@pytest.mark.timeout(3_600)
@pytest.mark.parametrize("name", TARGETS)
def test_a_million_wrong_bytes_are_values_or_typed_noes(name: str) -> None:
    seed = int.from_bytes(os.urandom(4), "big")
    began = time.monotonic()
    run(TARGETS[name], LONG_CASES, seed)
    print(f"{name}: {LONG_CASES} cases, seed {seed}, {time.monotonic() - began:.0f} s")  # noqa: T201


def fuzzed(name: str, seconds: int, folder: Path) -> subprocess.CompletedProcess[str]:
    """Fuzz one target, guided by coverage, in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "tests.devices.fuzz.fuzz", name, "--seconds", str(seconds)],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_fuzzer_that_sees_the_code_runs(tmp_path: Path) -> None:
    ended = fuzzed("vendor-pipe", 1, tmp_path)
    assert ended.returncode == 0, ended.stderr[-4_000:]
    assert "number_of_executed_units" in ended.stderr


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.parametrize("name", TARGETS)
def test_a_minute_of_the_fuzzer_that_sees_the_code_finds_nothing(name: str, tmp_path: Path) -> None:
    ended = fuzzed(name, 60, tmp_path)
    assert ended.returncode == 0, ended.stderr[-4_000:]


# ---- what this would catch ---------------------------------------------------------------------------------


def forgets_between_pieces(data: bytes) -> None:
    """Weakened: a decoder that begins anew with each piece."""
    at_once = ResponseDecoder().feed(data)
    in_pieces = [answer for piece in pieces(data) for answer in ResponseDecoder().feed(piece)]
    require(at_once == in_pieces, "where the bytes are cut changes what is read")


def untyped(data: bytes) -> None:
    """Weakened: a parser that lets an error out that nobody expects."""
    data[10:].decode("utf-16-le")


@pytest.mark.parametrize(("weak", "error"), [(forgets_between_pieces, Broken), (untyped, UnicodeDecodeError)])
def test_a_parser_that_lets_anything_else_out_is_caught(
    weak: Callable[[bytes], None], error: type[Exception]
) -> None:
    seeds = TARGETS["sam-v-frames"].seeds
    with pytest.raises(error):
        run(Target("weak", seeds, weak), CASES, SEED)
