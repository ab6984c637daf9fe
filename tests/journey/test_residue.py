"""Nothing of a person is anywhere two seconds after they have left, and nothing grows by them."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from bench.hall import open_hall
from bench.residue.fifty import counted, trends_of
from bench.residue.findings import Round
from bench.residue.run import play_round, residue

SEED = 20260815


def remains(played: Round) -> list[tuple[str, str, str]]:
    return [
        (place.place, hit.needle.kind, hit.needle.coding)
        for place in played.after
        if place.judged
        for hit in place.hits
    ]


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
