"""SAM_V: frames, text areas, fingerprints."""

from __future__ import annotations

from datetime import date

from devices.contracts.id_cards import CardProblem, ForeignResidentCard
from devices.sam_v.card_text import NoCardText, additional_address, document
from devices.sam_v.fingerprints import fingerprints_in
from devices.sam_v.frames import (
    FIND,
    FINGERPRINT_BYTES,
    NEW_ADDRESS,
    PREAMBLE,
    READ,
    READ_ALL,
    SAM_ID,
    SELECT,
    STATUS,
    TEXT_BYTES,
    Response,
    ResponseDecoder,
    enclose,
    sam_number,
    split_record,
)
from devices.simulators.cards import text_area
from devices.simulators.sam_v_frames import record, response
from tests.devices.documents import ALL, OTHER_RESIDENT, RESIDENT
from tests.devices.fuzz.target import Target, pieces, require

COMMANDS = (STATUS, SAM_ID, FIND, SELECT, READ, READ_ALL, NEW_ADDRESS)


def frame_seeds() -> list[bytes]:
    """Whole answers, half ones, and what may lie between them."""
    return [
        response(0x80),
        response(0x9F, bytes(4)),
        response(0x90),
        response(0x90, bytes(range(16))),
        response(0x41, card_status=b"\x6a\x82"),
        record(RESIDENT),
        record(OTHER_RESIDENT, OTHER_RESIDENT.fingerprints),
        record(RESIDENT)[:700] + record(OTHER_RESIDENT),
        PREAMBLE + b"\xff\xff" + response(0x90),
        PREAMBLE[:3] + response(0x90) + b"\xaa\xaa",
    ]


def check_frames(data: bytes) -> None:
    """Cuts change nothing, and what is taken stood there whole, with its checksum."""
    whole = ResponseDecoder()
    at_once = whole.feed(data)
    cut = ResponseDecoder()
    in_pieces = [answer for piece in pieces(data) for answer in cut.feed(piece)]
    require(at_once == in_pieces, "where the bytes are cut changes what is read")
    taken = 0
    for answer in at_once:
        body = bytes((answer.sw1, answer.sw2, answer.sw3)) + answer.data
        require(enclose(body) in data, "a response that was never sent")
        taken += len(enclose(body))
        _check_response(answer)
    require(taken + whole.skipped + whole.pending == len(data), "bytes are lost count of")


def _check_response(answer: Response) -> None:
    for command in COMMANDS:
        if not command.fits(answer):
            continue
        if command in (READ, READ_ALL) and answer.data:
            parts = split_record(command, answer.data)
            if parts is not None:
                require(len(parts.text) == TEXT_BYTES, "a record of another length")
                fingerprints_in(parts.fingerprints or b"")
        if command == SAM_ID and answer.data:
            sam_number(answer.data)


def text_seeds() -> list[bytes]:
    """The text of every kind of document."""
    return [text_area(card) for card, _ in ALL] + [text_area(ALL[0][0], padding="\0")]


def check_text(data: bytes) -> None:
    """A document or a typed no; a sound one has its dates, and no field is longer than its place."""
    try:
        card = document(data[:TEXT_BYTES], b"")
    except NoCardText:
        return
    require(card.id_number, "a document without a number")
    require(card.name or card.name_en, "a document without a name")
    require(not (card.long_term and card.valid_to is not None), "for ever, and until a day")
    if not card.problems:
        require(isinstance(card.birth, date), "sound, but without a birthday")
        require(isinstance(card.valid_from, date), "sound, but valid from no day")
        require(card.long_term or isinstance(card.valid_to, date), "sound, but without an end")
    if card.valid_from is not None and card.valid_to is not None and card.valid_to < card.valid_from:
        require(CardProblem.REVERSED_VALIDITY in card.problems, "ends before it begins, and nobody says so")
    if not isinstance(card, ForeignResidentCard):
        require(len(card.address) <= TEXT_BYTES, "an address longer than the card")
    require(repr(card) == object.__repr__(card), "a repr that tells")
    additional_address(data)


def finger_seeds() -> list[bytes]:
    """Blocks of two fingers."""
    return [OTHER_RESIDENT.fingerprints, OTHER_RESIDENT.fingerprints[:FINGERPRINT_BYTES]]


def check_fingers(data: bytes) -> None:
    """Every whole block is a fingerprint."""
    whole = data[: len(data) // FINGERPRINT_BYTES * FINGERPRINT_BYTES]
    found = fingerprints_in(whole)
    require(b"".join(finger.template for finger in found) == whole, "a template that is another")


TARGETS = (
    Target("sam-v-frames", frame_seeds, check_frames),
    Target("sam-v-text", text_seeds, check_text),
    Target("sam-v-fingerprints", finger_seeds, check_fingers),
)
