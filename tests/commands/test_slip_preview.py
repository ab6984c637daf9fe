"""`slip preview`: the picture of what would go to the printer, from any file that says what is on a slip."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import zxingcpp
from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = sorted((ROOT / "docs" / "examples").glob("slip-*.yaml"))


def preview(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "main.py"), "slip", "preview", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def codes(picture: Path) -> list[str]:
    with Image.open(picture) as opened:
        return [code.text for code in zxingcpp.read_barcodes(opened)]


def test_the_examples_and_captured_bytes_become_pictures(tmp_path: Path) -> None:
    captured = tmp_path / "captured.bin"
    captured.write_bytes(b"\x1b@\x1c&" + "测试\n".encode("gb18030") + b"\x1dV\x00")
    done = preview(*EXAMPLES, captured, "--output", tmp_path / "made", "--json")
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert [Path(slip["file"]).stem for slip in answer["slips"]] == [
        "slip-guide", "slip-notice", "slip-received", "captured"
    ]  # fmt: skip
    guide, notice, received, _ = (Path(slip["picture"]) for slip in answer["slips"])
    assert codes(guide)[0].startswith("https://")
    assert codes(notice) == ["TEST-SLIP"]
    assert codes(received) == ["hall-terminal:slip:1:LX03-261121-0042:330199202611210000421"]


def test_a_wrong_file_is_refused_in_one_line(tmp_path: Path) -> None:
    file = tmp_path / "slip.yaml"
    file.write_text("document:\n  - kind: line\n    txt: x\n", "utf-8")
    done = preview(file)
    assert done.returncode == 2
    assert done.stderr == f'{file}:3: document[1].txt: no such key; did you mean "text"?\n'
    assert done.stdout == ""
