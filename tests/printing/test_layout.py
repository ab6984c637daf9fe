"""A document on paper of two widths."""

from __future__ import annotations

from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printing.document import Cut, Document, Gap, Line, Notice, Pair, Table
from printing.layout import Row, RuleRow, TextRow, cells, lay_out


def texts(rows: tuple[Row, ...]) -> list[str]:
    return [row.text for row in rows if isinstance(row, TextRow)]


def test_a_chinese_character_takes_two_cells() -> None:
    assert cells("张San·￥8") == 2 + 3 + 2 + 2 + 1


def test_neighbouring_pairs_share_a_column() -> None:
    rows = lay_out((Pair("姓名", "张*"), Pair("证件号码", "110***0011")), 384)
    assert texts(rows) == ["姓名      张*", "证件号码  110***0011"]


def test_a_long_value_goes_on_in_its_column() -> None:
    rows = lay_out((Pair("地址", "浙江省杭州市上城区清波街道测试路一号"),), 384)
    assert texts(rows) == ["地址  浙江省杭州市上城区清波街道", "      测试路一号"]


def test_a_number_too_wide_for_its_column_stands_whole_below_its_label() -> None:
    rows = lay_out((Pair("申报号 Filing no.", "330102202607010000421"),), 384)
    assert texts(rows) == ["申报号 Filing no.", "  330102202607010000421"]


def test_a_number_too_wide_at_double_size_is_set_smaller_not_broken() -> None:
    narrow, wide = (lay_out((Pair("申报号", "330102202607010000421", size=2),), dots) for dots in (384, 576))
    assert narrow[-1] == TextRow("330102202607010000421", 1)
    assert wide[-1] == TextRow("330102202607010000421", 2)


def test_a_notice_stands_large_between_heavy_rules() -> None:
    assert lay_out((Notice("请收好"),), 576) == (
        RuleRow(heavy=True),
        Gap(12),
        TextRow("请收好", 2),
        RuleRow(heavy=True),
    )


def test_gaps_and_cuts_stay_where_they_are() -> None:
    assert lay_out((Line("甲"), Gap(20), Line("乙", align="center"), Cut()), 576) == (
        TextRow("甲"),
        Gap(20),
        TextRow("乙", align="center"),
        Cut(),
    )


def test_amounts_stand_at_the_right_edge() -> None:
    rows = lay_out((Table((("水费", "3 月", "¥86.40"), ("电费", "12 月", "¥100.00"))),), 384)
    first, second = texts(rows)
    assert first.split() == ["水费", "3", "月", "¥86.40"]
    assert cells(first) == cells(second) == 32
    assert second.endswith("  ¥100.00")


def test_a_table_too_wide_for_the_paper_becomes_a_list() -> None:
    rows = lay_out((Table((("物业维修资金（第一期）", "杭州市住房公积金中心", "¥86.40"),)),), 384)
    assert texts(rows) == ["物业维修资金（第一期）", "  杭州市住房公积金中心", "  ¥86.40"]


def test_a_table_needs_rows_of_the_same_length() -> None:
    with pytest.raises(ValueError, match="equally many cells"):
        Table((("水费", "¥86.40"), ("电费",)))


def test_large_print_is_one_step_larger_and_breaks_no_number() -> None:
    document = (
        Line("收件凭条", size=2),
        Pair("姓名", "张*"),
        Pair("申报号", "330102202607010000421", size=2),
    )
    wide, narrow = (lay_out(document, dots, large=True) for dots in (576, 384))
    assert wide == (
        TextRow("收件凭条", 3),
        TextRow("姓名  张*", 2),
        TextRow("申报号", 2),
        TextRow("330102202607010000421", 2),
    )
    assert narrow[-1] == TextRow("330102202607010000421", 1)


blocks = st.one_of(
    st.builds(Line, st.text(max_size=60), st.sampled_from([1, 2])),
    st.builds(Pair, st.text(max_size=30), st.text(max_size=60), st.sampled_from([1, 2])),
    st.builds(Notice, st.text(max_size=60)),
    st.builds(Table, st.tuples(st.tuples(st.text(max_size=30), st.text(max_size=30)))),
)


@given(st.lists(blocks, max_size=6).map(tuple), st.sampled_from([384, 576]))
def test_no_text_whatever_leaves_the_paper(document: Document, width_dots: int) -> None:
    for row in (*lay_out(document, width_dots), *lay_out(document, width_dots, large=True)):
        assert not isinstance(row, TextRow) or cells(row.text) * row.size * 12 <= width_dots


@given(st.lists(blocks, max_size=6).map(tuple), st.booleans())
def test_no_text_whatever_carries_a_command(document: Document, large: bool) -> None:  # noqa: FBT001 - hypothesis gives it
    for row in lay_out(document, 576, large=large):
        assert not isinstance(row, TextRow) or not {category(one) for one in row.text} & {"Cc", "Cs"}
