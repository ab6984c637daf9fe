"""Passing on questions for shared data: sealed bytes out and back, one question of a session at a time.

The terminal can read neither, and logs how long they were and how they fared. A question that waits holds up
nothing else of its session, and goes when its session does.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import structlog

from kiosk.messages import (
    SHARED_DATA_LIMIT,
    AskSharedData,
    BadMessage,
    FromTerminal,
    PlatformReach,
    SharedDataMissing,
    SharedDataTold,
)
from offline_queue import contract_files
from offline_queue.answers import Answered, NotAnswered
from offline_queue.contract_files import NotOfTheContract

DEADLINE_S = 6.0
"""A person waits for this: after it they are asked instead."""

MOST_QUESTIONS = 100
"""Of one session. No person's matters need more, and no session is a way to ask about everybody."""

AskPlatform = Callable[[str, bytes], Awaitable[Answered | NotAnswered]]
"""Takes a question's id and its sealed bytes."""


@dataclass(eq=False)
class Questions:
    """The questions of one visible session."""

    session: str
    send: Callable[[FromTerminal], None]
    count: int = 0
    waiting: asyncio.Task[None] | None = field(default=None)


class SharedDataDesk:
    """Passes questions on by `ask`, while `reach` does not say that nobody is there."""

    def __init__(
        self,
        terminal_id: str,
        ask: AskPlatform,
        reach: Callable[[], PlatformReach],
        deadline_s: float = DEADLINE_S,
    ) -> None:
        self._terminal_id = terminal_id
        self._ask = ask
        self._reach = reach
        self._deadline_s = deadline_s
        self._tasks: asyncio.TaskGroup
        self._log = structlog.get_logger()

    async def run(self) -> None:
        """Carry the questions, for ever: an unforeseen failure of one ends the terminal, loudly."""
        async with asyncio.TaskGroup() as self._tasks:
            await asyncio.Event().wait()

    def pass_on(self, questions: Questions, message: AskSharedData) -> None:
        """Take a session's question; an earlier one that still waits is given up.

        Raises `BadMessage` for what no right session asks.
        """
        sealed = _checked(message, self._terminal_id)
        self.give_up(questions)
        questions.count += 1
        if questions.count > MOST_QUESTIONS:
            raise BadMessage(f"ask_shared_data: more than {MOST_QUESTIONS} questions")
        if self._reach() == "offline":
            self._ended(questions, message.question_id, len(sealed), NotAnswered("offline", "offline"))
            return
        questions.waiting = self._tasks.create_task(
            self._answered(questions, message.question_id, sealed), name=f"question of {questions.session}"
        )

    def give_up(self, questions: Questions) -> None:
        """The session is gone, or has asked something else."""
        if questions.waiting is not None:
            questions.waiting.cancel()
            questions.waiting = None

    async def _answered(self, questions: Questions, question_id: str, sealed: bytes) -> None:
        try:
            async with asyncio.timeout(self._deadline_s):
                outcome = await self._ask(question_id, sealed)
        except TimeoutError:
            outcome = NotAnswered("late", "timeout")
        self._ended(questions, question_id, len(sealed), outcome)

    def _ended(
        self, questions: Questions, question_id: str, length: int, outcome: Answered | NotAnswered
    ) -> None:
        if isinstance(outcome, Answered) and len(outcome.body) > SHARED_DATA_LIMIT:
            outcome = NotAnswered("refused", "answer_too_long")
        message: FromTerminal
        match outcome:
            case Answered(body=body):
                said, cause, length = "answered", "none", length + len(body)
                message = SharedDataTold(question_id=question_id, data=base64.b64encode(body).decode())
            case NotAnswered(reason=reason, cause=cause):
                said, message = reason, SharedDataMissing(question_id=question_id, reason=reason)
        self._log.info(
            "shared_data_passed_on", session=questions.session, outcome=said, reason=cause, bytes=length
        )
        questions.send(message)


def _checked(message: AskSharedData, terminal_id: str) -> bytes:
    """The sealed question, in the contract's form and in this terminal's name."""
    try:
        sealed = base64.b64decode(message.data, validate=True)
        frame = contract_files.read("sealed-question", sealed)
    except binascii.Error:
        raise BadMessage("ask_shared_data.data: not base64") from None
    except NotOfTheContract as error:
        raise BadMessage(f"ask_shared_data.data: {error}") from None
    if (frame["id"], frame["terminal"]) != (message.question_id, terminal_id):
        raise BadMessage("ask_shared_data.data: another question or another terminal")
    return sealed
