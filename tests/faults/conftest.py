from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from _pytest.terminal import TerminalReporter

from central_platform.opening import Keyring
from tests.faults.figures import Figures
from tests.faults.published import publish
from tests.faults.world import Enrolment
from tests.offline_queue.platform_process import made
from tests.offline_queue.samples import written_down

Tell = Callable[[Figures], None]

_MEMORY = Path("/dev/shm")  # noqa: S108 — the cases are many and small, and no disk is needed for them


@pytest.fixture
def tell(request: pytest.FixtureRequest) -> Tell:
    """Show a suite's figures at the end of the run; those of a long form are written down, too."""

    def told(figures: Figures) -> None:
        request.node.user_properties.append(("fault figures", figures.line()))
        if request.node.get_closest_marker("long") and "weakened" not in figures.suite:
            publish(figures)

    return told


@pytest.fixture(scope="session")
def terminal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a terminal is given by its platform."""
    return made(tmp_path_factory.mktemp("silent_platform"))


@pytest.fixture(scope="session")
def five_envelopes(tmp_path_factory: pytest.TempPathFactory, terminal: Path) -> Path:
    directory = tmp_path_factory.mktemp("envelopes")
    for number in range(1, 6):
        name = f"00000000-0000-4000-8000-{number:012}"
        written_down(directory, name, terminal, pages=number % 3)
    return directory


@pytest.fixture(scope="session")
def enrolment(terminal: Path) -> Enrolment:
    return Enrolment(terminal.parent, Keyring.load(terminal.parent))


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where there is one: for states that are made, judged and thrown away."""
    with TemporaryDirectory(dir=_MEMORY if _MEMORY.is_dir() else tmp_path, prefix="faults-") as folder:
        yield Path(folder)


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    lines = [
        value
        for reports in terminalreporter.stats.values()
        for report in reports
        for name, value in getattr(report, "user_properties", ())
        if name == "fault figures" and getattr(report, "when", "") == "call"
    ]
    if lines:
        terminalreporter.section("faults")
        for line in lines:
            terminalreporter.write_line(line)
