"""Restore codes: an application made small, sealed once more, and cut into parts for a slip's QR codes.

Everything but the form's page goes in; that can be drawn again from the lines, and its hash stays to prove
it. Only the platform can open it. Layout of packet and parts: `offline_queue/restore.py`; of the content:

```
content    raw DEFLATE (RFC 1951), with the contract's `compact-dictionary.txt` for a preset dictionary, of:
           length of the JSON (4, big-endian), canonical JSON {"pdf_sha256", "record"}, strokes;
           of a joint matter also "member_pdf_sha256", for each member that has a form
record     the application record with every `pdf_base64` null and every `strokes` []
strokes    for each signature: the number of strokes, and for each stroke the number of points and the points
           x, y in ten-thousandths; the first as it is, every other as the difference to the one before
number     zigzag (0, -1, 1, -2 … as 0, 1, 2, 3 …), seven bits a byte, lowest first, 128 added if more follow
```
"""

from __future__ import annotations

import base64
import hashlib
import json
import uuid
import zlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from kiosk import base45

PREFIX = "HR1:"
MOST_CODES = 4
"""More would make a slip nobody keeps."""

_DICTIONARY = Path(__file__).parents[2] / "offline_queue" / "contract" / "compact-dictionary.txt"
_WIDE_DOTS = 512
_PART_BYTES, _NARROW_PART_BYTES = 700, 560
"""What a code holds whose squares are 4 dots (half a millimetre) on 80 mm paper, 3 dots on 58 mm."""
_SET, _PLACE, _CHECK, _SIGNATURE = 8, 1, 4, 64
_VERSION = 1
_STEPS = 10_000
_SEVEN_BITS = 0x7F


def compact_content(record: bytes) -> bytes:
    """Give a record (canonical JSON) without its form's page, as small as it gets."""
    value = json.loads(record)
    forms = [value["form"], *(each["form"] for each in value.get("members", ()) if each["form"] is not None)]
    pages = [form["pdf_base64"] for form in forms]
    strokes = b"".join(_numbers(_stroke_numbers(signature["strokes"])) for signature in value["signatures"])
    for form in forms:
        form["pdf_base64"] = None
    for signature in value["signatures"]:
        signature["strokes"] = []
    hashes = [page and hashlib.sha256(base64.b64decode(page)).hexdigest() for page in pages]
    said = {"pdf_sha256": hashes[0], "record": value}
    if hashes[1:]:
        said["member_pdf_sha256"] = hashes[1:]
    text = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    small = zlib.compressobj(9, zlib.DEFLATED, -15, 9, zlib.Z_DEFAULT_STRATEGY, dictionary())
    return b"".join(
        (
            small.compress(len(text).to_bytes(4, "big") + text),
            small.flush(zlib.Z_BLOCK),  # letters and strokes have a code table each
            small.compress(strokes),
            small.flush(),
        )
    )


@cache
def dictionary() -> bytes:
    """Give the words that records have in common."""
    return _DICTIONARY.read_bytes()


def codes(envelope: bytes, signature: str, local_no: str, width_dots: int) -> tuple[str, ...] | None:
    """Give the texts of a compact envelope's codes for paper so wide; None if they are too many.

    `signature` is the terminal's over `envelope`, base64.
    """
    packet = _packet(json.loads(envelope), base64.b64decode(signature), local_no)
    room = (_PART_BYTES if width_dots >= _WIDE_DOTS else _NARROW_PART_BYTES) - _SET - _PLACE - _CHECK
    count = -(-len(packet) // room)
    if count > MOST_CODES:
        return None
    size = -(-len(packet) // count)
    name = hashlib.sha256(packet).digest()[:_SET]
    return tuple(
        _code(name + bytes((index << 4 | count,)) + packet[index * size : (index + 1) * size])
        for index in range(count)
    )


def fit(envelope: bytes, local_no: str, width_dots: int) -> bool:
    """Whether `codes` will have room, before anything is signed."""
    unsigned = base64.b64encode(bytes(_SIGNATURE)).decode()
    return codes(envelope, unsigned, local_no, width_dots) is not None


def _code(part: bytes) -> str:
    return PREFIX + base45.encode(part + zlib.crc32(part).to_bytes(_CHECK, "big"))


def _packet(envelope: dict[str, Any], signature: bytes, local_no: str) -> bytes:
    names = (*(envelope[name] for name in ("suite", "kid", "item", "item_version", "terminal")), local_no)
    return b"".join(
        (
            bytes((_VERSION,)),
            uuid.UUID(envelope["id"]).bytes,
            bytes.fromhex(envelope["stands_for"]),
            bytes.fromhex(envelope["content_sha256"]),
            signature,
            *(bytes((len(name),)) + name.encode("ascii") for name in names),
            base64.b64decode(envelope["ciphertext"]),
        )
    )


def _stroke_numbers(strokes: list[list[list[float]]]) -> Iterator[int]:
    yield len(strokes)
    for stroke in strokes:
        yield len(stroke)
        before = (0, 0)
        for point in stroke:
            here = (round(point[0] * _STEPS), round(point[1] * _STEPS))
            yield here[0] - before[0]
            yield here[1] - before[1]
            before = here


def _numbers(numbers: Iterator[int]) -> bytes:
    written = bytearray()
    for number in numbers:
        rest = number << 1 if number >= 0 else ~number << 1 | 1
        while rest > _SEVEN_BITS:
            written.append(rest & _SEVEN_BITS | 0x80)
            rest >>= 7
        written.append(rest)
    return bytes(written)
