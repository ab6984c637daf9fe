"""The pipe's bytes: whatever comes, it is a message of this pipe or refused, and nothing long is believed."""

from __future__ import annotations

import math
import re
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.vendor_host import operations as ops
from devices.vendor_host import wire
from devices.vendor_host.operations import OPERATIONS, ModuleKind, longest_call
from devices.vendor_host.wire import BadWire, Shape, Values, What

SHAPE = Shape(numbers=2, reals=1, blobs=(4, 8))
GOOD = Values((1, -2), (0.5,), (b"ab", b"\0" * 8))
BODY = wire.values_body(7, SHAPE, GOOD)


def test_a_message_is_what_the_page_says() -> None:
    """The worked example of docs/vendor-modules.md."""
    call = wire.values_body(ops.SDT_FIND.code, ops.SDT_FIND.takes, Values((1001,)))
    assert wire.pack(What.CALL, 3, call).hex(" ") == "01 43 00 03 00 00 00 05 05 00 00 03 e9"
    result = wire.values_body(ops.SDT_FIND.code, ops.SDT_FIND.gives, Values((0x9F,)))
    assert wire.pack(What.RESULT, 3, result).hex(" ") == "01 72 00 03 00 00 00 05 05 00 00 00 9f"


def test_values_come_out_as_they_went_in() -> None:
    assert wire.operation_of(BODY) == 7
    assert wire.read_values(BODY, SHAPE) == GOOD
    assert len(BODY) <= 1 + SHAPE.limit


@pytest.mark.parametrize("length", range(len(BODY)))
def test_a_body_cut_anywhere_is_refused(length: int) -> None:
    with pytest.raises(BadWire):
        wire.operation_of(BODY[:length]) and wire.read_values(BODY[:length], SHAPE)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (Values((1,), (0.5,), (b"", b"")), "wrong number of values"),
        (Values((1, 2), (), (b"", b"")), "wrong number of values"),
        (Values((1, 2), (0.5,), (b"",)), "wrong number of blobs"),
        (Values((1, 2), (math.nan,), (b"", b"")), "a real that is no number"),
        (Values((1, 2), (-math.inf,), (b"", b"")), "a real that is no number"),
        (Values((1, 2**31), (0.5,), (b"", b"")), "a number outside 32 bits"),
        (Values((1, 2), (0.5,), (b"12345", b"")), "a blob of 5 bytes, limit 4"),
    ],
)
def test_values_of_another_shape_are_not_sent(values: Values, said: str) -> None:
    with pytest.raises(BadWire, match=said):
        wire.values_body(7, SHAPE, values)


def test_a_real_that_is_no_number_is_not_believed() -> None:
    nan = BODY[:9] + b"\x7f\xf8\0\0\0\0\0\0" + BODY[17:]
    with pytest.raises(BadWire, match="no number"):
        wire.read_values(nan, SHAPE)


def test_a_byte_too_many_is_refused() -> None:
    with pytest.raises(BadWire, match="more bytes than values"):
        wire.read_values(BODY + b"\0", SHAPE)


def test_a_length_beyond_the_limit_is_refused_before_anything_is_read() -> None:
    head = wire.HEAD.pack(1, b"r", 0, 0xFFFFFFFF)
    with pytest.raises(BadWire, match="RESULT: 4294967295 bytes, limit 100"):
        wire.read_head(head, 100)


def test_another_version_is_refused() -> None:
    with pytest.raises(BadWire, match="version 2 of the pipe, 1 is spoken here"):
        wire.read_head(wire.HEAD.pack(2, b"r", 0, 0), 100)


@given(st.binary(min_size=8, max_size=8), st.binary(max_size=64))
def test_any_bytes_are_a_message_or_refused(head: bytes, body: bytes) -> None:
    for read in (
        lambda: wire.read_head(head, 64),
        lambda: wire.read_values(body, SHAPE),
        lambda: wire.read_values(BODY[:17] + body, SHAPE),
    ):
        with suppress(BadWire):
            read()


@given(st.binary(max_size=4), st.binary(max_size=8), st.integers(-(2**31), 2**31 - 1))
def test_any_values_survive_the_way(one: bytes, other: bytes, number: int) -> None:
    values = Values((number, 0), (number / 3,), (one, other))
    assert wire.read_values(wire.values_body(1, SHAPE, values), SHAPE) == values


@pytest.mark.parametrize("kind", ModuleKind)
def test_operations_are_numbered_and_every_call_has_a_limit(kind: ModuleKind) -> None:
    codes = [operation.code for operation in OPERATIONS[kind]]
    assert all(after == before + 1 for before, after in pairwise([0, *codes]))
    assert longest_call(kind) < 2048


PAGE = Path("docs/vendor-modules.md").read_text("utf-8")


@pytest.mark.parametrize("kind", ModuleKind)
def test_the_page_has_every_operation_with_its_shapes(kind: ModuleKind) -> None:
    part = PAGE.split(f"\n`{kind.value}`: ")[1].split("\n\n`")[0].split("\n### ")[0]
    rows = [line for line in part.split("\n") if re.match(r"\| \d", line)]
    assert rows == [
        f"| {each.code} | {each.name} | {_worded(each.takes)} | {_worded(each.gives)} |"
        for each in OPERATIONS[kind]
    ]


def _worded(shape: Shape) -> str:
    blobs = [f"b({limit})" for limit in shape.blobs]
    return " ".join(["n"] * shape.numbers + ["r"] * shape.reals + blobs)
