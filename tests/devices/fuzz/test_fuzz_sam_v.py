"""Frames of two people's cards over a bad line: no crash, no wrong answer, in step with the next one."""

from __future__ import annotations

import os
import time

import pytest

from devices.sam_v.frames import PREAMBLE, Command, Response, ResponseDecoder
from tests.devices.fuzz.sam_v_exchanges import run
from tests.devices.fuzz.target import Broken

SEED = 20_261_122


def test_a_bad_line_gives_no_wrong_answer_and_loses_no_right_one() -> None:
    tally = run(20_000, SEED)
    assert tally.people > 1_000
    assert tally.resynchronised


@pytest.mark.long
@pytest.mark.timeout(7_200)
def test_ten_million_frames_give_no_wrong_answer() -> None:
    seed = int.from_bytes(os.urandom(4), "big")
    print(f"seed {seed}")  # noqa: T201
    began = time.monotonic()
    tally = run(10_000_000, seed)
    print(f"{tally} in {time.monotonic() - began:.0f} s")  # noqa: T201


# ---- what this would catch ---------------------------------------------------------------------------------


class Trusting(ResponseDecoder):
    """Weakened: does not check the XOR."""

    def _next(self) -> Response | None:
        while self._at_preamble():
            if len(self._bytes) < 7:
                return None
            length = int.from_bytes(self._bytes[len(PREAMBLE) : 7], "big")
            if not 4 <= length <= 0x090A:
                self._skip(1)
                continue
            if len(self._bytes) < 7 + length:
                return None
            frame = bytes(self._bytes[: 7 + length])
            del self._bytes[: len(frame)]
            return Response(frame[7], frame[8], frame[9], frame[10:-1])
        return None


class Greedy(ResponseDecoder):
    """Weakened: throws a whole frame away for one wrong byte, and so the next one with it."""

    def _skip(self, count: int) -> None:
        super()._skip(len(self._bytes) if count == 1 else count)


def any_length(_command: Command, response: Response) -> bool:
    """Weakened: takes whatever says that all is well."""
    return response.sw3 in {0x90, 0x9F}


def test_a_decoder_that_does_not_check_the_xor_is_caught() -> None:
    with pytest.raises(Broken):
        run(20_000, SEED, decoder=Trusting)


def test_a_decoder_that_throws_good_frames_away_is_caught() -> None:
    with pytest.raises(Broken):
        run(20_000, SEED, decoder=Greedy)


def test_a_reader_that_takes_an_answer_of_any_length_is_caught() -> None:
    with pytest.raises(Broken):
        run(20_000, SEED, fits=any_length)
