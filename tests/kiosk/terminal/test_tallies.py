"""What a hall uses most is known; what one visitor did is not, to nobody, not from the file either."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

from kiosk.messages import GuideOpened, NothingFound
from kiosk.terminal.tallies import FLOOR, KEPT_DAYS, MOST_TOLD, VISITORS, Tallies
from tests.kiosk.terminal.conftest import Terminal
from tests.kiosk.terminal.stage import Stage, until

TODAY = date(2026, 11, 21)


class Days:
    """The hall's calendar, turned by the test."""

    def __init__(self) -> None:
        self.today = TODAY

    def __call__(self) -> date:
        return self.today


def tallies(tmp_path: Path, days: Days, kind: type[Tallies] = Tallies) -> Tallies:
    return kind(tmp_path / "tallies.json", days, bytes(32))


def written(tmp_path: Path) -> str:
    path = tmp_path / "tallies.json"
    return path.read_text() if path.exists() else ""


def test_what_was_used_often_is_told_and_what_was_used_rarely_is_not(tmp_path: Path) -> None:
    counting = tallies(tmp_path, Days())
    for _ in range(FLOOR):
        counting.used("elder_card")
    for _ in range(FLOOR - 1):
        counting.used("newborn")
    counting.write()
    assert counting.uses() == {"elder_card": FLOOR}
    assert tallies(tmp_path, Days()).uses() == {"elder_card": FLOOR}


def test_days_add_up_and_old_ones_are_forgotten(tmp_path: Path) -> None:
    days = Days()
    counting = tallies(tmp_path, days)
    for _ in range(3):
        for _ in range(2):
            counting.used("elder_card")
        counting.write()
        days.today += timedelta(days=1)
    assert counting.uses() == {"elder_card": 6}
    days.today += timedelta(days=KEPT_DAYS)
    assert counting.uses() == {}
    counting.write()
    assert "elder_card" not in written(tmp_path)


def test_a_session_hears_of_no_more_than_it_can_show(tmp_path: Path) -> None:
    counting = tallies(tmp_path, Days())
    for number in range(MOST_TOLD + 20):
        for _ in range(FLOOR + number):
            counting.used(f"item_{number}")
    counting.write()
    assert len(counting.uses()) == MOST_TOLD
    assert next(iter(counting.uses())) == f"item_{MOST_TOLD + 19}"


def test_the_file_does_not_change_with_a_visit(tmp_path: Path) -> None:
    assert not tells_of_a_visit(tmp_path, Tallies)


def test_a_tally_that_writes_at_once_would_be_caught(tmp_path: Path) -> None:
    class Hasty(Tallies):
        def used(self, item: str) -> None:
            super().used(item)
            self.write()

    assert tells_of_a_visit(tmp_path, Hasty)


def tells_of_a_visit(tmp_path: Path, kind: type[Tallies]) -> bool:
    counting = tallies(tmp_path, Days(), kind)
    before = written(tmp_path)
    counting.used("elder_card")
    counting.found_nothing("开小饭店")
    return written(tmp_path) != before


def test_words_are_written_down_when_the_third_visitor_has_looked_for_them(tmp_path: Path) -> None:
    counting = tallies(tmp_path, Days())
    for visitor in range(1, VISITORS + 2):
        counting.found_nothing("网约车证")
        counting.write()
        assert ("网约车证" in written(tmp_path)) == (visitor >= VISITORS)
    assert json.loads(written(tmp_path))["not_found"] == {"网约车证": VISITORS + 1}


def test_what_one_visitor_looked_for_is_in_no_attribute_of_the_tally(tmp_path: Path) -> None:
    counting = tallies(tmp_path, Days())
    counting.found_nothing("吾买尔江的户口")
    assert "吾买尔江" not in repr(vars(counting))


def test_a_file_that_cannot_be_read_is_begun_anew(tmp_path: Path) -> None:
    (tmp_path / "tallies.json").write_text('{"days": {"2026-11')
    assert tallies(tmp_path, Days()).uses() == {}


async def test_one_visit_counts_once_whatever_the_session_says(terminal: Terminal, stage: Stage) -> None:
    await stage.got("s1", "promote")
    for _ in range(FLOOR + 1):
        stage.say("s1", GuideOpened(item="hukou_move"))
    stage.say("s1", NothingFound(words="开小饭店"))
    stage.say("s1", GuideOpened(item="last_one"))

    def counted() -> bool:
        terminal.tallies.write()
        return "last_one" in (terminal.folder / "tallies.json").read_text()

    await until(counted, "the last one is counted")
    file = json.loads((terminal.folder / "tallies.json").read_text())
    assert file["days"]["2026-11-21"] == {"hukou_move": 1, "last_one": 1}
