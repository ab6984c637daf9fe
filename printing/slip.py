"""What a slip says: the facts, before they become a document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

ClockTrust = Literal["platform", "system", "untrusted"]
"""How far the printed times can be believed: checked with the platform, the system's word, known wrong."""


@dataclass(frozen=True, repr=False)
class SlipFacts:
    """All that a slip says; names and numbers arrive masked."""

    terminal_id: str
    hall_name: Mapping[str, str]
    hall_phone: str
    item_name: Mapping[str, str]
    masked_name: str
    masked_id_number: str
    local_no: str
    filing_no: str | None
    kept_at: datetime
    received_at: datetime | None
    clock_trust: ClockTrust
    next_steps: Mapping[str, str]
    office_phone: str
