"""What is drawn: it moves a little, not at all where motion is unwanted, and gives way to words."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Mapping

import pytest
from PySide6.QtCore import QEventLoop, QPointF, QTimer
from PySide6.QtQuick import QQuickItem

from kiosk.session import stages as st
from kiosk.session.ease import Ease
from printing.slip import SlipMember
from tests.ui.conftest import Stage
from tests.ui.gallery import hall, outcome, scenes
from tests.ui.test_screens import said, texts

SCENES = scenes()
LOOK_MS = 300
DEADLINE_S = 20
MOVING = ("card", "fingerprint", "sending", "outcome_received", "scan")


def of(stage: Stage, name: str) -> list[QQuickItem]:
    return [item for item in stage.items() if item.metaObject().className().startswith(f"{name}_")]


def unbroken(item: QQuickItem) -> str:
    """What a text says; larger letters break a title into lines."""
    return said(item).replace("\n", "")


def wait(ms: int) -> None:
    waiting = QEventLoop()
    QTimer.singleShot(ms, waiting, waiting.quit)
    waiting.exec()


@pytest.mark.parametrize("scene", MOVING)
def test_a_picture_moves_unless_motion_is_unwanted(stage: Stage, scene: str) -> None:
    stage.show(SCENES[scene])
    seen, until = len(stage.frames), time.monotonic() + DEADLINE_S
    while len(stage.frames) < seen + 3 and time.monotonic() < until:
        wait(50)
    assert len(stage.frames) >= seen + 3, "it moves"
    stage.show(dataclasses.replace(SCENES[scene], ease=Ease(still=True)))
    wait(LOOK_MS)
    seen = len(stage.frames)
    wait(LOOK_MS)
    assert len(stage.frames) == seen, "it stands"


def test_the_picture_gives_way_before_any_word_does(stage: Stage) -> None:
    stage.show(SCENES["under_14"])
    assert of(stage, "CounterPicture")
    words = {unbroken(item) for item in texts(stage)}
    stage.show(dataclasses.replace(SCENES["under_14"], ease=Ease(text_size=3)))
    assert of(stage, "CounterPicture") == []
    assert words <= {unbroken(item) for item in texts(stage)}


@pytest.mark.parametrize("ease", [Ease(), Ease(elder=True, text_size=2)], ids=["default", "elder"])
def test_what_became_of_the_slip_of_a_joint_matter_is_seen_at_once(stage: Stage, ease: Ease) -> None:
    made = outcome("SB330100202611210000042", "printed")
    members = tuple(
        SlipMember(name, both(name), both("临溪区公安分局"), filing_no="SB330100202611210000043")
        for name in ("出生登记", "预防接种证办理", "户口登记", "医保参保登记", "社会保障卡申领")
    )
    joint = dataclasses.replace(made, slip=dataclasses.replace(made.slip, members=members))
    stage.show(st.Session(joint, hall(), ease=ease))
    slip = next(item for item in texts(stage) if said(item) == "凭条已打印，请取走。")
    flick = next(parent for parent in ancestors(slip) if parent.inherits("QQuickFlickable"))
    assert slip.mapToItem(flick, QPointF(0, slip.height())).y() <= flick.height(), "above the fold"


def both(words: str) -> Mapping[str, str]:
    return {"zh": words, "en": words}


def ancestors(item: QQuickItem) -> list[QQuickItem]:
    parent = item.parentItem()
    return [] if parent is None else [parent, *ancestors(parent)]
