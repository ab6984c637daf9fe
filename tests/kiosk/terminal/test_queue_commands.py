"""`queue …` on the command line: the running terminal answers, and the file itself where none runs."""

from __future__ import annotations

import asyncio
import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.kiosk.terminal.stage import Stage
from tests.kiosk.terminal.test_app import ROOT, WholeTerminal, whole  # noqa: F401  a fixture
from tests.offline_queue.samples import Citizens, delivery_of, open_outbox


def queue(whole: WholeTerminal, *arguments: str, status: int = 0) -> Any:  # noqa: F811  not the fixture
    """What `queue … --json` answers; its error where it refuses."""
    ended = subprocess.run(
        [
            *(sys.executable, "-c", "from commands.queue import app; app()", *arguments, "--json"),
            *("--config", str(whole.keys), "--config", str(whole.folder / "site.toml")),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    answer = json.loads(ended.stdout)
    assert ended.returncode == (status or (2 if "error" in answer else 0)), ended.stderr
    return answer


def states(answer: Any) -> list[str]:
    return [each["state"] for each in answer["applications"]]


async def test_a_person_sees_releases_and_copies_what_a_running_terminal_keeps(
    whole: WholeTerminal,  # noqa: F811  the fixture
    stage: Stage,
    tmp_path: Path,
) -> None:
    terminal = whole.keys.parent
    outbox = open_outbox(tmp_path / "state" / "queue.sqlite", terminal)
    kept = Citizens(terminal).apply(outbox)
    outbox.delivery.quarantine(delivery_of(outbox, kept.application_id), "record_invalid")
    outbox.close()
    process = whole.start(stage)
    await stage.got("s1", "promote")

    assert states(await asyncio.to_thread(queue, whole, "list")) == ["quarantined"]
    untold = await asyncio.to_thread(queue, whole, "progress", kept.local_no, status=3)
    assert untold["reason"] == "quarantined"
    assert "set aside for a technician (record_invalid)" in untold["error"]
    assert await asyncio.to_thread(queue, whole, "retry", kept.local_no) == {"retried": [kept.application_id]}
    copy = tmp_path / "copy.sqlite"
    assert (await asyncio.to_thread(queue, whole, "backup", str(copy)))["bytes"] > 0
    assert copy.exists()

    process.send_signal(signal.SIGTERM)
    process.wait(timeout=10)
    shown = await asyncio.to_thread(queue, whole, "show", kept.application_id)
    assert (shown["state"], shown["last_error"]) == ("kept", "record_invalid")
    assert (await asyncio.to_thread(queue, whole, "export", str(tmp_path / "carried")))["applications"] == 1
    refused = await asyncio.to_thread(queue, whole, "show", "0001-261121-9999")
    assert "no application here" in refused["error"]
    assert "application_retried" in [event["event"] for event in whole.events()]


async def test_a_terminal_with_a_damaged_queue_refuses_to_start_and_names_the_way_out(
    whole: WholeTerminal,  # noqa: F811  the fixture
    stage: Stage,
    tmp_path: Path,
) -> None:
    terminal, path = whole.keys.parent, tmp_path / "state" / "queue.sqlite"
    outbox = open_outbox(path, terminal)
    kept = [Citizens(terminal).apply(outbox) for _ in range(10)]
    outbox.close()
    content = bytearray(path.read_bytes())
    content[-3 * 4096 :] = b"\xff" * (3 * 4096)
    path.write_bytes(content)

    _, line = whole.start(stage).communicate(timeout=20)
    words = line.decode()
    assert words.startswith(f"{path}: ")
    assert words.endswith("; `python main.py queue salvage` brings back what can be read\n")
    assert "queue salvage" in (await asyncio.to_thread(queue, whole, "list"))["error"]

    done = await asyncio.to_thread(queue, whole, "salvage", status=3)
    back = done["applications"]["kept"]
    assert 5 <= back < len(kept)
    assert back + len(done["lost"]) + len(done["damaged"]) == len(kept)
    assert len(states(await asyncio.to_thread(queue, whole, "list"))) == back
    whole.start(stage)
    await stage.got("s1", "promote")
