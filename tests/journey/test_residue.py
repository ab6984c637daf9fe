"""Nothing of a person is anywhere two seconds after they have left, and nothing grows by them."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from bench.hall import open_hall
from bench.residue.fifty import counted, trends_of
from bench.residue.findings import Round
from bench.residue.memory import memory_of
from bench.residue.needles import PIECE, Haystack, literal, text_needles
from bench.residue.romanised import romanised
from bench.residue.run import play_round, residue

SEED = 20260815


def remains(played: Round) -> list[tuple[str, str, str]]:
    return [
        (place.place, hit.needle.kind, hit.needle.coding)
        for place in played.after
        if place.judged
        for hit in place.hits
    ]


CODINGS = {"utf-8", "utf-16-le", "utf-32-le", "gb18030", "JSON escapes", "JSON escapes, capitals"}


def test_a_name_is_found_in_every_coding_wherever_it_lies_and_across_a_cut() -> None:
    haystack = Haystack(text_needles("name", "鄹邕祊"))
    escapes = [json.dumps("鄹邕祊").strip('"'), r"\u9139\u9095\u794A"]
    coded = ["鄹邕祊".encode(coding) for coding in ("utf-8", "utf-16-le", "utf-32-le", "gb18030")]
    for before in (*range(5), *range(PIECE - 20, PIECE + 1)):
        data = bytes(before) + b"".join(coded) + "".join(escapes).encode()
        _, hits = haystack.hits(haystack.in_pieces(0, data))
        assert {hit.needle.coding for hit in hits} == CODINGS, before


def test_a_name_in_latin_letters_is_found_however_it_is_written() -> None:
    for written in ("shangyuanshuo", "shang yuan shuo", "Shang Yuanshuo", "SHANG YUANSHUO"):
        haystack = Haystack([n for latin in romanised("熵鼋铄") for n in text_needles("pinyin", latin)])
        _, hits = haystack.hits([(0, b"..." + written.encode("utf-16-le") + b"...")])
        assert {hit.needle.kind for hit in hits} == {"pinyin"}, written


def test_one_point_is_no_signature_and_three_are() -> None:
    points = [literal("signature", "points", bytes([9, 8, 7, 6, number]), point=True) for number in (1, 2, 3)]
    haystack = Haystack(points)
    assert haystack.hits([(0, points[0].parts[0] * 5)])[1] == []
    assert len(haystack.hits([(0, b"".join(point.parts[0] for point in points))])[1]) == 3


def test_what_another_process_keeps_in_memory_is_found_there() -> None:
    keeps = "kept = 'A9139'[::-1] * 3; print(flush=True); input()"
    haystack = Haystack(text_needles("number", "9319A" * 3))
    with subprocess.Popen(
        [sys.executable, "-c", keeps], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as keeper:
        assert keeper.stdout is not None
        keeper.stdout.readline()
        searched, hits = haystack.hits(memory_of(keeper.pid, haystack.overlap))
        keeper.communicate(b"\n")
    assert searched > 1_000_000
    assert {hit.needle.coding for hit in hits} == {"utf-8"}


async def test_nothing_that_a_card_says_remains_two_seconds_after_its_owner_has_left(tmp_path: Path) -> None:
    rng = random.Random(SEED)  # noqa: S311 - to be repeated, not to be secret
    async with open_hall(tmp_path) as hall:
        hall.start_terminal()
        played = await play_round(hall, tmp_path, rng, "card")
    assert not played.blind
    assert remains(played) == []


@pytest.mark.long
async def test_nothing_of_a_whole_application_remains_but_what_one_session_for_all_keeps_is_found(
    tmp_path: Path,
) -> None:
    found = await residue(tmp_path, SEED)
    assert not found.product.blind
    assert remains(found.product) == []
    assert {kind for _, kind, _ in remains(found.weakened)} >= {"name", "number", "mobile", "address"}


@pytest.mark.long
async def test_six_people_in_a_row_leave_no_memory_descriptor_thread_process_or_file(tmp_path: Path) -> None:
    trends = trends_of(await counted(tmp_path, 6, SEED))
    assert [trend for trend in trends if not trend.flat] == []
