"""Nothing personal stands in full but where it is checked or typed; a confidential matter looks like any."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from kiosk.session import stages as st
from kiosk.session import verification as vf
from kiosk.session.events import Continue, SlipEnded
from kiosk.session.hall import Language
from kiosk.session.journey import Present
from kiosk.session.work import work_of
from printing.slip import slip_document
from tests.kiosk.session.test_machine import KEPT
from tests.kiosk.session.waiting_person import PATIENCE, Standing
from tests.kiosk.session.walk import after, answered, signed, verified
from tests.ui.gallery import NOW, card, hall, item, scenes
from ui.models.base import Desk
from ui.properties import said
from ui.screen import screen_of
from ui.shell import ShellModel
from ui.speaker import Speaker
from ui.words import Words

LANGUAGES: tuple[Language, ...] = ("zh", "en")


def own(journey: st.Journey) -> Mapping[str, str]:
    """What names a person or leads to them, by what it is: cards, and what was typed."""
    found: dict[str, str] = {}
    cards = {"applicant": journey.card, "guardian": journey.guardian}
    if journey.visitor is not None:
        cards["visitor"] = journey.visitor.card
    for who, each in cards.items():
        if each is not None:
            found |= {f"{who} name": each.name, f"{who} number": each.id_number}
            found |= {f"{who} address": getattr(each, "address", "")}
            found |= {f"{who} pass": getattr(each, "pass_number", "")}
    for party, there in journey.parties.items():
        if isinstance(there, Present):
            found |= {f"{party} name": there.person.name, f"{party} number": there.person.id_number}
    for asked, given in journey.answers.items():
        if re.search(r"[0-9]{5}|路|省", given):  # a number, an address
            found[f"answer {asked}"] = given
    return {what: text for what, text in found.items() if text}


def in_full(texts: str, journey: st.Journey, step: st.Step) -> set[str]:
    """What should not stand there: all of it may where it is checked and signed, an answer where asked."""
    if isinstance(step, st.ReviewStep | st.SignStep):
        return set()
    given = own(journey)
    here = journey.answers.get(step.question_id) if isinstance(step, st.QuestionStep) else None
    return {what for what in standing(given, texts) if given[what] != here}


def standing(given: Mapping[str, str], texts: str) -> set[str]:
    """What of it stands in `texts`, however it is spaced."""
    run = _closed(texts)
    return {what for what, text in given.items() if _closed(text) in run}


def _closed(text: str) -> str:
    return re.sub(r"[ \u00a0\u2009]", "", text)


def words_of(session: st.Session, desk: Desk) -> str:
    """Everything that screen and shell say: what QML says beside it is the same for everybody."""
    return "\n".join(_flat(said(screen_of(session, desk).model))) + "\n".join(
        _flat(said(ShellModel(desk, session)))
    )


def _flat(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list):
        for part in value:
            yield from _flat(part)


@pytest.fixture(scope="module")
def desk(application: QGuiApplication) -> Desk:
    assert isinstance(application, QObject)
    return Desk(Words(), lambda _event: None, lambda: NOW, lambda: "0" * 36, 20, Speaker())


def walked() -> Mapping[str, st.Session]:
    """The main matter as a person does it, to its last screen."""
    review = answered(verified(hall(), item(), card()))
    outcome = after(signed(review), KEPT)
    printed = after(outcome, SlipEnded("not_printed"))
    rating = after(printed, Continue())
    made = {"signed": signed(review), "outcome": outcome, "failed": printed, "rating": rating}
    return {**made, "thanks": after(rating, Continue())}


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_and_numbers_are_masked_but_where_they_are_checked_or_typed(
    desk: Desk, language: Language
) -> None:
    desk.words.choose(language)
    seen = 0
    for name, session in scenes().items():
        if isinstance(session.stage, st.InJourney):
            seen += 1
            spoken = replace(session, language=language)
            found = in_full(words_of(spoken, desk), session.stage.journey, session.stage.step)
            assert found == set(), name
    assert seen > 80


@pytest.mark.parametrize("language", LANGUAGES)
def test_after_signing_nothing_stands_in_full_any_more(desk: Desk, language: Language) -> None:
    desk.words.choose(language)
    signing = walked()["signed"].stage
    assert isinstance(signing, st.Sending)
    for name, session in walked().items():
        texts = words_of(replace(session, language=language), desk)
        assert standing(own(signing.journey), texts) == set(), name


def test_a_screen_that_says_a_name_in_full_would_be_caught(desk: Desk) -> None:
    desk.words.choose("zh")
    review, guide = scenes()["review"], scenes()["guide_no_photo"]
    assert isinstance(review.stage, st.InJourney)
    assert isinstance(guide.stage, st.InJourney)
    everything = words_of(review, desk)
    assert "applicant name" in in_full(everything, review.stage.journey, vf.GuideStep("chosen"))
    assert "answer mobile" in in_full(everything, review.stage.journey, st.QuestionStep("purpose"))
    assert "applicant address" in in_full(everything, guide.stage.journey, guide.stage.step)
    assert in_full(words_of(guide, desk), guide.stage.journey, guide.stage.step) == set()


def test_a_confidential_matter_is_shown_printed_and_waited_for_like_any_other(desk: Desk) -> None:
    """Whatever the authority will find: the terminal does not know it, and shows that it does not matter."""
    confidential = item()
    assert confidential.confidential_result
    open_results = tuple(each.model_copy(update={"confidential": False}) for each in confidential.results)
    plain = confidential.model_copy(update={"confidential_result": False, "results": open_results})
    other_way_round = confidential.model_copy(update={"results": confidential.results[::-1]})
    told = []
    for matter in (confidential, plain, other_way_round):
        world = hall(items=(matter,))
        review = answered(verified(world, matter, card()))
        outcome = after(signed(review), KEPT, SlipEnded("printed"))
        assert isinstance(outcome.stage, st.Outcome)
        person = Standing(outcome)
        person.waits(3600)
        told.append(
            (
                [words_of(replace(session, language=language), desk) for session in (review, outcome)
                 for language in LANGUAGES],
                [slip_document(outcome.stage.slip, language) for language in LANGUAGES],
                [work_of(session, PATIENCE) for session in (outcome, after(outcome, Continue()))],
                [(at_s, type(event)) for at_s, event, _ in person.happened],
            )
        )  # fmt: skip
    assert told[0] == told[1] == told[2]
