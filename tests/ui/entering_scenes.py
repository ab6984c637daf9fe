"""Sessions at every level of a day or an address that is picked, and where something put in does not fit."""

from __future__ import annotations

from config.item import CitizenIdQuestion, Item, Text
from devices.contracts.id_cards import IdCard
from kiosk.session import stages as st
from kiosk.session import verification as vf
from kiosk.session.hall import Hall
from kiosk.session.journey_steps import AnswerProblem

HOME = "home_address"
PERSON = CitizenIdQuestion(
    id="spouse_number",
    kind="citizen_id",
    label=Text(zh="配偶的身份证号码", en="Spouse's citizen number"),
    ask=Text(zh="您配偶的身份证号码是多少？", en="What is your spouse's citizen number?"),
)
NO_CRIME, BOUGHT = "no_criminal_record_certificate", "housing_fund_purchase"


def entering_scenes(hall: Hall, card: IdCard) -> dict[str, st.Session]:
    """By name."""
    by_id = {item.id: item for item in hall.items}

    def at(item: Item, name: str, narrowed: str | None, problem: AnswerProblem | None = None) -> st.Session:
        how = vf.Verified("card_and_face", "card_and_face")
        journey = st.Journey(item, card, verified=how, answers=_before(item, name))
        return st.Session(st.InJourney(journey, st.QuestionStep(name, problem, narrowed=narrowed)), hall)

    no_crime, bought = by_id[NO_CRIME], by_id[BOUGHT]
    to_come = replace_bounds(no_crime, "period_from", not_before="today", not_after=None)
    return {
        "date_decade": at(no_crime, "period_from", ""),
        "date_year": at(no_crime, "period_from", "199"),
        "date_month": at(no_crime, "period_from", "1990"),
        "date_day": at(no_crime, "period_from", "1998-08"),
        "date_picked": at(no_crime, "period_from", "1998-08-31"),
        "date_refused": at(no_crime, "period_from", "1998-08-31", "too_early"),
        "date_soon": at(to_come, "period_from", "2026-11"),
        "person": at(_with_person(no_crime), PERSON.id, None),
        "person_refused": at(_with_person(no_crime), PERSON.id, None, "wrong_check"),
        "address_province": at(bought, HOME, ""),
        "address_city": at(bought, HOME, "330000"),
        "address_district": at(bought, HOME, None),
        "address_street": at(bought, HOME, "330199"),
        "address_detail": at(bought, HOME, "330199001"),
        "address_detail_elsewhere": at(bought, HOME, "320000"),
        "address_detail_refused": at(bought, HOME, "330106", "region_only"),
    }


def _with_person(item: Item) -> Item:
    """The same matter, asking for another person's number, too."""
    return item.model_copy(update={"fields": (*item.fields, PERSON)})


def replace_bounds(item: Item, question_id: str, **bounds: str | None) -> Item:
    """The same matter with other bounds of one day."""
    fields = tuple(
        each.model_copy(update={**bounds, "default": None}) if each.id == question_id else each
        for each in item.fields
    )
    return item.model_copy(update={"fields": fields})


def _before(item: Item, name: str) -> dict[str, str]:
    """What was answered before the question is met."""
    given = {"for_whom": "self", "situation": "out_of_city"}
    return {each.id: given[each.id] for each in item.questions if each.id in given and each.id != name}
