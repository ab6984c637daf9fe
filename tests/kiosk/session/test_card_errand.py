"""A card at the session: who is served, and what everybody else is told."""

from __future__ import annotations

import asyncio
import socket
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from config.item import Item
from config.layers import load
from devices.contracts.id_cards import CardFailure, ResidentCard
from devices.eyes.client import FaceWorkerEyes
from devices.sam_v.reader import SamVReader
from devices.simulators.cards import AnyCard
from devices.simulators.sam_v import SamVSimulator
from kiosk.session import events as ev
from kiosk.session.card_facts import kind_of
from kiosk.session.errands.card import TROUBLES, read_card
from kiosk.session.errands.context import Context, Equipment
from kiosk.session.hall import Hall
from kiosk.session.link import TerminalLink
from kiosk.session.machine import advance
from kiosk.session.stages import (
    AwaitingCard,
    CardTrouble,
    GuardianStep,
    InJourney,
    Journey,
    OtherDocument,
    PartyStep,
    Session,
    Step,
)
from kiosk.session.suites import HpkeKey
from kiosk.session.verification import ConsentStep
from tests.devices.documents import FOREIGN_2017, FOREIGN_2023, RESIDENT
from tests.devices.waiting import soon
from tests.kiosk.session.conftest import NOW

SITE = (
    "terminal.id=LX-0001", "terminal.area_code=330199", "terminal.hall_name_zh=厅",
    "terminal.hall_name_en=Hall",
    "terminal.hall_phone=0571-00001000", "platform.url=https://127.0.0.1:1", "platform.envelope_kid=k1",
)  # fmt: skip

CERTIFICATE_TAKES = ("resident", "permit")

At = tuple[SamVSimulator, Context, "asyncio.Queue[ev.Event]"]


@pytest.fixture
async def at_the_reader(hall: Hall, certificate: Item, tmp_path: Path) -> AsyncIterator[At]:
    """A reader, a session that asks for a card, and what is told it."""
    sam = SamVSimulator(tmp_path / "reader")
    reader = SamVReader(str(tmp_path / "reader"), 115_200)
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    link = TerminalLink(theirs.detach())
    told: asyncio.Queue[ev.Event] = asyncio.Queue()
    session = Session(AwaitingCard(certificate), hall)
    equipment = Equipment(
        reader=reader,
        printer=None,
        eyes=FaceWorkerEyes([sys.executable, "-c", "raise SystemExit"]),
        link=link,
        platform_key=HpkeKey(X25519PrivateKey.generate().public_key()),
        platform_word=Ed25519PrivateKey.generate().public_key(),
        settings=load([], list(SITE)).settings,
        clock=lambda: NOW,
    )
    context = Context(
        equipment=equipment,
        session=lambda: session,
        post=told.put_nowait,
        preview=lambda _seen: None,
        give_up=lambda: None,
    )
    yield sam, context, told
    await reader.close()
    link.close()
    ours.close()
    await asyncio.to_thread(sam.close)


@pytest.mark.parametrize(
    "other", [RESIDENT, FOREIGN_2017, FOREIGN_2023], ids=lambda card: type(card).__name__
)
async def test_whichever_document_lies_there_the_session_hears_what_it_is(
    at_the_reader: At, other: AnyCard
) -> None:
    sam, context, told = at_the_reader
    sam.lay(other)
    await soon(read_card(context))
    event = await soon(told.get())
    assert isinstance(event, ev.CardRead)
    taken = kind_of(event.card) in CERTIFICATE_TAKES
    after = advance(context.session(), event).stage
    assert isinstance(after, InJourney if taken else OtherDocument)


async def test_a_card_that_is_no_document_is_of_another_kind_too(at_the_reader: At) -> None:
    sam, context, told = at_the_reader
    sam.statuses["read"] = 0x40
    sam.lay(RESIDENT)
    asking = asyncio.create_task(read_card(context))
    assert await soon(told.get()) == ev.CardFailed(CardTrouble.OTHER_KIND)
    asking.cancel()


def test_a_person_is_told_something_about_every_failure() -> None:
    assert set(TROUBLES) == set(CardFailure)


@pytest.mark.parametrize("step", [GuardianStep(), PartyStep("other_parent", laying=True)])
async def test_while_another_person_s_card_is_awaited_the_reader_goes_on_reading(
    at_the_reader: At, card: ResidentCard, certificate: Item, step: Step
) -> None:
    sam, context, told = at_the_reader
    waiting = Session(InJourney(Journey(certificate, card), step), context.session().hall)
    context.session = lambda: waiting
    sam.lay(RESIDENT)
    reading = asyncio.create_task(read_card(context))
    for _ in range(2):
        assert isinstance(await soon(told.get()), ev.CardRead)
    assert not reading.done(), "it may be the card that lay there before"
    verified = Session(InJourney(Journey(certificate, card), ConsentStep()), waiting.hall)
    context.session = lambda: verified
    await soon(reading)
