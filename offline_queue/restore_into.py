"""Bringing applications back from slips into the queue, and saying what became of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

import structlog

from offline_queue.failures import QueueFailure
from offline_queue.outbox import Outbox
from offline_queue.restore import Unreadable, read_codes

_log = structlog.get_logger()


def restore_into(outbox: Outbox, texts: Iterable[str]) -> dict[str, Any]:
    """Keep every application whose codes are all among `texts`.

    Gives `restored`, a list of `Restored` with the terminal that printed the slip, and `wrong`, a list of
    `Unreadable`; nothing personal. Only what is in `restored` is durable.
    """
    rescued, wrong = read_codes(texts)
    restored = []
    for application in rescued:
        try:
            kept = outbox.restore(application)
        except QueueFailure as failure:
            wrong.append(Unreadable("not_kept", f"{application.local_no} is not kept: {failure}"))
            continue
        _log.info(
            "application_restored",
            application_id=kept.application_id,
            item=application.item,
            local_no=kept.local_no,
            outcome=kept.before or "new",
        )
        restored.append({"terminal": application.terminal, "item": application.item, **asdict(kept)})
    return {"restored": restored, "wrong": [asdict(unreadable) for unreadable in wrong]}
