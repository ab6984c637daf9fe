"""The pipe between session and face worker."""

import pytest

from devices.contracts.eyes import CameraBack, CameraTrouble, FaceCompared, Guidance
from devices.eyes import wire
from devices.eyes.wire import BadWire, Kind
from devices.statuses import DeviceState, NotReady, Reason


def test_a_message_says_its_kind_and_length() -> None:
    assert wire.pack(Kind.PHOTO, b"png") == b"p\0\0\0\x03png"
    assert wire.read_head(b"p\0\0\0\x03") == (Kind.PHOTO, 3)


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(BadWire, match="unknown kind"):
        wire.read_head(b"?\0\0\0\0")


@pytest.mark.parametrize("kind", Kind)
def test_a_body_above_its_limit_is_neither_sent_nor_read(kind: Kind) -> None:
    over = wire.LIMITS[kind] + 1
    with pytest.raises(BadWire, match=kind.name):
        wire.pack(kind, bytes(over))
    with pytest.raises(BadWire, match=kind.name):
        wire.read_head(wire.HEAD.pack(kind.value, over))


def test_what_is_written_is_read() -> None:
    health = NotReady(DeviceState.HARDWARE_ERROR, Reason.FRAME_STALLED)
    assert wire.read_health(wire.health_body(health)) == health
    compared = FaceCompared(0.31, 0.42)
    assert wire.read_compared(wire.compared_body(compared)) == compared
    assert wire.read_fault(wire.fault_body(Reason.PORT_LOST, "no frame")) == (Reason.PORT_LOST, "no frame")
    for reason in Reason:
        said = CameraBack() if reason is Reason.NONE else CameraTrouble(reason)
        assert wire.read_camera(wire.camera_body(reason)) == said
    for guidance in Guidance:
        assert wire.read_guidance(wire.guidance_body(guidance)) is guidance


@pytest.mark.parametrize("body", [b"", b"{}", b"[]", b"1", b'{"state": "fine", "reason": "none"}', b"\xff"])
def test_a_malformed_body_is_refused(body: bytes) -> None:
    for read in (wire.read_health, wire.read_guidance, wire.read_camera, wire.read_compared, wire.read_fault):
        with pytest.raises(BadWire):
            read(body)
