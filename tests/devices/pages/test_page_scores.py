"""Pages rendered, photographed and made clean: how exact, how legible, what is refused, beside the recipe."""

from collections.abc import Sequence

import numpy as np
import pytest

from benchmarks.page_scores import A4_SHEETS, DEFECTS, Case, Outcome, cases, ours, plain
from devices.contracts.pages import PageProblem
from devices.simulators.paper import Sheet
from devices.simulators.paper_photo import Table

CLEAN = (
    *(Case(3, table, A4_SHEETS[0]) for table in (Table.DARK, Table.GREY)),
    Case(3, Table.WOOD, Sheet.CARD_FRONT),
)
SPOILED = [
    Case(30 + seed, list(Table)[seed % 4], A4_SHEETS[seed % 3], defect)
    for seed, defect in enumerate(DEFECTS)
    if defect is not PageProblem.BLANK
] + [Case(40, Table.DARK, Sheet.TEXT, PageProblem.BLANK)]


def holds(clean: Sequence[Outcome], spoiled: Sequence[Outcome]) -> bool:
    """The promise: clean papers become exact, legible pages; none of the spoiled ones becomes a page."""
    corners = [outcome.corner_px for outcome in clean]
    return (
        bool(np.median(corners) <= 2.5)
        and sum(outcome.accepted for outcome in clean) >= 0.9 * len(clean)
        and all(outcome.read is None or outcome.read >= 0.97 for outcome in clean)
        and not any(outcome.accepted for outcome in spoiled)
    )


def test_clean_papers_become_legible_pages_and_spoiled_ones_do_not() -> None:
    clean, spoiled = [ours(case) for case in CLEAN], [ours(case) for case in SPOILED[::2]]
    assert holds(clean, spoiled), [*clean, *spoiled]


def test_the_plain_recipe_does_not_keep_that_promise() -> None:
    clean, spoiled = [plain(case) for case in CLEAN[:2]], [plain(case) for case in SPOILED[2:3]]
    assert not holds(clean, spoiled)


@pytest.mark.long
@pytest.mark.timeout(3000)
def test_hundreds_of_pages() -> None:
    clean = [ours(case) for case in cases(range(1000, 1012), (None,))]
    spoiled = [ours(case) for case in cases(range(2000, 2004), DEFECTS)]
    corners = [outcome.corner_px for outcome in clean if outcome.accepted]
    assert np.median(corners) <= 2.0
    assert np.quantile(corners, 0.95) <= 6.0
    assert sum(outcome.accepted for outcome in clean) >= 0.93 * len(clean)
    assert np.quantile([outcome.read for outcome in clean if outcome.read is not None], 0.05) >= 0.97
    assert sum(outcome.accepted for outcome in spoiled) <= 0.03 * len(spoiled)
