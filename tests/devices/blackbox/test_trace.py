"""A trace is a text to read, to note something in and to send; what is no trace is told with its line."""

from __future__ import annotations

import pytest

from devices.blackbox.trace import (
    BadTrace,
    Bytes,
    Check,
    Happened,
    Happening,
    Head,
    Kind,
    Rate,
    Shown,
    Trace,
    Way,
    Withheld,
    event_text,
    head_text,
    read_trace,
)

WHOLE = Trace(
    Head(Kind.SAM_V, 115_200, "hall-terminal 0.1.0", "2026-03-14T09:00:00Z"),
    (
        Bytes(0.5, Way.TO_DEVICE, (Shown(bytes.fromhex("aaaaaa96690003200122")),)),
        Bytes(12.0, Way.FROM_DEVICE, (Shown(b"\xaa\xaa"), Withheld("sam-id", 16), Check(good=False))),
        Happened(13.0, Happening.UNPLUGGED),
        Happened(99_999_999.9, Happening.PLUGGED_IN),
        Rate(100_000_000.0, 9600),
    ),
)
TEXT = head_text(WHOLE.head) + "".join(map(event_text, WHOLE.events))


def test_a_trace_is_read_as_it_was_written() -> None:
    assert read_trace(TEXT) == WHOLE


def test_notes_of_a_technician_may_stand_anywhere() -> None:
    first, *lines = TEXT.splitlines()
    noted = [
        "# of the north hall",
        first,
        "# card 3 of 5, reader warm",
        *(part for line in lines for part in (line, "# …")),
    ]
    assert read_trace("\n".join(noted) + "\n") == WHOLE


def test_a_line_that_the_power_cut_is_left_out() -> None:
    assert read_trace(TEXT[:-5]).events == WHOLE.events[:-1]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "line 1: a trace begins with"),
        (TEXT.replace("sam_v", "toaster"), "head: device"),
        (TEXT.replace("baud: 115200", "baud: fast"), "head: baud"),
        (TEXT + "12.5 ? aa\n", "line 12: is not a time"),
        (TEXT + "12.5 < aaa\n", "line 12: cannot be read from character 1"),
        (TEXT + "12.5 < aa bb <text 5 hidden>\n", "line 12: cannot be read from character 7"),
        (TEXT + "12.5 < <text 9999999999 redacted>\n", "line 12: more bytes at once"),
        (TEXT + "12.5 ! on fire\n", 'line 12: "on fire"'),
    ],
    ids=["nothing", "kind", "rate", "way", "half a byte", "words", "too much", "happening"],
)
def test_what_is_no_trace_is_told_with_its_line(text: str, why: str) -> None:
    with pytest.raises(BadTrace, match=why):
        read_trace(text)
