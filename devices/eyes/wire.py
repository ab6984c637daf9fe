"""The pipe between a session and its face worker: length-prefixed messages on an AF_UNIX stream socket.

```
message: kind (1 byte) | length (4 bytes, big-endian) | body (length bytes)
```
A body is JSON, a picture or empty, by kind; each kind has its own limit. Never pickle. A message that is none
of these is a `BadWire`: it ends the worker, and the session starts another.

Beside it runs a second socket, AF_UNIX seqpacket, for the preview only: each packet is one mirrored JPEG. The
camera's process writes there itself, so that the preview flows while the worker encodes a face.
"""

from __future__ import annotations

import json
import math
import struct
from enum import Enum

from devices.contracts.eyes import Asked, CameraBack, CameraTrouble, FaceCompared, Guidance, TurnsWanted
from devices.contracts.liveness import Finding, LivenessLevel, LivenessReason, LivenessVerdict
from devices.eyes.liveness_challenge import Side
from devices.statuses import DeviceState, Health, Reason, health_said

HEAD = struct.Struct(">cI")
"""Kind and length of the body."""


class BadWire(ValueError):
    """Bytes that are no message of this pipe; its text names the reason, never the content."""


class Kind(Enum):
    """What a message is. Capitals go to the worker, small letters come from it."""

    ASK_HEALTH = b"H"
    DECODE = b"D"
    """Body: the chip's coded photo."""
    WATCH = b"W"
    """Body: the picture to compare with, PNG. Open the camera and send until `STOP`."""
    STOP = b"S"
    CHALLENGE = b"L"
    """The next watch begins with a challenge of turns."""
    COMPARE = b"V"
    """Body: the length of the first picture (4 bytes), the picture to compare with, the live one."""

    READY = b"r"
    """The models are loaded."""
    HEALTH = b"h"
    PHOTO = b"p"
    """Body: PNG; the answer to `DECODE`."""
    NO_PHOTO = b"n"
    """Not decodable, or, to `WATCH`, no face in the picture. Body: the reason in words."""
    ALIVE = b"a"
    """While watching, at least once a second: the worker has not hung."""
    CAMERA = b"k"
    """Body: the reason why nothing is seen any more; "none" when something is seen again."""
    GUIDANCE = b"g"
    ASKED = b"q"
    JUDGED = b"v"
    """The end of a challenge."""
    COMPARED = b"c"
    """Also the answer to `COMPARE`."""
    NOT_COMPARED = b"y"
    """The answer to `COMPARE` when the live picture cannot be compared. Body: the reason in a word."""
    FAULT = b"x"
    """There is no camera to watch with. The session ends this worker."""
    STOPPED = b"s"
    """The camera is released: the answer to `STOP`."""


_KIB = 1024
LIMITS: dict[Kind, int] = {
    Kind.ASK_HEALTH: 0,
    Kind.DECODE: 4 * _KIB,
    Kind.WATCH: 1024 * _KIB,
    Kind.STOP: 0,
    Kind.CHALLENGE: _KIB,
    Kind.COMPARE: 1536 * _KIB,
    Kind.READY: 0,
    Kind.HEALTH: _KIB,
    Kind.PHOTO: 1024 * _KIB,
    Kind.NO_PHOTO: _KIB,
    Kind.ALIVE: 0,
    Kind.CAMERA: _KIB,
    Kind.GUIDANCE: _KIB,
    Kind.ASKED: _KIB,
    Kind.JUDGED: _KIB,
    Kind.COMPARED: _KIB,
    Kind.NOT_COMPARED: _KIB,
    Kind.FAULT: _KIB,
    Kind.STOPPED: 0,
}
"""The longest body of each kind, in bytes."""

_MOST_TURNS, _MOST_PATIENCE = 6, 10.0

MOST_PREVIEW_BYTES = 512 * _KIB
"""No packet of the preview is longer."""


def pack(kind: Kind, body: bytes = b"") -> bytes:
    """One message; raises `BadWire` if the body is too long for its kind."""
    if len(body) > LIMITS[kind]:
        raise BadWire(f"{kind.name}: {len(body)} bytes, limit {LIMITS[kind]}")
    return HEAD.pack(kind.value, len(body)) + body


def read_head(head: bytes) -> tuple[Kind, int]:
    """Kind and length of the body that follows; raises `BadWire`."""
    letter, length = HEAD.unpack(head)
    try:
        kind = Kind(letter)
    except ValueError:
        raise BadWire("unknown kind") from None
    if length > LIMITS[kind]:
        raise BadWire(f"{kind.name}: {length} bytes, limit {LIMITS[kind]}")
    return kind, length


# ---- two pictures in one body --------------------------------------------------------------------------

_LENGTH = struct.Struct(">I")


def pictures_body(photo: bytes, live: bytes) -> bytes:
    """Write two pictures."""
    return _LENGTH.pack(len(photo)) + photo + live


def read_pictures(body: bytes) -> tuple[bytes, bytes]:
    """Read two pictures; raises `BadWire`."""
    if len(body) < _LENGTH.size or _LENGTH.unpack_from(body)[0] > len(body) - _LENGTH.size:
        raise BadWire("COMPARE: malformed")
    middle = _LENGTH.size + _LENGTH.unpack_from(body)[0]
    return body[_LENGTH.size : middle], body[middle:]


# ---- bodies that are JSON --------------------------------------------------------------------------------

_NOT_READABLE = (ValueError, KeyError, TypeError, OverflowError, RecursionError)
"""What reading a body may raise: also for a number of hundreds of digits, or a thousand brackets."""


def health_body(health: Health) -> bytes:
    """Write a health."""
    return json.dumps({"state": health.state.value, "reason": health.reason.value}).encode()


def read_health(body: bytes) -> Health:
    """Read a health; raises `BadWire`."""
    try:
        fields = json.loads(body)
        return health_said(DeviceState(fields["state"]), Reason(fields["reason"]))
    except _NOT_READABLE:
        raise BadWire("HEALTH: malformed") from None


def guidance_body(guidance: Guidance) -> bytes:
    """Write a guidance."""
    return json.dumps(guidance.value).encode()


def read_guidance(body: bytes) -> Guidance:
    """Read a guidance; raises `BadWire`."""
    try:
        return Guidance(json.loads(body))
    except _NOT_READABLE:
        raise BadWire("GUIDANCE: malformed") from None


def camera_body(reason: Reason) -> bytes:
    """Write why nothing is seen any more."""
    return json.dumps(reason.value).encode()


def read_camera(body: bytes) -> CameraTrouble | CameraBack:
    """Read what became of the camera; raises `BadWire`."""
    try:
        reason = Reason(json.loads(body))
    except _NOT_READABLE:
        raise BadWire("CAMERA: malformed") from None
    return CameraBack() if reason is Reason.NONE else CameraTrouble(reason)


def challenge_body(wanted: TurnsWanted) -> bytes:
    """Write what a challenge is to be like."""
    return json.dumps({"turns": wanted.turns, "patience": wanted.patience}).encode()


def read_challenge(body: bytes) -> TurnsWanted:
    """Read what a challenge is to be like; raises `BadWire`."""
    try:
        fields = json.loads(body)
        turns, patience = int(fields["turns"]), float(fields["patience"])
    except _NOT_READABLE:
        raise BadWire("CHALLENGE: malformed") from None
    if not (1 <= turns <= _MOST_TURNS and 0 < patience <= _MOST_PATIENCE):
        raise BadWire("CHALLENGE: beyond its bounds")
    return TurnsWanted(turns, patience)


def asked_body(asked: Asked) -> bytes:
    """Write what the person is asked."""
    side = None if asked.side is None else asked.side.value
    return json.dumps({"side": side, "done": asked.done, "turns": asked.turns}).encode()


def read_asked(body: bytes) -> Asked:
    """Read what the person is asked; raises `BadWire`."""
    try:
        fields = json.loads(body)
        side = None if fields["side"] is None else Side(fields["side"])
        return Asked(side, int(fields["done"]), int(fields["turns"]))
    except _NOT_READABLE:
        raise BadWire("ASKED: malformed") from None


def judged_body(verdict: LivenessVerdict) -> bytes:
    """Write a verdict."""
    return json.dumps(
        {
            "module": verdict.module,
            "level": verdict.assurance_level.value,
            "verdict": verdict.verdict.value,
            "reason": verdict.reason.value,
        }
    ).encode()


def read_judged(body: bytes) -> LivenessVerdict:
    """Read a verdict; raises `BadWire`."""
    try:
        fields = json.loads(body)
        return LivenessVerdict(
            str(fields["module"]),
            LivenessLevel(fields["level"]),
            Finding(fields["verdict"]),
            LivenessReason(fields["reason"]),
        )
    except _NOT_READABLE:
        raise BadWire("JUDGED: malformed") from None


def compared_body(compared: FaceCompared) -> bytes:
    """Write a comparison."""
    return json.dumps({"distance": compared.distance, "threshold": compared.threshold}).encode()


def read_compared(body: bytes) -> FaceCompared:
    """Read a comparison; raises `BadWire`."""
    try:
        fields = json.loads(body)
        distance, threshold = float(fields["distance"]), float(fields["threshold"])
    except _NOT_READABLE:
        raise BadWire("COMPARED: malformed") from None
    if not (math.isfinite(distance) and math.isfinite(threshold)):
        raise BadWire("COMPARED: no number")
    return FaceCompared(distance, threshold)


def fault_body(reason: Reason, detail: str) -> bytes:
    """Write why the camera failed."""
    return json.dumps({"reason": reason.value, "detail": detail}).encode()


def read_fault(body: bytes) -> tuple[Reason, str]:
    """Read why the camera failed; raises `BadWire`."""
    try:
        fields = json.loads(body)
        return Reason(fields["reason"]), str(fields["detail"])
    except _NOT_READABLE:
        raise BadWire("FAULT: malformed") from None
