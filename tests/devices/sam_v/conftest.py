"""A reader on a cable, and two invented people with their cards."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from devices.sam_v.reader import SamVReader
from devices.simulators.cards import SimulatedCard
from devices.simulators.sam_v import SamVSimulator


@pytest.fixture
def first_card() -> SimulatedCard:
    """The person of the protocol's test vectors."""
    return SimulatedCard(
        name="测试甲",
        sex="1",
        ethnic_code="01",
        birth="19900307",
        address="北京市东城区测试路1号",
        id_number="110101199003070011",
        authority="北京市公安局东城分局",
        valid_from="20200101",
        valid_to="长期",
        photo=bytes(place % 256 for place in range(1024)),
    )


@pytest.fixture
def second_card() -> SimulatedCard:
    """Somebody else, alike in no field."""
    return SimulatedCard(
        name="样本乙",
        sex="2",
        ethnic_code="55",
        birth="19850101",
        address="西藏自治区林芝市试验街2号",
        id_number="540402198501014029",
        authority="林芝市公安局巴宜分局",
        valid_from="20150601",
        valid_to="20350601",
        photo=bytes(255 - place % 251 for place in range(1024)),
    )


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
