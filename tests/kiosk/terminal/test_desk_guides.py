"""Guides at the terminal's desk: papers beside the slip, a few a visit, and in doubt like any other."""

from __future__ import annotations

from uuid import uuid4

import pytest
from pydantic import ValidationError

from kiosk.messages import MOST_GUIDES, PrintJob, PrintState
from tests.kiosk.terminal.conftest import Terminal
from tests.kiosk.terminal.stage import Stage


def paper(kind: str, state: PrintState = "printed", of: str | None = None) -> PrintJob:
    """A paper job of its own, or one that stands for `of` once more."""
    return PrintJob.model_validate(
        {
            "job_id": str(uuid4()),
            "paper": kind,
            "state": state,
            "sha256": "0" * 64,
            "reprint_of": of,
            "reprint_reason": None if of is None else "torn",
        }
    )


async def test_a_visit_prints_guides_beside_its_slip_and_too_many_are_no_right_sessions(
    terminal: Terminal, stage: Stage
) -> None:
    await stage.got("s1", "promote")
    slip = paper("slip")
    for job in (paper("guide"), slip, paper("guide"), paper("slip", of=slip.job_id)):
        stage.say("s1", job)
    for _ in range(MOST_GUIDES - 2):
        stage.say("s1", paper("guide"))
    stage.say("s1", paper("guide"))
    await stage.got("s2", "promote")
    assert [end["reason"] for end in terminal.board.shown()["session_ends"]] == ["bad_message"]


@pytest.mark.usefixtures("terminal")
async def test_after_a_guide_that_did_not_come_out_the_next_session_empties_the_printer(stage: Stage) -> None:
    await stage.got("s1", "promote")
    stage.say("s1", paper("guide"))
    stage.order("s1", raw=paper("guide", "not_printed").model_dump_json(), then_die=True)
    assert (await stage.got("s2", "promote"))["flush_printer"]
    stage.order("s2", raw=paper("guide").model_dump_json(), then_die=True)
    assert not (await stage.got("s3", "promote"))["flush_printer"]


def test_a_guide_stands_for_no_other_paper() -> None:
    with pytest.raises(ValidationError):
        paper("guide", of=str(uuid4()))
