"""From the waiting step to what was told: errand, pipe, the terminal that passes it on, TLS, platform."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import socket
import sys
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from structlog.testing import capture_logs

from bench import people
from config.item import Item
from config.layers import load
from config.settings import Settings
from devices.eyes.client import FaceWorkerEyes
from kiosk.messages import (
    AskSharedData,
    PlatformReach,
    SharedDataMissing,
    SharedDataTold,
    decode_from_session,
    encode,
)
from kiosk.packets import PacketEnd
from kiosk.session import events as ev
from kiosk.session.errands.context import Context, Equipment
from kiosk.session.errands.looking_up import look_up
from kiosk.session.hall import Hall
from kiosk.session.journey import Journey, LookupReason, Told
from kiosk.session.journey_steps import LookUpStep, QuestionStep, Step
from kiosk.session.known import question
from kiosk.session.link import TerminalLink
from kiosk.session.runner import Runner
from kiosk.session.sealing import load_platform_key, load_platform_word
from kiosk.session.shared_data import Asking
from kiosk.session.stages import InJourney, Session
from kiosk.session.work import LookUp
from kiosk.terminal.asking import Questions, SharedDataDesk
from offline_queue.platform_client import PlatformClient
from offline_queue.signing import TerminalKey
from tests.kiosk.session.conftest import NOW, TODAY
from tests.kiosk.session.lookups import RESIDENT, Oracle, canonical, journey_of, lookup_for, with_data
from tests.kiosk.session.walk import way_on
from tests.offline_queue.platform_process import made, running
from tests.offline_queue.samples import new_id
from tests.offline_queue.wire import answer, lossy_proxy, lying_platform

HANG_S = 20.0


@dataclass(frozen=True)
class Place:
    """A running platform with the bench's data, and what it gave the terminal."""

    directory: Path
    port: int

    def settings(self, port: int | None = None, timeout_s: float = 5.0) -> Settings:
        """The terminal's settings, with the platform behind `port`."""
        return load(
            [self.directory / "terminal" / "platform.toml"],
            [
                "terminal.area_code=330199", "terminal.hall_name_zh=厅", "terminal.hall_name_en=Hall",
                "terminal.hall_phone=0571-00001000", f"platform.url=https://127.0.0.1:{port or self.port}",
                f"platform.request_timeout_s={timeout_s}",
            ],
        ).settings  # fmt: skip


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    directory = tmp_path_factory.mktemp("platform")
    made(directory)
    with_data(directory)
    with running(directory) as port:
        yield Place(directory, port)


@pytest.fixture(scope="module")
def proof(items: tuple[Item, ...]) -> Item:
    return next(item for item in items if item.id == "insurance_proof")


def equipment(settings: Settings, link: TerminalLink) -> Equipment:
    """A session without devices."""
    return Equipment(
        reader=None,
        printer=None,
        eyes=FaceWorkerEyes([sys.executable, "-c", "raise SystemExit"]),
        link=link,
        platform_key=load_platform_key(settings.platform.envelope_key),
        platform_word=load_platform_word(settings.platform.receipt_key),
        settings=settings,
        clock=lambda: NOW,
    )


@dataclass
class Counter:
    """A session at the pipe whose errand runs as it does behind the screen."""

    hall: Hall
    link: TerminalLink
    settings: Settings
    posted: list[ev.Event] = field(default_factory=list)
    context: Context = field(init=False)

    def at(self, journey: Journey) -> None:
        """A person is served, and something is looked up."""
        stage = InJourney(journey, LookUpStep(journey.item.lookups[0].id))
        self.context = Context(
            equipment=equipment(self.settings, self.link),
            session=lambda: Session(stage, self.hall),
            post=self.posted.append,
            preview=lambda _: None,
            give_up=lambda: None,
        )

    async def looks_up(self, journey: Journey, data: str, **sent: str) -> ev.Event:
        """What the machine is told."""
        self.at(journey)
        async with asyncio.timeout(HANG_S):
            await look_up(self.context, LookUp(lookup_for(journey.item, data).id, sent))
        return self.posted[-1]

    async def hear(self) -> None:
        """Bring back what the terminal says, as the runner does."""
        while (message := await self.link.receive()) is not None:
            assert isinstance(message, SharedDataTold | SharedDataMissing)
            self.context.told.put_nowait(message)


@asynccontextmanager
async def counter(hall: Hall, settings: Settings, reach: PlatformReach = "online") -> AsyncIterator[Counter]:
    """A session before a terminal that passes its questions on."""
    async with terminal(settings, reach) as link:
        session = Counter(hall, link, settings)
        async with running_tasks(session.hear()):
            yield session


@asynccontextmanager
async def terminal(settings: Settings, reach: PlatformReach = "online") -> AsyncIterator[TerminalLink]:
    """A terminal that passes questions on, and the session's end of the pipe to it."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    end, link = PacketEnd(ours), TerminalLink(theirs.detach())
    key = TerminalKey.load(settings.terminal.id, settings.terminal.signing_key)
    client = PlatformClient(settings.platform, key)
    desk = SharedDataDesk(settings.terminal.id, client.ask_shared_data, lambda: reach)
    questions = Questions("s1", lambda message: end.send(encode(message)))

    async def serve() -> None:
        while (packet := await end.receive()) is not None:
            message = decode_from_session(packet)
            if isinstance(message, AskSharedData):
                desk.pass_on(questions, message)

    try:
        async with running_tasks(serve(), desk.run()):
            yield link
    finally:
        await client.close()
        end.close()
        link.close()


@asynccontextmanager
async def running_tasks(*doing: Coroutine[None, None, None]) -> AsyncIterator[None]:
    """These, for as long as the context lasts; what went wrong in one is said."""
    tasks = [asyncio.create_task(each) for each in doing]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        ended = await asyncio.gather(*tasks, return_exceptions=True)
        assert not [each for each in ended if isinstance(each, Exception)], ended


async def test_what_the_platform_knows_of_the_verified_person_is_told(
    hall: Hall, place: Place, proof: Item
) -> None:
    before = datetime.now(UTC)
    async with counter(hall, place.settings()) as session:
        with capture_logs() as logs:
            told = await session.looks_up(journey_of(proof), "social_insurance.persons")
    assert isinstance(told, ev.LookupTold)
    assert told.facts["insured_employer"] == "临溪区禾木家具有限公司"
    assert (told.told_at - before).total_seconds() > -1
    _assert_proved(place, told)
    said = json.dumps(logs, ensure_ascii=False)
    assert {log["event"] for log in logs} == {"shared_data_passed_on", "lookup_answered"}
    assert not [fact for fact in told.facts.values() if len(fact) > 2 and fact in said]
    assert RESIDENT.id_number not in said


def _assert_proved(place: Place, told: ev.LookupTold) -> None:
    """The record's own words and the proof make the content that the platform signed."""
    assert told.proof is not None
    question_id, question_sha256, kid, signature = told.proof.split(" ")
    content = {
        "v": 1,
        "kind": "shared_data_answer",
        "question_id": question_id,
        "question_sha256": question_sha256,
        "data": "social_insurance.persons",
        "told": told.facts,
        "missing": None,
        "holder": "临溪区社会保险事业服务中心",
        "told_at": told.told_at.isoformat(timespec="seconds"),
        "kid": kid,
    }
    word = load_platform_word(place.directory / "terminal" / "receipt.pem")
    word.verify(base64.b64decode(signature), canonical(content))


async def test_whoever_has_no_record_is_asked_instead_and_the_log_does_not_tell_the_two_apart(
    hall: Hall, place: Place, proof: Item
) -> None:
    journey = journey_of(proof)
    stranger = journey_of(proof, people.foreigner(TODAY))
    async with counter(hall, place.settings()) as session:
        logs = []
        for each in (journey, stranger):
            with capture_logs() as said:
                await session.looks_up(each, "social_insurance.persons")
            logs.append(sorted(json.dumps(line, sort_keys=True) for line in said))
    assert session.posted[-1] == ev.LookupMissing(proof.lookups[0].id, "nobody_knows")
    assert logs[0] == logs[1]


async def test_what_is_told_in_a_form_that_does_not_fit_is_not_taken_for_no_record(
    hall: Hall, place: Place, proof: Item
) -> None:
    (lookup,) = proof.lookups
    employer = next(fact for fact in lookup.facts if fact.id == "insured_employer")
    other = lookup.model_copy(update={"facts": (employer.model_copy(update={"kind": "amount"}),)})
    async with counter(hall, place.settings()) as session:
        journey = journey_of(proof.model_copy(update={"lookups": (other,)}))
        missing = await session.looks_up(journey, "social_insurance.persons")
    assert missing == ev.LookupMissing(lookup.id, "refused")


async def test_a_terminal_that_is_offline_says_so_at_once_and_asks_nobody(
    hall: Hall, place: Place, proof: Item
) -> None:
    async with lossy_proxy(place.port) as (proxy, port):
        async with counter(hall, place.settings(port), reach="offline") as session:
            missing = await session.looks_up(journey_of(proof), "social_insurance.persons")
        assert proxy.connections == 0
    assert missing == ev.LookupMissing(proof.lookups[0].id, "unreachable")


async def test_an_answer_that_is_lost_on_the_way_is_not_waited_for(
    hall: Hall, place: Place, proof: Item
) -> None:
    async with lossy_proxy(place.port) as (proxy, port):
        proxy.swallow_answers = True
        async with counter(hall, place.settings(port, timeout_s=1.0)) as session:
            missing = await session.looks_up(journey_of(proof), "social_insurance.persons")
    assert missing == ev.LookupMissing(proof.lookups[0].id, "unreachable")


async def test_a_question_given_up_leaves_no_answer_for_the_next_one(
    hall: Hall, place: Place, proof: Item
) -> None:
    """Back and on again: the first question's answer may still come, and is dropped."""
    journey = journey_of(proof)
    async with counter(hall, place.settings()) as session:
        session.at(journey)
        work = LookUp(proof.lookups[0].id, {})
        first = asyncio.create_task(look_up(session.context, work))
        await asyncio.sleep(0)
        first.cancel()
        await asyncio.gather(first, return_exceptions=True)
        session.context.told.put_nowait(SharedDataTold(question_id=new_id(), data="AAAA"))
        async with asyncio.timeout(HANG_S):
            await look_up(session.context, work)
    assert [type(event) for event in session.posted] == [ev.LookupTold]


async def test_a_person_who_was_just_verified_goes_on_with_what_was_told(
    hall: Hall, place: Place, proof: Item
) -> None:
    """The runner and the machine around the errand: the step begins it, and what is told ends the step."""
    settings = place.settings()
    sessions: asyncio.Queue[Session] = asyncio.Queue()
    async with terminal(settings) as link:
        given = equipment(settings, link)
        runner = Runner(hall, given, on_session=sessions.put_nowait, on_preview=lambda _: None)
        async with running_tasks(runner.run()):
            await sessions.get()
            first = question(proof, "for_whom")
            runner.session = Session(InJourney(journey_of(proof), QuestionStep(first.id)), hall)
            runner.post(ev.Answered(way_on(first)))
            assert _step(await sessions.get()) == LookUpStep("insurance_record")
            async with asyncio.timeout(HANG_S):
                assert not isinstance(_step(await sessions.get()), LookUpStep)
        await given.eyes.close()
    assert isinstance(runner.session.stage, InJourney)
    told = runner.session.stage.journey.looked_up["insurance_record"]
    assert isinstance(told, Told)
    assert told.facts["pension_state"] == "paying"


def _step(session: Session) -> Step:
    assert isinstance(session.stage, InJourney)
    return session.stage.step


# ---- a platform that lies, with the platform's own certificate -------------------------------------------


def _echo(question: bytes, **changes: str) -> bytes:
    """A frame that fits the question, with somebody's bytes in it."""
    asked = json.loads(question)
    frame = {
        "v": 1,
        "kind": "answer",
        "id": asked["id"],
        "suite": asked["suite"],
        "terminal": asked["terminal"],
        "question_sha256": hashlib.sha256(question).hexdigest(),
        "ciphertext": base64.b64encode(bytes(2000)).decode(),
        **changes,
    }
    return json.dumps(frame).encode()


LIES: Mapping[str, Callable[[bytes], bytes]] = {
    "bytes that do not open": lambda question: answer("200 OK", _echo(question)),
    "to another question": lambda question: answer("200 OK", _echo(question, id=new_id())),
    "over other bytes": lambda question: answer("200 OK", _echo(question, question_sha256="0" * 64)),
    "in another terminal's name": lambda question: answer("200 OK", _echo(question, terminal="HALL-0002")),
    "too long for its form": lambda question: answer("200 OK", _echo(question, ciphertext="A" * 30_000)),
    "too long for anything": lambda _: answer("200 OK", b"A" * 200_000),
    "a portal's page": lambda _: answer("200 OK", b"<html>Please log in</html>"),
    "nothing": lambda _: answer("200 OK", b""),
    "created": lambda question: answer("201 Created", _echo(question)),
    "a redirect": lambda _: answer("307 Temporary Redirect", b"", "Location: https://127.0.0.1:1/"),
    "a refusal": lambda _: answer("403 Forbidden", b"{}"),
    "a breakdown": lambda _: answer("500 Internal Server Error", b"oops"),
    "half an answer": lambda question: answer("200 OK", _echo(question))[:-100],
}


@pytest.mark.parametrize("name", LIES)
async def test_a_lie_is_told_to_nobody(hall: Hall, place: Place, proof: Item, name: str) -> None:
    lie = LIES[name]
    async with (
        lying_platform(place.directory, lambda _head, body: lie(body)) as port,
        counter(hall, place.settings(port)) as session,
    ):
        missing = await session.looks_up(journey_of(proof), "social_insurance.persons")
    reason: LookupReason = "unreachable" if name == "half an answer" else "refused"
    assert missing == ev.LookupMissing(proof.lookups[0].id, reason)


async def test_a_fact_that_does_not_fit_is_not_told_and_the_log_names_it_without_its_value(
    hall: Hall, place: Place, proof: Item
) -> None:
    """The platform itself, with its keys, tells one thing right, one in a wrong form, and one unasked."""
    oracle = Oracle.of(place.directory)
    told = {"pension_state": "paying", "insured_since": "16 years ago", "debts": "8600.00"}

    def badly(_head: bytes, body: bytes) -> bytes:
        asked = oracle.read(body)
        nobodys = X25519PrivateKey.generate()
        asking = Asking(asked["question_id"], asked["terminal"], asked["data"], body, nobodys)
        return answer("200 OK", oracle.says(asking, told).body)

    async with lying_platform(place.directory, badly) as port, counter(hall, place.settings(port)) as session:
        with capture_logs() as logs:
            event = await session.looks_up(journey_of(proof), "social_insurance.persons")
    assert isinstance(event, ev.LookupTold)
    assert event.facts == {"pension_state": "paying"}
    assert [log["key"] for log in logs if log["event"] == "fact_unfit"] == ["insurance_record.insured_since"]
    assert "16 years ago" not in json.dumps(logs)
