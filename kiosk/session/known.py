"""What is known of one person's matter: answers, facts, and so which questions and materials concern them.

Everything is told in one order, the order in which a person meets it, each lookup as soon as it has what it
needs. Pure. Answers are strings: an option's value, a text, eleven digits of a telephone, a day as
YYYY-MM-DD, a number with a point, a code.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from config.item import DOCUMENT, CaptureQuestion, Item, Lookup, Material, Party, Question, ScanQuestion
from config.item_amounts import computed
from config.item_conditions import Condition, holds
from config.item_flow import Enquire
from devices.contracts.pages import Page
from kiosk.session.answering import Around, as_number, prefilled, problem_of, window_of
from kiosk.session.capturing import as_sent
from kiosk.session.card_facts import kind_of
from kiosk.session.journey import Journey, Present, Told
from kiosk.session.journey_steps import AnswerProblem
from kiosk.session.timeline import Entry, timeline


@dataclass(frozen=True, repr=False)
class Known:
    """What holds for one person now. What is hidden is not in it."""

    answers: Mapping[str, str]
    """Every relevant answer, given or from what is known already, in the order of the form."""
    facts: Mapping[str, str]
    """Everything that was told by lookups that concern this person."""
    questions: tuple[Question, ...]
    """Every question whose condition holds, answered or not."""
    lookups: tuple[Lookup, ...]
    """Every lookup that concerns this person and has what it needs, done or not."""
    asked: tuple[str, ...]
    """Ids of the questions that are asked one by one: those that nothing known answers."""
    parties: tuple[Party, ...]
    """Everybody else who signs."""
    open: Entry | None
    """The first that is not settled."""
    problem: AnswerProblem | None
    """What is wrong with the answer to it, where it has one."""

    def value_of(self, name: str) -> str | None:
        """An answer or a fact."""
        return self.answers.get(name, self.facts.get(name))


def known(journey: Journey, today: date) -> Known:
    """Go through everything in its order, and see what holds."""
    return _Walk(journey, today).known()


def may_be(named: str | None, number: str) -> bool:
    """Whether a number can be the one that was named; of a masked one, by what is to be seen of it."""
    if named is None or "*" not in named:
        return named in {None, number}
    before, after = named.split("*", 1)[0], named.rsplit("*", 1)[1]
    return number.startswith(before) and number.endswith(after)


class _Walk:
    def __init__(self, journey: Journey, today: date) -> None:
        self._journey, self._today = journey, today
        self._answers: dict[str, str] = {}
        self._facts: dict[str, str] = {}
        self._questions: list[Question] = []
        self._lookups: list[Lookup] = []
        self._asked: list[str] = []
        self._parties: list[Party] = []
        self._open: Entry | None = None
        self._problem: AnswerProblem | None = None

    def known(self) -> Known:
        for entry in timeline(self._journey.item):
            if isinstance(entry, Enquire) or not holds(entry.relevant, self._value_of):
                continue
            match entry:
                case Lookup():
                    self._look_up(entry)
                case Party():
                    self._parties.append(entry)
                    if not self._is_settled(entry):
                        self._leave_open(entry)
                case _:
                    self._ask(entry)
        return Known(
            self._answers,
            self._facts,
            tuple(self._questions),
            tuple(self._lookups),
            tuple(self._asked),
            tuple(self._parties),
            self._open,
            self._problem,
        )

    def _value_of(self, name: str) -> str | None:
        if name == DOCUMENT:
            return kind_of(self._journey.card)
        return self._answers.get(name, self._facts.get(name))

    def _is_settled(self, party: Party) -> bool:
        """Decided, and whoever was here is still the person that the answers name."""
        found = self._journey.parties.get(party.id)
        if not isinstance(found, Present):
            return found is not None
        return may_be(self._value_of(party.number_field or ""), found.person.id_number)

    def _look_up(self, lookup: Lookup) -> None:
        if any(need not in self._answers for need in lookup.needs):
            return
        self._lookups.append(lookup)
        found = self._journey.looked_up.get(lookup.id)
        if found is None or found.sent != {need: self._answers[need] for need in lookup.needs}:
            self._leave_open(lookup)
        elif isinstance(found, Told):
            self._facts |= found.facts
            if lookup.refused(found.facts) is not None:
                self._leave_open(lookup)
        elif lookup.window is not None:
            self._leave_open(lookup)

    def _ask(self, asked: Question) -> None:
        self._questions.append(asked)
        beside = Around(self._journey, self._today, self._answers, self._facts)
        offered = prefilled(asked, beside)
        fits = offered is not None and window_of(asked, offered) is None
        if not fits:
            self._asked.append(asked.id)
        given = self._journey.answers.get(asked.id)
        value = offered if given is None else given
        if value is None:
            self._leave_open(asked)
            return
        self._answers[asked.id] = value
        # A scanned answer may be a part of the code that was looked at, and depends on no other.
        fixed = isinstance(asked, ScanQuestion | CaptureQuestion)
        problem = None if fixed else problem_of(asked, value, beside)[1]
        if problem is not None or window_of(asked, value) is not None:
            self._leave_open(asked, problem)

    def _leave_open(self, entry: Entry, problem: AnswerProblem | None = None) -> None:
        if self._open is None:
            self._open, self._problem = entry, problem


def question(item: Item, question_id: str) -> Question:
    """Find a question of `item`; raises KeyError for an id it does not have."""
    for candidate in item.questions:
        if candidate.id == question_id:
            return candidate
    raise KeyError(question_id)


def lookup_of(item: Item, lookup_id: str) -> Lookup:
    """Find a lookup of `item`; raises KeyError for an id it does not have."""
    for candidate in item.lookups:
        if candidate.id == lookup_id:
            return candidate
    raise KeyError(lookup_id)


def relevant_questions(journey: Journey, today: date) -> tuple[Question, ...]:
    """Every question whose condition holds, answered or not, in the order of the form."""
    return known(journey, today).questions


def checked(asked: Question, value: str, journey: Journey, today: date) -> tuple[str, AnswerProblem | None]:
    """Normalise an answer and name what is wrong with it."""
    return problem_of(asked, value, around(journey, today))


def around(journey: Journey, today: date) -> Around:
    """What an answer of this person is held against."""
    now = known(journey, today)
    return Around(journey, today, now.answers, now.facts)


def answers_as_sent(journey: Journey, today: date) -> Mapping[str, str]:
    """Every relevant answer, given or by default, in the order of the form. What is hidden is dropped."""
    return known(journey, today).answers


def concerns(condition: Condition | None, journey: Journey, now: Known) -> bool:
    """Whether a condition of the matter holds for this person."""
    return holds(condition, lambda name: kind_of(journey.card) if name == DOCUMENT else now.value_of(name))


def relevant_materials(journey: Journey, today: date) -> tuple[Material, ...]:
    """Every material this person's situation needs."""
    now = known(journey, today)
    return tuple(each for each in journey.item.materials if concerns(each.relevant, journey, now))


def relevant_pages(journey: Journey, today: date) -> dict[str, tuple[Page, ...]]:
    """The pages that are sent, by material: those of questions that are still asked."""
    return {
        asked.material: as_sent(asked, journey.pages.get(asked.id, ()))
        for asked in relevant_questions(journey, today)
        if isinstance(asked, CaptureQuestion)
    }


def amounts(journey: Journey, now: Known) -> Mapping[str, Decimal]:
    """Every calculation whose terms are known, by id."""
    found = {
        each.id: computed(each.amount, lambda name: as_number(now.value_of(name)))
        for each in journey.item.calculations
    }
    return {name: amount for name, amount in found.items() if amount is not None}
