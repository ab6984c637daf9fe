from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


def simulate(directory: Path, orders: str) -> str:
    program = "import sys; from pathlib import Path; from bench.simulate import simulate_devices; "
    program += "sys.exit(simulate_devices(Path(sys.argv[1]), 115200))"
    ended = subprocess.run(
        [sys.executable, "-c", program, str(directory)],
        cwd=ROOT, input=orders, capture_output=True, text=True, timeout=30, check=False,
    )  # fmt: skip
    assert ended.stderr == ""
    assert ended.returncode == 0
    return ended.stdout


def test_the_devices_are_offered_as_settings_and_gone_at_the_end(tmp_path: Path) -> None:
    said = simulate(tmp_path / "devices", "shen\nunplug reader\nplug reader\nleave\n")
    settings = tomllib.loads(said.partition("Orders:")[0])
    assert settings["id_reader"]["port"] == str(tmp_path / "devices" / "id_reader")
    assert settings["camera"]["source"].startswith("http://127.0.0.1:")
    assert not (tmp_path / "devices" / "id_reader").exists()


def test_an_unknown_order_is_answered_with_the_known_ones(tmp_path: Path) -> None:
    assert "paper out" in simulate(tmp_path, "paper gone\n").partition("Ctrl-D")[2]
