"""One question of the item, whatever its kind; and the window an answer may lead to."""

from __future__ import annotations

from typing import assert_never

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QmlElement

from config.item import (
    CaptureQuestion,
    Choice,
    DateQuestion,
    MobileQuestion,
    Question,
    ScanQuestion,
    TextQuestion,
)
from kiosk.session.events import Answered, TypeInstead
from kiosk.session.hall import Hall
from kiosk.session.journey import answers_as_sent, question
from kiosk.session.scanning import is_typed
from kiosk.session.stages import Journey, QuestionStep, WindowStep
from kiosk.session.words_of_form import answer_label
from ui.models.base import Desk, ScreenModel
from ui.models.rows import ChoiceRow
from ui.properties import Property
from ui.sentences import ANSWER_PROBLEM

QML_IMPORT_NAME = "Hall.Models"
QML_IMPORT_MAJOR_VERSION = 1


def question_screen(hall: Hall, journey: Journey, step: QuestionStep) -> tuple[str, str]:
    """Choose name and QML file for the question's kind. A code that is typed is another screen."""
    asked = question(journey.item, step.question_id)
    typed = isinstance(asked, ScanQuestion) and is_typed(asked, step, hall)
    name = f"question:{asked.id}:typed" if typed else f"question:{asked.id}"
    return name, "TextScreen.qml" if typed else _file(asked)


def _file(asked: Question) -> str:
    match asked:
        case Choice():
            return "ChoiceScreen.qml"
        case TextQuestion():
            return "TextScreen.qml"
        case MobileQuestion():
            return "MobileScreen.qml"
        case DateQuestion():
            return "DateScreen.qml"
        case ScanQuestion():
            return "ScanScreen.qml"
        case CaptureQuestion():
            return "CaptureScreen.qml"
        case _:
            assert_never(asked)


@QmlElement
class QuestionModel(ScreenModel):
    """One question."""

    def __init__(self, desk: Desk, hall: Hall, journey: Journey, step: QuestionStep) -> None:
        super().__init__(desk, hall)
        self._step = step
        self._question = question(journey.item, step.question_id)
        self._answer = answers_as_sent(journey, hall.today).get(step.question_id, "")

    @Property(str, constant=True)
    def ask(self) -> str:
        """The question as a person would put it."""
        return self.text(self._question.ask)

    @Property(str, constant=True)
    def label(self) -> str:
        """The short name on form and check page."""
        return self.text(self._question.label)

    @Property(str, constant=True)
    def reason(self) -> str:
        """Why the authority wants to know; may be empty."""
        return "" if self._question.reason is None else self.text(self._question.reason)

    @Property(str, constant=True)
    def problem(self) -> str:
        """What is wrong with the last answer; empty when nothing is."""
        return "" if self._step.problem is None else self.say(ANSWER_PROBLEM[self._step.problem])

    @Property(str, constant=True)
    def answer(self) -> str:
        """The answer so far: text, digits of a mobile number, or eight digits of a day."""
        if isinstance(self._question, DateQuestion):
            return self._answer.replace("-", "")
        if isinstance(self._question, ScanQuestion) and self._question.code == "opaque":
            return answer_label(self._question, self._answer, "zh") if self._answer else ""
        return self._answer

    @Property("QVariantList", constant=True)
    def options(self) -> list[QObject]:
        """`ChoiceRow` for each answer of a choice."""
        if not isinstance(self._question, Choice):
            return []
        return [
            ChoiceRow(
                option.value,
                self.text(option.label),
                "" if option.note is None else self.text(option.note),
                chosen=option.value == self._answer,
                parent=self,
            )
            for option in self._question.options
        ]

    @Property(int, constant=True)
    def max_length(self) -> int:
        """How many characters a text may have."""
        return self._question.max_length if isinstance(self._question, TextQuestion | ScanQuestion) else 0

    @Property(bool, constant=True)
    def latin(self) -> bool:
        """Letters and digits are typed, not Pinyin."""
        return isinstance(self._question, ScanQuestion)

    @Property(str, constant=True)
    def where(self) -> str:
        """What to hold before the scanner; empty for other questions."""
        return self.text(self._question.where) if isinstance(self._question, ScanQuestion) else ""

    @Property(str, constant=True)
    def typing_help(self) -> str:
        """What to type, and where it stands; for other questions than a scanner's, why it is asked."""
        asked = self._question
        return self.text(asked.typed) if isinstance(asked, ScanQuestion) and asked.typed else self.reason

    @Property(bool, constant=True)
    def may_type(self) -> bool:
        """Whether the code may be typed instead."""
        return isinstance(self._question, ScanQuestion) and self._question.typed is not None

    @Slot()
    def type_instead(self) -> None:
        """Touch on "type it instead"."""
        self.desk.post(TypeInstead())

    @Slot()
    def finish_typing(self) -> None:
        """Make text of what the keyboard still holds as Pinyin."""
        QGuiApplication.inputMethod().commit()

    @Slot(str)
    def reply(self, value: str) -> None:
        """Answer the question."""
        self.desk.post(Answered(value))


@QmlElement
class WindowModel(ScreenModel):
    """This answer leads to the window: why, what to bring, where."""

    def __init__(self, desk: Desk, hall: Hall, journey: Journey, step: WindowStep) -> None:
        super().__init__(desk, hall)
        self._office, self._window = journey.item.office, step.window

    @Property(str, constant=True)
    def why(self) -> str:
        """Why this terminal cannot go on."""
        return self.text(self._window.why)

    @Property("QStringList", constant=True)
    def bring(self) -> list[str]:
        """What to take along."""
        return [self.text(paper) for paper in self._window.bring]

    @Property(str, constant=True)
    def open_way(self) -> str:
        """Window, hours, telephone."""
        return self.where_to_go(self._office)
