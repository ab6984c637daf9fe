"""`platform rotate`: a new key, or one line about what is in the way."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer

from central_platform.suites import HPKE, SM2
from commands.platform_rotate import answer
from tests.offline_queue.platform_process import made


def test_a_new_key_is_named_and_what_to_do_next(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made(tmp_path)
    answer(tmp_path, SM2, None)
    kid = json.loads((tmp_path / "platform" / "platform.json").read_bytes())["envelope_kid"]
    assert f"New envelopes: {kid} ({SM2}). Start the platform anew" in capsys.readouterr().out
    assert ((tmp_path / "platform" / f"{kid}.key").stat().st_mode & 0o777) == 0o600


@pytest.mark.parametrize(
    ("place", "suite", "token", "line"),
    [
        ("here", "ROT13", None, "--suite: ROT13: known are HPKE-X25519"),
        ("nowhere", HPKE, None, "No such file or directory"),
        ("here", SM2, "pkcs11:token=a;object=b", f"a key in a token opens {HPKE} only"),
    ],
)
def test_what_is_in_the_way_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], place: str, suite: str, token: str | None, line: str
) -> None:
    made(tmp_path / "here")
    before = (tmp_path / "here" / "platform" / "platform.json").read_bytes()
    with pytest.raises(typer.Exit) as ended:
        answer(tmp_path / place, suite, token)
    said = capsys.readouterr().err
    assert ended.value.exit_code == 2
    assert said.count("\n") == 1
    assert line in said
    assert (tmp_path / "here" / "platform" / "platform.json").read_bytes() == before
