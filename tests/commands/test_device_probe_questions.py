"""The questions of `device probe`, as a printer of another rate hears them: nothing in them is printed."""

from __future__ import annotations

import itertools

import pytest

from devices.escpos.status import Ask
from devices.sam_v.frames import FIND, SAM_ID, STATUS
from devices.scanners.families import FAMILIES

RATES = (115_200, 57_600, 38_400, 19_200, 9_600)

FIRST = bytes((0x10, 0x04, Ask.PRINTER))
"""The only one that is sent before somebody has answered; `DLE EOT 2` would not do."""

TO_OTHERS = (STATUS.frame, FIND.frame, SAM_ID.frame, FAMILIES["newland"].query, FAMILIES["gm65"].query)
"""Heard by a printer only if it cannot answer."""

PRINTS = (
    b"\n", b"\r", b"\x0b", b"\x1bd", b"\x1bJ", b"\x1be", b"\x1bK", b"\x1dV", b"\x1bi", b"\x1bm", b"\x1dv0",
    b"\x1d(L", b"\x1b*", b"\x1cp", b"\x12T",
)  # fmt: skip
"""Line ends, feeds, cuts, pictures and self-tests: what brings paper out."""

FORM_FEED = b"\x0c"
"""Does nothing in standard mode (ESC/POS command reference, `FF`); some label printers feed."""


def line_level(data: bytes) -> list[int]:
    """8N1: idle, then each byte as a start bit, its bits from the lowest, and a stop bit."""
    bits = [1]
    for byte in data:
        bits += [0, *((byte >> place) & 1 for place in range(8)), 1]
    return [*bits, *([1] * 12)]


def heard(data: bytes, sent_at: int, heard_at: int, phase: float = 0.5) -> bytes:
    """What a receiver at another rate makes of it, taking bytes with a wrong stop bit, too.

    It samples each bit at `phase` of its own bit time; after a byte it waits for the next falling edge.
    """
    bits = line_level(data)
    step = sent_at / heard_at  # of the sender's bits, in one of the receiver's
    found, at = b"", 1
    while at < len(bits):
        if bits[at] or not bits[at - 1]:
            at += 1
            continue
        sampled = [at + (place + phase) * step for place in range(10)]
        levels = [bits[int(place)] if place < len(bits) else 1 for place in sampled]
        found += bytes((sum(level << number for number, level in enumerate(levels[1:9])),))
        at = max(at + 1, int(sampled[9]) + 1)
    return found


def everywhere(question: bytes) -> list[bytes]:
    """What is heard of it at any two rates, with clocks that are not quite right either."""
    return [
        heard(question, sent_at, heard_at, phase)
        for sent_at, heard_at in itertools.product(RATES, RATES)
        for phase in (0.4, 0.5, 0.6)
    ]


@pytest.mark.parametrize("question", [FIRST, *TO_OTHERS], ids=bytes.hex)
def test_at_its_own_rate_a_receiver_hears_what_was_sent(question: bytes) -> None:
    assert heard(question, 9600, 9600) == question


def test_the_first_question_does_nothing_to_a_printer_at_any_rate() -> None:
    for said in everywhere(FIRST):
        assert not any(word in said for word in (*PRINTS, FORM_FEED)), said


@pytest.mark.parametrize("question", TO_OTHERS, ids=bytes.hex)
def test_no_later_question_prints_on_a_printer_that_cannot_answer(question: bytes) -> None:
    for said in everywhere(question):
        assert not any(word in said for word in PRINTS), said


def test_a_worse_first_question_would_be_caught() -> None:
    assert any(FORM_FEED in said for said in everywhere(bytes((0x10, 0x04, Ask.OFFLINE))))


def test_a_honeywells_question_would_print_and_is_not_asked_unasked() -> None:
    assert b"\r" in FAMILIES["honeywell"].query
