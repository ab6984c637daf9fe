"""What a citizen can see, as the accessibility tree says it: role, name, place and state of each control.

AT-SPI over the private bus, spoken directly: the registry's root lists the applications, each answers for
its own tree. Two Qt processes are always on the bus; only the one whose window lies on top is looked at.

Source: AT-SPI2 D-Bus interfaces org.a11y.Bus, org.a11y.atspi.Accessible and .Component; state bits of
AtspiStateType.
"""

from __future__ import annotations

import asyncio
import re
import time
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from dbus_fast import Message, MessageType, Variant
from dbus_fast.aio import MessageBus

from bench.display import HEIGHT, WIDTH, BenchDisplay

LOOK_EVERY_S = 0.05
LOOK_SELDOM_S, PATIENT_AFTER_S = 0.2, 1.0
"""Who waits long looks less often: each look costs the bench and the session 10 to 30 ms of a core."""

QUESTIONS = 64
"""How many may be on the way at once: a bus that is full refuses the next one."""

ANSWER_S = 1.0
"""How long an application may take to answer one question before it counts as not there."""

_ACCESSIBLE = "org.a11y.atspi.Accessible"
_ROOT = "/org/a11y/atspi/accessible/root"
_CHECKED, _SENSITIVE, _SHOWING = 1 << 4, 1 << 24, 1 << 25


@dataclass(frozen=True)
class Node:
    """One accessible control on screen; `x` … `height` in pixels of the screen."""

    role: str
    name: str
    x: int
    y: int
    width: int
    height: int
    enabled: bool
    checked: bool
    pid: int

    @property
    def middle(self) -> tuple[int, int]:
        """Where a finger would touch it."""
        return self.x + self.width // 2, self.y + self.height // 2

    @property
    def within_reach(self) -> bool:
        """Whether its middle is on a terminal's screen."""
        return self.within(WIDTH, HEIGHT)

    def within(self, width: int, height: int) -> bool:
        """Whether its middle is on a screen of this size."""
        x, y = self.middle
        return self.width > 0 and self.height > 0 and 0 <= x < width and 0 <= y < height


class NotSeen(Exception):
    """What was looked for did not appear; `on_screen` is what was there instead."""

    def __init__(self, role: str, name: str, within_s: float, on_screen: list[str]) -> None:
        super().__init__(
            f"no {role} “{name}” within {within_s:g} s; on screen: {'; '.join(on_screen) or '—'}"
        )
        self.role = role
        self.name = name
        self.on_screen = on_screen


class Sight:
    """Eyes on one bench display; `await Sight.open(display)`."""

    def __init__(self, display: BenchDisplay, bus: MessageBus) -> None:
        self._display = display
        self._bus = bus
        self._pids: dict[str, int] = {}
        self._room = asyncio.Semaphore(QUESTIONS)

    @classmethod
    async def open(cls, display: BenchDisplay) -> Self:
        """Start the accessibility bus, if nobody has yet, and connect to it."""
        session = await MessageBus(bus_address=display.bus_address).connect()
        try:
            (address,) = await _ask(session, "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress")
        finally:
            await _leave(session)
        return cls(display, await MessageBus(bus_address=address).connect())

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Leave the bus."""
        await _leave(self._bus)

    async def look(self) -> list[Node]:
        """Everything that shows in the window on top, depth first; empty while no window is there."""
        pid = self._display.topmost_pid()
        if pid is None:
            return []
        try:
            registry = "org.a11y.atspi.Registry"
            applications = (await _ask(self._bus, registry, _ROOT, _ACCESSIBLE, "GetChildren"))[0]
            for name, path in applications:
                if await self._pid(name) == pid:
                    return await self._walk(name, path, pid)
        except _Unanswered:
            pass  # it is starting or ending: not there
        return []

    async def find(self, role: str | None, name: str | re.Pattern[str]) -> Node | None:
        """Look once for a control within reach, of any role for None; None when nothing like it shows."""
        for node in await self.look():
            if role in {None, node.role} and fits(name, node.name) and self.reaches(node):
                return node
        return None

    def reaches(self, node: Node) -> bool:
        """Whether a control's middle is on this screen."""
        return node.within(self._display.width, self._display.height)

    async def wait_for(
        self, role: str | None, name: str | re.Pattern[str], within_s: float, *, enabled: bool = True
    ) -> Node:
        """Look until it shows (and, for `enabled`, can be used); raises `NotSeen`."""
        began = time.monotonic()
        while True:
            node = await self.find(role, name)
            if node is not None and (node.enabled or not enabled):
                return node
            waited_s = time.monotonic() - began
            if waited_s > within_s:
                wanted = name if isinstance(name, str) else name.pattern
                raise NotSeen(role or "control", wanted, within_s, await self.words())
            await asyncio.sleep(LOOK_EVERY_S if waited_s < PATIENT_AFTER_S else LOOK_SELDOM_S)

    async def words(self) -> list[str]:
        """Every role and name on screen, in reading order, for a person to read."""
        return [f"{node.role} “{node.name}”" for node in await self.look() if node.name]

    async def _pid(self, name: str) -> int:
        if name not in self._pids:
            bus = "org.freedesktop.DBus"
            answer = await _ask(
                self._bus, bus, "/org/freedesktop/DBus", bus, "GetConnectionUnixProcessID", "s", [name]
            )
            self._pids[name] = answer[0]
        return self._pids[name]

    async def _walk(self, application: str, path: str, pid: int) -> list[Node]:
        async def ask(interface: str, member: str, signature: str = "", body: list[Any] | None = None) -> Any:
            async with self._room:
                return (await _ask(self._bus, application, path, interface, member, signature, body))[0]

        try:
            (low, _high), role, name, box, children = await asyncio.gather(
                ask(_ACCESSIBLE, "GetState"),
                ask(_ACCESSIBLE, "GetRoleName"),
                ask("org.freedesktop.DBus.Properties", "Get", "ss", [_ACCESSIBLE, "Name"]),
                ask("org.a11y.atspi.Component", "GetExtents", "u", [0]),
                ask(_ACCESSIBLE, "GetChildren"),
            )
        except _Unanswered:
            return []  # it went while we looked
        if not low & _SHOWING:
            return []
        assert isinstance(name, Variant)  # noqa: S101 - what Properties.Get answers with
        x, y, width, height = box
        enabled, checked = bool(low & _SENSITIVE), bool(low & _CHECKED)
        node = Node(role, name.value, x, y, width, height, enabled, checked, pid)
        below = await asyncio.gather(*(self._walk(application, child, pid) for _, child in children))
        return [node, *(found for branch in below for found in branch)]


class _Unanswered(Exception):
    """An application did not answer, or no longer knows the object."""


async def _ask(
    bus: MessageBus,
    destination: str,
    path: str,
    interface: str,
    member: str,
    signature: str = "",
    body: list[Any] | None = None,
) -> list[Any]:
    message = Message(
        destination=destination,
        path=path,
        interface=interface,
        member=member,
        signature=signature,
        body=body or [],
    )
    try:
        async with asyncio.timeout(ANSWER_S * (5 if member == "GetAddress" else 1)):
            answer = await bus.call(message)
    except (TimeoutError, EOFError) as error:
        raise _Unanswered(member) from error
    if answer is None or answer.message_type is not MessageType.METHOD_RETURN:
        raise _Unanswered(member)
    return list(answer.body)


async def _leave(bus: MessageBus) -> None:
    bus.disconnect()
    await bus.wait_for_disconnect()  # type: ignore[no-untyped-call]  # dbus-fast has no annotation here


def fits(wanted: str | re.Pattern[str], name: str) -> bool:
    """Whether a control of this name is meant: its whole name, or a pattern found in it."""
    return name == wanted if isinstance(wanted, str) else wanted.search(name) is not None
