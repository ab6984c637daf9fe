"""Citizens who finish a matter on screen, one after the other in one hall: where and how one lives."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bench.hall import Hall
from bench.matters import visit, waiting_hall
from tests.journey.test_matters import AT_HOME

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def hall(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Hall]:
    async with waiting_hall(tmp_path_factory.mktemp("matters")) as hall:
        yield hall


@pytest.mark.parametrize("matter", AT_HOME)
async def test_a_citizen_finishes_the_matter_and_the_platform_gets_what_was_answered(
    hall: Hall, matter: str, tmp_path: Path
) -> None:
    assert (await visit(hall, matter, tmp_path)).troubles == []
