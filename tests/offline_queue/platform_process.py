"""A real central platform: its own process, its own directory, real TLS."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from central_platform import keys
from central_platform.suites import HPKE, SuiteName
from config.settings import PlatformSettings
from tests.offline_queue.samples import TERMINAL, envelope_kid

ROOT = Path(__file__).parents[2]


def settings(terminal_directory: Path, port: int, **changes: Any) -> PlatformSettings:
    """The terminal's settings for a platform on `port` (of it, or of a proxy before it)."""
    values: dict[str, Any] = {
        "url": f"https://127.0.0.1:{port}",
        "ca_file": terminal_directory / "ca.pem",
        "client_certificate": terminal_directory / "client.pem",
        "client_key": terminal_directory / "client.key",
        "envelope_key": terminal_directory / "envelope.pem",
        "envelope_kid": envelope_kid(terminal_directory),
        "receipt_key": terminal_directory / "receipt.pem",
        "probe_interval_s": 0.1,
        "request_timeout_s": 5.0,
        "retry_cap_s": 0.1,
        "queue_limit": 1000,
        "oldest_days": 7,
        "offline_days": 7,
    }
    return PlatformSettings.model_validate({**values, **changes})


@contextmanager
def running(directory: Path, *options: str) -> Iterator[int]:
    """Serve `directory` and give the port."""
    process = subprocess.Popen(
        [sys.executable, "-m", "central_platform", str(directory), "--port", "0", *options],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line.startswith("platform ready at https://127.0.0.1:"), line
        yield int(line.rsplit(":", 1)[1])
    finally:
        process.terminate()
        process.communicate(timeout=10)


def made(directory: Path, suite: SuiteName = HPKE) -> Path:
    """Make a platform's keys; gives what goes to the terminal."""
    return keys.init(directory, terminal_id=TERMINAL, suite=suite).parent
