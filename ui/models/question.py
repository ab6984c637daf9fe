"""One question of the item, whatever its kind; and the window an answer may lead to."""

from __future__ import annotations

from typing import assert_never

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QmlElement

from config.item import (
    AddressQuestion,
    CaptureQuestion,
    Choice,
    CitizenIdQuestion,
    CodeQuestion,
    DateQuestion,
    MobileQuestion,
    NumberQuestion,
    ScanQuestion,
    TextQuestion,
)
from config.regions import regions
from kiosk.session import days
from kiosk.session.answering import most_allowed
from kiosk.session.events import Answered, PrintGuide, TypeInstead
from kiosk.session.hall import Hall
from kiosk.session.journey import Missing, Told
from kiosk.session.known import around, question
from kiosk.session.live_checks import (
    CITIZEN_ID_LENGTH,
    MOBILE_LENGTH,
    grouped,
    live_problem,
    missing,
    with_key,
)
from kiosk.session.picking import place_in
from kiosk.session.scanning import is_typed
from kiosk.session.stages import Journey, QuestionStep, WindowStep
from kiosk.session.words_of_form import answer_label
from ui.models.base import Desk, ScreenModel
from ui.models.rows import ChoiceRow
from ui.properties import Property
from ui.sentences import ANSWER_PROBLEM, LIVE_PROBLEM, WORDED_BY_THE_MATTER

QML_IMPORT_NAME = "Hall.Models"
QML_IMPORT_MAJOR_VERSION = 1

_Read = CodeQuestion | CitizenIdQuestion | ScanQuestion | CaptureQuestion

LEVELS = ("province", "city", "district", "street")
"""What is picked beneath so many regions."""

_SPACES = 8
"""Spaces and hyphens that a code may be typed with; they are dropped."""


def question_screen(hall: Hall, journey: Journey, step: QuestionStep) -> tuple[str, str]:
    """Choose name and QML file for the question's kind. A code that is typed is another screen.

    So is each level of what is picked: the name says which, and nothing of what was picked.
    """
    asked = question(journey.item, step.question_id)
    if isinstance(asked, DateQuestion | AddressQuestion):
        return _picked(asked, hall, journey, step)
    typed = isinstance(asked, ScanQuestion) and is_typed(asked, step, hall)
    name = f"question:{asked.id}:typed" if typed else f"question:{asked.id}"
    return name, "TextScreen.qml" if typed else _file(asked)


def _picked(
    asked: DateQuestion | AddressQuestion, hall: Hall, journey: Journey, step: QuestionStep
) -> tuple[str, str]:
    place = place_in(journey, step, asked, hall.today)
    if isinstance(asked, DateQuestion):
        level: str = days.level(place, days.bounds_of(asked, around(journey, hall.today)))
        file = "DateScreen.qml"
    else:
        last = regions().is_last(place)
        level = "detail" if last else LEVELS[len(regions().path(place))]
        file = "AddressScreen.qml" if last else "RegionScreen.qml"
    name = f"question:{asked.id}"
    return (name if step.narrowed is None else f"{name}:{level}"), file


def _file(asked: Choice | TextQuestion | MobileQuestion | NumberQuestion | _Read) -> str:
    match asked:
        case Choice():
            return "ChoiceScreen.qml"
        case TextQuestion():
            return "TextScreen.qml"
        case MobileQuestion():
            return "MobileScreen.qml"
        case NumberQuestion():
            return "NumberScreen.qml"
        case CodeQuestion(keys="letters_and_digits"):
            return "TextScreen.qml"
        case CodeQuestion() | CitizenIdQuestion():
            return "CodeScreen.qml"
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
        self._step, self._journey = step, journey
        self._question = question(journey.item, step.question_id)
        self._around = around(journey, hall.today)
        self._answer = self._around.answers.get(step.question_id, "")

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
        problem, wrong = self._step.problem, self._question.wrong
        if problem is None:
            return ""
        if wrong is not None and problem in WORDED_BY_THE_MATTER:
            return self.text(wrong)
        return self.say(ANSWER_PROBLEM[problem])

    @Property(str, constant=True)
    def answer(self) -> str:
        """The answer so far, as it is typed; of an opaque code only its end."""
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
        match self._question:
            case TextQuestion() | ScanQuestion():
                return self._question.max_length
            case CodeQuestion():
                return self._question.max_length + _SPACES
            case CitizenIdQuestion():
                return CITIZEN_ID_LENGTH
            case MobileQuestion():
                return MOBILE_LENGTH
            case _:
                return 0

    @Property(bool, constant=True)
    def latin(self) -> bool:
        """Letters and digits are typed, not Pinyin."""
        return isinstance(self._question, ScanQuestion | CodeQuestion)

    @Property(str, constant=True)
    def extra_key(self) -> str:
        """What the pad has beside ten digits: a point, or the X of a citizen number."""
        match self._question:
            case NumberQuestion(decimals=decimals) if decimals:
                return "."
            case CitizenIdQuestion():
                return "X"
            case _:
                return ""

    @Slot(str, str, result=str)
    def with_key(self, typed: str, key: str) -> str:
        """Give what stands there after a key of the pad."""
        return with_key(self._question, typed, key, self.max_length)

    @Slot(str, result=str)
    def grouped(self, typed: str) -> str:
        """Give the figures in groups, as people read them."""
        return grouped(self._question, typed)

    @Slot(str, result=str)
    def still_missing(self, typed: str) -> str:
        """Say how many figures are still to come; empty where nobody knows, or none is."""
        count = missing(self._question, typed)
        return self.say("还差 %1 位", count) if typed and count else ""

    @Slot(str, result=str)
    def live(self, typed: str) -> str:
        """Say what is wrong with the figures so far, and what to do; empty while they may become right."""
        problem = live_problem(self._question, typed)
        return "" if problem is None else self.say(LIVE_PROBLEM[problem])

    @Property(str, constant=True)
    def unit(self) -> str:
        """What a number counts; may be empty."""
        asked = self._question
        return self.text(asked.unit) if isinstance(asked, NumberQuestion) and asked.unit else ""

    @Property(str, constant=True)
    def bound(self) -> str:
        """How much it may be at most, and by which formula; empty where nothing says so."""
        asked = self._question
        found = most_allowed(asked, self._around) if isinstance(asked, NumberQuestion) else None
        if found is None:
            return ""
        calculation, amount = found
        return self.say(
            "%1：最多 %2 元\n怎么算：%3",
            self.text(calculation.label),
            f"{amount:,.2f}",
            self.text(calculation.formula),
        )

    @Property(str, constant=True)
    def example(self) -> str:
        """An invented code that looks like the right ones; empty for other questions."""
        return self.say("例如 %1", self._question.example) if isinstance(self._question, CodeQuestion) else ""

    @Property(str, constant=True)
    def not_found(self) -> str:
        """Said where the answer would have been looked up, and nobody could tell."""
        prefill = self._question.prefill
        if prefill is None or prefill.fact is None or prefill.fact in self._around.facts:
            return ""
        tried = any(
            isinstance(self._journey.looked_up.get(lookup.id), Missing | Told)
            for lookup in self._journey.item.lookups
            if any(fact.id == prefill.fact for fact in lookup.facts)
        )
        return self.say("这一项没有查到，请您自己填。") if tried else ""

    @Property(str, constant=True)
    def where(self) -> str:
        """What to hold before the scanner; empty for other questions."""
        asked = self._question
        return self.text(asked.where) if isinstance(asked, ScanQuestion | CodeQuestion) else ""

    @Property(str, constant=True)
    def typing_help(self) -> str:
        """What to type, and where it stands; for other questions than a scanner's, why it is asked."""
        asked = self._question
        if isinstance(asked, CodeQuestion):
            return f"{self.where}\n{self.example}"
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

    @Slot()
    def print_it(self) -> None:
        """Touch on "print this guide"."""
        self.desk.post(PrintGuide())
