"""SAM_V frames as a reader sees them: the requests by name, and its answers. Written from the manual."""

from __future__ import annotations

from devices.simulators.cards import AnyCard, text_area

START = bytes.fromhex("AAAAAA9669")
SAM_ID = bytes.fromhex("05000300A53A34010100000015CD5B07")
REQUEST_LENGTHS = (3, 4)
"""Of a request from its command to its checksum."""

NAMES = {
    bytes.fromhex("0003 10FF"): "reset",
    bytes.fromhex("0003 11FF"): "status",
    bytes.fromhex("0003 12FF"): "sam id",
    bytes.fromhex("0003 2001"): "find",
    bytes.fromhex("0003 2002"): "select",
    bytes.fromhex("0003 3001"): "read",
    bytes.fromhex("0003 3010"): "read all",
    bytes.fromhex("0003 3003"): "new address",
    bytes.fromhex("0003 3005"): "management",
    bytes.fromhex("0003 6000"): "rate 115200",
    bytes.fromhex("0003 6001"): "rate 57600",
    bytes.fromhex("0003 6002"): "rate 38400",
    bytes.fromhex("0003 6003"): "rate 19200",
    bytes.fromhex("0003 6004"): "rate 9600",
    bytes.fromhex("0004 61FF50"): "longest radio frame",
}
"""Requests from length to parameter."""


def parity(data: bytes) -> int:
    """XOR of all bytes: 0 over a frame from its length to its checksum."""
    total = 0
    for byte in data:
        total ^= byte
    return total


def response(sw3: int, data: bytes = b"", card_status: bytes = bytes(2)) -> bytes:
    """Frame a response: start, length, SW1 SW2 SW3, data, XOR of all but the start."""
    content = (len(data) + 4).to_bytes(2, "big") + card_status + bytes([sw3]) + data
    return START + content + bytes([parity(content)])


def record(
    card: AnyCard, fingerprints: bytes | None = None, inner_lengths: tuple[int, ...] | None = None
) -> bytes:
    """Frame a card's record as answered to `30 01`, or to `30 10` when `fingerprints` are given.

    `inner_lengths` stands in the head instead of the true lengths of the parts.
    """
    text = text_area(card)
    lengths = (len(text), len(card.photo)) + (() if fingerprints is None else (len(fingerprints),))
    head = b"".join(length.to_bytes(2, "big") for length in inner_lengths or lengths)
    return response(0x90, head + text + card.photo + (fingerprints or b""))
