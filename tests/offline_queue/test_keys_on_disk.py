"""A key or certificate that cannot be used is one clear line: which file, and why."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kiosk.session.sealing import UnreadableKey, load_platform_key
from offline_queue.failures import UnreadableFile
from offline_queue.platform_client import PlatformClient
from offline_queue.signing import TerminalKey
from tests.offline_queue.platform_process import settings
from tests.offline_queue.samples import terminal_key


@pytest.fixture
def copied(tmp_path: Path, terminal: Path) -> Path:
    shutil.copytree(terminal.parent, tmp_path / "copy")
    return tmp_path / "copy" / "terminal"


def client(copied: Path) -> PlatformClient:
    return PlatformClient(settings(copied, 1), terminal_key(copied))


@pytest.mark.parametrize("name", ["ca.pem", "client.pem", "client.key", "receipt.pem", "signing.key"])
def test_a_missing_file_is_named(copied: Path, name: str) -> None:
    (copied / name).unlink()
    with pytest.raises(UnreadableFile, match=r"No such file") as caught:
        client(copied)
    assert caught.value.path == copied / name


@pytest.mark.parametrize(
    ("name", "blamed"),
    [
        ("ca.pem", "ca.pem"),
        ("client.pem", "client.pem"),
        ("client.key", "client.pem"),
        ("receipt.pem", "receipt.pem"),
        ("signing.key", "signing.key"),
    ],
)
def test_rubbish_is_named(copied: Path, name: str, blamed: str) -> None:
    (copied / name).write_text("rubbish")
    with pytest.raises(UnreadableFile) as caught:
        client(copied)
    assert caught.value.path == copied / blamed


@pytest.mark.parametrize("name", ["client.key", "signing.key"])
def test_a_private_key_that_others_may_read_is_refused(copied: Path, name: str) -> None:
    (copied / name).chmod(0o640)
    with pytest.raises(UnreadableFile, match="0600"):
        client(copied)


def test_a_key_of_another_kind_is_refused(copied: Path) -> None:
    with pytest.raises(UnreadableFile, match="not Ed25519"):
        TerminalKey.load("HALL-0001", copied / "client.key")
    with pytest.raises(UnreadableKey, match="not X25519"):
        load_platform_key(copied / "receipt.pem")


def test_the_sessions_side_says_the_same_of_the_envelope_key(copied: Path) -> None:
    (copied / "envelope.pem").write_text("rubbish")
    with pytest.raises(UnreadableKey, match="PEM"):
        load_platform_key(copied / "envelope.pem")
    with pytest.raises(UnreadableKey, match="No such file"):
        load_platform_key(copied / "nothing.pem")
