from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from offline_queue.outbox import Outbox
from tests.offline_queue.platform_process import made, running
from tests.offline_queue.samples import Citizens, HandClock, open_outbox


@dataclass(frozen=True)
class RunningPlatform:
    directory: Path
    terminal: Path
    port: int


@pytest.fixture(scope="session")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningPlatform]:
    directory = tmp_path_factory.mktemp("platform")
    terminal = made(directory)
    with running(directory) as port:
        yield RunningPlatform(directory, terminal, port)


@pytest.fixture(scope="session")
def terminal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a terminal is given by a platform that is not running."""
    return made(tmp_path_factory.mktemp("silent_platform"))


@pytest.fixture
def citizens(terminal: Path) -> Citizens:
    return Citizens(terminal)


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def outbox(tmp_path: Path, terminal: Path, clock: HandClock) -> Iterator[Outbox]:
    outbox = open_outbox(tmp_path / "state" / "queue.db", terminal, clock)
    yield outbox
    outbox.close()
