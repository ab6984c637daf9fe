"""Making a platform's keys, and refusing to harm any that exist."""

from __future__ import annotations

import stat
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from central_platform import keys
from central_platform.keys import BadDirectory
from config.settings import PlatformSettings
from tests.offline_queue.platform_process import ROOT

TIMES = {
    "probe_interval_s": 5,
    "request_timeout_s": 10,
    "retry_cap_s": 300,
    "queue_limit": 100,
    "oldest_days": 7,
    "offline_days": 7,
}


def test_the_terminals_fragment_is_ready_to_use(tmp_path: Path) -> None:
    fragment = tomllib.loads(
        keys.init(tmp_path, terminal_id="HALL-0001", host="10.0.0.5", port=9443).read_text()
    )
    settings = PlatformSettings.model_validate({**fragment["platform"], **TIMES})
    assert settings.url == "https://10.0.0.5:9443"
    assert settings.ca_file.is_file()
    assert Path(fragment["terminal"]["signing_key"]).is_file()


def test_private_files_are_their_owners_and_the_platforms_do_not_go_to_the_terminal(tmp_path: Path) -> None:
    keys.init(tmp_path, terminal_id="HALL-0001")
    private = [path for path in tmp_path.rglob("*") if path.is_file() and b"PRIVATE" in path.read_bytes()]
    assert {stat.S_IMODE(path.stat().st_mode) for path in private} == {0o600}
    at_the_terminal = {path.name for path in private if path.parent.name == "terminal"}
    assert at_the_terminal == {"client.key", "signing.key"}


def test_keys_that_exist_are_never_replaced(tmp_path: Path) -> None:
    keys.init(tmp_path, terminal_id="HALL-0001")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    with pytest.raises(BadDirectory, match="never replaced"):
        keys.init(tmp_path, terminal_id="HALL-0002")
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_a_terminal_id_that_the_settings_would_refuse_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadDirectory, match="terminal id"):
        keys.init(tmp_path / "new", terminal_id="hall 1")
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    "missing", ["platform/server.key", "platform/envelope.key", "platform/platform.json"]
)
def test_a_platform_without_a_key_says_which_and_serves_nothing(tmp_path: Path, missing: str) -> None:
    keys.init(tmp_path, terminal_id="HALL-0001")
    (tmp_path / missing).unlink()
    ended = subprocess.run(
        [sys.executable, "-m", "central_platform", tmp_path, "--port", "0"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    assert ended.returncode == 1
    assert ended.stderr.count("\n") == 1
    assert missing in ended.stderr
    assert not (tmp_path / "platform.db").exists()
