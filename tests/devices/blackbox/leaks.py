"""What an invented person may leave in a trace: nothing, in no coding, from whatever a cable brings."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping

from devices.blackbox.redaction import Redactor
from devices.blackbox.timeline import Timeline
from devices.blackbox.trace import Bytes, Event, Kind, Shown, Way, event_text, read_trace
from devices.simulators.cards import SimulatedCard, fingerprint
from devices.simulators.sam_v_frames import record, response

PERSON = SimulatedCard(
    name="欧阳𠮷龘",
    sex="2",
    ethnic_code="55",
    birth="19871206",
    address="临溪区试验街道测量路265号",
    id_number="330199198712062464",
    authority="临溪市公安局试验分局",
    valid_from="20180425",
    valid_to="20380425",
    photo=random.Random(7).randbytes(1024),  # noqa: S311  a picture of nothing
    additional_address="临溪区另一街道示范路187号",
)
IIN, SN = bytes.fromhex("7193a2c4"), bytes.fromhex("d1e2f38495a6b7c8")
PAYMENT_CODE = "134567928461537829"
WORDS = (
    PERSON.name, PERSON.address, PERSON.id_number, PERSON.birth, PERSON.authority, PERSON.additional_address,
    PERSON.valid_from, PERSON.valid_to, PAYMENT_CODE,
)  # fmt: skip
CODINGS = {"utf-16-le": 2, "utf-16-be": 2, "utf-8": 3, "gb18030": 3}
"""Coding, and how many characters together are taken for a find: fewer may be a constant of a protocol."""


def secrets() -> frozenset[bytes]:
    """Pieces of the person's data, short enough to be found in whatever remains of it."""
    pieces = {
        word[at : at + size].encode(coding)
        for word in WORDS
        for coding, size in CODINGS.items()
        for at in range(len(word) - size + 1)
    }
    raw = (PERSON.photo, IIN, SN)
    return frozenset(pieces | {data[at : at + 4] for data in raw for at in range(len(data) - 3)})


SECRETS = secrets()
SIZES = sorted({len(secret) for secret in SECRETS})
GAP = b"\xff" * 8


def remains(events: list[Event]) -> str | None:
    """What of the person can be read in these events: what is shown in one piece, in any line of text."""
    for way in Way:
        shown = b""
        for event in events:
            if isinstance(event, Bytes) and event.way is way:
                shown += b"".join(item.data if isinstance(item, Shown) else GAP for item in event.items)
        for piece in shown.split(GAP):
            for size in SIZES:
                for at in range(len(piece) - size + 1):
                    if piece[at : at + size] in SECRETS:
                        return piece[at : at + size].hex()
    text = "".join(map(event_text, events))
    return next((word for word in WORDS if word in text), None)


def kept(
    redactors: Mapping[Way, Redactor], chunks: list[tuple[Way, bytes]], chance: random.Random
) -> list[Event]:
    """Let `chunks` arrive; now and then the line is quiet for so long that what is held is decided."""
    timeline = Timeline(redactors)
    events: list[Event] = []
    for at, (way, data) in enumerate(chunks):
        events += timeline.arrived(float(at), way, data)
        if chance.random() < 0.05:
            events += timeline.flush()
    return events + timeline.flush()


def check(
    make: Callable[[Kind], Mapping[Way, Redactor]],
    rounds: int,
    seed: int,
    kinds: tuple[Kind, ...] = tuple(Kind),
) -> str | None:
    """Try `rounds` conversations, whole and spoiled, on every kind of cable; the first leak, in words."""
    chance = random.Random(seed)  # noqa: S311  cables, not keys
    for number in range(rounds):
        kind = chance.choice(kinds)
        chunks = conversation(chance)
        events = kept(make(kind), chunks, chance)
        for way in Way:
            sent = sum(len(data) for to, data in chunks if to is way)
            told = sum(
                item.length
                for event in events
                if isinstance(event, Bytes) and event.way is way
                for item in event.items
            )
            if sent != told:
                return f"round {number}, {kind.value}: {sent} bytes went and {told} are in the trace"
        if (found := remains(events)) is not None:
            return f"round {number}, {kind.value}: {found}"
        text = "hall-terminal black box 1\ndevice: sam_v\nbaud: 9600\n\n" + "".join(map(event_text, events))
        if list(read_trace(text).events) != events:
            return f"round {number}, {kind.value}: is read otherwise than it was written"
    return None


def frames() -> list[bytes]:
    """Everything a reader may say about this person."""
    both = fingerprint(0x0B) + fingerprint(0x10)
    address = PERSON.additional_address.encode("utf-16-le").ljust(70, b"\0")
    return [
        response(0x9F, IIN),
        response(0x90, SN),
        record(PERSON),
        *(record(PERSON, both[:size]) for size in (0, 512, 1024)),
        response(0x90, address),
        response(0x90, address * 4),
        response(0x90, IIN + SN + IIN),
        response(0x90, PERSON.id_number.encode("utf-16-le")),
        response(0x41, card_status=PERSON.name.encode("utf-16-le")[:2]),
    ]


def spoken() -> list[bytes]:
    """What scanners and printers are told about this person, and whatever else may come by."""
    lines = "".join(f"{word}\n" for word in WORDS)
    return [
        PAYMENT_CODE.encode() + b"\r\n",
        b"\x1b@\x1c&" + lines.encode("gb18030") + b"\x1dVB\x20\x1dr\x01",
        b"\x1dv0\x00" + bytes((16, 0, 64, 0)) + PERSON.photo,
        lines.encode(),
        PERSON.name.encode("utf-16-le") * 20,
    ]


REQUESTS = [
    bytes.fromhex(code)
    for code in ("aaaaaa96690003200122", "aaaaaa96690003300132", "100401", "1d7201", "10140801031401060208")
] + [b"\x16T\r", b"\x1da\xff", b"\x10\x04\x14", b"\x1bv"]


def conversation(chance: random.Random) -> list[tuple[Way, bytes]]:
    """Some questions and answers, spoiled as cables and readers spoil them, in pieces of any size."""
    stream: list[tuple[Way, bytes]] = []
    said = frames() + spoken()
    for _ in range(chance.randint(1, 6)):
        stream.append((Way.TO_DEVICE, chance.choice([*REQUESTS, *spoken()])))
        answer = chance.choice(said)
        if chance.random() < 0.7:
            answer = spoiled(answer, chance)
        stream.append((Way.FROM_DEVICE, answer))
    return [(way, piece) for way, data in stream for piece in pieces(data, chance)]


def spoiled(data: bytes, chance: random.Random) -> bytes:
    """Cut, holed, doubled, mixed with another answer, or with wrong bits; mostly near the head."""
    for _ in range(chance.randint(1, 3)):
        at = chance.choice([chance.randrange(len(data) + 1), min(len(data), chance.randrange(20))])
        match chance.randrange(6):
            case 0:
                data = data[:at]
            case 1:
                data = data[:at] + data[at + chance.randint(1, 12) :]
            case 2 if data:
                place = at % len(data)
                data = data[:place] + bytes((data[place] ^ 1 << chance.randrange(8),)) + data[place + 1 :]
            case 3:
                data = data[:at] + chance.choice(frames()) + data[at:]
            case 4:
                data = data[:at] + bytes.fromhex("aaaaaa9669") + data[at:]
            case _:
                data = data[at:]
    return data


def pieces(data: bytes, chance: random.Random) -> list[bytes]:
    """The same bytes, as they may arrive."""
    found = []
    largest = chance.choice([2, 40, 300, 4096])
    while data:
        size = chance.randint(1, largest)
        found.append(data[:size])
        data = data[size:]
    return found
