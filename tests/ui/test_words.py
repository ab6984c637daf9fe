"""The English of the screen is complete, and no sentence of it is left over."""

from __future__ import annotations

import ast
import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator

from devices.contracts import FingerprintGuidance, Guidance
from kiosk.session.hall import Obstacle, Reservation
from kiosk.session.stages import CardTrouble
from kiosk.session.verification import FaceTrouble, FingerprintTrouble, Way
from tests.ui.conftest import Stage
from tests.ui.gallery import scenes
from ui import sentences
from ui.translations.english import ENGLISH
from ui.words import Words

UI = Path(__file__).resolve().parents[2] / "ui"
CHINESE = re.compile(r"[\u4e00-\u9fff]")
NOT_SHOWN_AS_WORDS = {"English", "%1  %2"}
"""Sources without Chinese in them."""
DRAWN_WITHOUT_WORDS = {"root_picture.py"}
"""Has both languages in one picture."""


def said_in_qml() -> set[str]:
    found = set()
    for file in UI.rglob("*.qml"):
        found |= {
            ast.literal_eval(f'"{source}"')
            for source in re.findall(r'qsTr\("((?:[^"\\]|\\.)*)"\)', file.read_text("utf-8"))
        }
    return found


def said_in_python() -> Iterator[str]:
    for file in UI.rglob("*.py"):
        if file.name == "english.py" or file.name in DRAWN_WITHOUT_WORDS:
            continue
        tree = ast.parse(file.read_text("utf-8"))
        docs = {
            ast.get_docstring(node, clean=False)
            for node in ast.walk(tree)
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value not in docs:
                yield node.value


def test_every_sentence_on_screen_has_its_english() -> None:
    said = said_in_qml() | {text for text in said_in_python() if CHINESE.search(text) and len(text) > 1}
    punctuation = {text for text in said if not CHINESE.search(text)} - NOT_SHOWN_AS_WORDS
    assert punctuation == set()
    assert said - set(ENGLISH) == set()


def test_the_catalogue_holds_nothing_that_nobody_says() -> None:
    said = said_in_qml() | set(said_in_python())
    assert set(ENGLISH) - said == set()


@pytest.mark.parametrize("chinese", ENGLISH)
def test_english_is_english_and_keeps_the_places_for_numbers(chinese: str) -> None:
    english = ENGLISH[chinese]
    assert set(re.findall("%[0-9]", chinese)) == set(re.findall("%[0-9]", english))
    assert chinese == "English" or not CHINESE.search(english)


@pytest.mark.parametrize(
    ("table", "kind"),
    [
        (sentences.OBSTACLE, Obstacle),
        (sentences.RESERVATION, Reservation),
        (sentences.CARD_TROUBLE, CardTrouble),
        (sentences.FACE_TROUBLE, FaceTrouble),
        (sentences.FINGERPRINT_TROUBLE, FingerprintTrouble),
        (sentences.FINGERPRINT_GUIDANCE, FingerprintGuidance),
        (sentences.WAY, Way),
        (sentences.GUIDANCE, Guidance),
    ],
)
def test_every_finding_has_a_sentence(table: dict[object, str], kind: type) -> None:
    assert set(table) == set(kind)  # type: ignore[call-overload]  # an Enum class gives its members


def test_a_number_is_put_into_the_sentence() -> None:
    words = Words()
    assert words.say("您的身份证还有 %1 天到期", 41) == "您的身份证还有 41 天到期"
    words.choose("en")
    assert words.say("您的身份证还有 %1 天到期", 41) == "Your identity card expires in 41 days"


def test_qt_answers_from_the_catalogue_on_whatever_thread_and_without_python(stage: Stage) -> None:
    stage.show(scenes()["welcome"], "en")
    asked: list[str] = []

    def ask() -> None:
        asked.extend(QCoreApplication.translate("Any.qml", chinese) for chinese in ENGLISH)

    compiling = threading.Thread(target=ask)
    compiling.start()
    compiling.join()
    assert asked == list(ENGLISH.values())
    stage.show(scenes()["welcome"], "zh")
    assert QCoreApplication.translate("Any.qml", "返回") == "返回"
    python_made = [kind for kind in QTranslator.__subclasses__() if kind.__module__.startswith("ui.")]
    assert python_made == []
