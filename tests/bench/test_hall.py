from __future__ import annotations

from pathlib import Path

import pytest

from bench.display import BenchError
from bench.hall import open_hall
from config.layers import load
from config.problems import problems


async def test_a_hall_leaves_nothing_but_its_files_and_a_second_one_waits_its_turn(tmp_path: Path) -> None:
    async with open_hall(tmp_path) as hall:
        scratch = hall.display.scratch
        with pytest.raises(BenchError, match="another demo"):
            async with open_hall(tmp_path):
                pass
        loaded = load(hall.configuration)
        assert loaded.settings.platform.url == f"https://127.0.0.1:{hall.cable.port}"
        assert problems(loaded.settings) == []
    assert not scratch.exists()
    async with open_hall(tmp_path):
        pass
