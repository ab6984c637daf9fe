"""The step that shows what a lookup told, and the slip of it; pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from config.item_flow import Enquire
from kiosk.session import events as ev
from kiosk.session.card_facts import has_reached, own_name
from kiosk.session.case_words import read_case, state_label
from kiosk.session.journey import Journey, Told
from kiosk.session.journey_steps import EnquireStep
from kiosk.session.known import known, lookup_of
from kiosk.session.offering import afterwards
from kiosk.session.stages import Enquired, InJourney, Stage, Thanks
from kiosk.session.timeline import is_sent, prints_enquiry, timeline
from kiosk.session.way_on import following
from kiosk.session.words_of_form import day_label, fact_label, masked_name
from printing.enquiry import EnquirySlip, SlipCase

if TYPE_CHECKING:
    from kiosk.session.hall import Hall


@dataclass(frozen=True, repr=False)
class EnquiryLine:
    """One line of what was told."""

    label: str
    value: str


@dataclass(frozen=True, repr=False)
class EnquiryCase:
    """How far one application is."""

    title: str
    state: str
    filing_no: str
    day: str


def at_enquiry(stage: InJourney, step: EnquireStep, hall: Hall, event: ev.Event) -> Stage:
    """Seen: on with the matter, or, where nothing is sent, to the slip and the end."""
    if not isinstance(event, ev.Continue):
        return stage
    item = stage.journey.item
    this = next(
        each for each in timeline(item) if isinstance(each, Enquire) and each.lookup == step.lookup_id
    )
    after = following(stage.journey, this, hall.today)
    if is_sent(item) or after != step:
        return InJourney(stage.journey, after)
    slip = enquiry_slip(stage.journey, step.lookup_id, hall)
    offers = afterwards(stage.journey, hall)
    if not prints_enquiry(item) or slip is None:
        return Thanks(offers)
    return Enquired(item, slip, offers=offers)


def enquiry_lines(journey: Journey, lookup_id: str, language: str, today: date) -> tuple[EnquiryLine, ...]:
    """Every fact of the lookup that is shown and was told."""
    facts = known(journey, today).facts
    return tuple(
        EnquiryLine(fact.label(language), fact_label(fact, facts[fact.id], language))
        for fact in lookup_of(journey.item, lookup_id).facts
        if fact.shown and fact.id in facts and fact.kind != "case"
    )


def enquiry_cases(journey: Journey, lookup_id: str, language: str, hall: Hall) -> tuple[EnquiryCase, ...]:
    """Every application that was told of, by this terminal's name for its matter where it has one."""
    facts, here = known(journey, hall.today).facts, {item.id: item for item in hall.items}
    told = [
        read_case(facts[fact.id])
        for fact in lookup_of(journey.item, lookup_id).facts
        if fact.shown and fact.id in facts and fact.kind == "case"
    ]
    cases: list[EnquiryCase] = []
    for case in told:
        if case is not None:
            item = here.get(case.item)
            title = case.official_name if item is None else item.title(language)
            phone = hall.phone if item is None else item.office.phone
            day = day_label(case.day, language)
            cases.append(EnquiryCase(title, state_label(case, phone, language), case.filing_no, day))
    return tuple(cases)


def printed_enquiry(journey: Journey, hall: Hall) -> EnquirySlip | None:
    """The slip of what was shown on the way to an application, if the matter prints it."""
    shown = [step.lookup for step in journey.item.flow if isinstance(step, Enquire)]
    return enquiry_slip(journey, shown[-1], hall) if shown and prints_enquiry(journey.item) else None


def enquiry_slip(journey: Journey, lookup_id: str, hall: Hall) -> EnquirySlip | None:
    """The slip of what was told; None where nobody told anything."""
    told = journey.looked_up.get(lookup_id)
    if not isinstance(told, Told):
        return None
    item, lookup = journey.item, lookup_of(journey.item, lookup_id)
    both = zip(
        enquiry_lines(journey, lookup_id, "zh", hall.today),
        enquiry_lines(journey, lookup_id, "en", hall.today),
        strict=True,
    )
    return EnquirySlip(
        terminal_id=hall.terminal_id,
        hall_name={"zh": hall.name.zh, "en": hall.name.en},
        hall_phone=hall.phone,
        item_name={"zh": item.name.zh, "en": item.name.en},
        masked_name=masked_name(own_name(journey.card)),
        holder={"zh": lookup.holder.zh, "en": lookup.holder.en},
        cases=tuple(
            SlipCase(
                title={"zh": zh.title, "en": en.title},
                state={"zh": zh.state, "en": en.state},
                filing_no=zh.filing_no,
                day={"zh": zh.day, "en": en.day},
            )
            for zh, en in zip(
                enquiry_cases(journey, lookup_id, "zh", hall),
                enquiry_cases(journey, lookup_id, "en", hall),
                strict=True,
            )
        ),
        lines=tuple(({"zh": zh.label, "en": en.label}, {"zh": zh.value, "en": en.value}) for zh, en in both),
        told_at=told.told_at,
        office_phone=item.office.phone,
        large=has_reached(hall.large_print_from_age, journey.card, hall.today),
    )
