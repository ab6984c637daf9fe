"""Calls for a guide at the platform: before the guides' eyes until somebody touches; one a terminal."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from central_platform.calls import ABANDONED, REMEMBERED, Calls
from central_platform.console import make_console
from central_platform.contract import Refusal, canonical
from central_platform.opening import Keyring
from central_platform.tables import open_database
from tests.offline_queue.platform_process import made
from tests.offline_queue.samples import TERMINAL, new_id, terminal_key


class Hall:
    """A platform's calls, and the time of day."""

    def __init__(self, directory: Path) -> None:
        made(directory)
        self.now = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
        self.engine = open_database(directory / "platform.db")
        self.calls = Calls(self.engine, Keyring.load(directory), lambda: self.now)
        self._key = terminal_key(directory / "terminal")

    def ask(self, call_id: str, /, *, wanted: bool = True, **changes: Any) -> str:
        """What the terminal hears."""
        body = canonical({"v": 1, "call_id": call_id, "terminal": TERMINAL, "wanted": wanted, **changes})
        answer: dict[str, Any] = json.loads(self.calls.take(call_id, TERMINAL, self._key.sign(body), body))
        return str(answer["state"])


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    hall = Hall(tmp_path_factory.mktemp("platform"))
    yield hall
    hall.engine.dispose()


@pytest.fixture
def hall(whole: Hall) -> Hall:
    """Nobody waits."""
    for call in whole.calls.open_ones():
        whole.calls.move(call.call_id, "done")
    return whole


def test_a_call_is_shown_until_a_guide_was_there(hall: Hall) -> None:
    call_id = new_id()
    assert hall.ask(call_id) == "waiting"
    assert hall.ask(call_id) == "waiting", "sent again, it is one call"
    (shown,) = hall.calls.open_ones()
    assert (shown.terminal, shown.coming) == (TERMINAL, False)
    assert hall.calls.move(call_id, "coming")
    assert hall.ask(call_id) == "coming"
    assert hall.calls.move(call_id, "done")
    assert hall.ask(call_id) == "done"
    assert hall.calls.open_ones() == []
    assert not hall.calls.move(call_id, "coming"), "what is over stays over"


def test_a_call_that_nobody_waits_behind_is_not_shown(hall: Hall) -> None:
    call_id = new_id()
    hall.ask(call_id)
    assert hall.ask(call_id, wanted=False) == "withdrawn"
    assert hall.calls.open_ones() == []
    assert hall.ask(call_id) == "withdrawn"


def test_a_terminal_has_one_call_and_the_newest_counts(hall: Hall) -> None:
    first, second = new_id(), new_id()
    hall.ask(first)
    hall.ask(second)
    assert [call.call_id for call in hall.calls.open_ones()] == [second]
    assert hall.ask(first) == "withdrawn"


def test_a_terminal_that_has_gone_calls_nobody_for_ever(hall: Hall) -> None:
    call_id = new_id()
    hall.ask(call_id)
    hall.now += ABANDONED
    assert hall.calls.open_ones() == []
    hall.now += REMEMBERED
    hall.ask(new_id())
    assert not hall.calls.move(call_id, "done"), "and it is forgotten in the end"


@pytest.mark.parametrize(
    "changes",
    [{"call_id": "0" * 36}, {"terminal": "HALL-0002"}, {"v": 2}, {"name": "周一禾"}],
    ids=str,
)
def test_what_is_no_call_in_the_contracts_form_is_refused(hall: Hall, changes: dict[str, Any]) -> None:
    with pytest.raises(Refusal, match="bad_call") as caught:
        hall.ask(new_id(), **changes)
    assert "周一禾" not in str(caught.value)


async def test_the_guides_page_shows_the_terminal_and_takes_a_touch_from_itself_only(hall: Hall) -> None:
    own = "http://127.0.0.1:8480"
    transport = httpx.ASGITransport(make_console(hall.calls, list))
    async with httpx.AsyncClient(transport=transport, base_url=own, follow_redirects=True) as page:
        assert "现在没有人请求帮助" in (await page.get("/")).text
        call_id = new_id()
        hall.ask(call_id)
        shown = (await page.get("/")).text
        assert f"<strong>{TERMINAL}</strong> 请求帮助" in shown
        coming, done = re.findall(r'action="([^"]+)"', shown)
        for stranger in ({}, {"Origin": "http://elsewhere.example"}):
            assert (await page.post(coming, headers=stranger)).status_code == httpx.codes.FORBIDDEN
        assert hall.ask(call_id) == "waiting"
        assert "已有人前往" in (await page.post(coming, headers={"Origin": own})).text
        assert hall.ask(call_id) == "coming"
        assert "现在没有人请求帮助" in (await page.post(done, headers={"Origin": own})).text
    assert hall.ask(call_id) == "done"
