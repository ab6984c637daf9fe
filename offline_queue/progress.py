"""What became of an application at the platform, for whoever stands before a citizen with a slip.

Every answer is one JSON object: what is told, or why nothing can be (`untold`, with its `cause`); an
application that is not here is `{"error": words}`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict
from typing import Any

from offline_queue.answers import NoCase
from offline_queue.queue_questions import Answer, unknown
from offline_queue.queue_values import QueueLine
from offline_queue.signing import Case

Look = Callable[[str], Awaitable[QueueLine | None]]
"""Takes an id or a number of an application."""

AskCase = Callable[[str, str], Awaitable[Case | NoCase]]
"""Takes an application's id and 32 fresh hexadecimal digits."""


async def progress(look: Look, ask: AskCase, nonce: str, question: Mapping[str, Any]) -> Answer:
    """Answer for one `application`; the platform is asked only of what it has signed for."""
    line = await look(str(question.get("application", "")))
    if line is None:
        return unknown(question)
    here = {
        "application_id": line.application_id,
        "local_no": line.local_no,
        "item": line.item,
        "filing_no": line.filing_no,
    }
    if line.state != "delivered":
        return {**here, "untold": line.state, "cause": line.last_error}
    case = await ask(line.application_id, nonce)
    if isinstance(case, NoCase):
        return {**here, "untold": case.reason, "cause": case.cause}
    return {**here, **asdict(case)}
