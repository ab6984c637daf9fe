"""The next citizen's screen: there at once, whatever happened to the last one's."""

from __future__ import annotations

import os
import signal
import threading
import time
from pathlib import Path

from kiosk.messages import Leaving, StepShown
from kiosk.terminal.supervisor import HANG_S, Standing
from tests.kiosk.terminal.conftest import Terminal
from tests.kiosk.terminal.stage import Stage, homes, runs, until


async def warm(terminal: Terminal) -> tuple[str, str]:
    """Wait for a visible session and a ready standby; give their names."""

    def both() -> tuple[str, str] | None:
        visible, standby = terminal.supervisor.visible, terminal.supervisor.standby
        if visible is None or standby is None or standby.standing is not Standing.STANDBY:
            return None
        return visible.process.name, standby.process.name

    return await until(both, "a visible session and a ready standby")


def pid(terminal: Terminal) -> int:
    assert terminal.supervisor.visible is not None
    return terminal.supervisor.visible.process.pid


async def test_the_first_session_is_shown_as_soon_as_it_is_ready_and_another_waits_beneath(
    terminal: Terminal, stage: Stage
) -> None:
    promoted = await stage.got("s1", "promote")
    assert (promoted["reach"], promoted["kept_notice"]) == ("online", None)
    assert await warm(terminal) == ("s1", "s2")
    assert [note["what"] for note in stage.notes("s2")] == ["started"]


async def test_a_killed_session_is_replaced_well_within_a_second(
    terminal: Terminal, stage: Stage, tmp_path: Path
) -> None:
    await warm(terminal)
    killed = pid(terminal)
    killed_s = time.monotonic()
    os.kill(killed, signal.SIGKILL)
    promoted = await stage.got("s2", "promote")
    assert promoted["at_s"] - killed_s < 0.3
    assert await warm(terminal) == ("s2", "s3")
    await until(lambda: homes(tmp_path) == ["s2", "s3"], "the first home is removed")


async def test_a_hung_session_is_replaced_after_three_seconds_and_killed_with_its_children(
    terminal: Terminal, stage: Stage
) -> None:
    await warm(terminal)
    stage.order("s1", grandchild=True)
    grandchild = (await stage.note("s1", "grandchild"))["pid"]
    stage.say("s1", StepShown(step="question:1"))
    await until(lambda: terminal.supervisor.visible and terminal.supervisor.visible.step, "the step")
    hung, hung_s = pid(terminal), time.monotonic()
    stage.order("s1", hang=True)
    promoted = await stage.got("s2", "promote")
    assert HANG_S - 0.2 < promoted["at_s"] - hung_s < HANG_S + 0.5
    await until(lambda: not runs(hung) and not runs(grandchild), "the hung group is dead")
    [end] = terminal.board.shown()["session_ends"]
    assert (end["event"], end["reason"], end["step"]) == ("session_hung", "silent", "question:1")


async def test_a_session_that_leaves_is_replaced_at_once(terminal: Terminal, stage: Stage) -> None:
    await warm(terminal)
    left, left_s = pid(terminal), time.monotonic()
    stage.say("s1", Leaving(reason="finished"))
    assert (await stage.got("s2", "promote"))["at_s"] - left_s < 0.3
    await until(lambda: not runs(left), "the session that left is dead")


async def test_an_unknown_message_ends_the_session(terminal: Terminal, stage: Stage) -> None:
    await warm(terminal)
    stage.order("s1", raw='{"kind": "show_me_the_queue"}')
    await stage.got("s2", "promote")
    assert terminal.board.shown()["session_ends"][0]["reason"] == "bad_message"


async def test_a_standby_that_asks_for_anything_is_ended_and_the_citizen_sees_nothing_of_it(
    terminal: Terminal, stage: Stage
) -> None:
    await warm(terminal)
    stage.say("s2", Leaving(reason="left"))
    await stage.note("s3", "started")
    assert await warm(terminal) == ("s1", "s3")
    assert len([note for note in stage.notes("s1") if note["what"] == "got"]) == 1


async def test_two_deaths_in_a_row_cost_a_cold_start_and_no_more(terminal: Terminal, stage: Stage) -> None:
    await warm(terminal)
    os.kill(pid(terminal), signal.SIGKILL)
    await stage.got("s2", "promote")
    os.kill(pid(terminal), signal.SIGKILL)
    await stage.got("s3", "promote")
    assert (await warm(terminal))[0] == "s3"


async def test_sessions_that_die_before_they_are_ready_are_not_started_in_a_frenzy(
    terminal: Terminal, stage: Stage
) -> None:
    stage.behave(**{f"s{number}": "dies_before_ready" for number in range(2, 5)})
    await stage.got("s1", "promote")
    started_s = time.monotonic()
    await stage.note("s5", "started")
    assert time.monotonic() - started_s > 0.5 + 1.0  # after the second and after the third
    assert await warm(terminal) == ("s1", "s5")


async def test_a_terminal_that_was_itself_asleep_blames_no_session(terminal: Terminal) -> None:
    await warm(terminal)
    terminal.skipped_s += 2 * HANG_S  # no heartbeat was read in this time, because nothing ran at all
    ticks = terminal.ticks
    await until(lambda: terminal.ticks > ticks + 2, "it has looked at its sessions again")
    assert await warm(terminal) == ("s1", "s2")
    assert terminal.board.shown()["session_ends"] == []


async def test_twenty_citizens_later_the_terminal_holds_no_more_than_after_the_first(
    terminal: Terminal, stage: Stage, tmp_path: Path
) -> None:
    held = []
    for number in range(1, 21):
        await warm(terminal)
        await until(lambda: len(homes(tmp_path)) == 2, "old homes are removed")
        held.append((len(os.listdir("/proc/self/fd")), threading.active_count()))  # noqa: PTH208 - a count
        stage.say(f"s{number}", Leaving(reason="finished"))
        await stage.got(f"s{number + 1}", "promote")
    assert held[-1] <= held[3]
