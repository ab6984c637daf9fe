"""What a technician asks of a queue: answered the same by a running terminal and where none runs.

Every answer is one JSON object; what cannot be done as asked is `{"error": words}`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, get_args

import structlog

from offline_queue.failures import CopyRefused, SigningFailed, StorageFull
from offline_queue.outbox import Outbox
from offline_queue.queue_values import QueueState

Answer = dict[str, Any]

_log = structlog.get_logger()


def listed(outbox: Outbox, question: Mapping[str, Any]) -> Answer:
    """Every application of `state`; without one, all that are still here."""
    state = question.get("state")
    if state is not None and state not in get_args(QueueState):
        return {"error": f"state: is one of {', '.join(get_args(QueueState))}"}
    return {"applications": [asdict(line) for line in outbox.lines(state)]}


def shown(outbox: Outbox, question: Mapping[str, Any]) -> Answer:
    """One application, by its id or a number of it."""
    line = outbox.line(str(question.get("application", "")))
    return unknown(question) if line is None else asdict(line)


def retried(outbox: Outbox, question: Mapping[str, Any]) -> Answer:
    """Let one application wait again and go at once; `all` means everything that was set aside."""
    name = str(question.get("application", ""))
    line = outbox.line(name)
    if name == "all":
        chosen = outbox.lines("quarantined")
    elif line is None:
        return unknown(question)
    elif line.state == "delivered" and all(part.state == "over" for part in line.parts):
        return {"error": f"{name}: is delivered already, as {line.filing_no}"}
    else:
        chosen = [line]
    for each in chosen:
        before = outbox.delivery.try_now(each.application_id)
        _log.info("application_retried", application_id=each.application_id, state=before)
    return {"retried": [each.application_id for each in chosen]}


def backed_up(outbox: Outbox, question: Mapping[str, Any]) -> Answer:
    """Copy the queue, as it is now, to a new `file`."""
    file = _absolute(question.get("file"))
    if file is None:
        return _NOT_ABSOLUTE
    try:
        size = outbox.back_up(file)
    except (CopyRefused, StorageFull) as refused:
        return {"error": str(refused)}
    _log.info("queue_backed_up", path=str(file), bytes=size)
    return {"file": str(file), "bytes": size}


def exported(outbox: Outbox, question: Mapping[str, Any]) -> Answer:
    """Write what is not delivered into a new folder, `file`."""
    directory = _absolute(question.get("file"))
    if directory is None:
        return _NOT_ABSOLUTE
    try:
        count = outbox.export(directory)
    except (CopyRefused, SigningFailed) as refused:
        return {"error": str(refused)}
    _log.info("queue_exported", path=str(directory), count=count)
    return {"file": str(directory), "applications": count}


_NOT_ABSOLUTE: Answer = {"error": "file: must be an absolute path"}


def _absolute(name: object) -> Path | None:
    path = Path(str(name))
    return path if path.is_absolute() else None


def unknown(question: Mapping[str, Any]) -> Answer:
    """No application is named so."""
    return {"error": f"{question.get('application')}: no application here has this id or number"}


QUESTIONS: Mapping[str, Callable[[Outbox, Mapping[str, Any]], Answer]] = {
    "queue-list": listed,
    "queue-show": shown,
    "queue-retry": retried,
    "queue-backup": backed_up,
    "queue-export": exported,
}
