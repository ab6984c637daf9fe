"""Citizens who finish a matter on screen, one after the other in one hall: papers, insurance, licences."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bench.hall import Hall
from bench.matters import matters, visit, waiting_hall
from config.items import SHIPPED, load_items

pytestmark = pytest.mark.asyncio(loop_scope="module")

HERE = (
    "basic_pension_enrolment",
    "driving_licence_renewal",
    "elder_card",
    "insurance_proof",
    "medical_insurance_transfer",
    "social_security_card_replacement",
)
AT_HOME = (
    "housing_fund_purchase",
    "newborn",
    "no_criminal_record_certificate",
    "residence_permit",
    "residence_registration",
    "utility_transfer",
)
"""In the hall of `test_matters_at_home`, so that two halls can be open at once."""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def hall(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Hall]:
    async with waiting_hall(tmp_path_factory.mktemp("matters")) as hall:
        yield hall


@pytest.mark.parametrize("matter", HERE)
async def test_a_citizen_finishes_the_matter_and_the_platform_gets_what_was_answered(
    hall: Hall, matter: str, tmp_path: Path
) -> None:
    assert (await visit(hall, matter, tmp_path)).troubles == []


async def test_somebody_finishes_every_matter_that_can_be_chosen_here() -> None:
    assert sorted((*HERE, *AT_HOME)) == list(matters())
    offered = {item.id for item in load_items(SHIPPED) if not item.only_in_joint}
    # Both are walked through in scenes and suites of their own.
    assert offered - set(matters()) == {"id_card_renewal", "residence_permit_endorsement"}
