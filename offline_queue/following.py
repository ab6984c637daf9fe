"""What follows an application, as it is kept and as it goes over the wire: pure."""

from __future__ import annotations

import json
from typing import Any, Literal

from offline_queue import contract_files
from offline_queue.contract_files import canonical

FollowerKind = Literal["rating", "audit"]
SlipEnd = Literal["printed", "not_printed", "unknown", "none"]
VisitEnd = Literal["finished", "left", "idle", "too_long", "trouble", "broke_off"]


def framed(application_id: str, terminal: str, said: str) -> dict[str, Any]:
    """What goes over the wire: what was kept, and whose it is. Raises `ValueError`."""
    value = json.loads(said)
    if not isinstance(value, dict):
        raise ValueError("not an object")  # noqa: TRY004  a wrong value, as every other
    return {"v": 1, "application_id": application_id, "terminal": terminal, **value}


def can_follow(kind: FollowerKind, application_id: str, said: str) -> bool:
    """Whether a text is what can once have been kept."""
    try:
        contract_files.read(kind, canonical(framed(application_id, "ANYWHERE", said)))
    except ValueError:
        return False
    return True
