"""The verbs of a written scene: what a citizen and hands do. What is to become true is in `bench.checks`.

A verb checks its value when the file is read, long before anybody plays it, and gives an `Act`. Words may
hold {name}, {masked_name} and {id_number}: those of the person whose turn it is.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Any, Literal

from bench import checks, record_checks, writing_verbs
from bench.citizen import APPEARS_S
from bench.guides import answer_call
from bench.hands import DEVICES, NOBODY, SOMEBODY_ELSE
from bench.papers import PAPERS
from bench.scene import Photograph, StepFailed
from bench.sight import NotSeen
from bench.stage import Act, Stage
from bench.verb_values import BadValue, control, one_of, person, text

Verb = Callable[[Any], Act]

NOTHING = "nothing"
"""In place of a paper: the table is bare."""


# ---- what a citizen does ---------------------------------------------------------------------------------


def _sees(value: object) -> Act:
    wanted = control(value)

    async def act(stage: Stage, photograph: Photograph) -> None:
        within_s = APPEARS_S if wanted.within_s is None else wanted.within_s
        await stage.citizen.sees(wanted.role, wanted.pattern(stage), within_s)
        await photograph()

    return act


def _does_not_see(value: object) -> Act:
    wanted = control(value)

    async def act(stage: Stage, photograph: Photograph) -> None:
        del photograph
        try:
            await stage.citizen.sees(wanted.role, wanted.pattern(stage), wanted.within_s or 0)
        except NotSeen:
            return
        raise StepFailed(f"“{stage.filled(wanted.words)}” is on screen")

    return act


def _touches(value: object) -> Act:
    name = text(value)

    async def act(stage: Stage, photograph: Photograph) -> None:
        del photograph
        # Seen first, read then: the terminal drops a touch that comes with the screen.
        await stage.citizen.turns_to(stage.filled(name))
        await stage.citizen.reads()
        await stage.citizen.touches(stage.filled(name))

    return act


# ---- what hands do ---------------------------------------------------------------------------------------


def _lays_card(value: object) -> Act:
    role = person(value)

    async def act(stage: Stage, photograph: Photograph) -> None:
        del photograph
        stage.hands.lay_card(role or stage.role)

    return act


def _pulls_card(value: object) -> Act:
    if value is not None:
        one_of("mid_read")(value)

    async def act(stage: Stage, photograph: Photograph) -> None:
        del photograph
        if value is None:
            stage.hands.take_card()
        elif not await asyncio.to_thread(stage.hands.pull_card_mid_read, stage.role):
            raise StepFailed("nobody read the card")

    return act


def _shows_face(value: object) -> Act:
    role = person(value, SOMEBODY_ELSE, NOBODY)

    async def act(stage: Stage, photograph: Photograph) -> None:
        del photograph
        await asyncio.to_thread(stage.hands.show_face, role or stage.role)
        if role != NOBODY:
            await stage.hands.turn_as_asked()

    return act


def _stands_there(value: object) -> Act:
    role = person(value, SOMEBODY_ELSE)

    async def act(stage: Stage, photograph: Photograph) -> None:
        del photograph
        await asyncio.to_thread(stage.hands.show_face, role or stage.role)

    return act


def _holds_up_photo(value: object) -> Act:
    role = person(value)

    async def act(stage: Stage, photograph: Photograph) -> None:
        del photograph
        await asyncio.to_thread(stage.hands.hold_up_photo_of, role or stage.role)

    return act


def _lays_finger(value: object) -> Act:
    role = person(value, SOMEBODY_ELSE)

    async def act(stage: Stage, photograph: Photograph) -> None:
        del photograph
        if not stage.hands.lay_finger(role or stage.role):
            raise StepFailed("this hall has no sensor; `devices: [fingerprint]` gives it one")

    return act


def _lifts_finger(value: object) -> Act:
    if value is not None:
        raise BadValue("nothing is needed")

    async def act(stage: Stage, photograph: Photograph) -> None:
        del photograph
        stage.hands.lift_finger()

    return act


def _scans(value: object) -> Act:
    code = text(value)

    async def act(stage: Stage, photograph: Photograph) -> None:
        del photograph
        if not await asyncio.to_thread(stage.hands.scan, stage.filled(code)):
            raise StepFailed("nobody asked for a code")

    return act


def _lays_paper(value: object) -> Act:
    paper = one_of(*PAPERS, NOTHING)(value)

    async def act(stage: Stage, photograph: Photograph) -> None:
        del photograph
        if not await asyncio.to_thread(stage.hands.lay_paper, None if paper == NOTHING else paper):
            raise StepFailed("this hall has no table; `devices: [document_camera]` gives it one")

    return act


def _guide(value: object) -> Act:
    state: Literal["coming", "done"] = "coming" if one_of("comes", "is_done")(value) == "comes" else "done"

    async def act(stage: Stage, photograph: Photograph) -> None:
        del photograph
        if await asyncio.to_thread(answer_call, stage.hall.platform_dir, state) is None:
            raise StepFailed("nobody calls a guide")

    return act


def _deed(verb: str, *known: str) -> Verb:
    """A verb of `Hands.deeds`."""

    def parse(value: object) -> Act:
        what = one_of(*known)(value)

        async def act(stage: Stage, photograph: Photograph) -> None:
            del photograph
            await asyncio.to_thread(stage.hands.deeds[f"{verb} {what}"])

        return act

    return parse


def _kills(value: object) -> Act:
    what = one_of("session", "terminal")(value)

    async def act(stage: Stage, photograph: Photograph) -> None:
        del photograph
        hands = stage.hands
        if not await (hands.kill_session() if what == "session" else hands.kill_terminal()):
            raise StepFailed(f"no {what} runs")

    return act


VERBS: Mapping[str, Verb] = {
    "sees": _sees,
    "does_not_see": _does_not_see,
    "touches": _touches,
    "types": writing_verbs.types,
    "types_pinyin": writing_verbs.types_pinyin,
    "keys_in": writing_verbs.keys_in,
    "signs": writing_verbs.signs,
    "lays_card": _lays_card,
    "pulls_card": _pulls_card,
    "shows_face": _shows_face,
    "stands_there": _stands_there,
    "holds_up_photo_of": _holds_up_photo,
    "lays_paper": _lays_paper,
    "camera": _deed("camera", "freezes", "goes_black", "stalls", "recovers"),
    "lays_finger": _lays_finger,
    "lifts_finger": _lifts_finger,
    "scans": _scans,
    "guide": _guide,
    "network": _deed("network", "cut", "heal", "lose_next_answer"),
    "printer": _deed("printer", "cover_open", "cover_closed", "paper_out", "near_end", "refill"),
    "unplugs": _deed("unplug", *DEVICES),
    "plugs_in": _deed("plug", *DEVICES),
    "kills": _kills,
    "waits_for": checks.waits_for,
    "platform_has": checks.platform_has,
    "record_says": checks.record_says,
    "record_says_of_face": record_checks.record_says_of_face,
    "record_answers": record_checks.record_answers,
    "record_has_members": record_checks.record_has_members,
    "record_has_pages": record_checks.record_has_pages,
    "record_has_guardian": record_checks.record_has_guardian,
    "record_is_signed_by": record_checks.record_is_signed_by,
    "slip_says": checks.slip_says,
    "slip_does_not_say": checks.slip_does_not_say,
    "differs_for_nobody": checks.differs_for_nobody,
}
"""Every verb, by its name in a scene: given its value it gives the act, or raises `BadValue`."""
