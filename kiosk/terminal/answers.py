"""What a running terminal answers on its control socket."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import asdict
from functools import partial
from typing import Any

from kiosk.terminal.control import Answer, Answers
from kiosk.terminal.wiring import Wiring
from offline_queue.outbox import Outbox
from offline_queue.outbox_thread import OutboxThread
from offline_queue.progress import progress
from offline_queue.queue_questions import QUESTIONS
from offline_queue.queue_values import QueueLine
from offline_queue.restore_into import restore_into

_Question = Mapping[str, Any]


def answers(terminal_id: str, wiring: Wiring) -> Answers:
    """Every question by its name."""
    return {
        **{name: partial(_of_queue, wiring, name) for name in QUESTIONS},
        "status": partial(_status, terminal_id, wiring),
        "guide-unlock": wiring.guides.unlock,
        "queue-progress": partial(_progress, wiring),
        "queue-restore": partial(_restored, wiring),
        "catalogue-apply": wiring.catalogue.apply,
    }


async def _of_queue(wiring: Wiring, name: str, question: _Question) -> Answer:
    told = await wiring.queue.run(lambda outbox: QUESTIONS[name](outbox, question))
    if name == "queue-retry":
        wiring.sync.hurry()
    return told


async def _restored(wiring: Wiring, question: _Question) -> Answer:
    codes = str(question.get("codes", "")).split("\n")
    answer = await wiring.queue.run(lambda outbox: restore_into(outbox, codes))
    wiring.sync.poke()
    return answer


async def _progress(wiring: Wiring, question: _Question) -> Answer:
    async def look(name: str) -> QueueLine | None:
        return await wiring.queue.run(lambda outbox: outbox.line(name))

    return await progress(look, wiring.client.case, secrets.token_hex(16), question)


async def _status(terminal_id: str, wiring: Wiring, _question: _Question) -> Answer:
    sync, certificate = wiring.sync, wiring.renewal.health()
    clock_offset = sync.clock_offset()
    return {
        "terminal": terminal_id,
        "pid": os.getpid(),
        "catalogue": wiring.catalogue.version.name,
        "downstream": wiring.above.desk.book.shown(),
        "platform_lost": sync.cause,
        "certificate": asdict(certificate) | {"ends": certificate.ends.isoformat()},
        "clock_trust": sync.clock_trust(),
        "clock_offset": None if clock_offset is None else clock_offset.model_dump(),
        "sessions": [
            {
                "session": seat.process.name,
                "pid": seat.process.pid,
                "state": seat.standing.value,
                "step": seat.step,
            }
            for seat in (wiring.supervisor.visible, wiring.supervisor.standby)
            if seat is not None
        ],
        **wiring.board.shown(),
        **await _queue_status(wiring.queue),
    }


async def _queue_status(queue: OutboxThread) -> Answer:
    counts = await queue.run(Outbox.counts)
    oldest = counts.oldest_kept_at
    return {
        "queue": asdict(counts) | {"oldest_kept_at": None if oldest is None else oldest.isoformat()},
        "applications": [asdict(application) for application in await queue.run(Outbox.recent_states)],
    }
