"""Names and numbers of people reach no log, whatever a program tries to say."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from kiosk.log import EXIT_CRASHED, FIELDS, only_listed_fields

NAME, NUMBER = "沈测试", "330199195503070024"


def test_a_field_that_is_not_listed_is_named_and_withheld() -> None:
    said = only_listed_fields(None, "info", {"event": "card_read", "device": "id_reader", "name": NAME})
    assert said == {"event": "card_read", "device": "id_reader", "withheld": ["name"]}


def test_no_listed_field_is_made_for_a_person() -> None:
    assert FIELDS.isdisjoint({"name", "id_number", "mobile", "address", "answer", "value", "text", "message"})


def test_a_crash_says_kind_and_place_and_never_the_text(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    for where in ("main", "thread"):
        body = f"raise ValueError('{NAME} {NUMBER}')"
        call = "fails()" if where == "main" else "t = threading.Thread(target=fails); t.start(); t.join()"
        program.write_text(
            "import threading\nfrom kiosk.log import configure\nconfigure('test')\n"
            f"def fails():\n    {body}\n{call}\n"
        )
        done = subprocess.run(
            [sys.executable, program], capture_output=True, check=False, env={"PYTHONPATH": str(Path.cwd())}
        )
        assert done.returncode == EXIT_CRASHED
        event = json.loads(done.stderr)
        assert (event["event"], event["crash"], event["file_line"]) == (
            "crashed",
            "ValueError",
            "program.py:5",
        )
        assert NAME.encode() not in done.stderr
        assert NUMBER.encode() not in done.stderr
