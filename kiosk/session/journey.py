"""What a matter asks of a person, in which order, and its form: pure functions of item, card, answers.

Answers are strings: an option's value, a text, eleven digits of a telephone, a day as YYYY-MM-DD, a code.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from config.item import (
    DOCUMENT,
    CaptureQuestion,
    Choice,
    DateQuestion,
    Equals,
    Item,
    Material,
    MobileQuestion,
    Question,
    ScanQuestion,
    TextQuestion,
    Window,
)
from config.item_captures import SIDES
from devices.contracts import IdCard, Page
from kiosk.session.capturing import as_sent
from kiosk.session.card_facts import card_lines, kind_of, own_name
from kiosk.session.hall import Ability, Hall, Obstacle, Reservation
from kiosk.session.scanning import answer_in
from kiosk.session.stages import AnswerProblem, Journey, QuestionStep, ReviewStep, SignStep, Step
from kiosk.session.words_of_form import answer_label

_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_GUARDIAN_LINES = (("监护人姓名", "监护人证件号码"), ("Guardian's name", "Guardian's document number"))
_DAY = re.compile(r"([0-9]{4})-?([0-9]{2})-?([0-9]{2})")


@dataclass(frozen=True, repr=False)
class FormLine:
    """One line of the form as it will be sent. `id` is None for what the card says."""

    id: str | None
    label: str
    value: str

    @property
    def changeable(self) -> bool:
        """What the card says cannot be changed here."""
        return self.id is not None


def ability(item: Item, hall: Hall) -> Ability:
    """Whether this terminal can finish `item` now, before anybody lays down a card."""
    if item.depth == "guide" or item.audience == "legal_person":
        return Ability(Obstacle.NOT_OFFERED)
    if hall.reader_usable is False:
        return Ability(Obstacle.NO_READER)
    reachable = hall.reach == "online"
    if not reachable and item.offline.policy == "forbidden":
        return Ability(Obstacle.OFFLINE_FORBIDDEN)
    scans = [asked for asked in item.questions if isinstance(asked, ScanQuestion)]
    if hall.scanner_usable is False and any(
        asked.relevant is None and asked.typed is None for asked in scans
    ):
        return Ability(Obstacle.NO_SCANNER)
    papers = [asked for asked in item.questions if isinstance(asked, CaptureQuestion)]
    if hall.page_camera_usable is False and any(asked.relevant is None for asked in papers):
        return Ability(Obstacle.NO_DOCUMENT_CAMERA)
    reservations = []
    if not reachable:
        reservations.append(Reservation.KEPT_UNTIL_ONLINE)
    if not hall.judges(item.liveness):
        reservations.append(Reservation.OTHER_WAY_THAN_FACE)
    elif hall.camera_usable is False and not hall.module_judges(item.liveness):
        reservations.append(
            Reservation.FINGERPRINT_INSTEAD_OF_FACE
            if hall.fingerprint_usable
            else Reservation.GUIDE_INSTEAD_OF_FACE
        )
    if hall.scanner_usable is False and any(asked.typed is not None for asked in scans):
        reservations.append(Reservation.TYPE_INSTEAD_OF_SCAN)
    if hall.page_camera_usable is False and papers:
        reservations.append(Reservation.BRING_PAPERS)
    if hall.printer_usable is False:
        reservations.append(Reservation.NO_SLIP)
    return Ability(None, tuple(reservations))


def question(item: Item, question_id: str) -> Question:
    """Find a question of `item`; raises KeyError for an id it does not have."""
    for candidate in item.questions:
        if candidate.id == question_id:
            return candidate
    raise KeyError(question_id)


def answers_as_sent(journey: Journey, today: date) -> dict[str, str]:
    """Every relevant answer, given or by default, in the order of the form. What is hidden is dropped."""
    sent: dict[str, str] = {}
    for asked in journey.item.questions:
        if not _holds(asked.relevant, journey.card, sent):
            continue
        value = journey.answers.get(asked.id, _default(asked, journey.card, today))
        if value is not None:
            sent[asked.id] = value
    return sent


def relevant_questions(journey: Journey, today: date) -> tuple[Question, ...]:
    """Every question whose condition holds, answered or not, in the order of the form."""
    sent = answers_as_sent(journey, today)
    return tuple(asked for asked in journey.item.questions if _holds(asked.relevant, journey.card, sent))


def relevant_materials(journey: Journey, today: date) -> tuple[Material, ...]:
    """Every material this person's situation needs."""
    sent = answers_as_sent(journey, today)
    return tuple(
        material for material in journey.item.materials if _holds(material.relevant, journey.card, sent)
    )


def first_unanswered(journey: Journey, today: date) -> Step:
    """Where the person goes next: the first question without a good answer, or the check page."""
    sent = answers_as_sent(journey, today)
    for asked in relevant_questions(journey, today):
        if asked.id not in sent or window_of(asked, sent[asked.id]) is not None:
            return QuestionStep(asked.id)
        if isinstance(asked, ScanQuestion | CaptureQuestion):
            continue  # depends on no other answer, and may be a part of the code that was looked at
        # An answer that was good may no longer be, since one before it was changed.
        problem = checked(asked, sent[asked.id], journey, today)[1]
        if problem is not None:
            return QuestionStep(asked.id, problem)
    return ReviewStep()


def asked_in_flow(journey: Journey, today: date) -> tuple[str, ...]:
    """Ids of the questions this person is asked one by one: relevant, and without a default."""
    return tuple(
        asked.id
        for asked in relevant_questions(journey, today)
        if _default(asked, journey.card, today) is None
    )


def following(journey: Journey, question_id: str, today: date) -> Step:
    """The step after `question_id`: the next question asked in the flow, or the check page."""
    flow = asked_in_flow(journey, today)
    order = [asked.id for asked in journey.item.questions]
    for candidate in flow:
        if order.index(candidate) > order.index(question_id):
            return QuestionStep(candidate)
    return first_unanswered(journey, today)


def preceding(journey: Journey, step: Step, today: date) -> QuestionStep | None:
    """The question before `step` in the flow; None when there is none."""
    flow = asked_in_flow(journey, today)
    if isinstance(step, QuestionStep):
        order = [asked.id for asked in journey.item.questions]
        flow = tuple(
            candidate for candidate in flow if order.index(candidate) < order.index(step.question_id)
        )
    return QuestionStep(flow[-1]) if flow else None


def progress(journey: Journey, step: Step, today: date) -> tuple[int, int]:
    """Position and number of the pages still foreseeable: card, consent, check, questions, review, sign."""
    flow = asked_in_flow(journey, today)
    total = 3 + len(flow) + 2
    if isinstance(step, SignStep):
        return total, total
    if isinstance(step, ReviewStep):
        return total - 1, total
    if isinstance(step, QuestionStep):
        position = flow.index(step.question_id) if step.question_id in flow else len(flow)
        return 4 + position, total
    return (2 if journey.verified is None else 3), total


def checked(asked: Question, value: str, journey: Journey, today: date) -> tuple[str, AnswerProblem | None]:
    """Normalise an answer and name what is wrong with it."""
    value = value.strip()
    if not value:
        return value, "required"
    match asked:
        case Choice():
            return value, None if any(option.value == value for option in asked.options) else "required"
        case MobileQuestion():
            return value, None if _MOBILE.fullmatch(value) else "not_a_mobile"
        case TextQuestion():
            return value, None if len(value) <= asked.max_length else "too_long"
        case DateQuestion():
            return _checked_day(asked, value, journey, today)
        case ScanQuestion():
            found = answer_in(asked, value)
            return (value, "not_such_a_code") if found is None else (found, None)
        case CaptureQuestion():
            sent = pages_sent(asked, len(journey.pages.get(asked.id, ())))
            return value, None if value == str(sent) else "required"


def enough_pages(asked: CaptureQuestion, count: int) -> bool:
    """Whether so many pages answer the question: one at least, and of a card both sides."""
    return pages_sent(asked, count) > 0


def pages_sent(asked: CaptureQuestion, count: int) -> int:
    """How many pages are sent where `count` were taken: both sides of a card are sent on one."""
    return count // SIDES if asked.paper == "id_1" else count


def relevant_pages(journey: Journey, today: date) -> dict[str, tuple[Page, ...]]:
    """The pages that are sent, by material: those of questions that are still asked."""
    return {
        asked.material: as_sent(asked, journey.pages.get(asked.id, ()))
        for asked in relevant_questions(journey, today)
        if isinstance(asked, CaptureQuestion)
    }


def _checked_day(
    asked: DateQuestion, value: str, journey: Journey, today: date
) -> tuple[str, AnswerProblem | None]:
    found = _DAY.fullmatch(value)
    if found is None:
        return value, "not_a_date"
    try:
        day = date(*(int(part) for part in found.groups()))
    except ValueError:
        return value, "not_a_date"
    earliest = _earliest(asked, journey, today)
    if earliest is not None and day < earliest:
        return day.isoformat(), "too_early"
    if asked.not_after == "today" and day > today:
        return day.isoformat(), "too_late"
    return day.isoformat(), None


def _earliest(asked: DateQuestion, journey: Journey, today: date) -> date | None:
    match asked.not_before:
        case None:
            return None
        case "birth":
            return journey.card.birth
        case "today":
            return today
        case earlier:
            said = answers_as_sent(journey, today).get(earlier)
            return None if said is None else date.fromisoformat(said)


def window_of(asked: Question, value: str) -> Window | None:
    """The window this answer leads to, if it does."""
    if isinstance(asked, Choice):
        for option in asked.options:
            if option.value == value:
                return option.window
    return None


def form_lines(journey: Journey, language: str, today: date) -> tuple[FormLine, ...]:
    """The form as it will be sent: what the card says, then every relevant answer."""
    lines = [
        FormLine(None, label, value)
        for label, value in card_lines(journey.card, journey.item.card_fields, language)
    ]
    if journey.guardian is not None:
        for label, value in zip(
            _GUARDIAN_LINES[language == "en"],
            (own_name(journey.guardian), journey.guardian.id_number),
            strict=True,
        ):
            lines.append(FormLine(None, label, value))
    sent = answers_as_sent(journey, today)
    lines += [
        FormLine(asked.id, asked.label(language), answer_label(asked, sent[asked.id], language))
        for asked in relevant_questions(journey, today)
        if asked.id in sent
    ]
    return tuple(lines)


def _holds(condition: Equals | None, card: IdCard, sent: Mapping[str, str]) -> bool:
    if condition is None:
        return True
    found = kind_of(card) if condition.field == DOCUMENT else sent.get(condition.field)
    return found in condition.values


def _default(asked: Question, card: IdCard, today: date) -> str | None:
    if isinstance(asked, DateQuestion) and asked.default is not None:
        day = {"birth": card.birth, "today": today}.get(asked.default)
        if asked.default in {"birth", "today"}:
            return None if day is None else day.isoformat()
    return asked.default
