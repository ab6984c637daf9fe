"""A reader on a cable, and two invented people with their cards."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from devices.sam_v.reader import SamVReader
from devices.simulators.cards import SimulatedCard
from devices.simulators.sam_v import SamVSimulator
from tests.devices.documents import OTHER_RESIDENT, RESIDENT


@pytest.fixture
def first_card() -> SimulatedCard:
    """The person of the protocol's test vectors."""
    return RESIDENT


@pytest.fixture
def second_card() -> SimulatedCard:
    """Somebody else, alike in no field."""
    return OTHER_RESIDENT


@pytest.fixture
def sam(port: Path) -> Iterator[SamVSimulator]:
    """A reader, plugged in, with nothing on it."""
    simulator = SamVSimulator(port)
    yield simulator
    simulator.close()


@pytest.fixture
async def reader(port: Path, sam: SamVSimulator) -> AsyncIterator[SamVReader]:
    """The driver of that reader."""
    assert sam
    driver = SamVReader(str(port), 115_200)
    yield driver
    await driver.close()
