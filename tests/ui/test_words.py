"""The English of the screen is complete, and no sentence of it is left over."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator

from devices.contracts.eyes import Guidance
from devices.contracts.fingerprints import FingerprintGuidance
from kiosk.session.hall import Obstacle, Reservation
from kiosk.session.stages import CardTrouble
from kiosk.session.verification import FaceTrouble, FingerprintTrouble, Way
from tests.ui.conftest import Stage
from tests.ui.gallery import scenes
from tools.sentences import differences
from ui import sentences
from ui.catalogue import qm
from ui.linguist import ENGLISH, BrokenCatalogue, checked, read_catalogue, read_messages
from ui.words import Words

CHINESE = re.compile(r"[\u4e00-\u9fff]")
MESSAGES = tuple(read_messages(ENGLISH))


def test_lupdate_finds_nothing_new_and_nothing_vanished() -> None:
    """What is new or gone: `python -m tools.sentences` brings the file up to date."""
    assert differences(ENGLISH) == []


def test_a_new_a_vanished_and_an_unfinished_sentence_are_told(tmp_path: Path) -> None:
    changed = tmp_path / "hall_en.ts"
    text = ENGLISH.read_text("utf-8")
    text = text.replace("<source>您还在吗？</source>", "<source>您还在这里吗？</source>")
    text = text.replace(
        "<translation>One moment</translation>", '<translation type="unfinished"></translation>'
    )
    changed.write_text(text, "utf-8")
    assert [line.partition(": ")[0] for line in differences(changed)] == [
        "new",
        "vanished",
        *["without English"] * ENGLISH.read_text("utf-8").count("<translation>One moment</translation>"),
    ]


def test_what_lrelease_makes_of_the_file_says_the_same(tmp_path: Path) -> None:
    tool = Path(sys.executable).with_name("pyside6-lrelease")
    made = tmp_path / "hall_en.qm"
    subprocess.run([str(tool), "-silent", str(ENGLISH), "-qm", str(made)], check=True)
    ours, theirs = QTranslator(), QTranslator()
    data = qm(read_catalogue(ENGLISH))
    assert ours.load(data)
    assert theirs.load(str(made))
    for each in MESSAGES:
        said = ours.translate(each.context, each.source)
        assert said == theirs.translate(each.context, each.source) == each.translation
    assert ours.translate("NoSuchContext", "返回") == ""


def test_an_office_that_changes_a_sentence_reads_it_on_the_screen(tmp_path: Path) -> None:
    changed = tmp_path / "hall_en.ts"
    text = ENGLISH.read_text("utf-8")
    changed.write_text(text.replace("Are you still here?", "Still with us?"), "utf-8")
    assert read_catalogue(changed)["IdleWarning"]["您还在吗？"] == "Still with us?"


def test_a_file_that_is_no_translators_file_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "hall_en.ts"
    broken.write_text("<TS><context>", "utf-8")
    with pytest.raises(BrokenCatalogue, match=r"hall_en\.ts: .*line 1"):
        read_catalogue(broken)


def test_an_unfinished_sentence_stays_chinese(tmp_path: Path) -> None:
    changed = tmp_path / "hall_en.ts"
    text = ENGLISH.read_text("utf-8")
    changed.write_text(text.replace("<translation>Back<", '<translation type="unfinished">Back<'), "utf-8")
    words = Words(catalogue=read_catalogue(changed))
    words.choose("en")
    assert "返回" not in words.catalogue["Footer"]
    assert words.say("没有这样的句子") == "没有这样的句子"


def test_who_checks_a_terminal_reads_how_much_is_english_or_why_nothing_is(tmp_path: Path) -> None:
    changed = tmp_path / "hall_en.ts"
    text = ENGLISH.read_text("utf-8")
    assert checked() == f"english  {len(MESSAGES)} sentences"
    changed.write_text(text.replace("<translation>Back<", '<translation type="unfinished">Back<'), "utf-8")
    assert checked(changed).endswith(", 1 unfinished stay Chinese")
    changed.write_text(text[:1000], "utf-8")
    with pytest.raises(BrokenCatalogue, match=r"hall_en\.ts: .*line"):
        checked(changed)


def test_english_is_english_and_keeps_the_places_for_numbers() -> None:
    for each in MESSAGES:
        assert set(re.findall("%[0-9]", each.source)) == set(re.findall("%[0-9]", each.translation)), each
        assert each.source == "English" or not CHINESE.search(each.translation), each


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
        asked.extend(QCoreApplication.translate(each.context, each.source) for each in MESSAGES)

    compiling = threading.Thread(target=ask)
    compiling.start()
    compiling.join()
    assert asked == [each.translation for each in MESSAGES]
    stage.show(scenes()["welcome"], "zh")
    assert QCoreApplication.translate("Footer", "返回") == "返回"
    python_made = [kind for kind in QTranslator.__subclasses__() if kind.__module__.startswith("ui.")]
    assert python_made == []
