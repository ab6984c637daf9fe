"""What a printer's bytes say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.escpos.status import (
    Automatic,
    Cleared,
    FullStatus,
    InOrder,
    Noise,
    RealTime,
    Replies,
    Reply,
    health_by_itself,
    health_in_full,
    health_of,
)
from devices.statuses import DeviceState, PaperState, PrinterMedia, Reason


def read(data: bytes) -> list[Reply]:
    return list(Replies().feed(data))


def test_all_clear_is_online_with_paper() -> None:
    health = health_of(0x16, 0x12, 0x12, 0x12)
    assert (health.state, health.reason, health.paper) == (DeviceState.ONLINE, Reason.NONE, PaperState.FULL)


def test_paper_near_its_end_still_prints() -> None:
    health = health_of(0x16, 0x12, 0x12, 0x1E)
    assert health.usable
    assert health.paper is PaperState.LOW


@pytest.mark.parametrize(
    ("bytes_", "state", "reason"),
    [
        ((0x1E, 0x16, 0x12, 0x12), DeviceState.OFFLINE, Reason.COVER_OPEN),
        ((0x1E, 0x32, 0x12, 0x7E), DeviceState.OFFLINE, Reason.PAPER_OUT),
        ((0x16, 0x12, 0x12, 0x72), DeviceState.OFFLINE, Reason.PAPER_OUT),
        ((0x1E, 0x52, 0x1A, 0x12), DeviceState.HARDWARE_ERROR, Reason.CUTTER),
        ((0x1E, 0x52, 0x32, 0x12), DeviceState.HARDWARE_ERROR, Reason.UNRECOVERABLE),
        ((0x1E, 0x12, 0x52, 0x12), DeviceState.DEVICE_BUSY, Reason.RECOVERABLE),
        ((0x1E, 0x52, 0x12, 0x12), DeviceState.HARDWARE_ERROR, Reason.STOPPED),
        ((0x1E, 0x52, 0x16, 0x12), DeviceState.HARDWARE_ERROR, Reason.PAPER_JAM),
        ((0x1E, 0x1A, 0x12, 0x12), DeviceState.DEVICE_BUSY, Reason.STOPPED),
        ((0x1E, 0x12, 0x12, 0x12), DeviceState.OFFLINE, Reason.STOPPED),
    ],
)
def test_each_trouble_has_its_cause(
    bytes_: tuple[int, int, int, int], state: DeviceState, reason: Reason
) -> None:
    health = health_of(*bytes_)
    assert (health.state, health.reason) == (state, reason)
    assert not health.usable


def test_a_bit_that_only_one_maker_defines_is_no_jam_without_an_error() -> None:
    assert health_of(0x16, 0x12, 0x16, 0x12).usable


def test_replies_of_four_kinds_are_told_apart() -> None:
    asb = bytes((0x14, 0x00, 0x03, 0x0F))
    assert read(b"\x16" + asb + b"\x03" + b"\x37\x25\x00" + b"\x00" + b"\xff") == [
        RealTime(0x16),
        Automatic(asb),
        InOrder(0x03),
        Cleared(),
        InOrder(0),
        Noise(),
    ]


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ((0x10, 0x00, 0x00, 0x00), Reason.NONE),
        ((0x38, 0x00, 0x00, 0x00), Reason.COVER_OPEN),
        ((0x18, 0x08, 0x00, 0x00), Reason.CUTTER),
        ((0x18, 0x20, 0x00, 0x00), Reason.UNRECOVERABLE),
        ((0x18, 0x00, 0x0C, 0x00), Reason.PAPER_OUT),
    ],
)
def test_a_printer_that_reports_by_itself_is_understood(values: tuple[int, ...], reason: Reason) -> None:
    assert health_by_itself(bytes(values)).reason is reason


@pytest.mark.parametrize(
    ("values", "reason", "media"),
    [
        ((0x00, 0x00, 0x00, 0x00), Reason.NONE, PrinterMedia.NOT_PRESENT),
        ((0x24, 0x00, 0x00, 0x00), Reason.NONE, PrinterMedia.PRESENT),
        ((0x01, 0x00, 0x00, 0x00), Reason.PAPER_OUT, PrinterMedia.NOT_PRESENT),
        ((0x00, 0x02, 0x00, 0x00), Reason.COVER_OPEN, PrinterMedia.NOT_PRESENT),
        ((0x00, 0x00, 0x40, 0x00), Reason.PAPER_JAM, PrinterMedia.JAMMED),
        ((0x00, 0x00, 0x00, 0x01), Reason.CUTTER, PrinterMedia.NOT_PRESENT),
        ((0x00, 0x00, 0x00, 0x80), Reason.PRESENTER, PrinterMedia.NOT_PRESENT),
        ((0x00, 0x00, 0x01, 0x00), Reason.RECOVERABLE, PrinterMedia.NOT_PRESENT),
    ],
)
def test_a_presenter_tells_whether_the_slip_was_taken(
    values: tuple[int, ...], reason: Reason, media: PrinterMedia
) -> None:
    health = health_in_full(bytes(values))
    assert (health.reason, health.media) == (reason, media)


def test_a_full_status_is_not_taken_for_a_report() -> None:
    said = b"\x10\x0f\x20\x00\x00\x00"
    assert list(Replies(full_status=True).feed(said)) == [FullStatus(said[2:])]


def test_flow_control_bytes_may_stand_anywhere() -> None:
    assert read(b"\x13\x37\x11\x25\x13\x00\x11") == [Cleared()]


def test_a_reply_that_breaks_off_is_not_taken_for_another() -> None:
    assert read(b"\x37\x25") == []
    assert read(b"\x37\x12") == [Noise(), RealTime(0x12)]
    assert read(b"\x10\x12") == [Noise(), RealTime(0x12)]


@given(st.binary(max_size=40), st.integers(min_value=0, max_value=40))
def test_it_does_not_matter_how_the_bytes_are_portioned(data: bytes, cut: int) -> None:
    replies = Replies()
    assert [*replies.feed(data[:cut]), *replies.feed(data[cut:])] == read(data)


@given(st.integers(min_value=0, max_value=255))
def test_only_the_pattern_of_the_manual_is_a_status(byte: int) -> None:
    pattern = f"{byte:08b}"
    is_status = pattern[0] == "0" and pattern[3] == "1" and pattern[6:] == "10"
    assert (RealTime(byte) in read(bytes((byte,)))) is is_status
