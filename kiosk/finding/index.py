"""The words of all findables in SQLite's full-text index: phrases, BM25, and the sound of names."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence

from kiosk.finding.findable import Findable
from kiosk.finding.folding import core, plain
from kiosk.finding.sound import syllables

_CREATE = "CREATE VIRTUAL TABLE words USING fts5(name, title, more, department, sound, initials, content='')"
_WEIGHTS = "1.0, 0.9, 0.7, 0.25, 0.0, 0.0"


class Index:
    """In memory. A row is a findable, numbered from 0 in the order given."""

    def __init__(self, findables: Iterable[Findable]) -> None:
        self._database = sqlite3.connect(":memory:", check_same_thread=False)
        self._database.execute(_CREATE)
        self._database.executemany(
            "INSERT INTO words(rowid, name, title, more, department, sound, initials)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (_row(number, findable) for number, findable in enumerate(findables)),
        )
        self._database.execute("INSERT INTO words(words) VALUES ('optimize')")
        self._known: dict[str, tuple[int, ...]] = {}

    def saying(self, expression: str) -> tuple[int, ...]:
        """Rows whose own words hold every part of an official expression."""
        if expression not in self._known:
            phrases = " AND ".join(_phrase(plain(part)) for part in expression.split())
            self._known[expression] = self._rows(f"{{name title more}} : ({phrases})")
        return self._known[expression]

    def like(self, pieces: Sequence[str], limit: int) -> dict[int, float]:
        """The best rows by BM25 for pieces of text, any of which may occur; a larger score is better."""
        return self._ranked("{name title more department} : ", map(_phrase, pieces), _WEIGHTS, limit)

    def sounding(self, pieces: Sequence[Sequence[str]], limit: int) -> dict[int, float]:
        """The best rows by BM25 for pieces of sound, each some syllables in a row."""
        phrases = ('"' + " ".join(piece) + '"' for piece in pieces)
        return self._ranked("sound : ", phrases, "0.0, 0.0, 0.0, 0.0, 1.0, 0.0", limit)

    def spelt(self, typed: Sequence[str]) -> tuple[int, ...]:
        """Rows whose name has these syllables in a row; the last one may have only begun."""
        return self._rows('sound : "' + " ".join(typed) + '" *')

    def initialled(self, letters: str) -> tuple[int, ...]:
        """Rows in whose name characters in a row have these initials, three or more."""
        return self._rows(f'initials : "{" ".join(_threes(letters))}"')

    def _ranked(self, columns: str, phrases: Iterable[str], weights: str, limit: int) -> dict[int, float]:
        wanted = " OR ".join(dict.fromkeys(phrases))
        if not wanted:
            return {}
        found = self._database.execute(
            # The weights are constants of this module.
            f"SELECT rowid, bm25(words, {weights}) AS far FROM words"  # noqa: S608
            " WHERE words MATCH ? ORDER BY far LIMIT ?",
            (f"{columns}({wanted})", limit),
        )
        return {row: -far for row, far in found}

    def _rows(self, expression: str) -> tuple[int, ...]:
        found = self._database.execute("SELECT rowid FROM words WHERE words MATCH ?", (expression,))
        return tuple(row for (row,) in found)


def _row(number: int, findable: Findable) -> tuple[int, str, str, str, str, str, str]:
    sounds = syllables(core(findable.name))
    more = " ".join(_spaced(plain(words)) for words in findable.words)
    return (
        number,
        _spaced(plain(findable.name)),
        _spaced(plain(findable.title)),
        more,
        _spaced(plain(findable.department)),
        " ".join(sounds),
        " ".join(_threes("".join(each[0] for each in sounds))),
    )


def _threes(letters: str) -> Iterator[str]:
    """Letters by threes: single ones stand in almost every name, and would be slow to look up."""
    return (letters[at : at + 3] for at in range(len(letters) - 2))


def _spaced(text: str) -> str:
    return " ".join(text)


def _phrase(text: str) -> str:
    """Characters in a row. Only letters, digits and characters come here: nothing to escape."""
    return '"' + _spaced(text) + '"'
