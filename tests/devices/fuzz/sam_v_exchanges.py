"""What a bad line may bring behind a question, for two people's cards: damaged, cut, late, foreign, split.

Each exchange is a question and a stream with, mostly, its right answer somewhere in it. What no receiver
could tell, a damaged frame whose XOR fits by accident, is left out by an independent reference that looks for
frames byte by byte; so anything wrong that is accepted is the decoder's fault.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from random import Random

import numpy as np

from devices.sam_v.card_text import document
from devices.sam_v.frames import (
    FIND,
    NEW_ADDRESS,
    READ,
    SAM_ID,
    SELECT,
    STATUS,
    Command,
    Response,
    ResponseDecoder,
    split_record,
)
from devices.simulators.cards import address_area
from devices.simulators.sam_v_frames import START, record, response
from tests.devices.documents import OTHER_RESIDENT, RESIDENT, on_chip
from tests.devices.fuzz.target import Broken, require

Fits = Callable[[Command, Response], bool]

PEOPLE = (RESIDENT, OTHER_RESIDENT)
ANSWERS: tuple[tuple[Command, bytes], ...] = (
    (STATUS, response(0x90)),
    (SAM_ID, response(0x90, bytes(range(16)))),
    (FIND, response(0x9F, bytes(4))),
    (FIND, response(0x80)),
    (SELECT, response(0x90, bytes(8))),
    (SELECT, response(0x81)),
    (READ, response(0x41)),
    (NEW_ADDRESS, response(0x91)),
    (NEW_ADDRESS, response(0x90, address_area(OTHER_RESIDENT))),
)
RECORDS = tuple((READ, record(person)) for person in PEOPLE)
SENT = frozenset(frame for _, frame in (*ANSWERS, *RECORDS))
LONGEST_BODY = 0x090A


@dataclass(frozen=True)
class Exchange:
    """A question, what the line brings, and the frame that answers it; None where it does not come."""

    command: Command
    stream: bytes
    right: bytes | None
    frames: int


@dataclass
class Tally:
    """What was done."""

    frames: int = 0
    exchanges: int = 0
    answered: int = 0
    people: int = 0
    resynchronised: int = 0


def frames_in(stream: bytes) -> list[bytes]:
    """Every place of `stream` where a whole frame with a right XOR stands: a reference, slow and plain."""
    found = []
    at = stream.find(START)
    while at >= 0:
        length = int.from_bytes(stream[at + 5 : at + 7], "big")
        whole = stream[at : at + 7 + length]
        if 4 <= length <= LONGEST_BODY and len(whole) == 7 + length:
            counted = np.frombuffer(whole, np.uint8)[len(START) :]
            if np.bitwise_xor.reduce(counted) == 0:
                found.append(whole)
        at = stream.find(START, at + 1)
    return found


def damaged(frame: bytes, random: Random) -> bytes:
    """`frame` with something wrong."""
    at = random.randrange(len(frame))
    match random.randrange(6):
        case 0:
            return frame[:at] + bytes([frame[at] ^ random.randrange(1, 256)]) + frame[at + 1 :]
        case 1:
            return frame[:at]
        case 2:
            return frame[at + 1 :]
        case 3:
            return frame[:-1] + bytes([frame[-1] ^ 1 << random.randrange(8)])
        case 4:
            return frame[:at] + random.randbytes(random.randrange(1, 5)) + frame[at:]
        case _:
            return frame[:5] + random.randbytes(2) + frame[7:]


def exchange(random: Random) -> Exchange:
    """One exchange that a receiver can get right."""
    while True:
        made = _exchange(random)
        if all(_harmless(made, frame) for frame in frames_in(made.stream)):
            return made


def _harmless(made: Exchange, frame: bytes) -> bool:
    return frame == made.right or (frame in SENT and not made.command.fits(_response(frame)))


def _exchange(random: Random) -> Exchange:
    command, right = random.choice(RECORDS if random.random() < 0.2 else ANSWERS)
    before: list[bytes] = []
    for _ in range(random.choice((0, 0, 1, 1, 2, 3))):
        other_command, other = random.choice(RECORDS if random.random() < 0.1 else ANSWERS)
        match random.randrange(4):
            case 0:
                before.append(damaged(right, random))
            case 1:
                before.append(damaged(other, random))
            case 2 if other_command != command and not command.fits(_response(other)):
                before.append(other)  # the late answer to another question
            case _:
                before.append(random.randbytes(random.randrange(1, 24)))
    if random.random() < 0.1:
        return Exchange(command, b"".join((*before, damaged(right, random))), None, len(before) + 1)
    return Exchange(command, b"".join((*before, right)), right, len(before) + 1)


def _response(frame: bytes) -> Response:
    return Response(frame[7], frame[8], frame[9], frame[10:-1])


def run(
    frames: int,
    seed: int,
    decoder: Callable[[], ResponseDecoder] = ResponseDecoder,
    fits: Fits = Command.fits,
    cuts_each: int = 8,
) -> Tally:
    """Play exchanges until so many frames have gone over the line; each is cut up in `cuts_each` ways.

    Raises `Broken` for a wrong answer, and for a right one that was not taken.
    """
    random, tally = Random(seed), Tally()  # noqa: S311  a case must be made again from its seed
    while tally.frames < frames:
        made = exchange(random)
        for _ in range(cuts_each):
            _play(made, random, decoder, fits, tally)
    return tally


def _play(
    made: Exchange, random: Random, decoder: Callable[[], ResponseDecoder], fits: Fits, tally: Tally
) -> None:
    answer, waits = _answer(made.command, made.stream, random, decoder(), fits)
    tally.frames += made.frames
    tally.exchanges += 1
    if answer is None:
        # A frame that was cut may wait for its end: then the driver begins anew, and is in step at once.
        require(made.right is None or waits, "a right answer was not taken")
        if made.right is not None:
            again, _ = _answer(made.command, made.right, random, decoder(), fits)
            require(again == _response(made.right), "not in step with the very next frame")
            tally.frames += 1
            tally.resynchronised += 1
        return
    if made.right is None:
        raise Broken("an answer that was never sent")
    require(answer == _response(made.right), "the wrong answer")
    tally.answered += 1
    if answer.data and made.command is READ:
        parts = split_record(READ, answer.data)
        require(parts is not None, "a record that does not add up")
        if parts is not None:
            tally.people += 1
            person = PEOPLE[made.right == RECORDS[1][1]]
            card = document(parts.text, parts.photo)
            require((card.id_number, card.name) == (person.id_number, person.name), "somebody else's record")
            require(card.photo == on_chip(person).photo, "somebody else's photo")


def _answer(
    command: Command, stream: bytes, random: Random, decoder: ResponseDecoder, fits: Fits
) -> tuple[Response | None, bool]:
    """The first response that fits, as the driver takes it; and whether half a frame is waited for."""
    for piece in _cut(stream, random):
        for found in decoder.feed(piece):
            if fits(command, found):
                return found, False
    return None, decoder.pending > 0


def _cut(stream: bytes, random: Random) -> Iterator[bytes]:
    draw = random.random()
    if draw < 0.002:
        yield from (stream[at : at + 1] for at in range(len(stream)))
        return
    edges = sorted(random.randrange(len(stream) + 1) for _ in range(int(draw * 7)))
    yield from (stream[begin:end] for begin, end in pairwise((0, *edges, len(stream))))
