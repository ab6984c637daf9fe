"""The finder: an index over findables that answers a query with hits, best first, each with its reasons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from kiosk.finding.evidence import Scored
from kiosk.finding.findable import Findable, Hit, Match
from kiosk.finding.folding import Said, is_personal, plain
from kiosk.finding.index import Index
from kiosk.finding.lexicon import Lexicon
from kiosk.finding.ranking import know, score, varied
from kiosk.finding.reading import Understood, understand
from kiosk.finding.vocabulary import Vocabulary


class Finder:
    """Built once from what can be found; `find` changes nothing and may be called at every keystroke."""

    def __init__(self, findables: Iterable[Findable], vocabulary: Vocabulary) -> None:
        self._findables = tuple(findables)
        self._lexicon = Lexicon(vocabulary)
        self._index = Index(self._findables)
        self._known = know(self._findables, self._lexicon)

    def find(self, query: str, limit: int = 20) -> tuple[Hit, ...]:
        """Up to `limit` hits, best first; none for an empty query or what looks like a personal number."""
        if is_personal(query):
            return ()
        said = Said.of(query)
        if not said.text:
            return ()
        understood = understand(said, self._lexicon)
        found = score(said, understood, self._index, self._known, self._lexicon)
        return tuple(
            Hit(
                self._findables[row].id,
                round(found[row].score, 4),
                tuple(self._why(said, understood, self._findables[row], row, found[row])),
            )
            for row in varied(found, self._known, limit)
        )

    def _why(
        self, said: Said, understood: Understood, findable: Findable, row: int, scored: Scored
    ) -> Iterator[Match]:
        told = [each for each in scored.readings if each[0] in understood.readings]
        if not told:
            # Nothing was said word for word: it is like what people say for this.
            near = (expression for reading, expression in scored.readings if not reading.size)
            yield from (Match(said.typed.strip(), each.replace(" ", "…"), "word") for each in islice(near, 1))
        for reading, expression in told:
            typed = "…".join(said.typed_at(start, end) for start, end in reading.spans)
            words = "".join(said.text[start:end] for start, end in reading.spans)
            official = plain(expression)
            way = reading.way if reading.way != "same" or words in official or official in words else "word"
            yield Match(typed, expression.replace(" ", "…"), way)
        for each in understood.actions.values():
            if each.number not in self._known[row].actions:
                continue
            for word in self._lexicon.official_actions[each.number][1]:
                if word in self._known[row].core:
                    typed = said.typed_at(*each.span)
                    yield Match(
                        typed, word, each.way if word != plain(typed) and each.way != "same" else "same"
                    )
                    break
        for start, end in understood.rest:
            if shared := _longest_shared(said.text[start:end], plain(findable.name)):
                at = start + said.text[start:end].index(shared)
                yield Match(said.typed_at(at, at + len(shared)), shared, "same")


def _longest_shared(words: str, name: str) -> str:
    """The longest piece of `words`, of two characters or more, that stands in `name`."""
    for size in range(len(words), 1, -1):
        for at in range(len(words) - size + 1):
            if words[at : at + size] in name:
                return words[at : at + size]
    return ""
