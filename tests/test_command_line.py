"""What a technician types, and the one line when something is wrong: file, key, reason; nothing changed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from central_platform import keys

ROOT = Path(__file__).resolve().parent.parent


def main(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the program as a technician does, without a screen."""
    environment = {key: value for key, value in os.environ.items() if key != "DISPLAY"}
    command = [sys.executable, str(ROOT / "main.py"), *map(str, arguments)]
    return subprocess.run(
        command, capture_output=True, text=True, timeout=30, check=False, env=environment | {"COLUMNS": "100"}
    )


def files(folder: Path) -> list[tuple[Path, bytes]]:
    """Everything in a folder, to see whether anything has changed."""
    return [(path, path.read_bytes()) for path in sorted(folder.rglob("*")) if path.is_file()]


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Path]:
    """A complete, sound configuration: its directory holds `site.toml` and the keys."""
    keys.init(tmp_path / "platform", terminal_id="LX-0001")
    runtime = Path("/dev/shm") / f"hall-test-{os.getpid()}"  # noqa: S108  the one tmpfs every Linux has
    (tmp_path / "site.toml").write_text(
        f"""
[terminal]
area_code = "330199"
hall_name_zh = "临溪区政务服务中心"
hall_name_en = "Linxi District Service Hall"
hall_phone = "0571-00001000"
state_dir = "state"
runtime_dir = "{runtime}"
free_space_floor_mb = 1
allow_swap = true
[log]
file = "events.jsonl"
"""
    )
    yield tmp_path
    assert not runtime.exists()


def given(site: Path) -> tuple[str | Path, ...]:
    """The options that name both files of the site."""
    return ("--config", site / "platform/terminal/platform.toml", "--config", site / "site.toml")


def refused(done: subprocess.CompletedProcess[str]) -> str:
    """The one line of a refusal."""
    assert done.returncode == 2, done
    assert "Traceback" not in done.stderr
    (line,) = done.stderr.strip().splitlines()
    return line


def test_help_names_every_command() -> None:
    shown = main("--help").stdout
    for command in ("run", "demo", "check", "status", "guide-pin", "simulate", "platform"):
        assert f"│ {command} " in shown
    assert "face-worker" not in shown


@pytest.mark.parametrize("command", ["run", "check", "status"])
def test_a_mistake_in_the_settings_is_one_line_with_file_line_and_key(site: Path, command: str) -> None:
    before = files(site)
    text = (site / "site.toml").read_text()
    (site / "bad.toml").write_text(text.replace("allow_swap", "alow_swap"))
    line = refused(main(command, *given(site), "--config", site / "bad.toml"))
    assert line.startswith(f"{site / 'bad.toml'}:10: terminal.alow_swap: ")
    assert "allow_swap" in line
    (site / "bad.toml").unlink()
    assert files(site) == before


def test_a_mistake_in_a_matter_is_one_line_with_file_line_and_key(site: Path) -> None:
    items = site / "items"
    items.mkdir()
    text = (ROOT / "config/items/residence_permit_endorsement.yaml").read_text()
    (items / "residence_permit_endorsement.yaml").write_text(
        text.replace("policy: forbidden", "policy: never")
    )
    before = files(site)
    line = refused(main("run", *given(site), "--set", f"items_dir={items}"))
    assert line.startswith(f"{items}/residence_permit_endorsement.yaml:")
    assert "offline.policy" in line
    assert files(site) == before


def test_a_key_that_others_may_read_keeps_the_terminal_from_starting(site: Path) -> None:
    key = site / "platform/terminal/signing.key"
    key.chmod(0o644)
    before = files(site)
    line = refused(main("run", *given(site)))
    assert str(key) in line
    assert "terminal.signing_key" in line
    assert files(site) == before


def test_a_full_disk_keeps_the_terminal_from_starting(site: Path) -> None:
    before = files(site)
    line = refused(main("run", *given(site), "--set", "terminal.free_space_floor_mb=999999999"))
    assert "terminal.free_space_floor_mb" in line
    assert files(site) == before


def test_without_a_screen_the_terminal_says_so(site: Path) -> None:
    assert "DISPLAY" in refused(main("run", *given(site)))


def test_check_lists_what_is_set_every_matter_and_every_device(site: Path) -> None:
    done = main("check", *given(site))
    assert f"set      terminal.area_code  ({site / 'site.toml'}:3)" in done.stdout
    assert "matter   no_criminal_record_certificate" in done.stdout
    assert "device   id_reader: not configured" in done.stdout
    assert "device   camera: noDevice (not_configured)" in done.stdout


def test_a_platform_is_never_made_over_another(tmp_path: Path) -> None:
    assert main("platform", "init", tmp_path / "p").returncode == 0
    before = files(tmp_path)
    assert "never replaced" in refused(main("platform", "init", tmp_path / "p"))
    assert files(tmp_path) == before


def test_a_guides_pin_becomes_a_line_for_the_settings() -> None:
    done = main("guide-pin", "--pin", "260815")
    assert done.stdout.startswith('pin_scrypt = "')
    assert "six digits" in refused(main("guide-pin", "--pin", "26081"))
