"""A monkey at the screen: taps, drags, several fingers, key chords, cards; it may not break or trap anything.

`python -m tests.ui.monkey --seed N [--events M] [--landscape]` replays a run; the seed of a failing run is in
its message. The state machine and the view-models are the product's own; devices, terminal and time answer by
scripted events. After every event: no complaint of Qt's, no exception, no window but ours. At every screen
that is met for the first time in a run: a person can leave it, and a human is named on it.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from random import Random

from PySide6.QtCore import QCoreApplication, QPoint, QPointF, Qt
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from kiosk.session import events as ev
from kiosk.session import stages as st
from kiosk.session.machine import advance
from tests.ui.checks.parts import Box, parts, uncovered
from tests.ui.conftest import Clock, settle
from tests.ui.gallery import NOW, TODAY, scenes
from tests.ui.monkey_devices import RARE, answers, said_by_devices
from ui import qt_messages
from ui.bridge import Bridge
from ui.guard import Guard
from ui.immortal import keep_singletons
from ui.models.base import Desk
from ui.presenter import Presenter
from ui.words import Words

Advance = Callable[[st.Session, ev.Event], st.Session]

SIZE = (270, 480)
"""A quarter of the design: the same items, a sixteenth of the pixels to paint."""

HUMAN = re.compile("工作人员|窗口|电话|0571|[Ss]taff|[Cc]ounter|[Ww]indow|[Tt]elephone|guide")
LEAVE = {"离开", "Leave"}
OVERLAYS = {
    "我还在，继续办理", "点一下，继续办理", "好了，继续",
    "I am still here", "Touch to go on", "Done, continue",
}  # fmt: skip
AROUND = {"English", "中文", "遮住", "Hide", "大字和声音", "Text and sound"}
"""They lead to no other screen."""

MOST_TOUCHES = 40
"""To find a way out of one screen; far more than any screen has controls."""

CHORDS = tuple(
    (key, modifiers)
    for key in (Qt.Key.Key_F4, Qt.Key.Key_Q, Qt.Key.Key_Tab, Qt.Key.Key_Escape, Qt.Key.Key_F1, Qt.Key.Key_C,
                Qt.Key.Key_Delete, Qt.Key.Key_Super_L, Qt.Key.Key_Print, Qt.Key.Key_Return, Qt.Key.Key_Down,
                Qt.Key.Key_Space, Qt.Key.Key_Backspace, Qt.Key.Key_A, Qt.Key.Key_5)
    for modifiers in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier,
                      Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier,
                      Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
)  # fmt: skip


class Caught(AssertionError):
    """What the monkey broke, with the seed that breaks it again."""


@dataclass
class Monkey:
    """One run. `complaints` is the list that Qt's messages and exceptions of slots go to."""

    seed: int
    complaints: list[str]
    step: Advance = advance
    size: tuple[int, int] = SIZE
    done: int = 0
    met: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.draw = Random(self.seed)  # noqa: S311 - a run that can be replayed
        self.clock = Clock()
        self.came: list[ev.Event] = []
        self.bridge = Bridge(self.came.append, self.clock)
        words = Words()
        desk = Desk(
            words, self.bridge.decide, lambda: NOW, lambda: "00000000-0000-4000-8000-000000000042", 20
        )
        self.session = st.Session(st.Standby(), scenes()["welcome_whole_hall"].hall)
        self.presenter = Presenter(desk, self.session, Guard(self.clock, self.bridge.touched), lambda _: None)
        self.window = self.presenter.window
        self.window.setGeometry(0, 0, *self.size)
        self.windows = {each for each in QGuiApplication.topLevelWindows() if each.isVisible()} | {
            self.window
        }
        self.window.show()
        self.finger = QTest.createTouchDevice()
        self.last = "nothing yet"
        self.comes()

    # ---- one event after the other -------------------------------------------------------------------

    def play(self, events: int) -> None:
        """So many events: a tap, a drag, a finger among several, a key or a device's word each is one."""
        while self.done < events:
            self.clock.now += self.draw.choice((0.05, 0.7, 0.7, 1.5))
            self.act()
            self.answer()
            self.look()
        self.close()

    def act(self) -> None:
        """Do something at the screen or to the devices."""
        deeds = (self.tap, self.tap_anywhere, self.drag, self.fingers, self.chord, self.type, self.device)
        deed = self.draw.choices(deeds, (40, 8, 7, 9, 7, 11, 18))[0]
        self.last = deed.__name__
        self.done += 1
        deed()

    def answer(self) -> None:
        """Let the state machine take what came, and show where that leads."""
        settle()
        while self.came:
            event = self.came.pop(0)
            self.last = f"{self.last}, {type(event).__name__}"
            self.goes(self.step(self.session, event))

    def goes(self, session: st.Session) -> None:
        """Show another session value; one that has ended is followed by a fresh process."""
        self.session = session
        self.presenter.show(session)
        settle()
        if isinstance(session.stage, st.Ended | st.LinkLost):
            self.meet()
            self.comes()

    def comes(self) -> None:
        """A fresh session, on welcome or, for the sake of rare screens, somewhere in the middle."""
        self.window.setProperty("easing", False)  # noqa: FBT003 - Qt's signature
        standby = st.Session(st.Standby(), scenes()["welcome_whole_hall"].hall)
        welcome = self.step(standby, ev.Promoted("online", None, TODAY))
        if self.draw.random() < 0.6:
            name = self.draw.choice(list(scenes()))
            scene = scenes()[name]
            if not isinstance(scene.stage, st.Standby | st.Ended | st.LinkLost):
                welcome = replace(scene, card_read=True, language=self.draw.choice(["zh", "en"]))
        self.session = welcome
        self.presenter.show(welcome)
        settle()

    # ---- what a monkey does ------------------------------------------------------------------------------

    def tap(self) -> None:
        controls = list(self.controls())
        if controls:
            at = middle(self.draw.choice(controls))
            QTest.mouseClick(self.window, Qt.MouseButton.LeftButton, pos=at)
            if self.draw.random() < 0.1:
                self.done += 1
                QTest.mouseClick(self.window, Qt.MouseButton.LeftButton, pos=at)

    def tap_anywhere(self) -> None:
        button = self.draw.choice((Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton))
        QTest.mouseClick(self.window, button, pos=self.point())

    def drag(self) -> None:
        at, to = self.point(), self.point()
        QTest.mousePress(self.window, Qt.MouseButton.LeftButton, pos=at)
        for share in (1, 2, 3):
            QTest.mouseMove(self.window, at + (to - at) * (share / 3))
        QTest.mouseRelease(self.window, Qt.MouseButton.LeftButton, pos=to)

    def fingers(self) -> None:
        """Two to five at once, some of which move, lifted one after the other."""
        count = self.draw.randint(2, 5)
        self.done += count - 1
        controls = list(self.controls())
        places = [
            middle(self.draw.choice(controls)) if controls and self.draw.random() < 0.7 else self.point()
            for _ in range(count)
        ]
        press = QTest.touchEvent(self.window, self.finger)
        for number, place in enumerate(places):
            press.press(number, place, self.window)
        press.commit()
        move = QTest.touchEvent(self.window, self.finger)
        for number, place in enumerate(places):
            if self.draw.random() < 0.5:
                places[number] = place + QPoint(self.draw.randint(-40, 40), self.draw.randint(-40, 40))
                move.move(number, places[number], self.window)
            else:
                move.stationary(number)
        move.commit()
        for number, place in enumerate(places):
            lift = QTest.touchEvent(self.window, self.finger)
            lift.release(number, place, self.window)
            for other in range(number + 1, count):
                lift.stationary(other)
            lift.commit()

    def chord(self) -> None:
        if self.draw.random() < 0.1:
            QCoreApplication.sendEvent(self.window, QCloseEvent())
        else:
            key, modifiers = self.draw.choice(CHORDS)
            QTest.keyClick(self.window, key, modifiers)

    def type(self) -> None:
        letters = self.draw.randint(1, 6)
        self.done += letters - 1
        for _ in range(letters):
            letter = self.draw.choice("shenfzqwx0123456789 .<&'%")
            QTest.keyClick(self.window, ord(letter))

    def device(self) -> None:
        if self.draw.random() < 0.02:
            event = self.draw.choice(RARE)(self.draw)
        else:
            event = said_by_devices(self.session, self.draw)
        self.came.append(event)

    def point(self) -> QPoint:
        width, height = self.size
        return QPoint(self.draw.randrange(width), self.draw.randrange(height))

    def controls(self) -> Iterator[QQuickItem]:
        """What can be touched now; what is scrolled out of sight cannot."""
        width, height = self.size
        for each in touchable(self.window.contentItem()):
            at = middle(each)
            if 0 <= at.x() < width and 0 <= at.y() < height:
                yield each

    # ---- what must hold ----------------------------------------------------------------------------------

    def look(self) -> None:
        """Nothing is broken; and a screen that is met for the first time can be left, and names a human."""
        self.must(not self.complaints, "; ".join(self.complaints[:3]))
        strangers = {each for each in QGuiApplication.topLevelWindows() if each.isVisible()} - self.windows
        self.must(not strangers, f"a foreign window: {strangers}")
        self.must(self.window.isVisible(), "the window is gone")
        self.must(self.window.width() == self.size[0], "the window has another size")
        self.meet()

    def meet(self) -> None:
        """Count the screen; look closer the first time."""
        screen, session = self.presenter.screen, self.session
        name = "" if screen is None else screen.name
        if session.idle_warning or session.hidden:
            name = "idle warning" if session.idle_warning else "cover"
        self.met[name] += 1
        if self.met[name] == 1 and not isinstance(session.stage, st.Standby | st.Ended):
            covered = session.idle_warning or session.hidden  # one touch, and what is beneath names one
            known = covered or session.call is not None
            self.must(known or self.names_a_human(), f"{name} names no human, nor one touch away")
            if not isinstance(session.stage, st.LinkLost):
                self.escape(name)

    def names_a_human(self) -> bool:
        """Whether this screen, or the page behind its middle button, says where there is one."""
        shown = bool(self.window.property("easing"))
        named = False
        for easing in (shown, not shown):
            self.window.setProperty("easing", easing)
            settle()
            named = named or self.reads_of_a_human()
        self.window.setProperty("easing", shown)
        settle()
        return named

    def reads_of_a_human(self) -> bool:
        found = uncovered(parts(self.window.contentItem()), Box(0, 0, *self.size))
        return any(HUMAN.search(part.said or part.name) for part in found)

    def escape(self, name: str) -> None:
        """From here to welcome or to the end, by touches; where none is possible, by what is waited for."""
        kept = self.session
        for _ in range(MOST_TOUCHES):
            if isinstance(self.session.stage, st.Welcome | st.Ended | st.LinkLost):
                break
            self.clock.now += 1
            before = self.session
            self.way_out()
            settle()
            for event in self.came:
                self.session = self.step(self.session, event)
            self.came.clear()
            if self.session is not before:
                self.presenter.show(self.session)
                settle()
        else:
            self.session = kept
            self.must(False, f"no way out of {name}")  # noqa: FBT003 - says what holds
        self.session = kept
        self.presenter.show(kept)
        settle()

    def way_out(self) -> None:
        """One touch towards the end."""
        controls = [each for each in self.controls() if said(each) not in AROUND]
        leave = [each for each in controls if said(each) in LEAVE]
        stay = [each for each in controls if said(each) in OVERLAYS]
        ways = stay or leave or controls
        if ways:
            QTest.mouseClick(self.window, Qt.MouseButton.LeftButton, pos=middle(self.draw.choice(ways)))
        if not leave and not stay:
            self.came.extend(answer(self.draw) for answer in answers(self.session)[:1])

    def must(self, holds: bool, why: str) -> None:  # noqa: FBT001 - says what holds
        """Stop the run with everything that is needed to see it again."""
        if not holds:
            self.close()
            landscape = " --landscape" if self.size[0] > self.size[1] else ""
            raise Caught(
                f"{why}\nafter event {self.done} ({self.last}) at {type(self.session.stage).__name__};"
                f" again: python -m tests.ui.monkey --seed {self.seed} --events {self.done}{landscape}"
            )

    def close(self) -> None:
        """Take the window away."""
        self.presenter.close()
        settle()


def touchable(item: QQuickItem) -> Iterator[QQuickItem]:
    """Every enabled and visible button beneath an item."""
    for child in item.childItems():
        if child.isVisible() and child.isEnabled():
            if child.inherits("QQuickAbstractButton"):
                yield child
            else:
                yield from touchable(child)


def middle(item: QQuickItem) -> QPoint:
    """Where a finger meets it."""
    return item.mapToScene(QPointF(item.width() / 2, item.height() / 2)).toPoint()


def said(item: QQuickItem) -> str:
    """What stands on it."""
    return str(item.property("text"))


@contextmanager
def overheard(complaints: list[str]) -> Iterator[None]:
    """Exceptions in slots and in Qt's virtual methods are complaints, too."""
    hook, unraisable = sys.excepthook, sys.unraisablehook
    sys.excepthook = lambda kind, error, _: complaints.append(f"{kind.__name__}: {error}")
    sys.unraisablehook = lambda what: complaints.append(f"{what.exc_type.__name__}: {what.exc_value}")
    try:
        yield
    finally:
        sys.excepthook, sys.unraisablehook = hook, unraisable


def main() -> int:
    """Play one seed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--events", type=int, default=2000)
    parser.add_argument("--landscape", action="store_true")
    args = parser.parse_args()
    keep_singletons()
    application = QGuiApplication(["monkey"])
    complaints: list[str] = []
    qt_messages.install(lambda place, reason: complaints.append(f"{place}: {reason}"))
    with overheard(complaints):
        monkey = Monkey(args.seed, complaints, size=SIZE[::-1] if args.landscape else SIZE)
        try:
            monkey.play(args.events)
        except Caught as caught:
            sys.stdout.write(f"{caught}\n")
            return 1
    sys.stdout.write(f"{monkey.done} events, {len(monkey.met)} screens: {dict(monkey.met.most_common())}\n")
    del application
    return 0


if __name__ == "__main__":
    status = main()
    sys.stdout.flush()
    os._exit(status)  # Qt's own types are taken down in no order at the interpreter's end
