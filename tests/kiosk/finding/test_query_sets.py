from collections import Counter
from pathlib import Path

import pytest

from benchmarks.search_scores import CATALOGUE, SETS, sets_in
from benchmarks.search_sets import KINDS, Asked, QuerySet, as_yaml, divided, half_of, names_in, read_set
from config.plain import BadFile

ALL = sets_in()
HALVES = ("development", "held_out")


def test_every_query_lies_in_the_half_that_its_hash_says() -> None:
    for half in HALVES:
        for asked in ALL[half].queries.values():
            assert [one.query for one in asked if half_of(one.query) != half] == []


def test_all_ten_kinds_are_asked_often_and_nothing_twice() -> None:
    count: Counter[str] = Counter()
    queries: list[str] = []
    for half in HALVES:
        for kind, asked in ALL[half].queries.items():
            count[kind] += len(asked)
            queries += [one.query for one in asked]
    assert set(count) == set(KINDS)
    assert min(count.values()) >= 35
    assert len(queries) == len(set(queries)) >= 400


def test_whatever_a_query_means_is_a_name_of_the_catalogue() -> None:
    names = set(names_in(CATALOGUE))
    for title, queries in ALL.items():
        for asked in queries.queries.values():
            for one in asked:
                assert set(one.means) <= names, (title, one.query)
                assert len(set(one.means)) == len(one.means)


def test_a_set_is_written_as_it_is_read(tmp_path: Path) -> None:
    odd = ("80岁补贴", "办，领:证 #1", "- x", "null", '"', "拖拉机\\收割机", " 两边 ", "《本》", "9")
    whole = QuerySet(
        about="甲: 乙", queries={"mixed": tuple(Asked(query=text, means=(text,)) for text in odd)}
    )
    path = tmp_path / "odd.yaml"
    path.write_text(as_yaml(whole))
    assert read_set(path) == whole


def test_dividing_loses_nothing() -> None:
    whole = QuerySet(
        about="甲", queries={"pinyin": tuple(Asked(query=f"q{n}", means=("甲",)) for n in range(50))}
    )
    halves = divided(whole)
    assert sum(half.count for half in halves.values()) == 50
    assert min(half.count for half in halves.values()) > 10


def test_a_kind_that_nobody_knows_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "set.yaml"
    path.write_text((SETS / "development.yaml").read_text().replace("  colloquial:", "  coloquial:"))
    with pytest.raises(BadFile, match="coloquial"):
        read_set(path)
