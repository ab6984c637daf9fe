"""Copies of the queue: whole under their names, or not there; and the queue goes on meanwhile."""

from __future__ import annotations

import base64
import hashlib
import json
import sqlite3
import stat
from pathlib import Path

import pytest

from offline_queue.failures import CopyRefused
from offline_queue.outbox import Outbox
from offline_queue.queue_questions import QUESTIONS
from tests.offline_queue.samples import Citizens, delivery_of, open_outbox, terminal_key


def test_a_backup_of_the_open_queue_is_a_whole_queue(
    tmp_path: Path, outbox: Outbox, citizens: Citizens, terminal: Path
) -> None:
    kept = citizens.apply(outbox)
    outbox.delivery.postpone(delivery_of(outbox, kept.application_id), "http_503", wait_s=5.0, explained=True)
    file = tmp_path / "backup.sqlite"
    answer = QUESTIONS["queue-backup"](outbox, {"file": str(file)})
    assert answer == {"file": str(file), "bytes": file.stat().st_size}
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    after = citizens.apply(outbox)
    copy = open_outbox(file, terminal)
    assert [line.application_id for line in copy.lines()] == [kept.application_id]
    assert copy.delivery.sealed(kept.application_id) == outbox.delivery.sealed(kept.application_id)
    copy.close()
    assert outbox.line(after.local_no)
    assert not list(tmp_path.glob("*.part*"))


def test_the_file_copied_beside_its_log_is_not_the_queue(
    tmp_path: Path, outbox: Outbox, citizens: Citizens
) -> None:
    """The weakened variant: what a technician would do with `cp`."""
    citizens.apply(outbox)
    (tmp_path / "cp.sqlite").write_bytes((tmp_path / "state/queue.db").read_bytes())
    copied = sqlite3.connect(tmp_path / "cp.sqlite")
    assert copied.execute("SELECT count(*) FROM applications").fetchone() == (0,)
    copied.close()


def test_an_export_is_what_the_platform_would_have_been_sent(
    tmp_path: Path, outbox: Outbox, citizens: Citizens, terminal: Path
) -> None:
    waiting, parked = citizens.apply(outbox), citizens.apply(outbox)
    sealed = {each: outbox.delivery.sealed(each.application_id) for each in (waiting, parked)}
    outbox.delivery.quarantine(delivery_of(outbox, parked.application_id), "record_invalid")
    folder = tmp_path / "carried"
    assert QUESTIONS["queue-export"](outbox, {"file": str(folder)})["applications"] == 2
    manifest = (folder / "manifest.json").read_bytes()
    signature = base64.b64decode((folder / "manifest.sig").read_text())
    assert base64.b64encode(signature).decode() == terminal_key(terminal).sign(manifest)
    for kept, line in zip((waiting, parked), json.loads(manifest)["applications"], strict=True):
        body = (folder / line["file"]).read_bytes()
        assert (body, line["local_no"]) == (sealed[kept].envelope, kept.local_no)
        assert line["envelope_sha256"] == hashlib.sha256(body).hexdigest()
        assert line["terminal_signature"] == sealed[kept].terminal_signature
    assert outbox.counts().kept + outbox.counts().quarantined == 2


def test_nothing_is_written_over_and_nothing_half_written_stays(tmp_path: Path, outbox: Outbox) -> None:
    there = tmp_path / "there"
    there.write_text("somebody's")
    for copy in (outbox.back_up, outbox.export):
        with pytest.raises(CopyRefused, match="there already"):
            copy(there)
        with pytest.raises(CopyRefused, match="No such file"):
            copy(tmp_path / "nowhere" / "at all")
    assert there.read_text() == "somebody's"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["state", "there"]
    for question in ("queue-backup", "queue-export"):
        assert "absolute" in QUESTIONS[question](outbox, {"file": "here"})["error"]
