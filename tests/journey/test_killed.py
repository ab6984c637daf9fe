"""A session is killed at each step of the journey; the next citizen finds a usable, clean welcome screen."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Sequence

import pytest

from bench.journey import HEADING, MOBILE, PICTURE, SLIP_S, WELCOME
from bench.people import resident
from benchmarks.soak import come_and_go
from central_platform import records
from config.hall_time import hall_today
from tests.journey.conftest import Walker

pytestmark = pytest.mark.asyncio(loop_scope="module")

A_PERSON_WAITS_S = 1.0
"""The promise: from the death of a session to a usable welcome screen."""

EVERY_STEP = (
    "welcome", "matter", "card", "consent", "face", "for-whom", "mobile", "review", "sign", "received",
    "rating", "thanks",
)  # fmt: skip
SOME_STEPS = ("face", "received")


@pytest.mark.parametrize(
    "steps",
    [pytest.param(SOME_STEPS, id="some"), pytest.param(EVERY_STEP, id="every", marks=pytest.mark.long)],
)
async def test_a_session_killed_at_any_step_is_followed_by_a_clean_welcome_within_a_second(
    walker: Walker, steps: Sequence[str]
) -> None:
    person = resident(hall_today())
    for step in steps:
        # Walking begins with a touch on the welcome screen: that the last one was usable.
        await walker.walks_to(step)
        if step == "received":
            await walker.citizen.sees(HEADING, "平台已收件", SLIP_S)
        killed = await walker.visible_pid()
        died = time.monotonic()
        os.kill(killed, signal.SIGKILL)
        welcome = await walker.citizen.sees(HEADING, WELCOME)
        assert time.monotonic() - died < A_PERSON_WAITS_S, step
        assert welcome.pid != killed
        walker.hall.takes_card()
        walker.hall.walks_away()
        words = " ".join(await walker.citizen.what_is_there())
        for secret in (person.name, person.id_number, person.address, MOBILE):
            assert secret not in words, step
        await walker.standby_is_warm()
    await walker.becomes(lambda status: status["queue"]["kept"] == 0)
    assert len(records.all_ids(walker.hall.platform_dir)) == walker.count_of("application_kept")
    assert not walker.count_of("crashed")


async def test_a_session_killed_at_the_touch_on_send_tells_the_next_citizen_only_what_is_true(
    walker: Walker,
) -> None:
    before = len(records.all_ids(walker.hall.platform_dir))
    await walker.walks_to("sign")
    await walker.citizen.sees(HEADING, "请看一遍，然后签名")
    await walker.citizen.reads()
    await walker.citizen.signs(PICTURE, "签名区")
    await walker.citizen.touches("签名并提交")
    os.kill(await walker.visible_pid(), signal.SIGKILL)
    await walker.citizen.sees(HEADING, WELCOME)
    notices = [word for word in await walker.citizen.what_is_there() if "上一份申请已保存" in word]
    kept = [event["local_no"] for event in walker.events() if event["event"] == "application_kept"]
    if notices:
        assert kept[-1] in notices[0].replace("\n", "")
    await walker.becomes(lambda status: status["queue"]["kept"] == 0)
    assert before <= len(records.all_ids(walker.hall.platform_dir)) == len(kept) <= before + 1


@pytest.mark.long
async def test_two_citizens_come_and_go_and_leave_nothing_more_behind(walker: Walker) -> None:
    first, second = await come_and_go(walker.hall), await come_and_go(walker.hall)
    assert (second.threads, second.processes, second.left) == (first.threads, first.processes, first.left)
