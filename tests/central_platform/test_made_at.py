"""When an application was made: shown by the platform's clock where the terminal's is known, never surer."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from central_platform.calls import Calls
from central_platform.console import SHOWN, make_console
from central_platform.made_at import newest
from central_platform.opening import Keyring
from central_platform.receiving import Platform
from central_platform.tables import open_database
from tests.central_platform.test_receiving import LATE_EVENING_UTC
from tests.offline_queue.platform_process import made
from tests.offline_queue.samples import TERMINAL, a_record, new_id, sealed, terminal_key

AHEAD = {"offset_ms": -10_800_000, "uncertainty_ms": 150, "age_s": 60}
CLOCKS: dict[str, tuple[dict[str, Any], str | None, str]] = {
    "three hours ahead": (
        {"clock_trust": "untrusted", "clock_offset": AHEAD}, "2026-11-21 17:00:00 ± 2 s", "时钟不准",
    ),
    "checked": (
        {"clock_trust": "platform", "clock_offset": {**AHEAD, "offset_ms": 1000}},
        "2026-11-21 20:00:01 ± 2 s",
        "时钟已与平台核对",
    ),
    "never compared": ({"clock_trust": "system", "clock_offset": None}, None, "时钟未核对"),
    "of an older terminal": ({"clock_trust": "untrusted"}, None, "时钟不准"),
}  # fmt: skip


@pytest.mark.parametrize("clock", CLOCKS)
async def test_the_page_of_times_corrects_what_can_be_corrected_and_claims_no_more(
    tmp_path: Path, clock: str
) -> None:
    fields, ours, words = CLOCKS[clock]
    terminal = made(tmp_path)
    engine, keyring = open_database(tmp_path / "platform.db"), Keyring.load(tmp_path)
    application_id = new_id()
    body = sealed({**a_record(application_id), **fields}, terminal)
    platform = Platform(engine, keyring, lambda: LATE_EVENING_UTC)
    receipt = platform.receive(application_id, TERMINAL, terminal_key(terminal).sign(body), body).receipt
    calls = Calls(engine, keyring, lambda: LATE_EVENING_UTC)
    console = make_console(calls, lambda: newest(engine, keyring, SHOWN))
    transport = httpx.ASGITransport(console)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8480") as page:
        assert "/received" in (await page.get("/")).text
        shown = (await page.get("/received")).text
    engine.dispose()
    assert json.loads(receipt)["filing_no"] in shown
    assert "2026-11-22 01:30:00" in shown, "by the platform's own clock"
    assert "2026-11-21 20:00:00" in shown, "what the terminal said"
    assert words in shown
    assert ("±" in shown) == (ours is not None)
    assert ours is None or ours in shown
    assert "买买提" not in shown
