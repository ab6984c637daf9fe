"""ESC/POS status replies, and the bursts of barcode scanners."""

from __future__ import annotations

from functools import cache
from typing import get_args

from devices.contracts.scanner import ScanUnreadable
from devices.escpos.status import (
    Automatic,
    Cleared,
    FullStatus,
    Noise,
    RealTime,
    Replies,
    health_by_itself,
    health_in_full,
    health_of,
)
from devices.scanners.bursts import LONGEST_REPLY, Burst, Suffix
from devices.scanners.codes import MAX_BYTES, CodePatterns
from devices.scanners.families import FAMILIES
from devices.statuses import DeviceState
from tests.devices.fuzz.target import Target, pieces, require

XON_XOFF = b"\x11\x13"
ASKED = 4


def reply_seeds() -> list[bytes]:
    """First byte: whether the printer has the full status. Then what it says."""
    said = [
        b"\x16\x12\x12\x12",
        b"\x1e\x32\x12\x7e",
        b"\x00\x37\x25\x00",
        b"\x14\x00\x00\x0f",
        b"\x10\x0f\x20\x03\x40\x83",
        b"\x13\x16\x11\x12\xff\x12\x12",
    ]
    return [bytes([dialect]) + each for dialect in (0, 1) for each in said]


def check_replies(data: bytes) -> None:
    """Cuts change nothing, every byte is counted once, and any four answers are a health."""
    full_status, rest = bool(data[:1] and data[0] & 1), data[1:]
    at_once = list(Replies(full_status=full_status).feed(rest))
    cut = Replies(full_status=full_status)
    in_pieces = [reply for piece in pieces(rest) for reply in cut.feed(piece)]
    require(at_once == in_pieces, "where the bytes are cut changes what is read")
    lengths = {Cleared: 3, Automatic: 4, FullStatus: 6}
    counted = sum(lengths.get(type(reply), 1) for reply in at_once)
    plain = len(rest.translate(None, XON_XOFF))
    require(counted <= plain < counted + max(lengths.values()), "bytes are lost count of")
    answers = [reply.value for reply in at_once if isinstance(reply, RealTime)][:ASKED]
    if len(answers) == ASKED:
        health = health_of(*answers)
        require(health.usable is (health.state is DeviceState.ONLINE), "usable, but not online")
    for reply in at_once:
        match reply:
            case Automatic(values):
                health_by_itself(values)
            case FullStatus(values):
                health_in_full(values)
            case Noise():
                require(any(byte & 0x93 != 0x12 for byte in rest), "noise where there is none")
            case _:
                pass


def burst_seeds() -> list[bytes]:
    """First byte: family and suffix. Then what the scanner sends."""
    codes = [
        b"134567890123456789\r",
        b"285678901234567890\r\n",
        "机读码\n".encode(),
        b"TOKEN:a-b\r",
        b"x\ry\r",
    ]
    chatter = [
        b"",
        b"\x02\x010000@SCNTRG1\x06;\x03",
        bytes.fromhex("02000001003331"),
        b"CBRENA1\x06.",
        b"\x02\x010000@QRYSYS\x06;\x03",
    ]
    return [
        bytes([choice]) + before + code for choice in range(15) for before in chatter[:3] for code in codes
    ] + [bytes([choice]) + each for choice in range(3) for each in chatter]


@cache
def patterns() -> CodePatterns:
    """A hall that has not said what its own codes look like."""
    return CodePatterns()


def check_burst(data: bytes) -> None:
    """One code, nothing, or a typed no: never two codes in one, never a control byte in a code."""
    choice, rest = (data[0] if data else 0), data[1:]
    families, suffixes = list(FAMILIES.values()), get_args(Suffix)
    burst = Burst(families[choice % 3], suffixes[choice // 3 % len(suffixes)], patterns())
    try:
        for piece in pieces(rest):
            burst.add(piece)
        scan = burst.end()
        if scan is None:
            scan = burst.end()
    except ScanUnreadable as unreadable:
        require(len(str(unreadable)) < 20, "a refusal that quotes the code")
        return
    if scan is None:
        return
    require(scan.text.encode() in rest, "a code that was never sent")
    require(
        not any(character in scan.text for character in "\r\n\0\x02\x03\x06\x15"), "control bytes in a code"
    )
    require(len(scan.text.encode()) <= min(MAX_BYTES, len(rest)), "a code longer than any")
    require(len(burst.heard) <= MAX_BYTES + LONGEST_REPLY, "a burst that grows for ever")
    require(scan.text not in repr(scan) or len(scan.text) < 6, "a repr that tells a code")


TARGETS = (
    Target("escpos-replies", reply_seeds, check_replies),
    Target("scanner-bursts", burst_seeds, check_burst),
)
