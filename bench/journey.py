"""The main job as a citizen does it: 申请无犯罪记录证明, touched word for word on the Chinese screens."""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.citizen import BUTTON, Citizen
from bench.hall import Hall
from bench.people import Person
from bench.scene import Photograph, Step, StepFailed
from bench.turning import AHEAD, turns_as_asked
from central_platform import records

HEADING, TEXT, PICTURE = "heading", "label", "graphic"

WELCOME = "您要办什么事？"
MATTER = "开无犯罪记录证明"
MOBILE = "19900000128"
"""Invented; eleven digits as a mainland mobile number has."""

START_S = 30.0
"""From the start of the terminal to a usable welcome screen, cold: every part is loaded the first time."""

FACE_S = 15.0
SLIP_S = 10.0
DELIVERY_S = 15.0
"""From the healed cable to the platform's receipt."""


def boot(hall: Hall) -> Sequence[Step]:
    """The terminal starts, and its first welcome screen stands."""

    async def start(citizen: Citizen, photograph: Photograph) -> None:
        hall.start_terminal()
        await citizen.sees(HEADING, WELCOME, START_S)
        await photograph()

    return [Step("start", start)]


def look_and_touch(name: str, heading: str | re.Pattern[str], button: str) -> Step:
    """A screen that is read and answered with one touch."""

    async def act(citizen: Citizen, photograph: Photograph) -> None:
        await citizen.sees(HEADING, heading)
        await citizen.reads()
        await photograph()
        await citizen.touches(button)

    return Step(name, act)


@dataclass
class Journey:
    """One person's way through one hall; `application_id` is known once the platform has the application."""

    hall: Hall
    person: Person
    output: Path
    number: int
    """1 for the first application of this hall, and so on."""
    application_id: str | None = None
    mobile: str = MOBILE

    def _file(self, name: str, ending: str) -> Path:
        """Where a file of this journey goes: `slip.png` for the first, `slip-2.png` for the second."""
        return self.output / (f"{name}{ending}" if self.number == 1 else f"{name}-{self.number}{ending}")

    def online(self) -> Sequence[Step]:
        """With the network up: received by the platform before the citizen has gone."""
        return [
            look_and_touch("welcome", WELCOME, MATTER),
            Step("matter", self._matter_now),
            *self._application(),
            Step("received", self._outcome("平台已收件")),
            *self._farewell(),
            Step("record", self._arrived),
        ]

    def cut_and_healed(self) -> Sequence[Step]:
        """With the network cut: kept, said so, and delivered when the network is back."""
        return [
            Step("cut", self._cut),
            look_and_touch("welcome-cut", WELCOME, MATTER),
            Step("matter-cut", self._matter_cut),
            *self._application("-cut"),
            Step("kept", self._outcome("已暂存本机，尚未提交")),
            *self._farewell("-cut"),
            Step("healed", self._healed),
        ]

    def _application(self, after: str = "") -> Sequence[Step]:
        """From the card to "sign and send"."""
        return [
            Step(f"card{after}", self._card),
            look_and_touch(f"consent{after}", "怎样核验是您本人？", "同意并刷脸核验"),
            Step(f"face{after}", self._face),
            Step(f"verified{after}", self._verified),
            look_and_touch(f"for-whom{after}", "您为谁办理？", "为我本人"),
            look_and_touch(f"accepted-at{after}", "您想向哪里的派出所申请？", "户籍地派出所"),
            look_and_touch(f"purpose{after}", "证明用来做什么？", "就业"),
            Step(f"mobile{after}", self._mobile),
            look_and_touch(f"delivery{after}", "办好以后，您想怎么领取？", "电子证明"),
            look_and_touch(f"review{after}", "请核对填写的内容", "核对无误，去签名"),
            Step(f"sign{after}", self._sign),
        ]

    def _farewell(self, after: str = "") -> Sequence[Step]:
        return [
            look_and_touch(f"rating{after}", "这次自助办理，您满意吗？", "非常满意"),
            Step(f"thanks{after}", self._goes),
        ]

    # ---- steps -------------------------------------------------------------------------------------------

    async def _matter_now(self, citizen: Citizen, photograph: Photograph) -> None:
        await citizen.sees(TEXT, "现在可以在这台机器上办理")
        await citizen.reads()
        await photograph()
        await citizen.touches("开始办理")

    async def _cut(self, citizen: Citizen, photograph: Photograph) -> None:
        del citizen, photograph
        self.hall.cable.cut()

    async def _matter_cut(self, citizen: Citizen, photograph: Photograph) -> None:
        await citizen.sees(TEXT, re.compile("^网络暂时不通：申请先存在本机"), DELIVERY_S)
        await citizen.reads()
        await photograph()
        await citizen.touches("开始办理")

    async def _card(self, citizen: Citizen, photograph: Photograph) -> None:
        await citizen.sees(HEADING, "请把身份证放在读卡器上")
        await photograph()
        self.hall.lays_down_card(self.person)

    async def _face(self, citizen: Citizen, photograph: Photograph) -> None:
        await citizen.sees(HEADING, "请看摄像头")
        self.hall.steps_up(self.person)
        await citizen.sees(TEXT, AHEAD, FACE_S)
        await photograph()

    async def _verified(self, citizen: Citizen, photograph: Photograph) -> None:
        """Turn the head as the screen says, until the page goes on by itself."""
        await turns_as_asked(citizen.sight, self.hall.camera)
        await citizen.sees(HEADING, "核验通过", FACE_S)
        await photograph()

    async def _mobile(self, citizen: Citizen, photograph: Photograph) -> None:
        await citizen.sees(HEADING, "您的手机号码是多少？")
        await citizen.reads()
        await citizen.types(self.mobile)
        await citizen.sees(BUTTON, "确定")
        await photograph()
        await citizen.touches("确定")

    async def _sign(self, citizen: Citizen, photograph: Photograph) -> None:
        await citizen.sees(HEADING, "请看一遍，然后签名")
        await citizen.reads()
        await citizen.signs(PICTURE, "签名区")
        await photograph()
        await citizen.touches("签名并提交")

    def _outcome(self, title: str) -> Callable[[Citizen, Photograph], Awaitable[None]]:
        async def act(citizen: Citizen, photograph: Photograph) -> None:
            await citizen.sees(HEADING, title, SLIP_S)
            await citizen.sees(TEXT, "凭条已打印，请取走。", SLIP_S)
            await photograph()
            await self._keep_slip()
            await citizen.touches("继续")

        return act

    async def _keep_slip(self) -> None:
        # A flush at the start of a session may feed and cut a piece of blank paper: no slip of anybody's.
        deadline = time.monotonic() + SLIP_S
        while len(slips := [slip for slip in self.hall.printer.slips if not slip.blank]) < self.number:
            if time.monotonic() > deadline:
                break
            await asyncio.sleep(0.05)
        if len(slips) != self.number:
            raise StepFailed(f"{len(slips)} slips were printed for {self.number} applications")
        self._file("slip", ".bin").write_bytes(slips[-1].raw)
        slips[-1].picture().save(self._file("slip", ".png"))

    async def _goes(self, citizen: Citizen, photograph: Photograph) -> None:
        """Take card and slip; the next welcome screen is another process's, and knows nothing."""
        heading = await citizen.sees(HEADING, "办完了，谢谢您")
        await citizen.reads()
        await photograph()
        self.hall.takes_card()
        self.hall.walks_away()
        await citizen.touches("结束")
        fresh = await citizen.sees(HEADING, WELCOME)
        if fresh.pid == heading.pid:
            raise StepFailed(f"process {fresh.pid} served this citizen and stands before the next one")

    async def _healed(self, citizen: Citizen, photograph: Photograph) -> None:
        before = await asyncio.to_thread(records.all_ids, self.hall.platform_dir)
        if len(before) != self.number - 1:
            raise StepFailed(f"with the network cut the platform has {len(before)} applications")
        self.hall.cable.heal()
        await self._arrived(citizen, photograph)

    async def _arrived(self, citizen: Citizen, photograph: Photograph) -> None:
        """The platform has exactly this application more, and it says what the citizen said."""
        del citizen, photograph
        deadline = time.monotonic() + DELIVERY_S
        while len(ids := await asyncio.to_thread(records.all_ids, self.hall.platform_dir)) < self.number:
            if time.monotonic() > deadline:
                raise StepFailed(f"the platform has not received the application within {DELIVERY_S:g} s")
            await asyncio.sleep(0.1)
        self.application_id = ids[-1]
        record = await asyncio.to_thread(records.decrypted, self.hall.platform_dir, ids[-1])
        text = json.dumps(record, ensure_ascii=False, indent=2)
        self._file("record", ".json").write_text(text + "\n", encoding="utf-8")
        if len(ids) != self.number:
            raise StepFailed(f"the platform has {len(ids)} applications, not {self.number}")
        applicant = record["parties"][0]
        expected = (self.person.name, self.person.id_number, self.mobile)
        if (applicant["name"], applicant["id_number"], applicant["mobile"]) != expected:
            raise StepFailed("the platform's record is not this citizen's")
