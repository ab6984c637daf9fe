"""The pipe between a driver and the process that holds a vendor's library: an AF_UNIX stream socket.

```
message: version (1 byte, 1) | what (1 byte) | number (2 bytes) | length (4 bytes) | body (length bytes)
values:  numbers (4 bytes each, signed) | reals (8 bytes each, IEEE 754) | blobs (length 4 bytes | bytes)
```
Big-endian throughout. How many numbers, reals and blobs a body has, and how long each blob may be, is fixed
by its operation (`devices.vendor_host.operations`) and not sent. Every length is checked before anything is
read or allocated. What is none of these is a `BadWire`, and ends the conversation.
"""

from __future__ import annotations

import math
import struct
from dataclasses import dataclass, field
from enum import Enum

VERSION = 1
HEAD = struct.Struct(">BcHI")
"""Version, what it is, number of the call, length of the body."""

TEXT_BYTES = 1024
"""The longest text of a message that holds one."""

_BLOB_HEAD = struct.Struct(">I")
_OPERATION = struct.Struct(">B")


class BadWire(ValueError):
    """Bytes that are no message of this pipe; its text names the reason, never the content."""


class What(Enum):
    """What a message is. Capitals go to the host, small letters come from it."""

    CALL = b"C"
    """Body: operation (1 byte), values."""

    LOADED = b"l"
    """First message, number 0: the library is there with every function. No body."""
    NOT_LOADED = b"n"
    """First message, number 0: it is not. Body: the reason, UTF-8; the host ends."""
    RESULT = b"r"
    """Body: operation (1 byte), values. Number and operation are those of the call."""
    NONSENSE = b"x"
    """What the library gave cannot be meant. Body: the reason, UTF-8. Number of the call."""


@dataclass(frozen=True)
class Values:
    """What goes into an operation or comes out of it."""

    numbers: tuple[int, ...] = ()
    """32 bits, signed."""
    reals: tuple[float, ...] = ()
    """Finite."""
    blobs: tuple[bytes, ...] = field(default=(), repr=False)
    """May be personal: a photo, a fingerprint."""


NOTHING = Values()


@dataclass(frozen=True)
class Shape:
    """How many values of each sort, and the greatest length of each blob in bytes."""

    numbers: int = 0
    reals: int = 0
    blobs: tuple[int, ...] = ()

    @property
    def limit(self) -> int:
        """The longest body, in bytes, without its operation."""
        return 4 * self.numbers + 8 * self.reals + sum(_BLOB_HEAD.size + blob for blob in self.blobs)


def pack(what: What, number: int, body: bytes = b"") -> bytes:
    """One message; the caller keeps to the limits of its body."""
    return HEAD.pack(VERSION, what.value, number, len(body)) + body


def read_head(head: bytes, limit: int) -> tuple[What, int, int]:
    """What follows, its number, and the length of its body; raises `BadWire` beyond `limit` bytes."""
    version, letter, number, length = HEAD.unpack(head)
    if version != VERSION:
        raise BadWire(f"version {version} of the pipe, {VERSION} is spoken here")
    try:
        what = What(letter)
    except ValueError:
        raise BadWire("unknown kind of message") from None
    if length > limit:
        raise BadWire(f"{what.name}: {length} bytes, limit {limit}")
    return what, number, length


def values_body(operation: int, shape: Shape, values: Values) -> bytes:
    """Write an operation's values; raises `BadWire` if they do not have its shape."""
    if len(values.numbers) != shape.numbers or len(values.reals) != shape.reals:
        raise BadWire("wrong number of values")
    if len(values.blobs) != len(shape.blobs):
        raise BadWire("wrong number of blobs")
    _check_reals(values.reals)
    try:
        parts = [_OPERATION.pack(operation), _fixed(shape).pack(*values.numbers, *values.reals)]
    except struct.error:
        raise BadWire("a number outside 32 bits") from None
    for blob, limit in zip(values.blobs, shape.blobs, strict=True):
        if len(blob) > limit:
            raise BadWire(f"a blob of {len(blob)} bytes, limit {limit}")
        parts += [_BLOB_HEAD.pack(len(blob)), blob]
    return b"".join(parts)


def operation_of(body: bytes) -> int:
    """The operation that a body is for; raises `BadWire`."""
    if not body:
        raise BadWire("no operation")
    return body[0]


def read_values(body: bytes, shape: Shape) -> Values:
    """Read an operation's values; raises `BadWire` for anything that does not have its shape exactly."""
    fixed, at = _fixed(shape), _OPERATION.size
    if len(body) < at + fixed.size:
        raise BadWire("cut off in its values")
    both = fixed.unpack_from(body, at)
    numbers, reals = both[: shape.numbers], both[shape.numbers :]
    _check_reals(reals)
    at += fixed.size
    blobs = []
    for limit in shape.blobs:
        if len(body) < at + _BLOB_HEAD.size:
            raise BadWire("cut off before a blob")
        (length,) = _BLOB_HEAD.unpack_from(body, at)
        at += _BLOB_HEAD.size
        if length > limit:
            raise BadWire(f"a blob of {length} bytes, limit {limit}")
        if len(body) < at + length:
            raise BadWire("cut off in a blob")
        blobs.append(body[at : at + length])
        at += length
    if at != len(body):
        raise BadWire("more bytes than values")
    return Values(numbers, reals, tuple(blobs))


def text_body(text: str) -> bytes:
    """Write a text, cut to its limit."""
    return text.encode(errors="replace")[:TEXT_BYTES]


def read_text(body: bytes) -> str:
    """Read a text; bytes that are none become question marks."""
    return body.decode(errors="replace")


def _fixed(shape: Shape) -> struct.Struct:
    return struct.Struct(f">{shape.numbers}i{shape.reals}d")


def _check_reals(reals: tuple[float, ...]) -> None:
    if not all(map(math.isfinite, reals)):
        raise BadWire("a real that is no number")
