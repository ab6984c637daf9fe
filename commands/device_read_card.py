"""`device read-card`: one card, once, as one object or as a table a person can read."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

from commands.device_common import FAULT, NOTHING_CAME, Voice
from config.settings import Settings
from devices.contracts.id_cards import CardFailure, CardUnreadable, IdCard
from devices.documents_json import document_json
from devices.sam_v.probe import probe
from devices.sam_v.reader import SamVReader
from devices.statuses import DeviceFault

TRIES = 3
"""A card that is laid down askew, or taken too early, mostly comes again."""

_PAUSE_S = 0.3

_FAILURES = {
    CardFailure.NO_ANSWER: "the reader gave no whole answer about this card: taken away too early?",
    CardFailure.NOT_SELECTED: "found and not selected: taken away too early, or two cards at once?",
    CardFailure.READ_FAILED: "the reading broke off: taken away too early, or a damaged card?",
    CardFailure.REJECTED: "card and reader do not accept each other: a damaged chip, or no genuine card",
    CardFailure.UNKNOWN_KIND: "this is no identity document",
    CardFailure.NO_RECORD: "what came is no record of a person",
}


class NoReader(Exception):
    """Nothing on this port answers as an identity-card reader at any rate."""


class NoCard(Exception):
    """No card came in time."""


async def read_card(
    port: str, baud: int | None, timeout_s: float, tell: Callable[[str], None]
) -> tuple[IdCard, int]:
    """Read the card that lies there or is laid down within `timeout_s`; with the rate that was found.

    The time runs from the reader's first answer: finding its rate is not the card's fault. Raises `NoReader`,
    `NoCard`, `CardUnreadable`, `DeviceFault`.
    """
    if baud is None:
        found = await probe(port)
        if found is None:
            raise NoReader
        baud = found.baud
    reader = SamVReader(port, baud, lying_too=True)
    try:
        health = await reader.health()
        if not health.usable:
            raise DeviceFault(health.reason, port)
        tell(f"The reader answers at {baud} baud. Lay the card down (within {timeout_s:g} s).")
        return await _first_whole(reader, timeout_s, tell), baud
    finally:
        await reader.close()


async def _first_whole(reader: SamVReader, timeout_s: float, tell: Callable[[str], None]) -> IdCard:
    give_up_at = time.monotonic() + timeout_s
    failed: CardUnreadable | None = None
    for tries_left in reversed(range(TRIES)):
        try:
            return await _within(reader, give_up_at)
        except TimeoutError:
            break
        except CardUnreadable as unreadable:
            failed = unreadable
            if unreadable.failure is CardFailure.UNKNOWN_KIND or not tries_left:
                break
            tell(f"Not read: {_FAILURES[unreadable.failure]} Trying again.")
            await asyncio.sleep(_PAUSE_S)
    raise failed or NoCard


async def _within(reader: SamVReader, give_up_at: float) -> IdCard:
    """The next card. The time is for it to come: one that is being read then is read to its end."""
    reading = asyncio.create_task(reader.next_card())
    try:
        await asyncio.wait({reading}, timeout=max(0.0, give_up_at - time.monotonic()))
        if not reading.done():
            await reader.health()  # has to wait for the turn of a card that is being read
        if not reading.done():
            raise TimeoutError
        return reading.result()
    finally:
        reading.cancel()
        await asyncio.gather(reading, return_exceptions=True)


async def photo_is_decoded(card: IdCard, settings: Settings | None) -> bool:
    """Whether this terminal's decoder, if it has one, takes the chip's photo. Raises `DeviceFault`."""
    if settings is None or settings.face.photo_decoder == "none":
        return False
    from devices.contracts.eyes import PhotoNotDecodable

    try:
        if settings.face.photo_decoder == "vendor":
            await _decoded_by_vendor(card.photo, settings)
        else:
            from devices.eyes.photo_decoders import PHOTO_DECODERS

            PHOTO_DECODERS[settings.face.photo_decoder]().decode(card.photo)
    except PhotoNotDecodable:
        return False
    return True


async def _decoded_by_vendor(photo: bytes, settings: Settings) -> None:
    from commands.processes import VENDOR_HOST
    from kiosk.session.assembly import photo_decoder

    host, decoder = photo_decoder(settings, VENDOR_HOST)
    try:
        await decoder.decode(photo)
    finally:
        await host.close()


async def _read(
    port: str, baud: int | None, timeout_s: float, settings: Settings | None, tell: Callable[[str], None]
) -> tuple[IdCard, bool]:
    card, _ = await read_card(port, baud, timeout_s, tell)
    return card, await photo_is_decoded(card, settings)


def answer(voice: Voice, port: str, baud: int | None, timeout_s: float, settings: Settings | None) -> None:
    """Do it, and say how it went."""
    try:
        card, photo_decoded = voice.run(_read(port, baud, timeout_s, settings, voice.note))
    except NoReader:
        voice.fail(
            f"{port}: no identity-card reader answers, at any of five rates: power, cable, wrong port?",
            "silent",
            FAULT,
        )
    except NoCard:
        voice.fail(f"{port}: no card within {timeout_s:g} s", "no_card", NOTHING_CAME)
    except CardUnreadable as unreadable:
        voice.fail(
            f"{port}: the card was not read: {_FAILURES[unreadable.failure]}", unreadable.failure.value, FAULT
        )
    except DeviceFault as fault:
        voice.fault(port, fault)
    record = document_json(card, photo_decoded=photo_decoded)
    voice.result(record, table(record))


_LABELS = {
    "type": "document",
    "name": "name",
    "name_en": "name, Latin letters",
    "sex": "sex",
    "ethnicity": "ethnicity",
    "birth": "born",
    "nationality": "nationality",
    "address": "address",
    "additional_address": "newer address",
    "id_number": "number",
    "authority": "issued by",
    "valid_from": "valid from",
    "valid_to": "valid to",
    "pass_number": "pass number",
    "issue_count": "issued, times",
    "photo": "photo",
    "problems": "problems",
}


def table(record: dict[str, Any]) -> str:
    """The record in lines; what this kind of document does not have is left out."""
    shown = dict(record)
    if shown["long_term"]:
        shown["valid_to"] = "长期 (no end)"
    shown["problems"] = ", ".join(shown["problems"]) or "none"
    width = max(map(len, _LABELS.values()))
    return "\n".join(f"{_LABELS[key]:<{width}}  {shown[key]}" for key in _LABELS if shown[key] is not None)
