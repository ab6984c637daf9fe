"""Plain questions answered from the service files: every fact with the field it stands in, and nothing else.

An answer is put together from fields of one matter (and of the place where it is handled). What no field says
is said to be unknown, with the counter to ask; nothing is concluded, rounded or filled in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from config.district import Place
from config.item import Item
from config.item_basics import Basis, Text
from config.listing import Listing
from kiosk.finding import item_answers, listing_answers
from kiosk.finding.plain_questions import asked
from kiosk.finding.question_patterns import Topic
from kiosk.finding.stated import joined


@dataclass(frozen=True)
class Answer:
    """What the file of one matter says to one plain question."""

    topic: Topic
    text: Text
    known: bool
    """Whether the file answers it. If not, `text` says so and whom to ask, after what little is stated."""
    fields: tuple[str, ...]
    """What it was put together from, as paths in the matter's file (`fee.yuan`); for a listing also in the
    file of its department (`window.name`) or of the district (`hours`)."""
    basis: tuple[Basis, ...]
    """Where these facts come from. Empty: they are the hall's own, or nobody has said."""

    @property
    def verified(self) -> bool | None:
        """Whether somebody has checked all of it against its sources; None where no source is named."""
        return all(basis.verified for basis in self.basis) if self.basis else None


def answer(question: str, about: Item | Listing, place: Place | None = None) -> Answer | None:
    """The answer to the first thing that `question` asks; None where it is no plain question.

    `place` is where a listing is handled (`District.place`); a matter of this terminal has its own.
    """
    return next(iter(answers(question, about, place)), None)


def answers(question: str, about: Item | Listing, place: Place | None = None) -> tuple[Answer, ...]:
    """One answer for each thing that `question` asks, in the order of its words."""
    understood = asked(question)
    return () if understood is None else tuple(told(topic, about, place) for topic in understood.topics)


def told(topic: Topic, about: Item | Listing, place: Place | None = None) -> Answer:
    """What the file says to `topic`."""
    if isinstance(about, Item):
        stated = item_answers.item_states(topic, about)
    else:
        stated = listing_answers.listing_states(topic, about, place)
    if stated is None:
        return Answer(topic, _not_stated(topic, about, place), known=False, fields=(), basis=())
    if stated.whole:
        return Answer(topic, stated.text, known=True, fields=stated.fields, basis=stated.basis)
    text = joined((stated.text, _not_stated(topic, about, place)))
    return Answer(topic, text, known=False, fields=stated.fields, basis=stated.basis)


_NOT_STATED: Final[Mapping[Topic, Text]] = {
    "materials": Text(zh="要带什么，这里没有写明。", en="What to bring is not stated here."),
    "time": Text(zh="要多长时间，这里没有写明。", en="How long it takes is not stated here."),
    "fee": Text(zh="收不收费、收多少，这里没有写明。", en="What it costs is not stated here."),
    "where": Text(zh="在哪里办，这里没有写明。", en="Where it is handled is not stated here."),
    "hours": Text(zh="什么时候上班，这里没有写明。", en="Opening hours are not stated here."),
    "phone": Text(zh="电话号码，这里没有写明。", en="The telephone number is not stated here."),
    "in_person": Text(
        zh="要不要本人来，这里没有写明。", en="Whether you must come yourself is not stated here."
    ),
    "online": Text(
        zh="能不能在网上办，这里没有写明。", en="Whether it can be done online is not stated here."
    ),
    "here": Text(zh="能不能在本机办，这里没有写明。", en="Whether it can be done here is not stated."),
}


def _not_stated(topic: Topic, about: Item | Listing, place: Place | None) -> Text:
    return joined((_NOT_STATED[topic], _ask(about, place)))


def _ask(about: Item | Listing, place: Place | None) -> Text:
    """Who can be asked instead."""
    if isinstance(about, Item):
        counter, phone = item_answers.counter(about.office), about.office.phone
    elif place is not None:
        counter, phone = listing_answers.counter(place), place.phone or ""
    else:
        return Text(zh="请问大厅的工作人员。", en="Please ask the staff of the hall.")
    if not phone:
        return Text(zh=f"请到{counter.zh}问。", en=f"Please ask at {counter.en}.")
    return Text(
        zh=f"请到{counter.zh}问，或打电话 {phone}。", en=f"Please ask at {counter.en}, or call {phone}."
    )
