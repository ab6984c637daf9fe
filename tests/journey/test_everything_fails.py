"""One citizen, one journey, and everything fails on the way: told what to do next, and nothing lost."""

from __future__ import annotations

import os
import re
import signal

import pytest

from bench.hall import GUIDE
from bench.journey import HEADING, TEXT, WELCOME
from central_platform import records
from kiosk.session.hall import Obstacle
from tests.journey.conftest import Walker
from ui.sentences import OBSTACLE, SLIP

pytestmark = pytest.mark.asyncio(loop_scope="module")

SEES_S = 15.0
"""A fault has to be noticed before it can be said; probes come round every few seconds."""


async def test_reader_camera_network_printer_and_terminal_all_fail_in_one_journey_and_nothing_is_lost(
    walker: Walker,
) -> None:
    hall, citizen = walker.hall, walker.citizen
    await walker.walks_to("card")

    # The reader's cable is pulled while the card is awaited, and comes back.
    await citizen.sees(HEADING, "请把身份证放在读卡器上")
    hall.reader.unplug()
    await citizen.sees(TEXT, re.compile("读卡器现在不能用"), SEES_S)
    hall.reader.replug()
    hall.lays_down_card(walker.journey().person)

    # The camera fails: a guide verifies, after a wrong PIN.
    await citizen.sees(HEADING, "怎样核验是您本人？", SEES_S)
    hall.camera.unplug()
    await citizen.reads()
    await citizen.touches("同意并刷脸核验")
    await citizen.sees(HEADING, "换个方式也可以", SEES_S)
    await citizen.reads()
    await citizen.touches("请工作人员核验")
    await citizen.sees(HEADING, "请工作人员来核验")
    await citizen.reads()
    staff_no, pin = GUIDE
    await citizen.types(staff_no + "000000")
    await citizen.touches("确认是本人")
    await citizen.sees(TEXT, "工号或密码不对，请再输一次。")
    await citizen.reads()
    await citizen.types(staff_no + pin)
    await citizen.touches("确认是本人")
    await citizen.sees(HEADING, "您为谁办理？")

    # The network goes before the signature, the printer's cover opens before the slip.
    steps = walker.journey().online()
    names = [step.name for step in steps]
    hall.cable.cut()
    await walker.walks(steps[names.index("for-whom") : names.index("sign")])
    await walker.becomes(lambda status: status["reach"] == "offline")
    hall.printer.cover_open = True
    await walker.walks(steps[names.index("sign") : names.index("received")])
    await citizen.sees(HEADING, "已暂存本机，尚未提交", SEES_S)
    await citizen.sees(TEXT, SLIP["not_printed"], SEES_S)
    hall.printer.cover_open = False
    await citizen.reads()
    await citizen.touches("再打一次凭条")
    await citizen.reads()
    await citizen.touches("凭条没有出来")
    await citizen.sees(TEXT, SLIP["printed"], SEES_S)
    assert records.all_ids(hall.platform_dir) == []

    # The terminal is killed between commit and delivery; its keeper restarts it.
    kept = await walker.status()
    assert kept["queue"]["kept"] == 1
    os.kill(kept["pid"], signal.SIGKILL)
    hall.takes_card()
    await citizen.sees(HEADING, WELCOME, SEES_S)
    # The first answer of the platform is lost on the way: it has the application, and is sent it again.
    hall.cable.lose_next_answer()
    hall.cable.heal()
    await walker.becomes(lambda status: status["pid"] != kept["pid"] and status["queue"]["kept"] == 0)
    assert hall.cable.answers_lost == 1
    (application_id,) = records.all_ids(hall.platform_dir)
    record = records.decrypted(hall.platform_dir, application_id)
    assert (record["identity_method"], record["verified_by"]) == ("staff", staff_no)
    assert record["verified_reason"] == "camera_failed"

    # The technician finds every reason; nobody finds a traceback.
    said = {(event["event"], event.get("reason")) for event in walker.events()}
    assert ("device_failed", "port_lost") in said or ("device_failed", "port_missing") in said
    assert ("slip_not_printed", "cover_open") in said
    assert not [event for event, _cause in said if event == "crashed"]
    assert "Traceback" not in (hall.folder / "terminal.log").read_text("utf-8")


async def test_a_matter_with_a_deadline_is_refused_offline_before_the_card_with_the_way_that_is_open(
    walker: Walker,
) -> None:
    hall, citizen = walker.hall, walker.citizen
    hall.camera.replug()
    hall.cable.cut()
    await walker.becomes(lambda status: status["reach"] == "offline")
    await citizen.sees(HEADING, WELCOME)
    await citizen.reads()
    await citizen.touches("居住证一年一签")
    await citizen.sees(TEXT, re.compile(f"^{OBSTACLE[Obstacle.OFFLINE_FORBIDDEN]}"))
    words = " ".join(await citizen.what_is_there())
    assert "可以到窗口办" in words
    assert "0571-" in words
    assert "开始办理" not in words
    hall.cable.heal()
    await walker.leaves()
