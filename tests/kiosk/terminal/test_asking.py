"""Passing questions on: sealed bytes there and back, one at a time, and nothing of them stays here."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import signal

import pytest
from structlog.testing import capture_logs

from kiosk.messages import SHARED_DATA_LIMIT, AskSharedData, Prepare, SharedDataMissing, SharedDataTold
from kiosk.terminal.asking import MOST_QUESTIONS, Questions, SharedDataDesk
from offline_queue.answers import Answered, NotAnswered
from tests.kiosk.terminal.conftest import Terminal
from tests.kiosk.terminal.stage import Stage, until
from tests.offline_queue.samples import TERMINAL, new_id


class Holder:
    """Whoever is asked in the platform's place: answers when it is let, and remembers who gave up."""

    def __init__(self, *, answers: bool = True, body: bytes = b"sealed") -> None:
        self.body = body
        self.asked: list[bytes] = []
        self.given_up: list[str] = []
        self._may = asyncio.Event()
        if answers:
            self._may.set()

    async def __call__(self, question_id: str, sealed: bytes) -> Answered | NotAnswered:
        self.asked.append(sealed)
        try:
            await self._may.wait()
        except asyncio.CancelledError:
            self.given_up.append(question_id)
            raise
        return Answered(self.body)


def ask(question_id: str | None = None, **changes: str) -> AskSharedData:
    """A question in the contract's form; what is sealed in it is nobody's business here."""
    question_id = question_id or new_id()
    frame = {
        "v": 1,
        "kind": "question",
        "id": question_id,
        "kid": "envelope-20261121",
        "suite": "HPKE-X25519-HKDF-SHA256-AES-256-GCM",
        "terminal": TERMINAL,
        "ciphertext": base64.b64encode(os.urandom(1072)).decode(),
        **changes,
    }
    data = base64.b64encode(json.dumps(frame).encode()).decode()
    return AskSharedData(question_id=question_id, data=data)


async def test_a_question_and_its_answer_cross_the_terminal_byte_for_byte(
    terminal: Terminal, stage: Stage
) -> None:
    terminal.ask = holder = Holder(body=os.urandom(2000))
    await stage.got("s1", "promote")
    stage.say("s1", question := ask())
    told = await stage.got("s1", "shared_data_told")
    assert told["question_id"] == question.question_id
    assert holder.asked == [base64.b64decode(question.data)]
    assert base64.b64decode(told["data"]) == holder.body


async def test_an_offline_terminal_asks_nobody(terminal: Terminal, stage: Stage) -> None:
    terminal.ask = holder = Holder()
    terminal.board.reach = "offline"
    await stage.got("s1", "promote")
    stage.say("s1", ask())
    assert (await stage.got("s1", "shared_data_missing"))["reason"] == "offline"
    assert holder.asked == []


async def test_a_question_that_waits_holds_up_nothing_else(terminal: Terminal, stage: Stage) -> None:
    terminal.ask = holder = Holder(answers=False)
    await stage.got("s1", "promote")
    stage.say("s1", ask())
    stage.say("s1", Prepare(application_id=new_id()))
    await stage.got("s1", "prepared")
    assert len(holder.asked) == 1
    assert holder.given_up == []


async def test_a_newer_question_takes_the_place_of_the_one_that_waits(
    terminal: Terminal, stage: Stage
) -> None:
    terminal.ask = holder = Holder(answers=False)
    await stage.got("s1", "promote")
    first, second = ask(), ask()
    stage.say("s1", first)
    await until(lambda: len(holder.asked) == 1, "the first question")
    stage.say("s1", second)
    await until(lambda: len(holder.asked) == 2, "the second question")
    assert holder.given_up == [first.question_id]


async def test_a_question_goes_with_its_session(terminal: Terminal, stage: Stage) -> None:
    terminal.ask = holder = Holder(answers=False)
    await stage.got("s1", "promote")
    stage.say("s1", question := ask())
    await until(lambda: len(holder.asked) == 1, "the question")
    os.kill(stage.notes("s1")[0]["pid"], signal.SIGKILL)
    await until(lambda: holder.given_up == [question.question_id], "given up")


@pytest.mark.usefixtures("terminal")
@pytest.mark.parametrize(
    "question",
    [
        ask(terminal="HALL-0002"),
        ask(id=new_id()),
        ask(kind="answer"),
        ask(name="周一禾"),
        AskSharedData(question_id=new_id(), data="not base64!"),
    ],
    ids=["another terminal's", "another id", "no question", "with something in clear", "no bytes"],
)
async def test_what_no_right_session_asks_ends_the_session(stage: Stage, question: AskSharedData) -> None:
    await stage.got("s1", "promote")
    stage.say("s1", question)
    await stage.got("s2", "promote")


async def test_nobody_asks_about_everybody(terminal: Terminal, stage: Stage) -> None:
    terminal.board.reach = "offline"
    await stage.got("s1", "promote")
    for _ in range(MOST_QUESTIONS):
        stage.say("s1", ask())
    await stage.got("s1", "shared_data_missing", nth=MOST_QUESTIONS)
    stage.say("s1", ask())
    await stage.got("s2", "promote")


# ---- without a supervisor around it ----------------------------------------------------------------------


async def passed_on(holder: Holder, deadline_s: float = 60.0) -> SharedDataTold | SharedDataMissing:
    """What the session hears to one question."""
    desk = SharedDataDesk(TERMINAL, holder, lambda: "online", deadline_s)
    heard: asyncio.Queue[object] = asyncio.Queue()
    running = asyncio.create_task(desk.run())
    await asyncio.sleep(0)
    desk.pass_on(Questions("s1", heard.put_nowait), ask())
    said = await heard.get()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert isinstance(said, SharedDataTold | SharedDataMissing)
    return said


async def test_nobody_waits_longer_than_the_deadline() -> None:
    holder = Holder(answers=False)
    said = await passed_on(holder, deadline_s=0.05)
    assert isinstance(said, SharedDataMissing)
    assert said.reason == "late"
    assert len(holder.given_up) == 1


async def test_an_answer_that_no_packet_can_carry_is_none() -> None:
    said = await passed_on(Holder(body=bytes(SHARED_DATA_LIMIT + 1)))
    assert isinstance(said, SharedDataMissing)
    assert said.reason == "refused"
    assert isinstance(await passed_on(Holder(body=bytes(SHARED_DATA_LIMIT))), SharedDataTold)


async def test_the_log_has_lengths_and_outcomes_and_not_a_byte_of_either() -> None:
    with capture_logs() as logs:
        await passed_on(Holder(body=b"0123456789abcdef"))
    (line,) = logs
    assert line["event"] == "shared_data_passed_on"
    assert set(line) == {"event", "log_level", "session", "outcome", "reason", "bytes"}
    assert (line["outcome"], line["reason"]) == ("answered", "none")
