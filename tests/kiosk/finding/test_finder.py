"""Finding: what a person types leads to the matter they mean."""

from __future__ import annotations

from kiosk.finding.findable import Findable
from kiosk.finding.finder import Finder
from kiosk.finding.vocabulary import load_vocabulary


def test_the_words_of_a_name_find_it() -> None:
    finder = Finder([Findable("a", "居民身份证补领"), Findable("b", "户口迁移")], load_vocabulary())
    assert [hit.id for hit in finder.find("身份证")] == ["a"]
    assert finder.find("") == ()
