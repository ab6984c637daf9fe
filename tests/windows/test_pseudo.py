"""Sentences half as long again still fit: whoever translates the screens need not count letters."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.ui.arrangements import Arrangement, Orientation, arrange, findings, on_window
from tests.ui.conftest import Stage, opened_stage
from tests.ui.gallery import scenes
from tests.ui.pseudo import lengthened, pseudo
from ui.words import english

FEW = ("welcome_whole_hall", "matter_reservations", "consent_fingerprint", "question_delivery",
       "problem_mobile", "review", "sign", "outcome_kept_not_printed", "rating")  # fmt: skip


@pytest.fixture(scope="module")
def long_worded(one_stage: Stage, complaints: list[str]) -> Iterator[Stage]:
    """A window that speaks the language of nobody."""
    one_stage.show(scenes()["ended"], "zh")  # its own English would be heard on this window, too
    with ExitStack() as stack:
        stage = stack.enter_context(opened_stage(catalogue=pseudo(english())))
        yield stage
        stage.show(scenes()["ended"], "zh")
    assert complaints == []


def found(stage: Stage, names: list[str], orientation: Orientation) -> list[str]:
    lines = []
    for name in names:
        how = Arrangement("default", "en", orientation)
        arrange(stage, name, scenes()[name], how)
        lines += [f"{name}: {line}" for line in findings(stage, how, stage.window.grabWindow())]
    return lines


def test_a_sentence_grows_by_two_fifths_and_keeps_its_places() -> None:
    made = lengthened("Your %1 was valid until %2")
    assert made == "[Ýóúr %1 wás válíd úñtíl %2 lo rem ip sum]"
    assert len(made) >= 1.4 * len("Your %1 was valid until %2")


@pytest.mark.parametrize("orientation", ["portrait", "landscape"])
def test_longer_sentences_fit(long_worded: Stage, orientation: Orientation) -> None:
    lines = found(long_worded, list(FEW), orientation)
    assert lines == [], "\n".join(lines)
    said = " ".join(part.said for part in on_window(long_worded) if part.kind == "text")
    assert "[" in said


@pytest.mark.long
@pytest.mark.timeout(600)
@pytest.mark.parametrize("orientation", ["portrait", "landscape"])
def test_longer_sentences_fit_on_every_screen(long_worded: Stage, orientation: Orientation) -> None:
    lines = found(long_worded, list(scenes()), orientation)
    assert lines == [], "\n".join(lines)
