"""From a signed form to a picture of the paper: the session's own errand, a real desk and queue, a printer's
interpreter."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from PIL import Image

from config.layers import load
from config.printer_profile import profile_named
from config.settings import Settings
from devices.escpos.printer import EscPosPrinter
from devices.eyes.client import FaceWorkerEyes
from devices.simulators.escpos_paper import on_paper
from kiosk.messages import (
    BadMessage,
    ClockOffset,
    CommitRefused,
    Committed,
    Prepared,
    decode_from_session,
    encode,
)
from kiosk.packets import PacketEnd
from kiosk.session import events as ev
from kiosk.session.errands.context import Context, Equipment
from kiosk.session.errands.sending import send_application
from kiosk.session.hall import Language
from kiosk.session.link import TerminalLink
from kiosk.session.machine import advance
from kiosk.session.sealing import load_platform_key, load_platform_word
from kiosk.session.stages import Outcome, Session
from kiosk.terminal.asking import SharedDataDesk
from kiosk.terminal.calling import CallDesk
from kiosk.terminal.desk import Desk, Surroundings
from kiosk.terminal.guides import Guides
from kiosk.terminal.health import HealthBoard
from kiosk.terminal.queue_file import open_outbox
from kiosk.terminal.tallies import Tallies
from offline_queue.outbox_thread import OutboxThread
from offline_queue.platform_client import PlatformClient
from offline_queue.signing import TerminalKey
from printing.escpos import receipt_job
from printing.fonts import Glyphs
from printing.slip import SlipFacts, slip_document
from tests.kiosk.session.conftest import NOW, TODAY

HANG_S = 20.0
FAST = ClockOffset(offset_ms=-600_000, uncertainty_ms=3, age_s=4)
"""Ten minutes ahead of the platform."""


@dataclass(frozen=True)
class Hand:
    """A terminal as it stands in a hall: its settings and its disk."""

    settings: Settings

    @property
    def key(self) -> TerminalKey:
        return TerminalKey.load(self.settings.terminal.id, self.settings.terminal.signing_key)


def settings_at(keys: Path, state: Path, *more: str) -> Settings:
    """The shipped settings over what `platform init` gave the terminal."""
    site = [
        "terminal.area_code=330199", "terminal.hall_name_zh=厅", "terminal.hall_name_en=Hall",
        "terminal.hall_phone=0571-00001000", f"terminal.state_dir={state}", f"terminal.runtime_dir={state}",
        "printer.restore_codes=true", *more,
    ]  # fmt: skip
    return load([keys / "platform.toml"], site).settings


async def applied(session: Session, settings: Settings) -> SlipFacts:
    """Send the application of a session that has been signed; gives what its slip says."""
    posted: list[ev.Event] = []
    async with _terminal(settings) as link:
        context = Context(
            equipment=_equipment(settings, link),
            session=lambda: session,
            post=posted.append,
            preview=lambda _: None,
            give_up=lambda: None,
        )
        listening = asyncio.create_task(_hear(link, context))
        async with asyncio.timeout(HANG_S):
            await send_application(context)
        listening.cancel()
    stage = advance(session, posted[-1]).stage
    assert isinstance(stage, Outcome), posted
    return stage.slip


def paper(slip: SlipFacts, settings: Settings, language: Language = "zh") -> Image.Image:
    """The slip as it comes out, interpreted from the bytes that go to the printer."""
    profile = profile_named(settings.printer.profile)
    job = b"".join(data for data, _ in receipt_job(slip_document(slip, language), profile, Glyphs()))
    (piece,) = on_paper(job, profile.width_dots)
    return piece.picture()


def height_cm(picture: Image.Image) -> float:
    """At 203 dots an inch."""
    return picture.height / 80


async def _hear(link: TerminalLink, context: Context) -> None:
    while (message := await link.receive()) is not None:
        assert isinstance(message, Prepared | Committed | CommitRefused)
        context.answers.put_nowait(message)


def _equipment(settings: Settings, link: TerminalLink) -> Equipment:
    return Equipment(
        reader=None,
        printer=EscPosPrinter("/nowhere", 115_200, profile_named(settings.printer.profile)),
        eyes=FaceWorkerEyes([]),
        link=link,
        platform_key=load_platform_key(settings.platform.envelope_key, settings.platform.envelope_suite),
        platform_word=load_platform_word(settings.platform.receipt_key),
        settings=settings,
        clock=lambda: NOW,
    )


def _nobody_asks(settings: Settings) -> tuple[SharedDataDesk, CallDesk]:
    client = PlatformClient(
        settings.platform, TerminalKey.load(settings.terminal.id, settings.terminal.signing_key)
    )
    asking = SharedDataDesk(settings.terminal.id, client.ask_shared_data, lambda: "offline")
    return asking, CallDesk(client.put_call, lambda: "offline")


@asynccontextmanager
async def _terminal(settings: Settings) -> AsyncIterator[TerminalLink]:
    """The other end of the pipe: a desk over a real queue on the terminal's disk."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    end, link = PacketEnd(ours), TerminalLink(theirs.detach())
    key = TerminalKey.load(settings.terminal.id, settings.terminal.signing_key)
    queue = await OutboxThread.open(lambda: open_outbox(settings, key))
    surroundings = Surroundings(_today, lambda: "untrusted", lambda: FAST, lambda: None, lambda: True)
    board = HealthBoard(lambda: datetime.now(UTC))
    tallies = Tallies(settings.terminal.state_dir / "tallies.json", _today, bytes(32))
    asking, calling = _nobody_asks(settings)
    desk = Desk(queue, Guides([], queue), board, surroundings, asking, tallies, calling)
    visit = desk.open_visit("s1", lambda message: end.send(encode(message)))

    async def serve() -> None:
        while (packet := await end.receive()) is not None:
            await desk.answer(visit, decode_from_session(packet))

    serving = asyncio.create_task(serve())
    try:
        yield link
    finally:
        serving.cancel()
        (ended,) = await asyncio.gather(serving, return_exceptions=True)
        assert not isinstance(ended, BadMessage), ended
        link.close()
        end.close()
        await queue.close()


def _today() -> date:
    return TODAY


def without_page(record: dict[str, Any]) -> dict[str, Any]:
    """A record but for its form's page."""
    return {**record, "form": {**record["form"], "pdf_base64": None}}
