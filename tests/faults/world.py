"""A terminal, a network and a platform in virtual time, and the product's own queue and sync between them.

Only the bytes' way is invented: an exchange takes a moment and meets a fate. A crash leaves the files as they
are; what was on its way to the platform may still arrive.
"""

from __future__ import annotations

import asyncio
import base64
import json
import random
import shutil
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Literal, TypeVar, get_args
from urllib.parse import parse_qsl

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from central_platform.contract import STATUS_OF, Problem, Refusal
from central_platform.opening import Keyring
from central_platform.parts import Part, PartChunk
from central_platform.receiving import Platform
from central_platform.tables import Application, open_database
from kiosk.messages import ClockOffset, ClockTrust
from offline_queue.answers import LineDown, Response
from offline_queue.clock import Moment
from offline_queue.contract_files import canonical
from offline_queue.outbox import Outbox
from offline_queue.outbox_thread import OutboxThread
from offline_queue.platform_client import PlatformClient
from offline_queue.platform_line import PlatformLine, Request
from offline_queue.queue_values import CommitResult
from offline_queue.signing import PlatformWord, Receipt, TerminalKey
from offline_queue.statement_chain import Witness
from offline_queue.sync import Sync
from tests.faults.virtual_time import VirtualLoop
from tests.offline_queue.platform_process import settings
from tests.offline_queue.samples import (
    NOON,
    TERMINAL,
    a_record,
    commit,
    new_id,
    page,
    terminal_key,
    with_pages,
)

Fate = Literal[
    "ok", "refused", "request_lost", "answer_lost", "arrives_late", "cut_off", "no_contract", "another_key",
    "another_receipt", "error_500", "busy_409", "too_many_429", "redirect", "stranger_401", "empty_200",
]  # fmt: skip
FATES = get_args(Fate)

EXCHANGE_S = 0.05
TIMEOUT_S = 5.0
RETRY_CAP_S = 60.0
PROBE_S = 10.0

_Result = TypeVar("_Result")


@dataclass(frozen=True)
class Enrolment:
    """What `central_platform.keys.init` made, read once."""

    directory: Path
    keyring: Keyring

    @property
    def terminal(self) -> Path:
        """What the terminal got."""
        return self.directory / "terminal"


class InlineQueue(OutboxThread):
    """The queue's thread, without a thread."""

    def __init__(self, outbox: Outbox) -> None:
        self.outbox = outbox

    async def run(self, call: Callable[[Outbox], _Result]) -> _Result:
        """Do one thing; others get their turn before it."""
        await asyncio.sleep(0)
        return call(self.outbox)

    async def close(self) -> None:
        """Give the file back."""
        self.outbox.close()


class World:
    """One terminal and its platform. `fates` are those of the next exchanges, `weather` of all after."""

    def __init__(
        self,
        folder: Path,
        enrolment: Enrolment,
        seed: int,
        wire: Callable[[World], PlatformClient] | None = None,
    ) -> None:
        self.enrolment = enrolment
        self._wire = wire or Wire
        self.chance = random.Random(seed)  # noqa: S311 — a world to make again
        self.loop = VirtualLoop()
        self.fates: list[Fate] = []
        self.weather: Fate = "ok"
        self.wall_is_ahead = timedelta()
        self.told: dict[str, str] = {}
        """Local number by id: what a citizen was told is kept."""
        self.sealed: dict[str, bytes] = {}
        self.parts: dict[str, dict[str, bytes]] = {}
        self.receipts: dict[str, Receipt] = {}
        self.met: Counter[str] = Counter()
        self.key = terminal_key(enrolment.terminal)
        self._keyring = enrolment.keyring
        self._folder = folder
        self._boots = 1
        self._booted_s = -1000.0
        self._engine = open_database(folder / "platform.db")
        self.platform = self._platform()
        self._late: list[Callable[[], object]] = []
        self.state = folder / "state-0"
        self.outbox: Outbox
        self._client: PlatformClient
        self._sync: Sync
        self._task: asyncio.Task[None]
        self._last_receipt: bytes | None = None
        self._stranger = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))

    # ---- the terminal ------------------------------------------------------------------------------------

    def start(self) -> None:
        """Open the queue as the terminal does, and let it sync."""
        word = PlatformWord.load(self.enrolment.terminal / "receipt.pem")
        certificate = self.enrolment.terminal / "certificate.txt"
        witness = None
        if self.key.public_bytes() == terminal_key(self.enrolment.terminal).public_bytes():
            witness = Witness.load(certificate, self.key, word)
        self.outbox = Outbox.open(
            self.state / "queue.sqlite", key=self.key, clock=self.clock, queue_limit=10_000, witness=witness
        )
        self._client = self._wire(self)
        self._sync = Sync(
            InlineQueue(self.outbox),
            self._client,
            clock=self.clock,
            random=self.chance.random,
            nonce=lambda: f"{self.chance.getrandbits(128):032x}",
            probe_interval_s=PROBE_S,
            retry_cap_s=RETRY_CAP_S,
            on_reach=lambda _reach: None,
            on_delivered=self._delivered,
        )
        self._task = self.loop.create_task(self._sync.run())

    def stop(self) -> None:
        """End the terminal's tasks and give the file back."""
        self._task.cancel()
        with suppress(asyncio.CancelledError):
            self.loop.run_until_complete(self._task)
        self.loop.run_until_complete(self._client.close())
        self.outbox.close()

    def crash(self) -> None:
        """Kill the terminal: what its files held at this moment is all that is left."""
        after = self.state.with_name(f"state-{int(self.state.name.split('-')[1]) + 1}")
        shutil.copytree(self.state, after)
        self.stop()
        shutil.rmtree(self.state)
        self.state = after

    def reboot(self) -> None:
        """Kill it and let the machine start anew: another boot clock."""
        self.crash()
        self._boots += 1
        self._booted_s = self.loop.time()

    def end(self) -> None:
        """Stop everything."""
        self.stop()
        self.loop.close()
        self._engine.dispose()

    def clock(self) -> Moment:
        """Both clocks of the terminal."""
        since_start_s = self.loop.time()
        wall = NOON + timedelta(seconds=since_start_s) + self.wall_is_ahead
        return Moment(wall, since_start_s - self._booted_s, f"boot-{self._boots}")

    def pass_time(self, seconds: float) -> None:
        """Let everybody work for so long."""
        self.loop.run_until_complete(asyncio.sleep(seconds))
        if self._task.done():
            self._task.result()

    # ---- what people do ----------------------------------------------------------------------------------

    def apply(self) -> CommitResult:
        """A citizen applies, with papers or without, and is told."""
        application_id = new_id()
        local_no = self.outbox.next_local_no(NOON.date())
        record = a_record(application_id, local_no)
        pages = [page(600) for _ in range((len(self.told) + 1) % 3)]
        self.sealed[application_id], self.parts[application_id] = with_pages(
            record, self.enrolment.terminal, *pages
        )
        return self.submit(application_id, local_no)

    def submit(self, application_id: str, local_no: str) -> CommitResult:
        """The same bytes may be submitted again."""
        envelope, parts = self.sealed[application_id], self.parts[application_id]
        kept = commit(self.outbox, application_id, envelope, local_no, parts)
        assert self.told.setdefault(application_id, kept.local_no) == kept.local_no
        self._sync.poke()
        return kept

    def release(self) -> None:
        """A technician lets everything that was set aside go again."""
        for line in self.outbox.lines("quarantined"):
            self.outbox.delivery.try_now(line.application_id)
        self._sync.hurry()

    def grade(self) -> ClockTrust:
        """How far the terminal believes its own clock."""
        return self._sync.clock_trust()

    def off_by(self) -> ClockOffset | None:
        """By how much the terminal finds its own clock wrong."""
        return self._sync.clock_offset()

    def renew_key(self) -> None:
        """The terminal is enrolled anew, with another key: the platform forgets the old one."""
        key = Ed25519PrivateKey.generate()
        self._keyring = replace(self._keyring, terminals={TERMINAL: key.public_key()})
        self.platform = self._platform()
        self.key = TerminalKey(TERMINAL, key)

    def platform_restarts(self) -> None:
        """Its process ends and comes back."""
        self._engine.dispose()
        self._engine = open_database(self._folder / "platform.db")
        self.platform = self._platform()

    def platform_tidies(self) -> None:
        """It throws away the parts of applications that have not come."""
        with Session(self._engine) as session, session.begin():
            unfiled = select(Part.place).where(Part.filed.is_(False))
            session.execute(delete(PartChunk).where(PartChunk.place.in_(unfiled)))
            session.execute(delete(Part).where(Part.filed.is_(False)))

    def late_ones_arrive(self) -> None:
        """What hung somewhere on the way arrives at the platform after all."""
        late, self._late = self._late, []
        for request in late:
            request()

    # ---- what must hold ----------------------------------------------------------------------------------

    def at_platform(self) -> dict[str, str]:
        """The filing number of everything the platform has, by id."""
        with Session(self._engine) as session:
            rows = session.execute(select(Application.application_id, Application.filing_no)).all()
        return {row.application_id: row.filing_no for row in rows}

    def wrong(self) -> set[str]:
        """What must never be, at any moment."""
        wrong = set()
        there = self.at_platform()
        here = {state.application_id: state for state in self.outbox.recent_states(100_000)}
        files = [path.read_bytes() for path in self.state.glob("queue.sqlite*")]
        for name in self.told:
            state = here.get(name)
            if state is None or (state.state == "delivered" and name not in there):
                wrong.add("lost")
            elif state.state == "delivered" and any(
                _inside(sealed, file)
                for sealed in (self.sealed[name], *self.parts[name].values())
                for file in files
            ):
                wrong.add("left on the disk")
        numbers = [state.local_no for state in here.values()]
        if set(there) - set(self.told) or len(set(numbers)) != len(numbers):
            wrong.add("doubled")
        if any(there.get(name) != receipt.filing_no for name, receipt in self.receipts.items()):
            wrong.add("told falsely")
        return wrong

    def stuck(self) -> set[str]:
        """The same once nothing stands in the way: everything has arrived."""
        waiting = {
            state.application_id for state in self.outbox.recent_states(100_000) if state.state == "kept"
        }
        return {"stuck"} if waiting or set(self.told) - set(self.at_platform()) else set()

    def heal(self) -> None:
        """The network is well, a technician has looked, and time passes."""
        self.fates.clear()
        self.weather = "ok"
        self.release()
        self.pass_time(4 * RETRY_CAP_S + 2 * PROBE_S)

    # ---- the way between ---------------------------------------------------------------------------------

    def _delivered(self, application_id: str, receipt: Receipt, _statement: str | None) -> None:
        self.receipts[application_id] = receipt

    def _platform(self) -> Platform:
        return Platform(self._engine, self._keyring, lambda: NOON + timedelta(seconds=self.loop.time()))

    def spoilt(self, fate: Fate, response: Response) -> Response:
        """What comes back in place of the platform's answer."""
        match fate:
            case "no_contract":
                return Response(200, b"<html>Welcome to the hall's Wi-Fi</html>")
            case "another_key":
                return Response(response.status, self._forged(response.body))
            case "another_receipt":
                before, self._last_receipt = self._last_receipt, response.body
                return Response(200, before or b"{}")
            case "error_500":
                return Response(500, b"")
            case "busy_409":
                return Response(409, b"", 2.0)
            case "too_many_429":
                return Response(429, b"", 5.0)
            case "redirect":
                return Response(307, response.body)
            case "stranger_401":
                return Response(401, b"")
            case "empty_200":
                return Response(200, b"")
            case _:
                return response

    def _forged(self, body: bytes) -> bytes:
        value = json.loads(body)
        if "signature" in value:
            said = {name: field for name, field in value.items() if name != "signature"}
            value["signature"] = base64.b64encode(self._stranger.sign(canonical(said))).decode()
        return json.dumps(value).encode()

    def next_fate(self) -> Fate:
        """What becomes of this exchange."""
        fate = self.fates.pop(0) if self.fates else self.weather
        self.met[fate] += 1
        return fate

    def hangs(self, request: Callable[[], object]) -> None:
        """A request is on its way, and nobody waits for it any more."""
        self._late.append(request)


class Wire(PlatformClient):
    """The product's client, over a line that the world decides about."""

    def __init__(self, world: World) -> None:
        super().__init__(settings(world.enrolment.terminal, 9), world.key)
        self.world = world
        self._line = _Line(world)


class _Line(PlatformLine):
    """The product's line; where it would open a connection, the world decides."""

    def __init__(self, world: World) -> None:
        super().__init__(settings(world.enrolment.terminal, 9), world.key)
        self._world = world

    async def _exchange(self, request: Request) -> Response | LineDown:
        assert request.method in {"GET", "PUT"}
        world = self._world
        fate = world.next_fate()

        def arrives() -> Response:
            return _answer(world.platform, request.path, request.body or b"", request.headers or {})

        await asyncio.sleep(EXCHANGE_S / 2)
        if fate == "refused":
            return LineDown("refused", reached=False)
        if fate in {"request_lost", "arrives_late"}:
            if fate == "arrives_late":
                world.hangs(arrives)
            await asyncio.sleep(TIMEOUT_S)
            return LineDown("timeout", reached=False)
        response = arrives()
        await asyncio.sleep(EXCHANGE_S / 2)
        if fate == "answer_lost":
            await asyncio.sleep(TIMEOUT_S)
            return LineDown("timeout", reached=False)
        return LineDown("broken_off", reached=False) if fate == "cut_off" else world.spoilt(fate, response)


def _answer(platform: Platform, path: str, body: bytes, headers: Mapping[str, str]) -> Response:
    """What the platform's HTTP would answer."""
    if path.startswith("/v1/status"):
        return Response(200, platform.status(path.rpartition("=")[2]))
    address, _, query = path.partition("?")
    _, _, _, application_id, *rest = address.split("/")
    who = application_id, headers["Terminal-Id"], headers["Terminal-Signature"], body
    try:
        match rest:
            case ["rating" | "audit" as kind]:
                return Response(200, platform.followers.keep(kind, *who))
            case ["parts", sha256]:
                asked = {name: int(value) for name, value in parse_qsl(query)}
                taken = platform.parts.take(
                    *who, sha256=sha256, offset=asked["offset"], length=asked["length"]
                )
                return Response(200, taken)
        received = platform.receive(*who, headers.get("Origin-Signature", ""))
    except Refusal as refusal:
        problem = Problem(v=1, application_id=application_id, refused=refusal.reason, detail=refusal.detail)
        return Response(STATUS_OF.get(refusal.reason, 422), problem.model_dump_json().encode())
    return Response(201 if received.new else 200, received.receipt)


def _inside(envelope: bytes, file: bytes) -> bool:
    """Whether a piece of what was sealed is still there."""
    return envelope[100:200] in file
