"""The pipe between a session and its page worker, in the frames of the face worker's (`devices.eyes.wire`).

```
message: kind (1 byte) | length (4 bytes, big-endian) | body (length bytes)
body:    JSON, or JSON | zero byte | JPEG
```
"""

from __future__ import annotations

import json
import math
from enum import Enum
from typing import Any

from devices.contracts.pages import Finding, Outline, Page, PageHint, PagePreview, PageProblem, PageRefused
from devices.eyes.wire import HEAD, BadWire
from devices.statuses import DeviceFault, Reason


class Kind(Enum):
    """What a message is. Capitals go to the worker, small letters come from it."""

    WATCH = b"W"
    """Body: the paper. The first message, and the only one but `TAKE`."""
    TAKE = b"T"

    PREVIEW = b"v"
    PAGE = b"p"
    REFUSED = b"n"
    FAULT = b"x"
    """The camera failed; the worker ends."""


_LIMIT = 8 * 1024 * 1024
"""The longest body in bytes; a page is a twentieth of it."""


def pack(kind: Kind, fields: object = None, jpeg: bytes = b"") -> bytes:
    """One message."""
    body = json.dumps(fields).encode() + (b"\0" + jpeg if jpeg else b"")
    return HEAD.pack(kind.value, len(body)) + body


def read_head(head: bytes) -> tuple[Kind, int]:
    """Kind and length of the body that follows; raises `BadWire`."""
    letter, length = HEAD.unpack(head)
    try:
        kind = Kind(letter)
    except ValueError:
        raise BadWire("unknown kind") from None
    if length > _LIMIT:
        raise BadWire(f"{kind.name}: {length} bytes, limit {_LIMIT}")
    return kind, length


def preview(event: PagePreview) -> bytes:
    """Write a preview."""
    outline = event.outline and [event.outline.corners, event.outline.confidence]
    return pack(Kind.PREVIEW, [outline, event.still, event.hint.value], event.jpeg)


def page(event: Page) -> bytes:
    """Write a page."""
    return pack(Kind.PAGE, [event.width_px, event.height_px, event.dpi], event.jpeg)


def refused(event: PageRefused) -> bytes:
    """Write why there is no page."""
    return pack(Kind.REFUSED, [[each.problem.value, each.measure, each.limit] for each in event.findings])


def fault(reason: Reason, detail: str) -> bytes:
    """Write why the camera failed."""
    return pack(Kind.FAULT, [reason.value, detail])


def read_event(kind: Kind, body: bytes) -> PagePreview | Page | PageRefused:
    """Read what a worker sent; raises `BadWire`, and the `DeviceFault` that it tells of."""
    fields, _, jpeg = body.partition(b"\0")
    try:
        return _read(kind, json.loads(fields), jpeg)
    except _NOT_READABLE:
        raise BadWire(f"{kind.name}: malformed") from None


_NOT_READABLE = (ValueError, TypeError, IndexError, KeyError, OverflowError, RecursionError)
"""What reading a body may raise: also for a number of hundreds of digits, or a thousand brackets."""


def _read(kind: Kind, fields: Any, jpeg: bytes) -> PagePreview | Page | PageRefused:
    match kind:
        case Kind.PREVIEW:
            outline, still, hint = fields
            return PagePreview(jpeg, _outline(outline), _finite(still), PageHint(hint))
        case Kind.PAGE:
            width, height, dpi = fields
            return Page(jpeg, int(width), int(height), int(dpi))
        case Kind.REFUSED:
            return PageRefused(
                tuple(Finding(PageProblem(p), _finite(m), _finite(limit)) for p, m, limit in fields)
            )
        case Kind.FAULT:
            reason, detail = fields
            raise DeviceFault(Reason(reason), str(detail))
        case Kind.WATCH | Kind.TAKE:
            raise BadWire(f"{kind.name} from a worker")


def _outline(fields: Any) -> Outline | None:
    if fields is None:
        return None
    (a, b, c, d), confidence = fields
    return Outline((_corner(a), _corner(b), _corner(c), _corner(d)), _finite(confidence))


def _corner(fields: Any) -> tuple[float, float]:
    x, y = fields
    return _finite(x), _finite(y)


def _finite(value: Any) -> float:
    number = float(value)
    if not math.isfinite(number):
        raise ValueError("no number")
    return number
