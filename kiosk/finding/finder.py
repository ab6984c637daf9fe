"""The finder: an index over findables that answers a query with hits, best first, each with its reasons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from kiosk.finding.english import English
from kiosk.finding.evidence import Scored
from kiosk.finding.findable import Findable, Hit, Match, Way
from kiosk.finding.folding import Said, is_personal, plain
from kiosk.finding.index import Index
from kiosk.finding.languages import merged, of_letters, read_as_pinyin
from kiosk.finding.lexicon import Lexicon
from kiosk.finding.ranking import know, score, varied
from kiosk.finding.reading import Span, Understood, understand
from kiosk.finding.vocabulary import Vocabulary


class Finder:
    """Built once from what can be found; `find` changes nothing and may be called at every keystroke."""

    def __init__(self, findables: Iterable[Findable], vocabulary: Vocabulary) -> None:
        self._findables = tuple(findables)
        self._lexicon = Lexicon(vocabulary)
        self._index = Index(self._findables)
        self._known = know(self._findables, self._lexicon)
        self._english = English(self._findables, vocabulary)
        self._by_own_words = _by_own_words(self._findables)

    def find(self, query: str, limit: int = 20) -> tuple[Hit, ...]:
        """Up to `limit` hits, best first; none for an empty query or what looks like a personal number."""
        if is_personal(query):
            return ()
        said = Said.of(query)
        if not said.text:
            return ()
        understood = understand(said, self._lexicon)
        found = score(said, understood, self._index, self._known, self._lexicon)
        hits = [
            Hit(
                self._findables[row].id,
                round(found[row].score, 4),
                tuple(self._why(said, understood, self._findables[row], row, found[row])),
            )
            for row in varied(found, self._known, limit)
        ]
        very = tuple(self._very(query, hits))
        in_chinese = (*very, *hits)[:limit]
        if not of_letters(query):
            return in_chinese
        sure = 1.0 if very else read_as_pinyin(said, understood)
        return merged(in_chinese, sure, self._english.find(query, limit), limit)

    def _very(self, query: str, hits: list[Hit]) -> Iterator[Hit]:
        """What is called just so: whoever types a name in full means it, whatever else it may mean."""
        best = hits[0].score if hits else 0.0
        for row in self._by_own_words.get(plain(query), ()):
            matter = self._findables[row].id
            hits[:] = [hit for hit in hits if hit.id != matter]
            yield Hit(matter, round(best + 1, 4), (Match(query.strip(), query.strip(), "same"),))

    def _why(
        self, said: Said, understood: Understood, findable: Findable, row: int, scored: Scored
    ) -> Iterator[Match]:
        told = [each for each in scored.readings if each[0] in understood.readings]
        if not told:
            # Nothing was said word for word: it is like what people say for this.
            near = (expression for reading, expression in scored.readings if not reading.size)
            yield from (Match(said.typed.strip(), each.replace(" ", "…"), "word") for each in islice(near, 1))
        for reading, expression in told:
            typed = "…".join(said.typed_at(start, end) for start, end in _joined(reading.spans))
            words = "".join(said.text[start:end] for start, end in reading.spans)
            official = plain(expression)
            same = words in official or official in words
            yield Match(typed, expression.replace(" ", "…"), reading.way if same else _everyday(reading.way))
        for each in understood.actions.values():
            if word := self._done(each.number, row):
                typed = said.typed_at(*each.span)
                yield Match(typed, word, "same" if word in plain(typed) else _everyday(each.way))
        for start, end in understood.rest:
            if shared := _longest_shared(said.text[start:end], plain(findable.name)):
                at = start + said.text[start:end].index(shared)
                yield Match(said.typed_at(at, at + len(shared)), shared, "same")

    def _done(self, action: int, row: int) -> str:
        """How a name calls an action, the longest of its words for it; empty where it has none."""
        if action not in self._known[row].actions:
            return ""
        words = self._lexicon.official_actions[action][1]
        return max((word for word in words if word in self._known[row].core), key=len)


def _by_own_words(findables: Sequence[Findable]) -> Mapping[str, tuple[int, ...]]:
    """Each name, title and further word as a person would type it in full, and whose it is."""
    rows: dict[str, tuple[int, ...]] = {}
    for row, findable in enumerate(findables):
        for text in dict.fromkeys(map(plain, (findable.name, findable.title, *findable.words))):
            if text:
                rows[text] = (*rows.get(text, ()), row)
    return rows


def _everyday(way: Way) -> Way:
    return "word" if way == "same" else way


def _joined(spans: Iterable[Span]) -> Iterator[Span]:
    """Spans in order; those that touch as one."""
    before: Span | None = None
    for start, end in spans:
        if before is not None and before[1] == start:
            before = before[0], end
            continue
        if before is not None:
            yield before
        before = start, end
    if before is not None:
        yield before


def _longest_shared(words: str, name: str) -> str:
    """The longest piece of `words`, of two characters or more, that stands in `name`."""
    for size in range(len(words), 1, -1):
        for at in range(len(words) - size + 1):
            if words[at : at + size] in name:
                return words[at : at + size]
    return ""
