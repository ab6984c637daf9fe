"""The pipes to other processes: vendors' libraries, the face worker, the terminal."""

from __future__ import annotations

import math
from itertools import chain

from devices.contracts.eyes import Asked, FaceCompared, Guidance, TurnsWanted
from devices.contracts.liveness import Finding as Judgement
from devices.contracts.liveness import LivenessLevel, LivenessReason, LivenessVerdict
from devices.contracts.pages import Finding, Outline, Page, PageHint, PagePreview, PageProblem, PageRefused
from devices.eyes import wire as eyes
from devices.eyes.liveness_challenge import Side
from devices.pages import wire as pages
from devices.statuses import DeviceFault, DeviceState, NotReady, Reason
from devices.vendor_host import wire as vendor
from devices.vendor_host.operations import OPERATIONS
from kiosk import messages
from tests.devices.fuzz.target import Target, require

SHAPES = [
    (operation.code, shape)
    for operations in OPERATIONS.values()
    for operation in operations
    for shape in (operation.takes, operation.gives)
]


def vendor_seeds() -> list[bytes]:
    """First byte: whose values. Then a message."""
    return [
        bytes([number])
        + vendor.pack(
            vendor.What.RESULT,
            7,
            vendor.values_body(
                code,
                shape,
                vendor.Values(
                    (0x90,) * shape.numbers, (0.5,) * shape.reals, tuple(b"abc" for _ in shape.blobs)
                ),
            ),
        )
        for number, (code, shape) in enumerate(SHAPES)
    ] + [b"\0" + vendor.pack(vendor.What.NOT_LOADED, 0, vendor.text_body("无此文件"))]


def check_vendor(data: bytes) -> None:
    """A message with exactly its values, or a typed no; what was read can be written again, byte for byte."""
    head = data[1 : 1 + vendor.HEAD.size]
    if len(head) < vendor.HEAD.size:
        return
    code, shape = SHAPES[data[0] % len(SHAPES)]
    try:
        _what, _number, length = vendor.read_head(head, shape.limit + 1)
        require(length <= shape.limit + 1, "a length beyond its limit")
        body = data[1 + vendor.HEAD.size :][:length]
        vendor.read_text(body)
        operation = vendor.operation_of(body)
        values = vendor.read_values(body, shape)
    except vendor.BadWire:
        return
    require(all(map(math.isfinite, values.reals)), "a real that is no number")
    require(vendor.values_body(operation, shape, values) == body, f"{code}: not what was sent")


def eyes_seeds() -> list[bytes]:
    """Every message of the face worker."""
    return [
        eyes.pack(eyes.Kind.HEALTH, eyes.health_body(NotReady(DeviceState.NO_DEVICE, Reason.PORT_LOST))),
        eyes.pack(eyes.Kind.GUIDANCE, eyes.guidance_body(next(iter(Guidance)))),
        eyes.pack(eyes.Kind.COMPARED, eyes.compared_body(FaceCompared(0.25, 0.45))),
        eyes.pack(eyes.Kind.FAULT, eyes.fault_body(Reason.SILENT, "no frame")),
        eyes.pack(eyes.Kind.CAMERA, eyes.camera_body(Reason.FRAME_STALLED)),
        eyes.pack(eyes.Kind.HEALTH, b'{"state": "online", "reason": "none"}'),
        eyes.pack(eyes.Kind.COMPARED, b'{"distance": 1e999, "threshold": NaN}'),
        eyes.pack(eyes.Kind.READY),
        eyes.pack(eyes.Kind.CHALLENGE, eyes.challenge_body(TurnsWanted(3, 2.0))),
        eyes.pack(eyes.Kind.ASKED, eyes.asked_body(Asked(Side.LEFT, 1, 3))),
        eyes.pack(eyes.Kind.JUDGED, eyes.judged_body(_VERDICT)),
        eyes.pack(eyes.Kind.COMPARE, eyes.pictures_body(b"photo", b"live")),
    ]


_VERDICT = LivenessVerdict("five-points/1", LivenessLevel.BASIC, Judgement.ATTACK, LivenessReason.FLAT)


def check_eyes(data: bytes) -> None:
    """Each body is what its kind says, or a typed no."""
    if len(data) < eyes.HEAD.size:
        return
    try:
        kind, length = eyes.read_head(data[: eyes.HEAD.size])
        require(length <= eyes.LIMITS[kind], "a length beyond its limit")
        body = data[eyes.HEAD.size :][:length]
        match kind:
            case eyes.Kind.HEALTH:
                health = eyes.read_health(body)
                require(health.usable is (health.state is DeviceState.ONLINE), "usable, but not online")
            case eyes.Kind.GUIDANCE:
                eyes.read_guidance(body)
            case eyes.Kind.COMPARED:
                compared = eyes.read_compared(body)
                require(math.isfinite(compared.distance), "a distance that is no number")
                require(math.isfinite(compared.threshold), "a threshold that is no number")
            case eyes.Kind.FAULT:
                eyes.read_fault(body)
            case eyes.Kind.CAMERA:
                eyes.read_camera(body)
            case eyes.Kind.CHALLENGE:
                wanted = eyes.read_challenge(body)
                require(1 <= wanted.turns <= 6 and 0 < wanted.patience <= 10, "a challenge without end")
            case eyes.Kind.ASKED:
                eyes.read_asked(body)
            case eyes.Kind.JUDGED:
                verdict = eyes.read_judged(body)
                require(eyes.read_judged(eyes.judged_body(verdict)) == verdict, "not what was said")
            case eyes.Kind.COMPARE:
                photo, live = eyes.read_pictures(body)
                require(eyes.pictures_body(photo, live) == body, "not the pictures that were sent")
            case _:
                pass
    except eyes.BadWire:
        return


def pages_seeds() -> list[bytes]:
    """Every message of the page worker."""
    outline = Outline(((0.1, 0.1), (0.9, 0.1), (0.9, 0.9), (0.1, 0.9)), 0.95)
    return [
        pages.preview(PagePreview(b"jpeg", outline, 0.5, PageHint.HOLD_STILL)),
        pages.preview(PagePreview(b"jpeg", None, 0.0, PageHint.LAY_PAPER)),
        pages.page(Page(b"jpeg", 1654, 2339, 200)),
        pages.refused(PageRefused((Finding(PageProblem.GLARE, 60.0, 45.0),))),
        pages.fault(Reason.FRAME_BLACK, "no new frame"),
        pages.pack(pages.Kind.WATCH, "a4"),
        pages.pack(pages.Kind.PAGE, [1e999, 10**400, 200]),
    ]


def check_pages(data: bytes) -> None:
    """A picture of the table, a page, a refusal or a fault with numbers that are some; or a typed no."""
    if len(data) < eyes.HEAD.size:
        return
    try:
        kind, length = pages.read_head(data[: eyes.HEAD.size])
        event = pages.read_event(kind, data[eyes.HEAD.size :][:length])
    except (eyes.BadWire, DeviceFault):
        return
    match event:
        case PagePreview(outline=outline, still=still):
            places = () if outline is None else (outline.confidence, *chain(*outline.corners))
            require(all(map(math.isfinite, (still, *places))), "a place that is no number")
        case PageRefused(findings=findings):
            values = [value for found in findings for value in (found.measure, found.limit)]
            require(all(map(math.isfinite, values)), "a measure that is no number")
        case Page():
            require(pages.read_event(pages.Kind.PAGE, pages.page(event)[eyes.HEAD.size :]) == event, "not it")


def message_seeds() -> list[bytes]:
    """What crosses the pipe between terminal and session."""
    device = messages.DeviceHealth(state="offline", reason="paper_out", paper="out", media="unknown")
    return [
        messages.encode(message)
        for message in (
            messages.Heartbeat(),
            messages.StepShown(step="welcome"),
            messages.HealthReport(devices={"printer": device}),
            messages.PrintJob(job_id="0" * 36, state="printed", sha256="a" * 64),
            messages.Promote(reach="online", flush_printer=True),
            messages.PinRefused(reason="locked", retry_after_s=30),
        )
    ]


def check_message(data: bytes) -> None:
    """A message or a typed no, in both directions; the refusal does not quote."""
    for decode in (messages.decode_from_session, messages.decode_from_terminal):
        try:
            read = decode(data)
        except messages.BadMessage:
            continue
        require(decode(read.model_dump_json().encode()) == read, "not what was sent")


TARGETS = (
    Target("vendor-pipe", vendor_seeds, check_vendor),
    Target("eyes-pipe", eyes_seeds, check_eyes),
    Target("pages-pipe", pages_seeds, check_pages),
    Target("session-pipe", message_seeds, check_message),
)
