"""Each check finds the screen that is broken in its way, and says nothing of the one that is not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlComponent, QQmlEngine
from PySide6.QtQuick import QQuickItem, QQuickWindow

from tests.ui.checks import contrast, focus, layout, naming
from tests.ui.checks.parts import Box, Part, parts, uncovered
from tests.ui.conftest import settle

WIDTH, HEIGHT = 600, 400
WHOLE = Box(0, 0, WIDTH, HEIGHT)

SOUND = """
    Rectangle { anchors.fill: parent; color: "#FAF6EE" }
    component Label: Text {
        color: "#1B1F2A"; font.family: "Noto Sans CJK SC"; font.pixelSize: 32; wrapMode: Text.Wrap
        Accessible.role: Accessible.StaticText; Accessible.name: text
    }
    component Touch: T.Button {
        id: touch
        width: 200; height: 112; focusPolicy: Qt.TabFocus
        Accessible.role: Accessible.Button; Accessible.name: text
        background: Rectangle { color: "white" }
        contentItem: Label { text: touch.text; Accessible.ignored: true }
    }
"""


class Broken:
    """A small window with a screen written for the test."""

    def __init__(self, qml: str) -> None:
        self.engine = QQmlEngine()
        self.window = QQuickWindow()
        self.window.setGeometry(0, 0, WIDTH, HEIGHT)
        component = QQmlComponent(self.engine)
        text = f"import QtQuick\nimport QtQuick.Templates as T\nItem {{ {SOUND}\n{qml} }}"
        component.setData(text.encode(), QUrl("file:///Broken.qml"))
        made = component.create()
        assert isinstance(made, QQuickItem), component.errorString()
        made.setParentItem(self.window.contentItem())
        made.setSize(self.window.size())
        self.item = made
        self.window.show()
        settle()

    def parts(self) -> list[Part]:
        return uncovered(parts(self.window.contentItem()), WHOLE)

    def faint(self, least: float = 10, disabled: float = 10) -> list[str]:
        painted = contrast.pixels(self.window.grabWindow())
        return list(contrast.too_faint(self.parts(), painted, least, disabled))

    def close(self) -> None:
        for made in (self.item, self.window, self.engine):
            if shiboken6.isValid(made):
                shiboken6.delete(made)


@pytest.fixture
def broken(application: QGuiApplication, request: pytest.FixtureRequest) -> Iterator[Broken]:
    assert application is QGuiApplication.instance()
    made = Broken(request.param)
    yield made
    made.close()


def all_of(screen: Broken) -> list[str]:
    found = screen.parts()
    return [
        *layout.truncated(found),
        *layout.broken_words(found),
        *layout.no_room(found),
        *layout.off_page(found, WHOLE),
        *layout.overlaps(found, WHOLE),
        *layout.too_small(found, 96),
        *layout.out_of_reach(found, 100, 96),
        *focus.out_of_order(focus.stops(screen.window.contentItem())),
        *naming.nameless(found),
        *naming.same_name_twice(found),
        *screen.faint(),
    ]


@pytest.mark.parametrize(
    "broken",
    [
        (
            'Label { x: 20; y: 10; text: "读得清楚" } Touch { x: 20; y: 120; text: "好" }'
            'Touch { x: 240; y: 120; text: "不" }'
        ),
        # Two columns, each from top to bottom.
        (
            'Touch { x: 20; y: 110; text: "一" } Touch { x: 20; y: 230; text: "二" }'
            'Touch { x: 240; y: 110; text: "三" } Touch { x: 240; y: 230; text: "四" }'
        ),
        # What lies beneath a warning over everything is not there for anybody.
        (
            'Label { x: 20; y: 10; text: "在下面" } Touch { x: 20; y: 20; text: "也在下面"; height: 20 }'
            'Rectangle { anchors.fill: parent; color: "white"; Label { x: 9; y: 99; text: "您还在吗？" } }'
        ),
    ],
    indirect=True,
)
def test_a_sound_screen_has_no_findings(broken: Broken) -> None:
    assert all_of(broken) == []


@pytest.mark.parametrize(
    ("broken", "finding"),
    [
        (
            (
                'Label { x: 9; y: 9; width: 90; text: "请把身份证放在读卡器上"; elide: Text.ElideRight;'
                " wrapMode: Text.NoWrap }"
            ),
            "cut:",
        ),
        (
            'Label { x: 9; y: 9; width: 90; text: "Identification"; wrapMode: Text.WordWrap }',
            "wider than its",
        ),
        (
            'Rectangle { x: 9; y: 9; width: 90; height: 30; Label { width: 90; text: "三行三行三行三行" } }',
            "runs out of its frame",
        ),
        (
            'Touch { x: 9; y: 200; text: "一个比它的按钮高得多的说明，一行一行写下去，写不完" }',
            "runs out of its frame",
        ),
        ('Label { x: 9; y: 9; width: 90; text: "Identification" }', "“Identification” is broken"),
        (
            'Flickable { x: 9; y: 9; width: 300; height: 50; clip: true; Label { text: "一" } }',
            "only 50 high",
        ),
        ('Label { x: 560; y: 9; text: "出去了" }', "off the page: text"),
        ('Touch { x: 9; y: 350; text: "出去了" }', "off the page: control"),
        ('Label { x: 9; y: 9; text: "上面一行" } Label { x: 9; y: 30; text: "下面一行" }', "overlap by"),
        ('Touch { x: 9; y: 120; text: "一" } Touch { x: 150; y: 200; text: "二" }', "overlap by"),
        (
            'Label { x: 9; y: 9; text: "盖住一半的字" } Rectangle { x: 50; y: 9; width: 50; height: 50 }',
            "half covered",
        ),
        ('Touch { x: 9; y: 200; height: 60; text: "矮" }', "only 200 × 60"),
        ('Touch { x: 9; y: 200; width: 60; text: "窄" }', "only 60 × 112"),
        (
            (
                'TextInput { x: 9; y: 200; width: 300; height: 40; Accessible.name: "字"; '
                "Accessible.role: Accessible.EditableText }"
            ),
            "only 300 × 40: field",
        ),
        ('Touch { x: 9; y: 20; text: "够不着" }', "above the reach line but for 32"),
        (
            'Touch { x: 9; y: 270; text: "后" } Touch { x: 9; y: 130; text: "先" }',
            "the focus goes up from “后” to",
        ),
        (
            'Touch { x: 300; y: 200; text: "右" } Touch { x: 9; y: 200; text: "左" }',
            "the focus goes left from",
        ),
        ('Touch { x: 9; y: 200; text: "好"; Accessible.name: "" }', "no accessible name: control"),
        ('Touch { x: 9; y: 200; text: "好"; Accessible.role: Accessible.Pane }', "role Pane: control"),
        (
            "TextInput { x: 9; y: 200; width: 300; height: 112; Accessible.role: Accessible.EditableText }",
            "no accessible name: field",
        ),
        ('Touch { x: 9; y: 200; text: "修改" } Touch { x: 300; y: 200; text: "修改" }', "called “修改”"),
        ('Label { x: 9; y: 9; text: "淡"; color: "#888888" }', "contrast 3.3 : 1"),
        ('Label { x: 9; y: 9; text: "in grey"; color: "#555555"; font.pixelSize: 24 }', "contrast 6.9 : 1"),
        ('Touch { x: 9; y: 200; text: "好"; enabled: false; opacity: 0.4 }', "contrast"),
    ],
    indirect=["broken"],
    ids=lambda value: value if len(value) < 30 else "",
)
def test_a_broken_screen_is_found(broken: Broken, finding: str) -> None:
    found = all_of(broken)
    assert [line for line in found if finding in line], found


@pytest.mark.parametrize(
    "broken",
    [
        (
            'Rectangle { anchors.fill: parent; color: "black" }'
            'Label { x: 20; y: 10; text: "一"; color: "white" }'
            'Label { x: 20; y: 99; width: 500; text: "Light and thin"; color: "white"; font.pixelSize: 26 }'
        ),
        (
            'Rectangle { anchors.fill: parent; color: "white" }'
            'Label { x: 20; y: 10; text: "Black on white: iii"; color: "black"; font.weight: Font.Light }'
        ),
    ],
    indirect=True,
)
def test_black_and_white_are_twenty_one_to_one_in_pixels(broken: Broken) -> None:
    assert broken.faint(20.9, 20.9) == []


@pytest.mark.parametrize("broken", ['Label { x: 20; y: 10; text: "一"; }'], indirect=True)
def test_ink_that_is_enough_by_default_is_not_enough_in_high_contrast(broken: Broken) -> None:
    assert broken.faint(10) == []
    assert len(broken.faint(20)) == 1
