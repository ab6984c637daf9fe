"""No byte of a person survives in a trace, however the cable spoils it; and the frames stay readable."""

from __future__ import annotations

import random
from collections.abc import Mapping

import pytest

from devices.blackbox import sam_v
from devices.blackbox.redaction import Redactor, Words, redactors
from devices.blackbox.trace import Check, Item, Kind, Shown, Way, Withheld
from devices.simulators.sam_v_frames import record, response
from tests.devices.blackbox.leaks import IIN, PAYMENT_CODE, PERSON, check, conversation, kept, remains

PREAMBLE = Shown(bytes.fromhex("aaaaaa9669"))


def said(redactor: Redactor, data: bytes, cut_at: int | None = None) -> list[Item]:
    cut_at = len(data) if cut_at is None else cut_at
    return redactor.feed(data[:cut_at]) + redactor.feed(data[cut_at:]) + redactor.flush()


def together(items: list[Item]) -> list[Item]:
    """Pieces of one field as one."""
    joined: list[Item] = []
    for item in items:
        match joined[-1:], item:
            case [Withheld(field, before)], Withheld(same, more) if field == same:
                joined[-1] = Withheld(field, before + more)
            case _:
                joined.append(item)
    return joined


RECORD: list[Item] = [
    PREAMBLE,
    Shown(bytes.fromhex("0508000090")),
    Shown(bytes.fromhex("01000400")),
    Withheld("text", 256),
    Withheld("photo", 1024),
    Check(good=True),
]


def test_of_a_record_the_frame_is_kept_and_the_person_is_not() -> None:
    assert together(said(sam_v.Responses(), record(PERSON))) == RECORD


def test_a_record_split_at_any_byte_is_kept_alike() -> None:
    frame = record(PERSON)
    for cut_at in [*range(300), *range(300, len(frame), 37), len(frame) - 1]:
        assert together(said(sam_v.Responses(), frame, cut_at)) == RECORD


@pytest.mark.parametrize(
    ("frame", "items"),
    [
        (response(0x80), [PREAMBLE, Shown(bytes.fromhex("0004000080")), Shown(b"\x84")]),
        (
            response(0x9F, IIN),
            [PREAMBLE, Shown(bytes.fromhex("000800009f")), Withheld("iin", 4), Check(good=True)],
        ),
        (
            response(0x80)[:-1] + b"\x00",
            [PREAMBLE, Shown(bytes.fromhex("0004000080")), Check(good=False)],
        ),
        (
            response(0x41, card_status=b"\x6a\x82"),
            [PREAMBLE, Shown(bytes.fromhex("00046a8241")), Shown(b"\xad")],
        ),
        (response(0x90, b"a vendor's own"), [PREAMBLE, Withheld("bytes", 20)]),
    ],
    ids=["no card", "found", "wrong check", "the card's own status", "of no table"],
)
def test_an_answer_is_shown_as_far_as_the_table_knows_it(frame: bytes, items: list[Item]) -> None:
    assert together(said(sam_v.Responses(), frame)) == items


def test_after_a_record_cut_short_the_next_answer_is_read_again() -> None:
    items = together(said(sam_v.Responses(), record(PERSON)[:500] + response(0x90)))
    assert items == [
        *RECORD[:4],
        Withheld("photo", 500 - 270),
        PREAMBLE,
        Shown(bytes.fromhex("0004000090")),
        Shown(b"\x94"),
    ]


def test_of_a_scan_the_length_and_its_end_are_kept() -> None:
    both = redactors(Kind.SCANNER)
    assert said(both[Way.TO_DEVICE], b"\x16T\r") == [Shown(b"\x16T\r")]
    scan = PAYMENT_CODE.encode() + b"\r\n"
    assert together(said(both[Way.FROM_DEVICE], scan, 19)) == [Withheld("payload", 18), Shown(b"\r\n")]


def test_of_a_slip_the_questions_are_kept_and_the_ink_is_not() -> None:
    both = redactors(Kind.ESCPOS)
    job = b"\x1b@" + PERSON.name.encode("gb18030") + b"\n\x1dVB\x20\x1dr\x01"
    assert together(said(both[Way.TO_DEVICE], job)) == [
        Shown(b"\x1b@"),
        Withheld("content", 11),
        Shown(b"\x1dVB\x20"),
        Shown(b"\x1dr\x01"),
    ]
    assert said(both[Way.FROM_DEVICE], b"\x00") == [Shown(b"\x00")]


def test_what_a_printer_says_unasked_may_be_no_printers() -> None:
    both = redactors(Kind.ESCPOS)
    assert together(said(both[Way.FROM_DEVICE], b"\x12262")) == [Withheld("bytes", 4)]
    both[Way.TO_DEVICE].feed(b"\x10\x04\x01")
    assert together(said(both[Way.FROM_DEVICE], b"\x1226")) == [Shown(b"\x12"), Withheld("bytes", 2)]


def test_nothing_is_shown_of_a_device_that_nobody_knows() -> None:
    for redactor in redactors(Kind.UNKNOWN).values():
        assert together(said(redactor, record(PERSON))) == [Withheld("bytes", 1295)]


def test_no_byte_of_a_person_survives() -> None:
    assert check(redactors, rounds=150, seed=4) is None


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_no_byte_of_a_person_survives_tens_of_thousands_of_spoiled_conversations() -> None:
    assert check(redactors, rounds=40_000, seed=random.SystemRandom().randrange(2**32)) is None


class _ShowsWhatItDoesNotKnow(sam_v.Responses):
    """Weakened: what stands outside of a frame is taken for harmless noise."""

    def feed(self, data: bytes) -> list[Item]:
        items, at = super().feed(data), 0
        whole = self._seen = getattr(self, "_seen", b"") + data
        told = getattr(self, "_told", 0)
        for place, item in enumerate(items):
            if item == Withheld("bytes", item.length):
                items[place] = Shown(whole[told + at : told + at + item.length])
            at += item.length
        self._told = told + at
        return items

    def flush(self) -> list[Item]:
        items = super().flush()
        self._told = getattr(self, "_told", 0) + sum(item.length for item in items)
        return items


class _TrustsTheHead(sam_v.Responses):
    """Weakened: five bytes behind a preamble are taken for length and status, whatever they say."""

    def _head(self) -> list[Item]:
        self._at_head = False
        return [Shown(self._take(min(5, len(self._held))))]


class _TellsTheCheck(sam_v.Responses):
    """Weakened: "only the check byte" of a card's own number is shown. Not seen by the search for names."""

    def _part(self, available: int, *, cut: bool) -> Item | None:
        before = self._held
        item = super()._part(available, cut=cut)
        return Shown(before[:1]) if isinstance(item, Check) else item


@pytest.mark.parametrize("weak", [_ShowsWhatItDoesNotKnow, _TrustsTheHead])
def test_a_weaker_redactor_would_be_caught(weak: type[sam_v.Responses]) -> None:
    def make(_kind: Kind) -> Mapping[Way, Redactor]:
        return {Way.TO_DEVICE: Words(sam_v.REQUESTS), Way.FROM_DEVICE: weak()}

    assert check(make, rounds=150, seed=4, kinds=(Kind.SAM_V,)) is not None


def test_a_check_byte_that_is_told_would_be_caught() -> None:
    frame = response(0x9F, IIN)
    assert Check(good=True) in said(sam_v.Responses(), frame)
    assert Shown(frame[-1:]) in said(_TellsTheCheck(), frame)


def test_the_search_for_leaks_finds_them() -> None:
    chance = random.Random(1)  # noqa: S311  cables, not keys
    open_book = {way: _OpenBook() for way in Way}
    assert any(remains(kept(open_book, conversation(chance), chance)) for _ in range(5))


class _OpenBook:
    """Shows everything."""

    def feed(self, data: bytes) -> list[Item]:
        return [Shown(data)]

    def flush(self) -> list[Item]:
        return []
