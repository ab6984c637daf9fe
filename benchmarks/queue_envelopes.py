"""Envelopes as a terminal keeps them: the main matter's record without its page, each sealed by itself."""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.people import AREA_CODE
from benchmarks.queue_ways import TERMINAL_ID, Item
from benchmarks.signed import signed_session
from central_platform import keys
from config.catalogue import SHIPPED_VERSION
from config.hall_time import hall_now, hall_today
from config.layers import load
from config.settings import Settings
from kiosk.session.record import Provenance, record_bytes
from kiosk.session.sealing import load_platform_key, seal


def made_platform(directory: Path) -> Settings:
    """Make a platform's keys; the settings of the terminal that it knows, but for the platform's port."""
    toml = keys.init(directory, terminal_id=TERMINAL_ID)
    site = [
        f"terminal.area_code={AREA_CODE}", "terminal.hall_name_zh=厅", "terminal.hall_name_en=Hall",
        "terminal.hall_phone=0571-00001000", "platform.url=https://127.0.0.1:1",
    ]  # fmt: skip
    return load([toml], site).settings


class Sealer:
    """Seals the same answers again and again, each time as another application."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._platform_key = load_platform_key(settings.platform.envelope_key)
        self._record = _record()

    def items(self, count: int) -> Iterator[Item]:
        """Give so many, one after the other."""
        for _ in range(count):
            yield self.item()

    def item(self) -> Item:
        """Seal one."""
        name = str(uuid.uuid4())
        record = self._record | {"application_id": name, "salt": os.urandom(32).hex()}
        envelope = seal(
            json.dumps(record, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode(),
            application_id=name,
            item=record["item"]["id"],
            item_version=record["item"]["version"],
            terminal=self._settings.terminal.id,
            platform_key=self._platform_key,
            kid=self._settings.platform.envelope_kid,
        )
        return Item.of(envelope)


def _record() -> dict[str, Any]:
    """The record of an application; its page would only make every disk busier alike."""
    _, stage = signed_session(str(uuid.uuid4()), TERMINAL_ID, hall_today())
    origin = Provenance(
        terminal_id=TERMINAL_ID,
        area_code=AREA_CODE,
        local_no="0001-260101-0001",
        clock_trust="platform",
        reach="online",
        made_at=hall_now(),
        salt=os.urandom(32).hex(),
        catalogue_version=SHIPPED_VERSION,
    )
    record: dict[str, Any] = json.loads(record_bytes(stage, origin, hall_today()))
    record["form"]["pdf_base64"] = None
    return record
