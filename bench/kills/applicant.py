"""A citizen who answers whatever screen is there, as fast as the product lets them, and finds an end."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Literal

from bench.hall import GUIDE, Hall
from bench.kills.plan import Moment
from bench.kills.told import WELCOME
from bench.kills.witness import Look, Witness
from bench.people import Person, resident
from bench.touch import Finger

SETTLED_S = 0.32
"""The product drops touches within 0.3 s of a new screen."""

NO_WAY_S = 4.0
"""On a screen that offers no way on for so long, a citizen leaves."""

AGAIN_S = 1.5
"""A touch without effect is repeated after this."""

PATIENCE_S = 75.0
"""A citizen who is still not through by then stands before a screen that leads nowhere."""

MATTER = "办一件短事"
MOMENTS: dict[str, Moment] = {
    MATTER: "matter",
    "请把身份证放在读卡器上": "card",
    "怎样核验是您本人？": "consent",
    "请看摄像头": "face",
    "核验通过": "verified",
    "请核对填写的内容": "review",
    "请看一遍，然后签名": "sign",
    "平台已收件": "outcome",
    "已暂存本机，尚未提交": "outcome",
    "这次自助办理，您满意吗？": "rating",
    "办完了，谢谢您": "thanks",
}
SEND = "签名并提交"
REPRINT = "再打一次凭条"
REPRINT_REASON = "凭条没有出来"
TOUCHES: dict[str, tuple[str, ...]] = {
    MATTER: ("开始办理",),
    "怎样核验是您本人？": ("同意并刷脸核验", "请工作人员核验"),
    "换个方式也可以": ("再试一次", "请工作人员核验"),
    "核验通过": ("继续办理",),
    "请核对填写的内容": ("核对无误，去签名",),
    "平台已收件": (REPRINT_REASON, REPRINT, "继续"),
    "已暂存本机，尚未提交": (REPRINT_REASON, REPRINT, "继续"),
    "这次自助办理，您满意吗？": ("不评价",),
    "办完了，谢谢您": ("结束",),
    "没有保存，也没有提交": ("知道了，结束",),
}
"""What is touched on a screen: the first of these that can be."""

_SURNAMES = "周沈吴郑王冯陈褚卫蒋韩杨朱秦尤许何吕施张"
_GIVEN = "一禾明安若溪望舒知远清和景行嘉言令仪南乔北辰思齐怀瑾握瑜采薇如琢"


def person(number: int, today: date) -> Person:
    """The citizen of round `number`: nobody else has this name or this citizen number."""
    first, second = divmod(number, len(_GIVEN))
    return replace(
        resident(today),
        name=_SURNAMES[number % len(_SURNAMES)] + _GIVEN[first % len(_GIVEN)] + _GIVEN[second],
        birth=date(1960, 1, 1) + timedelta(days=31 * (number % 480)),
        sequence=(2 * number) % 1000,
    )


class Applicant:
    """One citizen before one terminal."""

    def __init__(
        self, hall: Hall, finger: Finger, witness: Witness, who: Person, reached: Callable[[Moment], None]
    ) -> None:
        """`reached` hears of each moment once, the first time it comes."""
        self._hall = hall
        self._finger = finger
        self._witness = witness
        self._who = who
        self._reached = reached
        self._moments: set[Moment] = set()
        self.sent = False
        self.reprinted = False

    async def applies(self) -> Literal["gone", "stuck"]:
        """Apply, until another process's welcome screen stands: this citizen's turn is over."""
        began = await self._welcome()
        give_up_s = time.monotonic() + PATIENCE_S
        screen: tuple[int | None, str] = (None, "")
        since_s = acted_s = 0.0
        while time.monotonic() < give_up_s:
            look = await self._witness.next()
            title = next((name for name in look.headings if name in MOMENTS or name in TOUCHES), "")
            if not title:
                title = WELCOME if WELCOME in look.headings else "".join(look.headings[:1])
            if title == WELCOME and look.pid != began:
                return "gone"
            if (look.pid, title) != screen:
                screen, since_s, acted_s = (look.pid, title), look.at_s, 0.0
                self._comes_to("welcome" if title == WELCOME else MOMENTS.get(title))
            now_s = time.monotonic()
            if now_s - since_s >= SETTLED_S and now_s - acted_s >= AGAIN_S and await self._acts(title, look):
                acted_s = time.monotonic()
            elif title == MATTER and not acted_s and now_s - since_s > NO_WAY_S:
                await self._touches(look, "离开")
        return "stuck"

    def goes(self) -> None:
        """Take the card and leave."""
        self._hall.takes_card()
        self._hall.walks_away()

    async def _welcome(self) -> int | None:
        while True:
            look = await self._witness.next()
            if WELCOME in look.headings and look.button(MATTER):
                return look.pid

    def _comes_to(self, moment: Moment | None) -> None:
        if moment is not None and moment not in self._moments:
            self._moments.add(moment)
            self._reached(moment)

    async def _acts(self, title: str, look: Look) -> bool:
        """Do what this screen asks; False when there is nothing to do yet."""
        match title:
            case _ if title == WELCOME:
                return await self._touches(look, MATTER)
            case "请把身份证放在读卡器上":
                self._hall.steps_up(self._who)
                self._hall.lays_down_card(self._who)
                return True
            case "请工作人员来核验":
                return await self._guide(look)
            case "请看一遍，然后签名":
                return await self._signs(look)
            case _:
                return await self._touches(look, *TOUCHES.get(title, ()))

    async def _touches(self, look: Look, *names: str) -> bool:
        for name in names:
            node = look.button(name)
            if node is not None:
                self.reprinted |= name == REPRINT
                await self._finger.touch(*node.middle)
                return True
        return False

    async def _guide(self, look: Look) -> bool:
        for digit in "".join(GUIDE):
            if not await self._touches(look, digit):
                return False
        await asyncio.sleep(0.1)
        return await self._touches(await self._witness.next(), "确认是本人")

    async def _signs(self, look: Look) -> bool:
        area = next((node for node in look.nodes if node.name == "签名区"), None)
        if area is None:
            return False
        x, y, width = area.x + area.width // 4, area.y + area.height // 2, area.width // 2
        await self._finger.stroke([(x + width * part // 8, y + 40 * (part % 3)) for part in range(9)])
        for _ in range(20):
            node = (await self._witness.next()).button(SEND)
            if node is not None:
                self.sent = True
                await self._finger.touch(*node.middle)
                self._comes_to("send")
                return True
        return False
