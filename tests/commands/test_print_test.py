"""`device print-test` against a printer that shares nothing with the product: a pty, and a table."""

from __future__ import annotations

import io
import json
import os
import pty
import re
import threading
import tty
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from typing import Any, Literal

import pytest
import structlog
import typer
import zxingcpp
from PIL import Image

from commands.device_common import Voice, be_quiet
from commands.device_print_test import answer

When = Literal["never", "before", "during", "after"]
Trouble = Literal["paper", "cover", "silence"]
OK = {1: 0x12, 2: 0x12, 3: 0x12, 4: 0x12}
SAYS: dict[Trouble, dict[int, int]] = {
    "paper": {1: 0x1A, 2: 0x32, 3: 0x12, 4: 0x7E},
    "cover": {1: 0x1A, 2: 0x16, 3: 0x12, 4: 0x12},
    "silence": {},
}


class PlainPrinter:
    """Takes bytes at a wire's pace, answers `DLE EOT` 1 to 4, and knows no other request."""

    def __init__(self, trouble: Trouble, when: When, baud: int, answer_s: float) -> None:
        self.taken = b""
        self.asked: list[int] = []
        self._says, self._when, self._byte_s, self._answer_s = SAYS[trouble], when, 10 / baud, answer_s
        self._far, near = pty.openpty()
        tty.setraw(near)
        self.port = os.ttyname(near)
        self._near = near
        os.write(self._far, b"\x16\x12\x00stale")  # somebody else's answer
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._thread.start()

    def close(self) -> None:
        os.close(self._near)
        self._thread.join(5)
        os.close(self._far)

    def _work(self) -> None:
        pause = threading.Event()
        while True:
            try:
                data = os.read(self._far, 64)
            except OSError:
                return
            pause.wait(len(data) * self._byte_s)
            self.taken += data
            while found := re.search(rb"\x10\x04([\x01-\x04])", self.taken):
                n = found[1][0]
                self.taken = self.taken[: found.start()] + self.taken[found.end() :]
                self.asked.append(n)
                said = self._says if self._in_trouble() else OK
                pause.wait(self._answer_s)
                if n in said:
                    os.write(self._far, bytes((said[n],)))

    def _in_trouble(self) -> bool:
        begun, cut = b"\x1b@" in self.taken and len(self.taken) > 2000, b"\x1dV" in self.taken
        return {"never": False, "before": True, "during": begun, "after": cut}[self._when]


@contextmanager
def printer(
    trouble: Trouble = "paper", when: When = "never", baud: int = 115_200, answer_s: float = 0.0
) -> Iterator[PlainPrinter]:
    plain = PlainPrinter(trouble, when, baud, answer_s)
    yield plain
    plain.close()
    structlog.reset_defaults()  # the command quiets its process, which here is the tests'


def print_test(plain: PlainPrinter, baud: int = 115_200) -> tuple[int, dict[str, Any]]:
    """Exit status and JSON."""
    be_quiet()
    said, complained = io.TextIOWrapper(io.BytesIO()), io.StringIO()
    status = 0
    with redirect_stdout(said), redirect_stderr(complained):
        try:
            answer(Voice(as_json=True), plain.port, "generic-80", baud, "none")
        except typer.Exit as end:
            status = end.exit_code
    said.seek(0)
    found: dict[str, Any] = json.loads(said.read())
    return status, found


def test_the_test_slip_is_what_the_manual_asks_for() -> None:
    with printer() as plain:
        assert print_test(plain) == (
            0, {"outcome": "printed", "reason": None, "profile": "generic-80", "baud": 115_200}
        )  # fmt: skip
        job, asked = plain.taken, plain.asked
    assert asked[:4] == asked[-4:] == [1, 2, 3, 4]
    assert job.startswith(b"\x1b@\x1c&")
    assert "测试".encode("gb18030") in job
    assert b"\xa3\xa486.40" in job  # U+FFE5
    assert b"\x81\x30\x84\x36" not in job  # what U+00A5 would be, and prints as "0 6"
    for rare in "䶮𠮷㐀":
        assert rare.encode("gb18030") not in job
    assert re.search(rb"\x1dV[\x00\x01AB]", job[-8:])
    assert "TEST-SLIP" in [code.text for code in zxingcpp.read_barcodes(pictures(job))]


def pictures(job: bytes) -> Image.Image:
    """All rasters of `job` below each other, each at the left."""
    paper, top = Image.new("L", (640, 2000), 255), 40
    for found in re.finditer(rb"\x1dv0\x00(..)(..)", job, re.DOTALL):
        width, height = (int.from_bytes(size, "little") for size in found.groups())
        data = bytes(byte ^ 0xFF for byte in job[found.end() : found.end() + width * height])
        if height * width != len(data) or width > 72:
            continue
        paper.paste(Image.frombytes("1", (width * 8, height), data), (32, top))
        top += height
    return paper


@pytest.mark.parametrize(
    ("trouble", "when", "status", "reason"),
    [
        ("paper", "before", 3, "paper_out"),
        ("cover", "during", 3, "cover_open"),
        pytest.param("silence", "after", 5, "silent", marks=pytest.mark.long),
        pytest.param("cover", "before", 3, "cover_open", marks=pytest.mark.long),
        pytest.param("silence", "before", 5, "silent", marks=pytest.mark.long),
        pytest.param("paper", "during", 3, "paper_out", marks=pytest.mark.long),
        pytest.param("silence", "during", 5, "silent", marks=pytest.mark.long),
        pytest.param("paper", "after", 3, "paper_out", marks=pytest.mark.long),
        pytest.param("cover", "after", 3, "cover_open", marks=pytest.mark.long),
    ],
)
def test_what_goes_wrong_is_told_by_status_and_reason(
    trouble: Trouble, when: When, status: int, reason: str
) -> None:
    with printer(trouble, when) as plain:
        ended, found = print_test(plain)
    assert (ended, found["reason"]) == (status, reason)
    assert (found["outcome"] == "printed") is False


@pytest.mark.long
@pytest.mark.parametrize(("baud", "answer_s"), [(9_600, 0.0), (19_200, 0.0), (115_200, 0.3)])
def test_a_slow_wire_and_a_slow_printer_print(baud: int, answer_s: float) -> None:
    with printer(baud=baud, answer_s=answer_s) as plain:
        assert print_test(plain, baud)[0] == 0
