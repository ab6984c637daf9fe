"""Events with a whitelist of fields, one JSON object a line: names and numbers of people reach no log.

Any module says what happened with `structlog.get_logger().info("reader_lost", reason="port_lost")`; only the
fields listed here get through. What is not listed is replaced by its name in `withheld`, so that a
technician sees that something was held back, and never what. Exceptions give type and place, not their text.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
import traceback
from collections.abc import MutableMapping
from pathlib import Path
from types import TracebackType
from typing import Any

import structlog

FIELDS = frozenset(
    {
        "event", "level", "at", "process", "pid",
        "application_id", "attempt", "attempts", "bytes", "count", "crash", "device", "exit_status",
        "file", "file_line", "item", "job_id", "key", "local_no", "ms", "outcome", "path", "platform_kid",
        "port", "reach", "reason", "reprint_of", "reprint_reason", "session", "staff_no", "state", "status",
        "step", "url", "version", "wait_s",
    }
)  # fmt: skip
"""Every field an event may carry. None of them can hold a person's data."""

EXIT_CRASHED = 70
"""Exit status after a failure nobody foresaw (EX_SOFTWARE of sysexits.h)."""

_Event = MutableMapping[str, Any]


def configure(process: str, file: Path | None = None) -> None:
    """Send every event of this process, named `process`, to `file` (appended) or to standard error."""
    stream = sys.stderr if file is None else file.open("a", encoding="utf-8", buffering=1)

    def stamp(_logger: object, _method: str, event: _Event) -> _Event:
        event["process"], event["pid"] = process, os.getpid()
        return event

    structlog.configure(
        processors=[
            structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
            stamp,
            only_listed_fields,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.WriteLoggerFactory(file=stream),
        cache_logger_on_first_use=False,
    )
    sys.excepthook = _crash
    threading.excepthook = lambda crash: _crash(crash.exc_type, crash.exc_value, crash.exc_traceback)


def only_listed_fields(_logger: object, _method: str, event: _Event) -> _Event:
    """Keep what `FIELDS` lists; name what was withheld."""
    withheld = sorted(set(event) - FIELDS)
    kept: _Event = {key: value for key, value in event.items() if key in FIELDS}
    if withheld:
        kept["withheld"] = withheld
    return kept


def _crash(kind: type[BaseException], _error: BaseException | None, trace: TracebackType | None) -> None:
    """An unforeseen failure: type and place for the technician, not the text, which may quote a person.

    It ends the process, also where its framework would go on (Qt after a failed slot, Python after a thread):
    somebody is there to replace it, and a screen that half works claims things.
    """
    frames = traceback.extract_tb(trace)
    place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "unknown"
    structlog.get_logger().error("crashed", crash=kind.__name__, file_line=place)
    os._exit(EXIT_CRASHED)
