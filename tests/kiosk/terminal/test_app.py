"""The whole terminal as a process: killed, restarted, started twice, asked, ended."""

from __future__ import annotations

import asyncio
import json
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from central_platform.certificates import TERMINAL_DAYS
from central_platform.envelope_keys import rotate
from central_platform.keys import init
from central_platform.revocation import revoke
from central_platform.suites import HPKE
from config.client_certificate import RENEWED
from kiosk.messages import PinAttempt, StepShown
from kiosk.terminal.control import NoTerminal, ask
from kiosk.terminal.guides import pin_scrypt
from offline_queue.envelope_key import KEY_FILE
from tests.kiosk.terminal.applications import Application, send
from tests.kiosk.terminal.stage import Stage, homes, mode, runs, until
from tests.offline_queue.inviting import aged
from tests.offline_queue.platform_process import running
from tests.offline_queue.samples import TERMINAL

ROOT = Path(__file__).parents[3]
NOBODY = "https://127.0.0.1:1"


class WholeTerminal:
    """One terminal's keys, settings and directories, and the process while it runs."""

    def __init__(self, folder: Path, runtime_dir: Path) -> None:
        self.folder = folder
        self.runtime_dir = runtime_dir
        self.platform_dir = folder / "platform"
        self.keys = init(self.platform_dir, terminal_id=TERMINAL)
        self._processes: list[subprocess.Popen[bytes]] = []
        self.connect(NOBODY)

    def connect(self, url: str) -> None:
        """Say where the platform is, from the next start on."""
        (self.folder / "site.toml").write_text(
            f"""
[terminal]
area_code = "330106"
hall_name_zh = "大厅"
hall_name_en = "Hall"
hall_phone = "0571-00001000"
state_dir = "{self.folder / "state"}"
runtime_dir = "{self.runtime_dir}"
free_space_floor_mb = 1
allow_swap = true
[platform]
url = "{url}"
probe_interval_s = 0.5
[log]
file = "{self.folder / "events.jsonl"}"
[[guides]]
staff_no = "2041"
pin_scrypt = "{pin_scrypt("739154", bytes(16))}"
"""
        )

    def start(self, stage: Stage) -> subprocess.Popen[bytes]:
        """Start the terminal."""
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "tests.kiosk.terminal.whole_terminal"),
                *(str(stage.directory), str(self.keys), str(self.folder / "site.toml")),
            ],
            cwd=ROOT,
            stderr=subprocess.PIPE,
        )
        self._processes.append(process)
        return process

    def events(self) -> list[dict[str, Any]]:
        """What the terminal logged."""
        lines = (self.folder / "events.jsonl").read_text().splitlines()
        return [json.loads(line) for line in lines if line.startswith("{")]

    def delivered(self) -> set[str]:
        """The applications that the platform has signed for."""
        applications = ask(self.runtime_dir, "status")["applications"]
        return {each["application_id"] for each in applications if each["state"] == "delivered"}

    def end(self) -> None:
        """Kill whatever still runs."""
        for process in self._processes:
            process.kill()
            process.wait()
            if process.stderr is not None:
                process.stderr.close()


@pytest.fixture
def whole(tmp_path: Path) -> Iterator[WholeTerminal]:
    # A terminal refuses a runtime directory that is not on tmpfs.
    runtime_dir = Path(tempfile.mkdtemp(dir="/dev/shm"))
    whole = WholeTerminal(tmp_path, runtime_dir)
    yield whole
    whole.end()
    shutil.rmtree(runtime_dir)


def new_stage(folder: Path, name: str) -> Stage:
    directory = folder / name
    directory.mkdir()
    return Stage(directory)


async def test_what_was_kept_survives_the_terminals_death_is_named_and_arrives(
    whole: WholeTerminal, tmp_path: Path
) -> None:
    before, after = new_stage(tmp_path, "before"), new_stage(tmp_path, "after")
    terminal = whole.start(before)
    await before.got("s1", "promote")
    first = Application(keys=whole.keys.parent)
    local_no = await send(before, "s1", first)
    await before.got("s1", "committed")
    for number in range(5):
        before.say("s1", PinAttempt(staff_no="2041", pin=f"00000{number}"))
    await before.got("s1", "pin_refused", 5)
    hung = (await before.note("s2", "started"))["pid"]
    before.order("s2", hang=True)  # this one will not notice the end of its pipe
    terminal.kill()
    terminal.wait()
    await before.note("s1", "pipe_ended")

    with running(whole.platform_dir) as port:
        whole.connect(f"https://127.0.0.1:{port}")
        whole.start(after)
        promoted = await after.got("s1", "promote")
        assert promoted["kept_notice"] == {"local_no": local_no}
        assert promoted["flush_printer"]
        assert not runs(hung)
        after.say("s1", PinAttempt(staff_no="2041", pin="739154"))
        assert (await after.got("s1", "pin_refused"))["reason"] == "locked"
        assert ask(whole.runtime_dir, "guide-unlock", staff_no="2041") == {"unlocked": "2041"}
        after.say("s1", PinAttempt(staff_no="2041", pin="739154"))
        assert (await after.got("s1", "pin_accepted"))["staff_no"] == "2041"
        second = Application(keys=whole.keys.parent)
        assert await send(after, "s1", second) != local_no
        await after.got("s1", "committed")
        assert (await after.got("s1", "delivered"))["application_id"] == second.id
        await until(lambda: whole.delivered() == {first.id, second.id}, "both have arrived")
        told = ask(whole.runtime_dir, "queue-progress", application=local_no)
        assert (told["application_id"], told["members"]) == (first.id, [])
        by_filing_no = ask(whole.runtime_dir, "queue-progress", application=told["filing_no"])
        assert by_filing_no == told
    gone = ask(whole.runtime_dir, "queue-progress", application=second.id)
    assert (gone["untold"], gone["cause"]) == ("unreachable", "refused")


async def test_sessions_are_told_of_the_platforms_new_key_also_after_the_terminals_death(
    whole: WholeTerminal, tmp_path: Path
) -> None:
    before, after = new_stage(tmp_path, "before"), new_stage(tmp_path, "after")
    kid = rotate(whole.platform_dir, HPKE, datetime(2027, 1, 1, tzinfo=UTC))
    with running(whole.platform_dir) as port:
        whole.connect(f"https://127.0.0.1:{port}")
        terminal = whole.start(before)
        await until((tmp_path / "state" / KEY_FILE).exists, "the key was learned")
        terminal.kill()
        terminal.wait()
    whole.start(after)
    told = (await after.got("s1", "promote"))["envelope_key"]
    assert json.loads(told)["envelope_kid"] == kid


@pytest.mark.long
async def test_a_whole_terminal_renews_its_certificate_and_goes_on_delivering(
    whole: WholeTerminal, stage: Stage, tmp_path: Path
) -> None:
    """Long: every terminal waits up to half a minute after its line is there, so that a hall does not knock
    in step."""
    aged(whole.keys.parent, TERMINAL_DAYS * 0.7)
    with running(whole.platform_dir) as port:
        whole.connect(f"https://127.0.0.1:{port}")
        whole.start(stage)
        await stage.got("s1", "promote")
        async with asyncio.timeout(60):
            while not (tmp_path / "state" / RENEWED).exists():  # noqa: ASYNC110 - a file has no event
                await asyncio.sleep(0.1)
        await until(lambda: "certificate_renewed" in {event["event"] for event in whole.events()}, "renewed")
        assert ask(whole.runtime_dir, "status")["certificate"]["standing"] == "good"
        revoke(whole.platform_dir, whole.keys.with_name("client.pem"), datetime.now(UTC))
        application = Application(keys=whole.keys.parent)
        await send(stage, "s1", application)
        assert (await stage.got("s1", "delivered"))["application_id"] == application.id


async def test_a_terminal_answers_for_itself_and_ends_when_told_to(
    whole: WholeTerminal, stage: Stage, tmp_path: Path
) -> None:
    terminal = whole.start(stage)
    await stage.got("s1", "promote")
    await stage.note("s2", "started")
    stage.say("s1", StepShown(step="welcome"))

    def settled() -> dict[str, Any] | None:
        status = ask(whole.runtime_dir, "status")
        fresh = [session["state"] for session in status["sessions"]] == ["visible", "standby"]
        return status if fresh and status["reach"] == "offline" and status["sessions"][0]["step"] else None

    status = await until(settled, "both sessions are up")
    assert status["terminal"] == TERMINAL
    assert status["sessions"][0]["step"] == "welcome"
    assert status["platform_lost"] == "refused"
    assert status["certificate"]["standing"] == "good"
    assert status["queue"] == {"kept": 0, "delivered": 0, "quarantined": 0, "oldest_kept_at": None}
    assert (
        "known: catalogue-apply, guide-unlock, queue-backup, queue-export, queue-list, queue-progress,"
        " queue-restore, queue-retry, queue-show, status" in ask(whole.runtime_dir, "secrets")["error"]
    )
    assert "no guide has the number" in ask(whole.runtime_dir, "guide-unlock", staff_no="9999")["error"]
    assert mode(whole.runtime_dir / "control.sock") == 0o600

    second = whole.start(stage)
    _, line = second.communicate(timeout=10)
    assert line.decode() == (f"{tmp_path}/state/lock: another terminal is running (process {terminal.pid})\n")
    assert second.returncode == 1
    assert ask(whole.runtime_dir, "status")["pid"] == terminal.pid

    sessions = [session["pid"] for session in status["sessions"]]
    terminal.send_signal(signal.SIGTERM)
    assert terminal.wait(timeout=10) == 0
    assert not any(runs(pid) for pid in sessions)
    assert homes(whole.runtime_dir) == []
    with pytest.raises(NoTerminal, match=r"control\.sock"):
        ask(whole.runtime_dir, "status")
    events = [event["event"] for event in whole.events()]
    for expected in ("session_ready", "session_promoted", "platform_lost", "terminal_stopped"):
        assert expected in events
    assert not any("withheld" in event for event in whole.events())


def test_a_terminal_with_a_missing_key_starts_nothing_and_changes_nothing(
    whole: WholeTerminal, stage: Stage, tmp_path: Path
) -> None:
    (tmp_path / "platform/terminal/signing.key").unlink()
    terminal = whole.start(stage)
    _, line = terminal.communicate(timeout=10)
    assert terminal.returncode == 1
    assert (
        line.decode() == f"{tmp_path}/platform/terminal/signing.key: terminal.signing_key: does not exist\n"
    )
    assert not (tmp_path / "state").exists()
    assert list(whole.runtime_dir.iterdir()) == []
    assert list(stage.directory.iterdir()) == []
