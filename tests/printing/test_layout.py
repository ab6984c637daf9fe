"""A document on paper of two widths."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from printing.document import Cut, Document, Gap, Line, Notice, Pair
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


blocks = st.one_of(
    st.builds(Line, st.text(max_size=60), st.sampled_from([1, 2])),
    st.builds(Pair, st.text(max_size=30), st.text(max_size=60), st.sampled_from([1, 2])),
    st.builds(Notice, st.text(max_size=60)),
)


@given(st.lists(blocks, max_size=6).map(tuple), st.sampled_from([384, 576]))
def test_no_text_whatever_leaves_the_paper(document: Document, width_dots: int) -> None:
    for row in lay_out(document, width_dots):
        assert not isinstance(row, TextRow) or cells(row.text) * row.size * 12 <= width_dots
