"""Sessions at the wire, and a terminal's directories, for every test of the terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.kiosk.terminal.stage import Stage


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    directory = tmp_path / "stage"
    directory.mkdir()
    return Stage(directory)
