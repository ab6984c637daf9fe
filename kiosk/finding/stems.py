"""Stems of English words, by SQLite's Porter stemmer."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable


class Stems:
    """The stem of every known word, and of others that have the stem of a known one."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = tuple(sorted(words))
        self._database = sqlite3.connect(":memory:", check_same_thread=False)
        self._database.execute("CREATE VIRTUAL TABLE words USING fts5(word, tokenize='porter ascii')")
        self._database.execute("CREATE VIRTUAL TABLE stems USING fts5vocab(words, instance)")
        self._database.executemany("INSERT INTO words(rowid, word) VALUES (?, ?)", enumerate(self.words))
        rows = self._database.execute("SELECT doc, term FROM stems")
        self._known = {self.words[doc]: str(term) for doc, term in rows}

    def of(self, word: str) -> str:
        """Give the stem; the word itself where nothing like it is known."""
        if word in self._known:
            return self._known[word]
        like = self._database.execute("SELECT word FROM words WHERE words MATCH ? LIMIT 1", (f'"{word}"',))
        found = like.fetchone()
        return word if found is None else self._known[found[0]]

    def all(self, words: Iterable[str]) -> tuple[str, ...]:
        """Every stem, in order."""
        return tuple(map(self.of, words))
