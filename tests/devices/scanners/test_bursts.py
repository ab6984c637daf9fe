"""Bytes in any portions, with anything around them: the code that was sent, or none; never another one."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import islice, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.contracts.scanner import Scan, ScanProblem, ScanUnreadable
from devices.scanners.bursts import GAP_S, REST_S, Burst, Suffix, payload_of
from devices.scanners.codes import MAX_BYTES, CodePatterns
from devices.scanners.families import FAMILIES, Family

CODE = b"134567890123456789"
ANSWERS = {
    "honeywell": [b"CBRENA1\x06."],
    "newland": [
        bytes.fromhex("02013030303040") + b"SCNTRG1\x06;\x03",
        bytes.fromhex("02013030303040") + b"SCNTRG0\x06;\x03",
        bytes.fromhex("02013030303040") + b"QRYSYSProduct Name: x\r\n\x06;\x03",
    ],
    "gm65": [bytes.fromhex("02000001003331"), bytes.fromhex("0200000200 00 0000")],
}
ENDS: dict[Suffix, list[bytes]] = {
    "any": [b"", b"\r", b"\n", b"\r\n"],
    "cr": [b"\r"],
    "lf": [b"\n"],
    "crlf": [b"\r\n"],
    "none": [b""],
}
EVERY = [(family, suffix) for family in FAMILIES.values() for suffix in ENDS]


def heard(kind: type[Burst], family: Family, suffix: Suffix, portions: list[bytes]) -> Scan | None:
    """The end of a burst that came in `portions`, and then silence for as long as it takes."""
    burst = kind(family, suffix, CodePatterns())
    for portion in portions:
        burst.add(portion)
    while burst.silence_s is not None:
        if (scan := burst.end()) is not None:
            return scan
    return None


def cut(data: bytes, cuts: list[int]) -> list[bytes]:
    edges = sorted({0, len(data), *(place % (len(data) + 1) for place in cuts)})
    return [data[begin:end] for begin, end in pairwise(edges)]


def whole_bursts(family: Family, suffix: Suffix) -> Iterator[bytes]:
    """A code with its suffix, and what this device may say around it."""
    for end in ENDS[suffix]:
        yield CODE + end
        for answer in ANSWERS[family.name]:
            yield answer + CODE + end
            yield CODE + end + answer
            yield answer + answer + CODE + end + answer


def check_that_codes_are_found(kind: type[Burst]) -> None:
    for family, suffix in EVERY:
        for data in whole_bursts(family, suffix):
            for place in range(len(data)):
                scan = heard(kind, family, suffix, [data[:place], data[place:]])
                assert scan is not None
                assert scan.text == CODE.decode()


def test_a_code_is_found_wherever_its_bytes_are_split() -> None:
    check_that_codes_are_found(Burst)


class KeepsAcknowledgements(Burst):
    """Weakened: takes what the device says of itself for a part of the code."""

    def end(self) -> Scan | None:
        text = bytes(self.heard).rstrip(b"\r\n").decode("latin-1")
        self.heard.clear()
        return Scan(text, frozenset()) if text else None


class TakesOffAcknowledgementsAnywhere(Burst):
    """Weakened: also takes them out of the middle, and so makes one code of two."""

    def end(self) -> Scan | None:
        for answer in [answer for answers in ANSWERS.values() for answer in answers]:
            self.heard[:] = bytes(self.heard).replace(answer, b"")
        return super().end()


def test_a_scanner_that_keeps_acknowledgements_is_caught() -> None:
    with pytest.raises(AssertionError):
        check_that_codes_are_found(KeepsAcknowledgements)


def check_that_nothing_is_glued(kind: type[Burst]) -> None:
    for family, suffix in EVERY:
        for end in ENDS[suffix]:
            for between in [*ANSWERS[family.name], *([end] if end else [])]:
                with pytest.raises(ScanUnreadable):
                    heard(kind, family, suffix, [CODE + between + b"7777" + end])


def test_two_codes_in_one_burst_are_none() -> None:
    check_that_nothing_is_glued(Burst)


def test_a_scanner_that_glues_two_codes_is_caught() -> None:
    with pytest.raises(pytest.fail.Exception):
        check_that_nothing_is_glued(TakesOffAcknowledgementsAnywhere)


@pytest.mark.parametrize("suffix", ["cr", "lf", "crlf"])
@pytest.mark.parametrize("family", FAMILIES.values(), ids=FAMILIES)
def test_a_code_cut_at_any_byte_is_none_where_a_suffix_is_set(family: Family, suffix: Suffix) -> None:
    data = CODE + ENDS[suffix][0]
    for place in range(1, len(data)):
        with pytest.raises(ScanUnreadable) as unreadable:
            heard(Burst, family, suffix, [data[:place]])
        assert unreadable.value.problem is ScanProblem.NO_SUFFIX


def test_an_unfinished_code_is_given_time_to_arrive() -> None:
    burst = Burst(FAMILIES["newland"], "cr", CodePatterns())
    assert burst.silence_s is None
    burst.add(CODE[:5])
    assert burst.silence_s == GAP_S
    assert burst.end() is None
    assert burst.silence_s == REST_S
    burst.add(CODE[5:] + b"\r")
    assert burst.silence_s == GAP_S
    scan = burst.end()
    assert scan is not None
    assert scan.text == CODE.decode()


@pytest.mark.parametrize(("set_to", "sent"), [("cr", b"\n"), ("lf", b"\r"), ("crlf", b"\r"), ("cr", b"\r\n")])
def test_another_suffix_than_set_is_told(set_to: Suffix, sent: bytes) -> None:
    with pytest.raises(ScanUnreadable) as unreadable:
        heard(Burst, FAMILIES["gm65"], set_to, [CODE + sent])
    assert unreadable.value.problem is ScanProblem.NO_SUFFIX


@pytest.mark.parametrize(("set_to", "sent"), [("lf", b"\r\n"), ("none", b"\r"), ("none", b"\r\n")])
def test_a_line_break_too_many_is_told(set_to: Suffix, sent: bytes) -> None:
    with pytest.raises(ScanUnreadable) as unreadable:
        heard(Burst, FAMILIES["gm65"], set_to, [CODE + sent])
    assert unreadable.value.problem is ScanProblem.CONTROL_BYTES


def test_chatter_alone_is_no_code() -> None:
    for family, suffix in EVERY:
        for answer in ANSWERS[family.name]:
            assert heard(Burst, family, suffix, [answer + answer]) is None
    assert heard(Burst, FAMILIES["gm65"], "any", [b"\r\n"]) is None


def test_another_familys_acknowledgement_is_not_taken_off() -> None:
    with pytest.raises(ScanUnreadable):
        heard(Burst, FAMILIES["gm65"], "any", [ANSWERS["newland"][0] + CODE + b"\r"])


def test_a_device_that_does_not_stop_sending_is_told() -> None:
    burst = Burst(FAMILIES["gm65"], "any", CodePatterns())
    endless = iter(lambda: burst.add(b"7777" * 64), "never")
    with pytest.raises(ScanUnreadable) as unreadable:
        list(islice(endless, MAX_BYTES))
    assert unreadable.value.problem is ScanProblem.TOO_LONG


noise = st.lists(
    st.one_of(
        st.binary(max_size=20),
        st.sampled_from([CODE, b"\r", b"\n", *(part for parts in ANSWERS.values() for part in parts)]),
    ),
    max_size=5,
).map(b"".join)


@settings(max_examples=400, deadline=None, derandomize=True)
@given(noise, st.lists(st.integers(min_value=0, max_value=10_000), max_size=6), st.sampled_from(EVERY))
def test_any_bytes_are_a_code_or_a_typed_no_however_they_are_split(
    data: bytes, cuts: list[int], what: tuple[Family, Suffix]
) -> None:
    family, suffix = what
    ends = []
    for portions in ([data], cut(data, cuts)):
        try:
            scan = heard(Burst, family, suffix, portions)
        except ScanUnreadable as unreadable:
            ends.append(unreadable.problem.value)
        else:
            ends.append("" if scan is None else scan.text)
            if scan is not None:
                assert scan.text.encode() in data
                assert scan.text.isprintable() or not scan.text.isascii()
    assert ends[0] == ends[1]


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.binary(max_size=60), st.sampled_from(EVERY))
def test_no_byte_of_a_payload_is_lost_or_added(payload: bytes, what: tuple[Family, Suffix]) -> None:
    family, suffix = what
    end = ENDS[suffix][-1]
    if any(byte in payload for byte in b"\x02\x03\x05\x06\x15\r\n"):
        return  # those are the device's own
    assert payload_of(payload + end, family, suffix) == payload


@pytest.mark.long
def test_a_million_bursts_are_the_code_that_was_sent_or_a_typed_no() -> None:
    dice = random.Random(4)  # noqa: S311 - the same million every time
    around = [
        b"",
        b"",
        b"",
        b"\r",
        b"\n",
        CODE,
        b"\x02",
        b"\xff",
        *(part for parts in ANSWERS.values() for part in parts),
    ]
    refused = 0
    for _ in range(1_000_000):
        family, suffix = dice.choice(EVERY)
        before, behind = dice.choice(around), dice.choice(around)
        sent = CODE + dice.choice(ENDS[suffix])
        whole = dice.random() < 0.7  # else it is cut short
        data = before + (sent + behind if whole else sent[: dice.randrange(len(sent))])
        try:
            scan = heard(Burst, family, suffix, cut(data, [dice.randrange(80)]))
        except ScanUnreadable:
            refused += 1
            continue
        if scan is None:
            continue
        # Two codes without a byte between them are one to everybody. What is cut short can only be told where
        # the scanner is set to send a suffix.
        text = scan.text.encode()
        cut_short = suffix in {"any", "none"} and not whole
        assert not text.replace(CODE, b"") or (cut_short and (CODE + CODE).startswith(text))
    assert 0 < refused < 1_000_000
