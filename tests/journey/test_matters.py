"""Citizens who finish a matter on screen, one after the other in one hall."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from pathlib import Path

import pytest
import pytest_asyncio

from bench.hall import Hall
from bench.matters import matters, visit, waiting_hall
from config.item import Item
from tests.shipped import ITEMS

pytestmark = pytest.mark.asyncio(loop_scope="module")

IN_SHORT = (
    "case_progress",
    "housing_fund_purchase",
    "residence_registration",
    "utility_transfer",
)
"""Between them they meet everything that any matter asks for; the others come in the long suites.

Whoever asks for progress has asked for a proof of insurance before.
"""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def hall(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Hall]:
    async with waiting_hall(tmp_path_factory.mktemp("matters")) as hall:
        yield hall


@pytest.mark.parametrize(
    "matter", [pytest.param(name, marks=() if name in IN_SHORT else pytest.mark.long) for name in matters()]
)
async def test_a_citizen_finishes_the_matter_and_the_platform_gets_what_was_answered(
    hall: Hall, matter: str, tmp_path: Path
) -> None:
    assert (await visit(hall, matter, tmp_path)).troubles == []


async def test_the_short_ones_meet_every_kind_of_step_and_question() -> None:
    finished = [item for item in ITEMS if item.id in matters()]
    short = [item for item in finished if item.id in IN_SHORT]
    assert len(short) == len(IN_SHORT)
    assert kinds(short) == kinds(finished)


async def test_somebody_finishes_every_matter_that_can_be_chosen_here() -> None:
    offered = {item.id for item in ITEMS if not item.only_in_joint}
    # Both are walked through in scenes and suites of their own.
    assert offered - set(matters()) == {"id_card_renewal", "residence_permit_endorsement"}


def kinds(items: Iterable[Item]) -> set[str]:
    """The kinds of step and of question in these matters, and whether others sign."""
    found = set[str]()
    for item in items:
        found |= {step.kind for step in item.flow} | {asked.kind for asked in item.questions}
        found |= {"another party"} if item.parties else set()
    return found
