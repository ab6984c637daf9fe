"""The reviewed words: what a clerk writes is checked, and a bad line is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.plain import BadFile
from kiosk.finding.lexicon import Lexicon
from kiosk.finding.proposing import proposals
from kiosk.finding.sound import READINGS, spellings, syllables
from kiosk.finding.vocabulary import Concept, load_vocabulary


def test_the_shipped_words_are_thousands_over_all_areas() -> None:
    vocabulary = load_vocabulary()
    assert sum(len(concept.said) for concept in vocabulary.concepts) > 10_000
    assert all(concept.said for concept in vocabulary.concepts)
    assert len({action.id for action in vocabulary.actions}) == len(vocabulary.actions)


def test_every_word_can_be_typed_in_pinyin() -> None:
    lexicon = Lexicon(load_vocabulary())
    unreadable = [
        word
        for word in lexicon.surfaces
        if any("一" <= letter <= "鿿" for letter in "".join(syllables(word)))
    ]
    assert unreadable == []


def test_words_are_read_as_they_are_read_there() -> None:
    assert syllables("人民调解会计") == ("ren", "min", "tiao", "jie", "kuai", "ji")
    assert ("zhong", "liang") in spellings("重量")
    assert READINGS.read_text(encoding="utf-8").count("\n") > 6_763


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("area: x\nconcepts:\n  - {said: [a]}\n", "f.yaml:3: concepts[1].means: is missing"),
        ("area: x\nconcepts:\n  - {means: [a], said: [12315]}\n", "put it in quotes"),
        ("area: x\nconcept: []\n", 'did you mean "concepts"'),
        ("area: x\nactions:\n  - {id: A b, official: [a]}\n", "f.yaml:3"),
    ],
)
def test_a_bad_line_is_refused_with_file_and_line(tmp_path: Path, text: str, complaint: str) -> None:
    (tmp_path / "f.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(BadFile) as refused:
        load_vocabulary(tmp_path)
    assert complaint in str(refused.value)


def test_words_that_found_nothing_are_proposed_beside_their_nearest_concept() -> None:
    concepts = [Concept(said=("低保户",), means=("最低生活保障",)), Concept(said=("养狗",), means=("犬类",))]
    found = proposals({"办低保户": 3, "低保护": 2, "量子": 9, "13800138000": 7, "养狗": 5}, concepts)
    assert [(each.concept, dict(each.words)) for each in found] == [
        (None, {"量子": 9}),
        (concepts[0], {"办低保户": 3, "低保护": 2}),
    ]
