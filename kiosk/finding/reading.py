"""What a query says: concepts and actions, each with the words that said it, and what is left unexplained."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from kiosk.finding.findable import Way
from kiosk.finding.folding import Said
from kiosk.finding.hearing import hear
from kiosk.finding.lexicon import Lexicon
from kiosk.finding.terms import Heard, Pattern

Span = tuple[int, int]

_POWER = 1.4
"""A longer phrase beats the shorter ones that together are as long."""
_PATTERN, _FREE, _FILLER, _ACTION = 0.97, 0.85, 0.8, 0.7
"""Worth of characters in a pattern, a derived one, a filler, an action, against a concept's own phrase."""
_INSIDE = 0.7
"""What an action counts whose words a concept's phrase has explained already."""
_MOST_WEAK = 8
_MOST_NEAR, _LEAST_NEAR = 6, 0.3


@dataclass(frozen=True)
class Reading:
    """A part of the query as something that is meant."""

    spans: tuple[Span, ...]
    concepts: dict[int, float]
    """Concepts by number, and how far each is believed."""
    way: Way
    size: int
    worth: float
    """In the choice between readings of the same characters."""
    telling: float = 1.0
    """How much it says, beside other things that were said."""
    words: str = ""
    """Known words as they were heard; empty for parts that stand apart."""


@dataclass(frozen=True)
class ActionSaid:
    """An action, where it was said, and how much it counts."""

    number: int
    span: Span
    weight: float
    way: Way

    @property
    def rank(self) -> tuple[float, int]:
        """Larger for one that counts more, then for a longer one."""
        return self.weight, self.span[1] - self.span[0]


@dataclass(frozen=True)
class Understood:
    """A whole query."""

    readings: tuple[Reading, ...]
    """They share no character; the most telling first."""
    weak: tuple[Reading, ...]
    """Other things that the same characters may say."""
    near: dict[int, float]
    """Concepts that are spoken of in words like these, and how like."""
    actions: dict[int, ActionSaid]
    rest: tuple[Span, ...]
    """What neither concepts nor actions nor fillers explain."""
    content: tuple[Span, ...]
    """Everything but fillers."""
    things: tuple[Span, ...]
    """Everything but fillers and actions; everything but fillers, where actions are all there is."""


def understand(said: Said, lexicon: Lexicon) -> Understood:
    """Read a query."""
    text = said.text
    heard = hear(said, lexicon)
    candidates = sorted(_candidates(heard, lexicon), key=lambda each: -each.worth)
    taken = bytearray(len(text))
    readings, weak = [], []
    filled, acted = bytearray(len(text)), bytearray(len(text))
    for each in candidates:
        free = not any(any(taken[start:end]) for start, end in each.spans)
        if free:
            for start, end in each.spans:
                marks = b"\1" * (end - start)
                taken[start:end] = marks
                if not each.concepts:
                    acted[start:end] = marks
                    if each.way == "same" and text[start:end] in lexicon.fillers:
                        filled[start:end] = marks
            if each.concepts:
                readings.append(each)
        elif each.concepts and each.size > 1:
            weak.append(each)
    meant = {concept for each in readings for concept in each.concepts}
    weak = [each for each in weak if not meant.issuperset(each.concepts)]
    return Understood(
        tuple(readings),
        tuple(weak[:_MOST_WEAK]),
        lexicon.phrases.near(
            "".join(each for at, each in enumerate(text) if not filled[at]), _MOST_NEAR, _LEAST_NEAR
        ),
        _actions(heard, readings, filled, lexicon),
        tuple(_runs(taken, 0)),
        tuple(_runs(filled, 0)),
        tuple(_runs(acted, 0)) or tuple(_runs(filled, 0)),
    )


def _candidates(heard: Sequence[Heard], lexicon: Lexicon) -> Iterator[Reading]:
    merged: dict[tuple[Span, ...], list[Reading]] = defaultdict(list)
    standing: dict[str, list[Heard]] = defaultdict(list)
    for each in heard:
        span = ((each.start, each.end),)
        worth = each.faith * each.size**_POWER
        if concepts := lexicon.concepts.get(each.surface):
            faiths = dict.fromkeys(concepts, each.faith)
            telling = lexicon.telling(each.surface)
            merged[span].append(Reading(span, faiths, each.way, each.size, worth, telling, each.surface))
        if each.surface in lexicon.fillers:
            yield Reading(span, {}, each.way, each.size, worth * _FILLER)
        if each.surface in lexicon.actions:
            yield Reading(span, {}, each.way, each.size, worth * _ACTION)
        for word in dict.fromkeys((each.surface, *lexicon.like.get(each.surface, ()))):
            standing[word].append(each)
    for word in standing:
        for pattern in lexicon.patterns.get(word, ()):
            if found := _found(pattern, standing):
                spans = tuple(sorted((each.start, each.end) for each in found))
                size = sum(each.size for each in found)
                faith = min(each.faith for each in found)
                way = min(found, key=lambda each: each.faith).way
                worth = faith * size**_POWER * (_FREE if pattern.free else _PATTERN)
                telling = lexicon.telling(pattern.parts[0]) if len(found) == 1 else 1.0
                words = found[0].surface if len(found) == 1 else ""
                merged[spans].append(
                    Reading(spans, {pattern.concept: faith}, way, size, worth, telling, words)
                )
    for readings in merged.values():
        best = max(readings, key=lambda each: each.worth)
        together: dict[int, float] = {}
        for reading in readings:
            for concept, faith in reading.concepts.items():
                together[concept] = max(faith, together.get(concept, 0.0))
        yield replace(best, concepts=together)


def _found(pattern: Pattern, said: dict[str, list[Heard]]) -> list[Heard]:
    """A disjoint place for each part, the most telling ones; empty when a part is missing."""
    if any(part not in said for part in pattern.parts):
        return []
    found: list[Heard] = []
    for part in sorted(pattern.parts, key=lambda each: len(said[each])):
        free = [
            each
            for each in said[part]
            if all(each.end <= other.start or each.start >= other.end for other in found)
        ]
        if not free:
            return []
        found.append(max(free, key=lambda each: each.faith * each.size))
    return found


def _actions(
    heard: Iterable[Heard], readings: Sequence[Reading], filled: bytearray, lexicon: Lexicon
) -> dict[int, ActionSaid]:
    explained = [span for reading in readings for span in reading.spans]
    found: dict[int, ActionSaid] = {}
    for each in heard:
        numbers = lexicon.actions.get(each.surface)
        if not numbers or any(filled[each.start : each.end]):
            continue
        around = [(start, end) for start, end in explained if start <= each.start and each.end <= end]
        at_edge = any(each.start == start or each.end == end for start, end in around)
        if each.size == 1 and ((around and not at_edge) or each.way != "same"):
            continue
        weight = each.faith * (_INSIDE if around else 1.0)
        for number in numbers:
            if around and lexicon.official_actions[number][0]:
                # 登记 or 许可 within a thing's name is no wish to have it for the first time.
                continue
            said = ActionSaid(number, (each.start, each.end), weight, each.way)
            if number not in found or found[number].rank < said.rank:
                found[number] = said
    return found


def _runs(marks: bytearray, wanted: int) -> Iterator[Span]:
    start = None
    for at, mark in enumerate((*marks, 1 - wanted)):
        if mark == wanted and at < len(marks):
            start = at if start is None else start
        elif start is not None:
            yield start, at
            start = None
