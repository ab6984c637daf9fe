"""Sessions of the shipped matters with lookups, parties and members, walked to every screen they have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from config.item import CitizenIdQuestion, CodeQuestion, NumberQuestion
from devices.contracts.id_cards import IdCard
from kiosk.session import stages as st
from kiosk.session.enquiring import enquiry_slip
from kiosk.session.hall import Hall
from kiosk.session.journey import Missing, Told
from kiosk.session.journey_steps import PartyTrouble
from tests.kiosk.session.walk import verified, walked

_PROBLEMS: Mapping[type, st.AnswerProblem] = {
    NumberQuestion: "above_calculated",
    CodeQuestion: "not_such_a_code",
    CitizenIdQuestion: "not_a_citizen_id",
}
MATTERS = ("insurance_proof", "housing_fund_purchase", "utility_transfer", "newborn", "case_progress")


def matter_scenes(hall: Hall, card: IdCard, other: IdCard) -> dict[str, st.Session]:
    """By name; `other` is the card of somebody who signs beside the applicant."""
    by_id = {item.id: item for item in hall.items}
    found: dict[str, st.Session] = {}
    for name in MATTERS:
        for session in walked(verified(hall, by_id[name], card), other):
            key = _screen(session)
            if key is not None:
                found.setdefault(f"{name}_{key}", session)
    return found | dict(_derived(found, hall))


def _screen(session: st.Session) -> str | None:
    stage = session.stage
    if not isinstance(stage, st.InJourney):
        return None
    match stage.step:
        case st.LookUpStep():
            return "look_up"
        case st.EnquireStep():
            return "enquire"
        case st.PartyStep(laying=laying):
            return "party_card" if laying else "party_decided" if stage.journey.parties else "party"
        case st.ReviewStep():
            return "review"
        case st.SignStep(party_id=None):
            return "sign"
        case st.SignStep():
            return "sign_party"
        case _:
            return None


def _derived(found: dict[str, st.Session], hall: Hall) -> Iterator[tuple[str, st.Session]]:
    """What a smooth walk does not meet: troubles, papers to read, a slip that did not come."""
    for item in hall.items:
        if item.id in ("newborn", "utility_transfer", "case_progress"):
            yield f"matter_{item.id}", st.Session(st.MatterPage(item), hall)
    laying = _stage(found, "_party_card")
    for trouble in PartyTrouble:
        assert isinstance(laying.step, st.PartyStep)
        yield f"party_{trouble.value}", _with(laying, replace(laying.step, trouble=trouble), hall)
    joint = _stage(found, "utility_transfer_sign")
    for paper in ("water_transfer", *(each.id for each in joint.journey.item.agreements[:1])):
        yield f"paper_{paper}", _with(joint, st.SignStep(paper=paper), hall)
    shown = _stage(found, "insurance_proof_enquire")
    assert isinstance(shown.step, st.EnquireStep)
    slip = enquiry_slip(shown.journey, shown.step.lookup_id, hall)
    assert slip is not None
    for state in ("waiting", "printed", "not_printed"):
        yield f"enquired_{state}", st.Session(st.Enquired(shown.journey.item, slip, state), hall)
    nobody = {name: Missing({}, "nobody_knows") for name in shown.journey.looked_up}
    for name in ("utility_transfer_review", "housing_fund_purchase_review"):
        review = _stage(found, name)
        for asked in review.journey.item.questions:
            problem = _PROBLEMS.get(type(asked))
            if problem is not None:
                step = st.QuestionStep(asked.id, problem, returning=True)
                yield f"question_{asked.id}", _with(review, step, hall)
    yield (
        "enquire_nothing",
        _with(replace(shown, journey=replace(shown.journey, looked_up=nobody)), shown.step, hall),
    )
    yield from _progress(_stage(found, "case_progress_enquire"), hall)


_CASES = (
    "split 33019900-20261121-000120 2026-11-21 utility_transfer 水电气联动过户",
    "returned 33019900-20261121-000121 2026-11-21 water_transfer 供水过户",
    "taken_over 33019900-20261121-000122 2026-11-21 electricity_transfer 供电过户",
    "received 33019900-20261118-000042 2026-11-18 no_criminal_record_certificate 无犯罪记录证明",
    "concluded 33019900-20260930-000007 2026-09-30 a_matter_of_another_hall 渔业捕捞许可证核发",
)
"""As the platform tells them, newest first."""


def _progress(shown: st.InJourney, hall: Hall) -> Iterator[tuple[str, st.Session]]:
    """How far applications are: one, five, none, and nobody could be asked."""
    facts = {f"case_{number}": told for number, told in enumerate(_CASES, 1)}
    (name,) = shown.journey.looked_up
    told = shown.journey.looked_up[name]
    assert isinstance(told, Told)
    answers: Mapping[str, Told | Missing] = {
        "one": replace(told, facts={"case_1": _CASES[3]}),
        "five": replace(told, facts={**facts, "earlier_cases": "more"}),
        "none": Missing({}, "nobody_knows"),
        "unreachable": Missing({}, "unreachable"),
    }
    for key, answer in answers.items():
        journey = replace(shown.journey, looked_up={name: answer})
        yield f"case_progress_{key}", _with(replace(shown, journey=journey), shown.step, hall)


def _stage(found: dict[str, st.Session], end: str) -> st.InJourney:
    stage = next(session.stage for name, session in found.items() if end in name)
    assert isinstance(stage, st.InJourney)
    return stage


def _with(stage: st.InJourney, step: st.Step, hall: Hall) -> st.Session:
    return st.Session(replace(stage, step=step), hall)
