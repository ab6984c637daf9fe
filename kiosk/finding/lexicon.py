"""The reviewed words, compiled for reading queries: what each surface may stand for, and how it sounds."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain
from math import log1p

from kiosk.finding.folding import plain
from kiosk.finding.nearest import Phrases
from kiosk.finding.sound import loosened, spellings
from kiosk.finding.terms import Pattern
from kiosk.finding.vocabulary import Vocabulary

LONGEST = 16
"""Characters of the longest surface that is looked for."""

_LEAST_FOR_SLIPS = 3
_MOST_OF_ONE_SOUND = 6
_COMMON = 12.0
_VERBS = frozenset("开办养卖买修建搞做当考领交查放装收运拉挖采种搭立拆改移租借管换补学报")
_MOST_BEGUN = 6
"""Characters of the longest word that is typed with some syllables begun only."""
_LONGEST_SYLLABLE = 7


class Lexicon:
    """Every surface of the vocabulary, by its characters, its sound, its initials and its likely slips."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.means: list[tuple[str, ...]] = []
        """Official expressions of each concept."""
        self.concepts: dict[str, list[int]] = defaultdict(list)
        self.actions: dict[str, list[int]] = defaultdict(list)
        self.official_actions = [
            (action.plain, tuple(dict.fromkeys(map(plain, action.official)))) for action in vocabulary.actions
        ]
        self.fillers = frozenset(map(plain, vocabulary.fillers))
        self.like: dict[str, tuple[str, ...]] = _like(vocabulary.same)
        """Of a word, the words and actions that it may stand for in a pattern."""
        self.patterns: dict[str, list[Pattern]] = defaultdict(list)
        """By their first part."""
        for number, action in enumerate(vocabulary.actions):
            for word in dict.fromkeys(map(plain, chain(action.said, action.official))):
                self.actions[word].append(number)
        self._concepts_of(vocabulary)
        self._freed(vocabulary)
        parts = {part for patterns in self.patterns.values() for each in patterns for part in each.parts}
        self.parts = frozenset(parts)
        self.surfaces = frozenset(
            chain(
                self.concepts,
                self.actions,
                self.fillers,
                self.like,
                (part for part in parts if len(part) > 1),
            )
        )
        said = (
            (" ".join(map(plain, phrase.split())), number)
            for number, concept in enumerate(vocabulary.concepts)
            for phrase in concept.said
        )
        self.phrases = Phrases(said, self.like)
        self._shape = _shape(vocabulary.lookalikes)
        self._listen()

    def _concepts_of(self, vocabulary: Vocabulary) -> None:
        representatives = {group for groups in self.like.values() for group in groups}
        for concept in vocabulary.concepts:
            number = len(self.means)
            self.means.append(tuple(dict.fromkeys(concept.means)))
            for phrase in concept.said:
                parts = tuple(dict.fromkeys(map(plain, phrase.split())))
                if len(parts) == 1 and parts[0] not in representatives:
                    self.concepts[parts[0]].append(number)
                else:
                    self.patterns[parts[0]].append(Pattern(parts, number))
        self._bare()
        # An official word means itself, however it is typed.
        for concept in vocabulary.concepts:
            for expression in concept.means:
                for part in map(plain, expression.split()):
                    known = part in self.concepts or part in self.like or part in self.actions
                    if len(part) > 1 and not known:
                        self.concepts[part].append(len(self.means))
                        self.means.append((part,))

    def _bare(self) -> None:
        """Let a thing be named without what is done with it: 办比赛 and 搞比赛 teach 比赛."""
        bare: dict[str, list[int]] = defaultdict(list)
        for phrase, numbers in self.concepts.items():
            thing = phrase[1:]
            if (
                phrase[0] in _VERBS
                and len(thing) > 1
                and thing not in self.like
                and thing not in self.actions
            ):
                bare[thing].extend(numbers)
        for thing, numbers in bare.items():
            known = thing in self.concepts or thing in self.fillers
            if not known and (len(thing) > 2 or len(numbers) > 1):  # noqa: PLR2004  (two phrases prove a short one)
                self.concepts[thing].extend(dict.fromkeys(numbers))

    def _freed(self, vocabulary: Vocabulary) -> None:
        """Let phrases of a thing and an action be said in any order, and with any word for that action."""
        action_of: dict[str, list[str]] = defaultdict(list)
        for number, action in enumerate(vocabulary.actions):
            if not action.plain:
                for word in dict.fromkeys(map(plain, action.said)):
                    action_of[word].append(f"@{number}")
        things = {word for word in chain(self.concepts, self.like) if len(word) > 1}
        freed = [
            Pattern((thing, action), number, free=True)
            for phrase, numbers in self.concepts.items()
            for at in range(1, len(phrase))
            for thing, word in ((phrase[:at], phrase[at:]), (phrase[at:], phrase[:at]))
            if thing in things and word in action_of
            for action in action_of[word]
            for number in numbers
        ]
        freed += [
            Pattern((*each.parts[:-1], action), each.concept, free=True)
            for patterns in self.patterns.values()
            for each in patterns
            if len(each.parts) > 1 and each.parts[-1] in action_of
            for action in action_of[each.parts[-1]]
        ]
        for each in dict.fromkeys(freed):
            self.patterns[each.parts[0]].append(each)
        for word, actions in action_of.items():
            self.like[word] = (*self.like.get(word, ()), *actions)

    def _listen(self) -> None:
        self.sounds: dict[str, list[str]] = defaultdict(list)
        self.loose: dict[str, list[str]] = defaultdict(list)
        self.initials: dict[str, list[str]] = defaultdict(list)
        self.slips: dict[str, list[str]] = defaultdict(list)
        self.shapes: dict[str, list[str]] = defaultdict(list)
        self._begun: dict[str, list[str]] = defaultdict(list)
        self.spelling: dict[str, tuple[str, ...]] = {}
        """The likeliest reading of each surface, those first on which many others are built."""
        known = Counter(
            surface[at : at + length]
            for surface in self.surfaces
            for length in (2, 3, 4)
            for at in range(len(surface) - length + 1)
        )
        for patterns in self.patterns.values():
            known.update(part for each in patterns if not each.free for part in each.parts)
        self._common = {surface: known[surface] for surface in self.surfaces if known[surface] > 1}
        # Words on which many others are built are meant more often.
        for surface in sorted(self.surfaces, key=lambda each: (-known[each], len(each), each)):
            if len(surface) < 2 and surface not in self.concepts:  # noqa: PLR2004  (a word of one character)
                continue
            for number, spelling in enumerate(spellings(surface)):
                key = "".join(spelling)
                _add(self.sounds, key, surface)
                _add(self.loose, loosened(key), surface)
                if not number:
                    self.spelling[surface] = spelling
                    if 1 < len(surface) <= _MOST_BEGUN:
                        self._begun[spelling[0][0] + spelling[1][0]].append(surface)
                if len(surface) > 1:
                    _add(self.initials, "".join(syllable[0] for syllable in spelling), surface)
            if len(surface) > 1 and (shape := self.shaped(surface)):
                _add(self.shapes, shape, surface)
            if len(surface) >= _LEAST_FOR_SLIPS and surface not in self.fillers:
                for key in dict.fromkeys(shortened(surface)):
                    self.slips[key].append(surface)
        self.place = {surface: place for place, surface in enumerate(self.spelling)}
        """Of each surface among all; small for those on which many others are built."""
        self.keys = sorted(self.sounds)
        """The pinyin of every surface."""
        self._written = sorted(self.concepts)

    def telling(self, words: str) -> float:
        """How much words tell by themselves, 0 to 1: little if many other phrases are built on them."""
        return 1 / (1 + log1p(self._common.get(words, 0)) / _COMMON)

    def sounding(self, beginning: str) -> Iterator[str]:
        """Surfaces whose pinyin begins so."""
        for key in _from(self.keys, beginning):
            yield from self.sounds[key]

    def shaped(self, text: str) -> str:
        """The text with one character for each group of lookalikes."""
        return text.translate(self._shape)

    def begun(self, typed: str) -> Iterator[str]:
        """Surfaces whose first two syllables may begin in `typed`, where some are not finished."""
        for second in dict.fromkeys(typed[1:_LONGEST_SYLLABLE]):
            yield from self._begun.get(typed[0] + second, ())

    def beginning(self, beginning: str) -> Iterator[str]:
        """Surfaces of concepts that are written so at the beginning."""
        yield from _from(self._written, beginning)


def shortened(word: str) -> Iterator[str]:
    """The word without one of its characters, each in turn."""
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]


def _add(index: dict[str, list[str]], key: str, surface: str) -> None:
    if len(index[key]) < _MOST_OF_ONE_SOUND and surface not in index[key]:
        index[key].append(surface)


def _from(ordered: list[str], beginning: str) -> Iterator[str]:
    at = bisect_left(ordered, beginning)
    while at < len(ordered) and ordered[at].startswith(beginning):
        yield ordered[at]
        at += 1


def _shape(groups: Iterable[str]) -> dict[int, str]:
    table: dict[int, str] = {}
    for group in groups:
        first = next((table[ord(each)] for each in group if ord(each) in table), group[0])
        for each in group:
            table[ord(each)] = first
    return table


def _like(groups: Iterable[Iterable[str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for group in groups:
        words = [plain(word) for word in group]
        for word in words:
            found[word][words[0]] = None
    return {word: tuple(representatives) for word, representatives in found.items()}
