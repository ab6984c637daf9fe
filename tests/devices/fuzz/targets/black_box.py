"""The black box: traces as text, and what of a cable's bytes a trace shows."""

from __future__ import annotations

from pathlib import Path

from devices.blackbox.redaction import redactors
from devices.blackbox.trace import BadTrace, Kind, Shown, Way, event_text, head_text, read_trace
from devices.simulators.sam_v_frames import record, response
from tests.devices.documents import RESIDENT
from tests.devices.fuzz.target import Target, pieces, require

TRACES = Path(__file__).resolve().parents[2] / "blackbox" / "traces"
KINDS = tuple(Kind)
NAME = RESIDENT.name.encode("utf-16-le")


def trace_seeds() -> list[bytes]:
    """The recorded faults, and a small trace with everything in it."""
    small = (
        "hall-terminal black box 1\ndevice: sam_v\nbaud: 115200\nprogram: p 1\nbegan: 2026\n\n"
        "# a note\n       0.0 ! baud 9600\n      20.1 > aaaaaa96690003300132\n"
        "      39.5 < aaaaaa9669 <name 30 redacted> <check good>\n      77.0 ! unplugged\n"
    )
    return [
        small.encode(),
        *(path.read_bytes()[:4096] for path in sorted(TRACES.glob("*")) if path.is_file()),
    ]


def check_trace(data: bytes) -> None:
    """A trace or a typed no; what was read can be written and read again."""
    try:
        trace = read_trace(data.decode("utf-8", errors="replace"))
    except BadTrace:
        return
    again = head_text(trace.head) + "".join(map(event_text, trace.events))
    require(read_trace(again) == trace, "a trace that changes when it is written again")


def cable_seeds() -> list[bytes]:
    """First byte: kind and direction. Then what goes over the cable."""
    said = [record(RESIDENT), response(0x80), record(RESIDENT)[:300] + record(RESIDENT), b"\x10\x04\x01\x12"]
    return [bytes([choice]) + each for choice in range(8) for each in said]


def check_cable(data: bytes) -> None:
    """Every byte is accounted for, and only bytes that were there are shown."""
    choice, rest = (data[0] if data else 0), data[1:]
    redactor = redactors(KINDS[choice // 2 % len(KINDS)])[tuple(Way)[choice % 2]]
    items = [item for piece in pieces(rest) for item in redactor.feed(piece)] + redactor.flush()
    require(sum(item.length for item in items) == len(rest), "bytes are lost count of")
    at = 0
    for item in items:
        if isinstance(item, Shown):
            require(rest[at : at + item.length] == item.data, "bytes shown that were not there")
            require(NAME not in item.data, "a name is shown")
        at += item.length


TARGETS = (
    Target("trace", trace_seeds, check_trace),
    Target("redaction", cable_seeds, check_cable),
)
