"""Everything that terminal and platform say to each other, each over a line that may be cut, and judged."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TypeVar

from central_platform.downstream import DOWNSTREAM, publications
from offline_queue.answers import (
    Answered,
    CallTaken,
    LineDown,
    NoCase,
    NotAnswered,
    Over,
    PartsMissing,
    Received,
)
from offline_queue.client_keys import is_for, new_client_key, signing_request
from offline_queue.downstream import PublicationList, Report
from offline_queue.platform_client import PlatformClient
from offline_queue.queue_values import Follower, Sealed, SealedPart
from offline_queue.signing import Case
from tests.central_platform.questions import sealed_question
from tests.faults.cutting import Cut, CuttingProxy, Line
from tests.offline_queue.samples import TERMINAL, a_record, new_id, page, with_pages

AREA = "330106"

RATED = "00000000-0000-4000-8000-000000000001"
"""An application that the platform has."""

_Answer = TypeVar("_Answer")

Judged = tuple[set[str], CuttingProxy]
"""What is wrong afterwards, and what counted the bytes."""

Exchange = Callable[[Line, Cut | None], Awaitable[Judged]]


async def at_last(ask: Callable[[], Awaitable[_Answer]]) -> _Answer:
    """Ask up to three times, as a terminal does: only who hears nothing for ever is stuck."""
    for _ in range(2):
        answer = await ask()
        if not isinstance(answer, LineDown | NoCase | NotAnswered):
            return answer
    return await ask()


async def application(line: Line, cut: Cut | None) -> Judged:
    """Sent over a line that breaks, then over a whole one."""
    wrong = set()
    name, sealed_bytes = line.new_application(new_id())
    async with line.through(cut) as (client, proxy):
        first = await client.put_application(name, sealed_bytes)
    has = line.platform_has(name)
    if isinstance(first, Received) and has != first.receipt.filing_no:
        wrong.add("lost")
    async with line.through(None) as (client, _):
        second = await at_last(partial(client.put_application, name, sealed_bytes))
    if not isinstance(second, Received):
        wrong.add("stuck")
    elif has is not None and second.receipt.filing_no != has:
        wrong.add("doubled")
    return wrong, proxy


async def two_applications(line: Line, cut: Cut | None) -> Judged:
    """One after the other over a line that is kept and breaks, then each over a whole one."""
    sent = [line.new_application(new_id()) for _ in range(2)]
    async with line.through(cut) as (client, proxy):
        first = [await client.put_application(*each) for each in sent]
    wrong = set()
    async with line.through(None) as (client, _):
        for each, before in zip(sent, first, strict=True):
            has = line.platform_has(each[0])
            if isinstance(before, Received) and has != before.receipt.filing_no:
                wrong.add("lost")
            again = await at_last(partial(client.put_application, *each))
            if not isinstance(again, Received):
                wrong.add("stuck")
            elif has is not None and again.receipt.filing_no != has:
                wrong.add("doubled")
    return wrong, proxy


async def part(line: Line, cut: Cut | None) -> Judged:
    """A chunk over a line that breaks, then what is missing, then the application that lists the part."""
    name = new_id()
    envelope, parts = with_pages(a_record(name), line.terminal, page(1500))
    ((sha256, sealed_page),) = parts.items()
    whole = Sealed(envelope, hashlib.sha256(envelope).hexdigest(), "")
    path = f"/v1/applications/{name}/parts/{sha256}?offset=0&length={len(sealed_page)}"
    async with line.through(cut) as (client, proxy):
        await client._line.send("PUT", path, sealed_page[:2000])
    async with line.through(None) as (client, _):
        if not isinstance(await at_last(partial(client.put_application, name, whole)), PartsMissing):
            return {"lost"}, proxy  # received without its page
        if not isinstance(
            await at_last(partial(client.put_part, name, SealedPart(sealed_page, sha256))), Over
        ):
            return {"stuck"}, proxy
        if line.platform_has(name) is not None:
            return {"doubled"}, proxy  # received by its page alone
        await at_last(partial(client.put_application, name, whole))
    return set() if line.platform_has(name) is not None else {"lost"}, proxy


async def rating(line: Line, cut: Cut | None) -> Judged:
    """The same of a rating."""
    said = '{"level":4,"rated_at":"2026-11-21T20:00:00+08:00"}'
    return await follower(line, cut, Follower("rating", said))


async def audit(line: Line, cut: Cut | None) -> Judged:
    """And of an audit."""
    said = '{"ended":"left","lasted_s":61,"shown_at":null,"slip":"none"}'
    return await follower(line, cut, Follower("audit", said))


async def follower(line: Line, cut: Cut | None, value: Follower) -> Judged:
    """What follows an application, twice."""
    async with line.through(cut) as (client, proxy):
        await client.put_follower(RATED, value)
    async with line.through(None) as (client, _):
        again = await at_last(partial(client.put_follower, RATED, value))
    return set() if isinstance(again, Over) else {"stuck"}, proxy


async def status(line: Line, cut: Cut | None) -> Judged:
    """The probe."""
    async with line.through(cut) as (client, proxy):
        await client.status("0" * 32)
        again = await at_last(partial(client.status, "1" * 32))
    return {"stuck"} if isinstance(again, LineDown) else set(), proxy


async def envelope_key(line: Line, cut: Cut | None) -> Judged:
    """What to seal to."""
    async with line.through(cut) as (client, proxy):
        await client.envelope_key()
        again = await at_last(client.envelope_key)
    return {"stuck"} if isinstance(again, LineDown) else set(), proxy


async def call(line: Line, cut: Cut | None) -> Judged:
    """A guide is called, and the call taken back."""
    name = new_id()
    async with line.through(cut) as (client, proxy):
        await client.put_call(name, wanted=True)
        again = await at_last(partial(client.put_call, name, wanted=False))
    return set() if isinstance(again, CallTaken) else {"stuck"}, proxy


async def case(line: Line, cut: Cut | None) -> Judged:
    """What became of an application is asked twice."""
    async with line.through(cut) as (client, proxy):
        await client.case(RATED, "0" * 32)
        again = await at_last(partial(client.case, RATED, "1" * 32))
    return set() if isinstance(again, Case) else {"stuck"}, proxy


async def shared_data(line: Line, cut: Cut | None) -> Judged:
    """A session asks about somebody; when it hears nothing, it asks another question."""
    async with line.through(cut) as (client, proxy):
        await client.ask_shared_data(*question(line))
        again = await at_last(lambda: client.ask_shared_data(*question(line)))
    return set() if isinstance(again, Answered) else {"stuck"}, proxy


def question(line: Line) -> tuple[str, bytes]:
    """A new one."""
    name = new_id()
    return name, sealed_question(line.terminal, name)


async def certificate(line: Line, cut: Cut | None) -> Judged:
    """A new certificate is asked for again with the same key; meanwhile the present one goes on counting."""
    key = new_client_key()
    request = signing_request(TERMINAL, key)
    async with line.through(cut) as (client, proxy):
        await client.next_certificate(request)
        again = await at_last(partial(client.next_certificate, request))
    return set() if isinstance(again, str) and is_for(again, TERMINAL, key) else {"stuck"}, proxy


async def downstream(line: Line, cut: Cut | None) -> Judged:
    """What is current is asked for."""
    async with line.through(cut) as (client, proxy):
        await client.downstream("0" * 32, AREA)
        again = await at_last(partial(client.downstream, "1" * 32, AREA))
    return set() if isinstance(again, PublicationList) else {"stuck"}, proxy


async def publication(line: Line, cut: Cut | None) -> Judged:
    """Its bytes come, and go on where they broke off."""
    (published,) = publications(line.directory / DOWNSTREAM)
    whole = (line.directory / DOWNSTREAM / published.sha256).read_bytes()
    sha256, came = published.sha256, bytearray()
    async with line.through(cut) as (client, proxy):
        await client.downstream_piece(sha256, 0, len(whole), came.extend)
        await at_last(lambda: rest(client, sha256, len(whole), came))
    return {"corrupt"} if bytes(came) != whole else set(), proxy


async def rest(client: PlatformClient, sha256: str, length: int, came: bytearray) -> LineDown | None:
    """What is still missing of a publication, if anything is."""
    if len(came) == length:
        return None
    return await client.downstream_piece(sha256, len(came), length - len(came), came.extend)


async def report(line: Line, cut: Cut | None) -> Judged:
    """What was put to use is said, and said again."""
    said = Report(in_force=(("configuration", 1),))
    async with line.through(cut) as (client, proxy):
        await client.put_downstream_report(said)
        again = await at_last(partial(client.put_downstream_report, said))
    return {"stuck"} if again is not None else set(), proxy


EXCHANGES: dict[str, Exchange] = {
    "application": application,
    "two applications": two_applications,
    "part": part,
    "rating": rating,
    "audit": audit,
    "status": status,
    "envelope key": envelope_key,
    "call": call,
    "case": case,
    "shared data": shared_data,
    "certificate": certificate,
    "downstream": downstream,
    "publication": publication,
    "report": report,
}
