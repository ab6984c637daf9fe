"""Where a line of Chinese, English and numbers may end."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from printing.breaking import fits, wrap
from printing.layout import cells

CLOSING = "，。、；：？！）》」』】”’…—％"
OPENING = "（《「『【“‘￥"

texts = st.text(
    alphabet=st.sampled_from(list("汉字政务" + CLOSING + OPENING + "abC0123456789-.:% \n")), max_size=80
)
rooms = st.integers(min_value=12, max_value=48)


def test_a_closing_mark_never_begins_a_line_and_an_opening_one_never_ends_it() -> None:
    text = "已暂存本机，尚未提交（不代表已受理）；以平台收件时间为准。详见《办事指南》第3章。"
    for room in range(8, 40):
        for line in wrap(text, room, cells):
            assert line[0] not in CLOSING
            assert line[-1] not in OPENING


def test_a_phone_number_stays_whole_with_its_groups() -> None:
    lines = wrap("请拨打 0571 8728 0114 转 2 询问", 18, cells)
    assert lines == ["请拨打", "0571 8728 0114 转", "2 询问"]


def test_an_amount_stays_with_its_sign() -> None:
    assert wrap("应缴水费共￥1,086.40元", 18, cells) == ["应缴水费共", "￥1,086.40元"]


def test_english_breaks_between_words_and_after_the_hyphen_of_a_word() -> None:
    assert wrap("ask at the self-service hall", 16, cells) == ["ask at the self-", "service hall"]


def test_a_number_wider_than_the_line_is_reported_not_to_fit() -> None:
    assert not fits("330102202607010000421", 16, cells)
    assert fits("3301-0222-0260", 16, cells)


def test_no_text_can_carry_a_printers_command() -> None:
    assert wrap("张\x1b@三\x10\x04\x01\u200b\ufe00", 48, cells) == ["张@三"]


def test_an_empty_text_is_one_empty_line() -> None:
    assert wrap("", 10, cells) == [""]
    assert wrap("甲\n\n乙", 10, cells) == ["甲", "", "乙"]


@given(texts, rooms)
def test_nothing_is_lost_and_nothing_is_too_wide(text: str, room: int) -> None:
    lines = wrap(text, room, cells)
    assert all(cells(line) <= room for line in lines)
    assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", text)


@given(texts, rooms)
def test_a_number_that_fits_a_line_is_never_broken(text: str, room: int) -> None:
    lines = wrap(text, room, cells)
    for number in re.findall(r"[0-9]+(?:[.\-:][0-9]+)*", text):
        if cells(number) <= room and fits(text, room, cells):
            assert any(number in line for line in lines)
