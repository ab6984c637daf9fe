"""The book of what came from the platform: of each kind what was taken last and what was refused, and when.

It is for people, and so that nothing refused is fetched again and again. What is in force is told by the
things themselves, not by this file; a book that cannot be read is an empty one.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final, get_args

from offline_queue.downstream import Kind
from offline_queue.durable_file import replace_file, sync_directory

FOLDER: Final = "downstream"
"""In `terminal.state_dir`: this book, what is in force, and what is being fetched."""

_BOOK: Final = "book.json"
_MOST_REASON = 400


@dataclass(frozen=True)
class Noted:
    """One thing that came; `reason` says why it was refused, empty when it was taken."""

    number: int
    at: str
    reason: str = ""


@dataclass(frozen=True)
class Page:
    """All that is known of one kind."""

    taken: Noted | None = None
    refused: Noted | None = None


class Book:
    """Written by the running terminal, read by anybody who may."""

    def __init__(self, state_dir: Path, now: Callable[[], datetime]) -> None:
        self.folder = state_dir / FOLDER
        self._now = now
        self._pages = _read(self.folder / _BOOK)

    def make_folder(self) -> None:
        """Have the folder on the disk, name and all. Raises `OSError`."""
        if not self.folder.is_dir():
            self.folder.mkdir(mode=0o700)
            sync_directory(self.folder.parent)

    def page(self, kind: Kind) -> Page:
        """What is known of this kind."""
        return self._pages.get(kind, Page())

    def take(self, kind: Kind, number: int) -> None:
        """Note that this one is in force. Raises `OSError`."""
        self._write(kind, Page(Noted(number, self._moment()), None))

    def refuse(self, kind: Kind, number: int, reason: str) -> None:
        """Note that this one is not. Raises `OSError`."""
        refused = Noted(number, self._moment(), reason[:_MOST_REASON])
        self._write(kind, replace(self.page(kind), refused=refused))

    def shown(self) -> dict[str, Any]:
        """The whole book, as JSON can carry it."""
        return {kind: asdict(page) for kind, page in self._pages.items()}

    def _write(self, kind: Kind, page: Page) -> None:
        self._pages = {**self._pages, kind: page}
        replace_file(self.folder / _BOOK, json.dumps(self.shown(), ensure_ascii=False).encode())

    def _moment(self) -> str:
        return self._now().isoformat(timespec="seconds")


def _read(path: Path) -> Mapping[Kind, Page]:
    try:
        book = json.loads(path.read_bytes())
        return {kind: _page(book[kind]) for kind in get_args(Kind) if kind in book}
    except (OSError, ValueError, TypeError, KeyError):
        return {}


def _page(said: dict[str, Any]) -> Page:
    taken, refused = (None if said[name] is None else Noted(**said[name]) for name in ("taken", "refused"))
    return Page(taken, refused)
