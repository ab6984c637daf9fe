"""Calling a guide: nobody is said to be told before the platform has said so; nobody comes in vain."""

from __future__ import annotations

import asyncio
import os
import signal

import pytest

from kiosk.messages import CallGuide, CallOver
from kiosk.terminal.calling import CALLS_WITHIN_S, MOST_CALLS, CallDesk, VisitCalls
from offline_queue.answers import CallTaken, NotAnswered
from tests.kiosk.terminal.conftest import Terminal
from tests.kiosk.terminal.stage import Stage, until
from tests.offline_queue.samples import new_id


class Guides:
    """The platform in a test's hands: what it says of a call, and what it heard."""

    def __init__(self, answer: CallTaken | NotAnswered | None = None) -> None:
        self.answer: CallTaken | NotAnswered = answer or CallTaken("waiting")
        self.heard: list[tuple[str, bool]] = []

    async def __call__(self, call_id: str, *, wanted: bool) -> CallTaken | NotAnswered:
        self.heard.append((call_id, wanted))
        return self.answer


async def test_a_call_is_told_once_the_platform_has_it_and_then_what_the_guide_touches(
    terminal: Terminal, stage: Stage
) -> None:
    terminal.put_call = guides = Guides()
    await stage.got("s1", "promote")
    stage.say("s1", call := CallGuide(call_id=new_id()))
    told = await stage.got("s1", "call_answered")
    assert (told["call_id"], told["state"]) == (call.call_id, "told")
    guides.answer = CallTaken("coming")
    assert (await stage.got("s1", "call_answered", nth=2))["state"] == "coming"
    guides.answer = CallTaken("done")
    assert (await stage.got("s1", "call_answered", nth=3))["state"] == "done"
    assert set(guides.heard) == {(call.call_id, True)}


@pytest.mark.parametrize("reach", ["offline", "online"])
async def test_who_cannot_be_told_is_not_said_to_be(terminal: Terminal, stage: Stage, reach: str) -> None:
    terminal.put_call = guides = Guides(NotAnswered("refused", "http_503"))
    terminal.board.reach = "offline" if reach == "offline" else "online"
    await stage.got("s1", "promote")
    stage.say("s1", CallGuide(call_id=new_id()))
    assert (await stage.got("s1", "call_answered"))["state"] == "not_told"
    assert len(guides.heard) == (0 if reach == "offline" else 1)


async def test_whoever_leaves_takes_their_call_back(terminal: Terminal, stage: Stage) -> None:
    terminal.put_call = guides = Guides()
    await stage.got("s1", "promote")
    stage.say("s1", call := CallGuide(call_id=new_id()))
    await stage.got("s1", "call_answered")
    os.kill(stage.notes("s1")[0]["pid"], signal.SIGKILL)
    await until(lambda: (call.call_id, False) in guides.heard, "withdrawn")


async def test_whoever_gets_on_after_all_takes_their_call_back(terminal: Terminal, stage: Stage) -> None:
    terminal.put_call = guides = Guides()
    await stage.got("s1", "promote")
    stage.say("s1", call := CallGuide(call_id=new_id()))
    await stage.got("s1", "call_answered")
    stage.say("s1", CallOver())
    await until(lambda: (call.call_id, False) in guides.heard, "withdrawn")


async def test_a_line_that_breaks_while_somebody_waits_changes_nothing_that_was_said(
    terminal: Terminal, stage: Stage
) -> None:
    terminal.put_call = guides = Guides()
    await stage.got("s1", "promote")
    stage.say("s1", CallGuide(call_id=new_id()))
    await stage.got("s1", "call_answered")
    guides.answer, before = NotAnswered("offline", "refused"), len(guides.heard)
    await until(lambda: len(guides.heard) > before + 2, "asked again")
    guides.answer = CallTaken("coming")
    assert (await stage.got("s1", "call_answered", nth=2))["state"] == "coming"


# ---- without a supervisor around it ----------------------------------------------------------------------


async def test_calls_that_come_too_often_are_not_passed_on_until_time_has_passed() -> None:
    now_s, guides, heard = [0.0], Guides(CallTaken("done")), asyncio.Queue[object]()
    desk = CallDesk(guides, lambda: "online", clock=lambda: now_s[0])
    running = asyncio.create_task(desk.run())
    await asyncio.sleep(0)

    async def states(calls: VisitCalls) -> list[str]:
        desk.call(calls, CallGuide(call_id=new_id()))
        said = [await heard.get()]
        if getattr(said[0], "state") == "told":  # noqa: B009  a union of messages
            said.append(await heard.get())
        return [str(getattr(each, "state")) for each in said]  # noqa: B009

    for visit in range(MOST_CALLS):  # each by another person: it is the terminal that is played with
        assert await states(VisitCalls(f"s{visit}", heard.put_nowait)) == ["told", "done"]
    assert await states(VisitCalls("s", heard.put_nowait)) == ["not_told"]
    assert len(guides.heard) == MOST_CALLS
    now_s[0] = CALLS_WITHIN_S
    assert await states(VisitCalls("s", heard.put_nowait)) == ["told", "done"]
    running.cancel()


async def test_a_desk_that_says_told_before_the_platform_has_would_be_caught() -> None:
    class Hasty(CallDesk):
        """Says so at once."""

        def call(self, calls: VisitCalls, message: CallGuide) -> None:
            self._say(calls, message.call_id, "told", "none")

    said = []
    for kind in (CallDesk, Hasty):
        heard = asyncio.Queue[object]()
        desk = kind(Guides(NotAnswered("offline", "dns")), lambda: "unknown")
        running = asyncio.create_task(desk.run())
        await asyncio.sleep(0)
        desk.call(VisitCalls("s1", heard.put_nowait), CallGuide(call_id=new_id()))
        said.append(str(getattr(await heard.get(), "state")))  # noqa: B009
        running.cancel()
    assert said == ["not_told", "told"]
