"""Shared data: from a lookup's question to its facts, beside a bare HTTPS request; the part `shared_data`."""

from __future__ import annotations

import asyncio
import base64
import logging
import socket
import ssl
import time
import uuid
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import structlog

from bench.hall import TERMINAL_ID, start_platform
from bench.people import AREA_CODE
from bench.shared_data import write_shared_data
from benchmarks.figures import Aim, Chapter, Figure, NotTaken, Peer, Samples
from benchmarks.signed import card
from central_platform import keys
from central_platform.server import SHARED_DATA
from config.hall_time import hall_now, hall_today
from config.items import SHIPPED, load_items
from config.layers import load
from config.settings import Settings
from kiosk.messages import AskSharedData, SharedDataTold, decode_from_session, encode
from kiosk.packets import PacketEnd
from kiosk.session import shared_data
from kiosk.session.journey import Journey
from kiosk.session.link import TerminalLink
from kiosk.session.sealing import load_platform_key, load_platform_word
from kiosk.session.shared_data import Asker, Asking
from kiosk.session.verification import Verified
from kiosk.terminal.asking import Questions, SharedDataDesk
from offline_queue.platform_client import PlatformClient
from offline_queue.signing import TerminalKey

COUNT = 100
ITEM = "insurance_proof"


@dataclass
class _Taken:
    """Milliseconds of each."""

    told: list[float] = field(default_factory=list)
    posted: list[float] = field(default_factory=list)
    sealed: list[float] = field(default_factory=list)
    opened: list[float] = field(default_factory=list)


def take(folder: Path, say: Callable[[str], None]) -> Sequence[Chapter]:
    """Take the figures; the platform's files are in `folder`."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    say(f"{COUNT} lookups, and {COUNT} bare requests in turn with them")
    taken = asyncio.run(_taken(folder))
    making = [sealed + opened for sealed, opened in zip(taken.sealed, taken.opened, strict=True)]
    posted = Samples.of(taken.posted, "ms")
    return [
        Chapter(
            "Shared data",
            "One lookup of a matter with eight facts, from the session's question to facts that are opened "
            "and whose signature holds: sealed, over the pipe, passed on by the terminal's relay, mTLS on "
            "loopback, answered by the reference platform from a file, and back. The pipe's both ends are in "
            "one process here. The bare request is httpx with the same certificates and a fresh connection, "
            "as every request of the terminal has: it posts a question that was sealed before, and reads the "
            "bytes that come back. The two take turns.",
            [
                Figure(
                    "a lookup: question to facts",
                    Samples.of(taken.told, "ms"),
                    peer=Peer("a bare HTTPS POST", posted),
                    aim=Aim(1.5, as_ratio=True),
                ),
                Figure("of it: sealing, opening, checking the signature", Samples.of(making, "ms")),
            ],
        )
    ]


async def _taken(folder: Path) -> _Taken:
    directory = folder / "platform"
    toml = keys.init(directory, terminal_id=TERMINAL_ID)
    write_shared_data(directory / SHARED_DATA, hall_today())
    platform, port = await start_platform(directory, folder / "platform.log")
    try:
        site = [
            f"terminal.area_code={AREA_CODE}", "terminal.hall_name_zh=厅", "terminal.hall_name_en=Hall",
            "terminal.hall_phone=0571-00001000", f"platform.url=https://127.0.0.1:{port}",
        ]  # fmt: skip
        return await _turns(load([toml], site).settings)
    finally:
        platform.close()


async def _turns(settings: Settings) -> _Taken:
    taken = _Taken()
    platform_word = load_platform_word(settings.platform.receipt_key)
    key = TerminalKey.load(settings.terminal.id, settings.terminal.signing_key)
    journey, asker = _served(), _asker(settings)
    async with _relay(settings, key) as link:
        for turn in range(COUNT + 1):
            began_s = time.perf_counter()
            asking = _question(journey, asker)
            sealed_s = time.perf_counter()
            data = base64.b64encode(asking.sealed).decode()
            link.send(AskSharedData(question_id=asking.question_id, data=data))
            said = await link.receive()
            if not isinstance(said, SharedDataTold):
                raise NotTaken("the platform did not answer")
            back_s = time.perf_counter()
            if not shared_data.answer(asking, base64.b64decode(said.data), platform_word).told:
                raise NotTaken("the platform told nothing")
            ended_s = time.perf_counter()
            posted_ms = await _posted_ms(settings, key, _question(journey, asker).sealed)
            if turn:  # the first of each loads what the others find loaded
                taken.told.append(1000 * (ended_s - began_s))
                taken.sealed.append(1000 * (sealed_s - began_s))
                taken.opened.append(1000 * (ended_s - back_s))
                taken.posted.append(posted_ms)
    return taken


async def _posted_ms(settings: Settings, key: TerminalKey, sealed: bytes) -> float:
    """One request of its own, as a program without any of this would make it."""
    headers = {
        "Content-Type": "application/json",
        "Terminal-Id": key.terminal_id,
        "Terminal-Signature": key.sign(sealed),
    }
    tls = ssl.create_default_context(cafile=settings.platform.ca_file)
    tls.load_cert_chain(settings.platform.client_certificate, settings.platform.client_key)
    async with httpx.AsyncClient(verify=tls, trust_env=False) as client:
        began_s = time.perf_counter()
        response = await client.post(
            f"{settings.platform.url}/v1/shared-data", content=sealed, headers=headers
        )
        ended_s = time.perf_counter()
    if response.status_code != httpx.codes.OK:
        raise NotTaken(f"the bare request was answered with {response.status_code}")
    return 1000 * (ended_s - began_s)


def _question(journey: Journey, asker: Asker) -> Asking:
    lookup, asked_at = journey.item.lookups[0], hall_now()
    return shared_data.question(
        journey, lookup, {}, asker=asker, question_id=str(uuid.uuid4()), asked_at=asked_at
    )


def _served() -> Journey:
    """The resident, verified for a matter that looks something up."""
    item = next(item for item in load_items(SHIPPED) if item.id == ITEM)
    return Journey(item, card(hall_today()), verified=Verified("card_and_face", "card_and_face"))


def _asker(settings: Settings) -> Asker:
    platform_key = load_platform_key(settings.platform.envelope_key)
    return Asker(settings.terminal.id, AREA_CODE, platform_key, settings.platform.envelope_kid)


@asynccontextmanager
async def _relay(settings: Settings, key: TerminalKey) -> AsyncIterator[TerminalLink]:
    """The terminal's way to the platform, and the session's end of the pipe to it."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    end, link = PacketEnd(ours), TerminalLink(theirs.detach())
    client = PlatformClient(settings.platform, key)
    desk = SharedDataDesk(settings.terminal.id, client.ask_shared_data, lambda: "online")

    async def serve() -> None:
        while (packet := await end.receive()) is not None:
            message = decode_from_session(packet)
            if isinstance(message, AskSharedData):  # each as if of a session of its own
                desk.pass_on(Questions("s1", lambda message: end.send(encode(message))), message)

    tasks = [asyncio.create_task(doing) for doing in (serve(), desk.run())]
    try:
        yield link
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await client.close()
        end.close()
        link.close()
