"""When applications were made, as well as anybody can know: the terminal's word, and its clock's worth.

Nothing of a person is in it. The only time that proves anything is the platform's own, of receipt.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from central_platform.opening import Keyring, opened
from central_platform.tables import Application


@dataclass(frozen=True)
class Made:
    """One application's times. `ours` is what the terminal's time was by the platform's clock."""

    filing_no: str
    item: str
    terminal: str
    received_at: datetime
    said: datetime
    clock_trust: Literal["platform", "system", "untrusted"]
    ours: datetime | None
    """None where the terminal had not compared its clock, or was too old to say."""
    uncertainty: timedelta
    """By so much `ours` may be wrong, either way."""


WITHIN = timedelta(seconds=1)
"""A record's times are cut to whole seconds."""


def made(record: dict[str, Any], filing_no: str, received_at: str) -> Made:
    """Read it off a record, by record.schema.json."""
    said = datetime.fromisoformat(record["made_at"])
    offset = record.get("clock_offset")
    return Made(
        filing_no=filing_no,
        item=record["item"]["id"],
        terminal=record["terminal"],
        received_at=datetime.fromisoformat(received_at),
        said=said,
        clock_trust=record["clock_trust"],
        ours=None if offset is None else said + timedelta(milliseconds=offset["offset_ms"]),
        uncertainty=WITHIN + timedelta(milliseconds=0 if offset is None else offset["uncertainty_ms"]),
    )


def newest(engine: Engine, keyring: Keyring, count: int) -> list[Made]:
    """The last so many that were received, the newest first. Raises `Refusal` while no key can open them."""
    with Session(engine) as session:
        chosen = select(Application).order_by(Application.received_at.desc()).limit(count)
        return [
            made(opened(keyring, each.envelope), each.filing_no, each.received_at)
            for each in session.scalars(chosen)
        ]
