"""What became of an application: only the platform's own word of now, and of what it has signed for."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
from sqlalchemy.orm import Session

from central_platform.cases import Cases, MemberCase
from central_platform.opening import Keyring
from central_platform.tables import open_database
from commands.queue_progress import STATES, UNTOLD
from offline_queue.answers import NoCase, Received, Response, read_case
from offline_queue.contract_files import DIRECTORY, canonical
from offline_queue.outbox import Outbox
from offline_queue.platform_client import PlatformClient
from offline_queue.progress import progress
from offline_queue.queue_values import QueueLine
from offline_queue.signing import Case, CaseMember, PlatformWord
from tests.offline_queue.conftest import RunningPlatform
from tests.offline_queue.platform_process import ROOT, settings
from tests.offline_queue.samples import Citizens, delivery_of, new_id, open_outbox, terminal_key
from tests.offline_queue.test_outbox import receipt_for
from tests.offline_queue.wire import answer, lying_platform

NONCE = "1" * 32
ID = "11111111-1111-4111-8111-111111111111"
WATER, GAS = "33010600-20261121-000101", "33010600-20261121-000102"
OWED = "欠费86.40元，请先缴清"


@pytest.fixture
def cases(platform: RunningPlatform) -> Iterator[Cases]:
    """The desk of those who handle applications, at the same database as the platform."""
    engine = open_database(platform.directory / "platform.db")
    yield Cases(engine, Keyring.load(platform.directory), lambda: datetime.now(UTC))
    engine.dispose()


def client(terminal: Path, port: int) -> PlatformClient:
    return PlatformClient(settings(terminal, port), terminal_key(terminal))


async def delivered(platform: RunningPlatform, outbox: Outbox) -> str:
    """An application that the platform has, as the queue knows it."""
    kept = Citizens(platform.terminal).apply(outbox)
    line = client(platform.terminal, platform.port)
    received = await line.put_application(kept.application_id, outbox.delivery.sealed(kept.application_id))
    await line.close()
    assert isinstance(received, Received)
    outbox.delivery.mark_delivered(kept.application_id, received.receipt)
    return kept.application_id


def split_in_two(platform: RunningPlatform, application_id: str) -> None:
    engine = open_database(platform.directory / "platform.db")
    with Session(engine) as session, session.begin():
        for position, (item, filing_no) in enumerate([("water_transfer", WATER), ("gas_transfer", GAS)]):
            session.add(
                MemberCase(
                    application_id=application_id,
                    item=item,
                    position=position,
                    filing_no=filing_no,
                    company=True,
                    state="taken_over",
                    reason_zh=None,
                    changed_at="2026-11-21T20:00:05+08:00",
                )
            )
    engine.dispose()


async def test_each_matter_goes_its_own_way_and_the_slips_number_is_enough_to_ask(
    platform: RunningPlatform, cases: Cases, tmp_path: Path
) -> None:
    outbox = open_outbox(tmp_path / "queue.sqlite", platform.terminal)
    application_id = await delivered(platform, outbox)
    known = outbox.line(application_id)
    assert known is not None
    assert known.filing_no is not None
    terminal = client(platform.terminal, platform.port)
    assert await terminal.case(application_id, NONCE) == Case(known.filing_no, ())
    split_in_two(platform, application_id)
    cases.move(application_id, "water_transfer", "returned", OWED)
    assert await terminal.case(application_id, NONCE) == Case(
        known.filing_no,
        (
            CaseMember("water_transfer", WATER, "returned", OWED),
            CaseMember("gas_transfer", GAS, "taken_over", None),
        ),
    )
    await terminal.close()
    outbox.close()

    said = command(platform, tmp_path, known.filing_no)
    assert (said.returncode, said.stdout.splitlines()) == (
        0,
        [
            f"申报号 filing number  {known.filing_no}",
            f"本机流水号 local number  {known.local_no}",
            f"{WATER}  water_transfer: 已退回 returned",
            f"  原因 reason: {OWED}",
            f"{GAS}  gas_transfer: 公司已接收 taken over by the company",
        ],
    )


def command(platform: RunningPlatform, state_dir: Path, name: str) -> subprocess.CompletedProcess[str]:
    """`queue progress` where no terminal runs."""
    here = {
        "area_code": "330106",
        "hall_name_zh": "大厅",
        "hall_name_en": "Hall",
        "hall_phone": "0571-00001000",
        "state_dir": state_dir,
        "runtime_dir": state_dir / "nothing",
    }
    terminal = (("--set", f"terminal.{key}={value}") for key, value in here.items())
    return subprocess.run(
        [
            *(sys.executable, "-c", "from commands.queue import app; app()", "progress", name),
            *("--config", str(platform.terminal / "platform.toml")),
            *("--set", f"platform.url=https://127.0.0.1:{platform.port}"),
            *(option for pair in terminal for option in pair),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


async def test_what_the_platform_never_had_and_a_platform_that_is_not_there_are_told_apart(
    platform: RunningPlatform,
) -> None:
    terminal, nowhere = client(platform.terminal, platform.port), client(platform.terminal, 1)
    assert await terminal.case(new_id(), NONCE) == NoCase("unknown", "http_404")
    assert await nowhere.case(new_id(), NONCE) == NoCase("unreachable", "refused")
    await terminal.close()
    await nowhere.close()


@pytest.mark.parametrize(
    ("status", "reason"), [("200 OK", "not_its_word"), ("404 Not Found", "refused"), ("403 No", "refused")]
)
async def test_a_page_of_somebody_in_between_says_nothing_of_an_application(
    platform: RunningPlatform, status: str, reason: str
) -> None:
    page = answer(status, b"<html>Welcome to the hall's network</html>")
    async with lying_platform(platform.directory, lambda _head, _body: page) as port:
        terminal = client(platform.terminal, port)
        told = await terminal.case(ID, NONCE)
        await terminal.close()
    assert isinstance(told, NoCase)
    assert told.reason == reason


def test_there_are_words_for_every_state_and_for_every_reason_to_tell_nothing() -> None:
    schema = json.loads((DIRECTORY / "case.schema.json").read_bytes())
    assert set(STATES) == set(schema["$defs"]["CaseMember"]["properties"]["state"]["enum"])
    assert set(UNTOLD) == {"kept", "quarantined", *get_args(get_type_hints(NoCase)["reason"])}
    for words in UNTOLD.values():
        assert words.format(local_no="0001-261121-0001", filing_no=WATER, cause="http_503").isprintable()


def a_case(terminal: Path) -> dict[str, Any]:
    member = {"item": "water_transfer", "filing_no": WATER, "state": "returned", "reason_zh": OWED}
    said = {"v": 1, "application_id": ID, "nonce": NONCE, "filing_no": GAS, "members": [member]}
    return Keyring.load(terminal.parent).signed(said)


class Gullible(PlatformWord):
    """The weakened variant: whatever is in the contract's form is believed."""

    def _verify(self, form: str, value: dict[str, Any]) -> None: ...


def test_a_return_that_somebody_turned_into_an_acceptance_is_not_the_platforms_word(terminal: Path) -> None:
    def told(word: PlatformWord) -> Case | NoCase:
        said = a_case(terminal)
        said["members"][0] |= {"state": "accepted", "reason_zh": None}
        return read_case(word, ID, NONCE, Response(200, canonical(said)))

    receipt_key = terminal / "receipt.pem"
    assert told(PlatformWord.load(receipt_key)) == NoCase("not_its_word", "case: not signed by the platform")
    assert isinstance(told(Gullible.load(receipt_key)), Case)


def test_a_refusal_that_names_another_application_is_not_about_this_one(terminal: Path) -> None:
    problem = {"v": 1, "application_id": new_id(), "refused": "application_unknown", "detail": ""}
    said = Response(404, canonical(problem))
    told = read_case(PlatformWord.load(terminal / "receipt.pem"), ID, NONCE, said)
    assert told == NoCase("refused", "http_404")


async def test_the_platform_is_asked_only_of_what_it_has_signed_for(
    outbox: Outbox, citizens: Citizens
) -> None:
    asked: list[tuple[str, str]] = []

    async def look(name: str) -> QueueLine | None:
        return outbox.line(name)

    async def ask(application_id: str, nonce: str) -> NoCase:
        asked.append((application_id, nonce))
        return NoCase("unreachable", "timeout")

    async def told(name: str) -> dict[str, Any]:
        return await progress(look, ask, NONCE, {"application": name})

    waits, parked, gone = (citizens.apply(outbox) for _ in range(3))
    outbox.delivery.quarantine(delivery_of(outbox, parked.application_id), "record_invalid")
    outbox.delivery.mark_delivered(gone.application_id, receipt_for(outbox, gone.application_id))
    assert (await told(waits.local_no))["untold"] == "kept"
    parked_is = await told(parked.local_no)
    assert (parked_is["untold"], parked_is["cause"]) == ("quarantined", "record_invalid")
    assert "no application here" in (await told("0001-261121-9999"))["error"]
    assert asked == []
    assert (await told(gone.local_no))["untold"] == "unreachable"
    assert asked == [(gone.application_id, NONCE)]


def test_a_slips_filing_number_finds_the_application_also_that_of_one_matter(
    outbox: Outbox, citizens: Citizens
) -> None:
    kept = citizens.apply(outbox)
    other = citizens.apply(outbox)
    for each, number in ((kept, WATER), (other, "33010600-20261121-000001")):
        receipt = receipt_for(outbox, each.application_id)
        text = json.dumps({"members": [{"item": "water_transfer", "filing_no": number}]})
        outbox.delivery.mark_delivered(each.application_id, replace(receipt, filing_no=number, text=text))
    for name in (WATER, kept.local_no):
        found = outbox.line(name)
        assert found is not None
        assert found.application_id == kept.application_id
    for nothing in (GAS, WATER[:-1], "filing_no", "%", ""):
        assert outbox.line(nothing) is None
