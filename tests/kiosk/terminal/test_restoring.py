"""Slips at a running terminal: it keeps what they bring, and delivers it with everything else."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from central_platform import records
from kiosk.session.restore_codes import codes, compact_content
from kiosk.session.sealing import load_platform_key, seal
from kiosk.terminal.control import ask
from tests.kiosk.terminal.stage import Stage, until
from tests.kiosk.terminal.test_app import ROOT, WholeTerminal, whole  # noqa: F401  a fixture
from tests.offline_queue.platform_process import running
from tests.offline_queue.samples import ITEM, TERMINAL, a_record, envelope_kid, new_id, terminal_key


def slip(keys: Path, record: dict[str, Any]) -> tuple[str, ...]:
    """The codes of an application that this terminal's lost disk had kept."""
    compact = seal(
        compact_content(json.dumps(record).encode()),
        application_id=record["application_id"],
        item=ITEM,
        item_version="1",
        terminal=TERMINAL,
        platform_key=load_platform_key(keys / "envelope.pem"),
        kid=envelope_kid(keys),
        stands_for=b"the whole envelope died with the disk",
    )
    printed = codes(compact, terminal_key(keys).sign(compact), record["local_no"], 576)
    assert printed is not None
    return printed


def restore(whole: WholeTerminal, *printed: str) -> str:  # noqa: F811  not the fixture
    """`queue restore` beside the running terminal; gives what it says."""
    ended = subprocess.run(
        [
            *(sys.executable, "-c", "from commands.queue import app; app()", "restore", *printed),
            *("--config", str(whole.keys), "--config", str(whole.folder / "site.toml")),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return ended.stdout


async def test_a_running_terminal_is_asked_and_delivers_what_a_slip_brings(
    whole: WholeTerminal,  # noqa: F811  the fixture
    stage: Stage,
) -> None:
    record = a_record(new_id())
    printed = slip(whole.keys.parent, record)
    with running(whole.platform_dir) as port:
        whole.connect(f"https://127.0.0.1:{port}")
        whole.start(stage)
        await stage.got("s1", "promote")
        said = await asyncio.to_thread(restore, whole, *printed)
        assert said == (f"{TERMINAL} {record['local_no']} is back in the queue and will be delivered\n")
        await until(lambda: whole.delivered() == {record["application_id"]}, "it is delivered")
        (again,) = ask(whole.runtime_dir, "queue-restore", codes="\n".join(printed))["restored"]
        assert again["before"] == "delivered"
        assert again["filing_no"] == records.filing_numbers(whole.platform_dir)[record["application_id"]]
        assert ask(whole.runtime_dir, "queue-restore", codes="HR1:???") == {
            "restored": [],
            "wrong": [
                {
                    "fault": "damaged",
                    "words": "a restore code is damaged: Base45: a character that is none of the 45",
                }
            ],
        }
    assert records.restored(whole.platform_dir, record["application_id"])
    assert any(event["event"] == "application_restored" for event in whole.events())
