"""A call for a guide on the wire: only the platform's own word for this very call counts as "told"."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from central_platform.calls import Calls
from central_platform.opening import Keyring
from central_platform.tables import open_database
from offline_queue.answers import CallTaken, NotAnswered, Response, read_call
from offline_queue.contract_files import canonical
from offline_queue.platform_client import PlatformClient
from offline_queue.signing import PlatformWord
from tests.offline_queue.conftest import RunningPlatform
from tests.offline_queue.platform_process import settings
from tests.offline_queue.samples import TERMINAL, new_id, terminal_key
from tests.offline_queue.wire import answer, lying_platform


def client(terminal: Path, port: int) -> PlatformClient:
    return PlatformClient(settings(terminal, port), terminal_key(terminal))


async def test_a_call_reaches_the_guides_page_and_what_they_touch_comes_back(
    platform: RunningPlatform,
) -> None:
    terminal = client(platform.terminal, platform.port)
    engine = open_database(platform.directory / "platform.db")
    calls = Calls(engine, Keyring.load(platform.directory), lambda: datetime.now(UTC))
    call_id = new_id()
    try:
        assert await terminal.put_call(call_id, wanted=True) == CallTaken("waiting")
        assert [each.call_id for each in calls.open_ones()] == [call_id]
        calls.move(call_id, "coming")
        assert await terminal.put_call(call_id, wanted=True) == CallTaken("coming")
        assert await terminal.put_call(call_id, wanted=False) == CallTaken("withdrawn")
        assert calls.open_ones() == []
    finally:
        await terminal.close()
        engine.dispose()


async def test_a_platform_that_is_not_there_has_taken_nothing(terminal: Path) -> None:
    nowhere = client(terminal, 1)
    said = await nowhere.put_call(new_id(), wanted=True)
    await nowhere.close()
    assert isinstance(said, NotAnswered)
    assert said.reason == "offline"


async def test_a_friendly_page_of_somebody_in_between_is_no_platform(platform: RunningPlatform) -> None:
    page = answer("200 OK", b"<html>Welcome to the hall's network</html>")
    async with lying_platform(platform.directory, lambda _head, _body: page) as port:
        terminal = client(platform.terminal, port)
        assert isinstance(await terminal.put_call(new_id(), wanted=True), NotAnswered)
        await terminal.close()


ANOTHER = "00000000-0000-4000-8000-000000000001"


CALL = "c" * 64


def told(terminal: Path, **changes: str) -> bytes:
    said = {"v": 1, "call_id": ANOTHER, "call_sha256": CALL, "terminal": TERMINAL, "state": "waiting"}
    return canonical(Keyring.load(terminal.parent).signed({**said, **changes}))


def read(terminal: Path, call_id: str, status: int, body: bytes) -> CallTaken | NotAnswered:
    return read_call(PlatformWord.load(terminal / "receipt.pem"), call_id, CALL, Response(status, body))


@pytest.mark.parametrize(
    "changes",
    [{}, {"state": "taken"}, {"name": "周一禾"}, {"call_sha256": "d" * 64}],
    ids=["another call", "another word", "something more", "withdrawn meanwhile"],
)
def test_only_the_platforms_own_word_for_this_call_counts(terminal: Path, changes: dict[str, str]) -> None:
    call_id = new_id() if not changes else ANOTHER
    assert isinstance(read(terminal, call_id, 200, told(terminal, **changes)), NotAnswered)


@pytest.mark.parametrize(("status", "body"), [(200, b"[]"), (503, b"")], ids=["no object", "no room"])
def test_what_is_no_answer_is_none(terminal: Path, status: int, body: bytes) -> None:
    assert isinstance(read(terminal, new_id(), status, body), NotAnswered)


def test_a_reader_that_takes_any_answer_for_a_yes_would_be_caught(terminal: Path) -> None:
    call_id = new_id()
    assert read(terminal, call_id, 200, told(terminal, call_id=call_id)) == CallTaken("waiting")
    assert read(terminal, new_id(), 200, told(terminal, call_id=call_id)) != CallTaken("waiting")
