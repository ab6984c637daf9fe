"""The step in which a guardian lays down their own card for a child; pure."""

from __future__ import annotations

from dataclasses import replace

from devices.contracts.id_cards import CardProblem, IdCard
from kiosk.session import events as ev
from kiosk.session.card_facts import OF_AGE, age_on, own_name
from kiosk.session.hall import Hall
from kiosk.session.stages import CardTrouble, GuardianStep, GuardianTrouble, InJourney, Stage
from kiosk.session.verification import ConsentStep

DOUBTFUL = frozenset(
    {
        CardProblem.BAD_CHECKSUM,
        CardProblem.UNFIT_PREFIX,
        CardProblem.UNREADABLE_TEXT,
        CardProblem.BAD_BIRTH_DATE,
        CardProblem.BIRTH_DIFFERS_FROM_NUMBER,
        CardProblem.BAD_VALIDITY,
        CardProblem.REVERSED_VALIDITY,
    }
)
"""Findings after which nobody can say whose card this is, or whether it holds: the window decides."""

_NOT_READ = {CardTrouble.READER_FAILED: GuardianTrouble.READER_FAILED}


def at_guardian(stage: InJourney, hall: Hall, event: ev.Event) -> Stage:
    """An adult's own card leads on; whether they are the guardian, the authority checks."""
    match event:
        case ev.CardRead(card=card):
            trouble = _trouble(stage.journey.card, card, hall)
            if trouble is not None:
                return replace(stage, step=GuardianStep(trouble))
            journey = replace(stage.journey, guardian=card, photo_png=None)
            return InJourney(journey, ConsentStep())
        case ev.CardFailed(trouble=trouble):
            found = _NOT_READ.get(trouble, GuardianTrouble.NOT_READ)
            return replace(stage, step=GuardianStep(found))
        case ev.TryAgain():
            return replace(stage, step=GuardianStep())
        case _:
            return stage


def _trouble(child: IdCard, card: IdCard, hall: Hall) -> GuardianTrouble | None:
    if card.id_number == child.id_number:
        return GuardianTrouble.CHILDS_OWN
    if DOUBTFUL & set(card.problems) or not own_name(card) or card.birth is None:
        return GuardianTrouble.INVALID
    if age_on(card.birth, hall.today) < OF_AGE:
        return GuardianTrouble.UNDER_AGE
    if card.valid_to is not None and card.valid_to < hall.today:
        return GuardianTrouble.EXPIRED
    return None
