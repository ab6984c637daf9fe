"""Any bytes at all: no crash, no wrong record, and the first whole answer after the noise is found."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from devices.sam_v.card_text import NoCardText, document
from devices.sam_v.frames import PREAMBLE, READ, Response, ResponseDecoder
from devices.simulators.cards import text_area
from devices.simulators.sam_v_frames import record, response
from tests.devices.documents import RESIDENT as CARD

RECORD = record(CARD)
TEXT = text_area(CARD)

noise = st.lists(
    st.one_of(st.binary(max_size=40), st.sampled_from([PREAMBLE, PREAMBLE[:3], RECORD[:60], response(0x80)]))
).map(b"".join)


def fed_in_pieces(data: bytes, cuts: list[int]) -> list[Response]:
    decoder = ResponseDecoder()
    answers = []
    edges = sorted({0, len(data), *(cut % (len(data) + 1) for cut in cuts)})
    for begin, end in pairwise(edges):
        answers += decoder.feed(data[begin:end])
    return answers


@settings(max_examples=300, deadline=None, derandomize=True)
@given(noise, st.lists(st.integers(min_value=0, max_value=100_000), max_size=8))
def test_where_the_bytes_are_cut_changes_nothing(data: bytes, cuts: list[int]) -> None:
    assert fed_in_pieces(data + RECORD, cuts) == ResponseDecoder().feed(data + RECORD)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(noise)
def test_a_record_behind_any_noise_is_found_once_the_noise_is_used_up(data: bytes) -> None:
    decoder = ResponseDecoder()
    # A cut frame in the noise may claim up to the longest frame: two records are more than that.
    answers = [answer for _ in range(3) for answer in decoder.feed(data + RECORD)]
    assert ResponseDecoder().feed(RECORD)[0] in answers


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.integers(min_value=0, max_value=len(RECORD) - 1), st.integers(min_value=1, max_value=255))
def test_a_record_with_any_wrong_byte_is_no_record(place: int, change: int) -> None:
    damaged = bytearray(RECORD)
    damaged[place] ^= change
    assert not [answer for answer in ResponseDecoder().feed(bytes(damaged)) if READ.fits(answer)]


@settings(max_examples=500, deadline=None, derandomize=True)
@given(st.binary(min_size=256, max_size=256))
def test_any_text_area_is_a_card_or_a_typed_no(text: bytes) -> None:
    try:
        card = document(text, CARD.photo)
    except NoCardText:
        return
    assert card.birth is None or isinstance(card.birth, date)


@settings(max_examples=500, deadline=None, derandomize=True)
@given(st.integers(min_value=0, max_value=217), st.integers(min_value=1, max_value=255))
def test_one_wrong_byte_in_a_card_is_told_or_changes_only_free_text(place: int, change: int) -> None:
    """No single wrong byte makes another number, birthday or end of validity without a finding."""
    text = bytearray(TEXT)
    text[place] ^= change
    right = document(TEXT, CARD.photo)
    try:
        card = document(bytes(text), CARD.photo)
    except NoCardText:
        return
    if not card.problems:
        assert (card.id_number, card.birth) == (right.id_number, right.birth)
        assert (card.valid_to, card.long_term) == (right.valid_to, right.long_term)
