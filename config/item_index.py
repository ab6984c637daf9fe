"""Compiled matters in one file: an index that is read at once, and each matter parsed when it is opened.

A hall has thousands of matters and a citizen opens one. The file is a line with the index's length, the
index as JSON, and behind it the matters as JSON, one after another; each entry says where its matter stands
and its SHA-256, so that a damaged file is never believed. Made where sources were checked, never edited.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import Field, TypeAdapter, ValidationError

from config.item import Item
from config.item_basics import DataModel, Identifier, Text
from config.joint_items import JoinedItem
from config.plain import BadFile

_MAGIC: Final = b"hall-matters-1 "
_HEAD_BYTES: Final = len(_MAGIC) + 12 + 1
"""Magic, the index's length in twelve digits, a line's end."""


class Entry(DataModel):
    """What lists and searches need of one matter, and where the matter itself stands."""

    id: Identifier
    version: str
    name: Text
    title: Text
    summary: Text
    department: Text
    audience: Literal["natural_person", "legal_person"]
    depth: Literal["guide", "appointment", "application", "enquiry_print", "concluded_here"]
    life_events: tuple[Identifier, ...]
    themes: tuple[Identifier, ...]
    only_in_joint: bool
    at: int = Field(ge=0)
    bytes: int = Field(ge=0)
    sha256: str


_INDEX: Final = TypeAdapter(tuple[Entry, ...])
_MATTER: Final[TypeAdapter[JoinedItem | Item]] = TypeAdapter(
    Annotated[JoinedItem | Item, Field(union_mode="left_to_right")]
)


class CompiledItems:
    """An open file of compiled matters."""

    def __init__(self, path: Path, entries: Mapping[str, Entry], begin: int) -> None:
        self.path, self.entries, self._begin = path, entries, begin

    def item(self, item_id: str) -> Item:
        """Open one matter. Raises KeyError for an id that is not there, `BadFile` for a damaged file."""
        entry = self.entries[item_id]
        with self.path.open("rb") as file:
            file.seek(self._begin + entry.at)
            data = file.read(entry.bytes)
        if hashlib.sha256(data).hexdigest() != entry.sha256:
            raise BadFile(self.path, None, item_id, "is not what was compiled: start the terminal anew")
        return _MATTER.validate_json(data)


def write_items(items: Iterable[Item], path: Path) -> None:
    """Write `items` wholly and on the disk, or not at all. Raises `OSError`."""
    entries: list[Entry] = []
    matters: list[bytes] = []
    at = 0
    for item in items:
        data = item.model_dump_json().encode()
        entries.append(_entry(item, at, data))
        matters.append(data)
        at += len(data)
    index = _INDEX.dump_json(tuple(entries))
    beside = path.with_suffix(".new")
    with beside.open("wb") as file:
        file.write(_MAGIC + b"%012d\n" % len(index) + index)
        file.writelines(matters)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def open_items(path: Path) -> CompiledItems:
    """Read the index of a file that `write_items` wrote. Raises `config.plain.BadFile`."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
            length = head.removeprefix(_MAGIC).strip()
            if not head.startswith(_MAGIC) or not length.isdigit():
                raise BadFile(path, None, "", "is no file of compiled matters: start the terminal anew")
            entries = _INDEX.validate_json(file.read(int(length)))
    except OSError as error:
        raise BadFile(path, None, "", f"cannot be read: {error.strerror}") from None
    except ValidationError as error:
        why = error.errors(include_url=False, include_input=False)[0]["msg"]
        raise BadFile(path, None, "index", f"is damaged ({why}): start the terminal anew") from None
    return CompiledItems(path, {entry.id: entry for entry in entries}, _HEAD_BYTES + int(length))


def _entry(item: Item, at: int, data: bytes) -> Entry:
    return Entry(
        id=item.id,
        version=item.version,
        name=item.name,
        title=item.title,
        summary=item.summary,
        department=item.office.department,
        audience=item.audience,
        depth=item.depth,
        life_events=item.life_events,
        themes=item.themes,
        only_in_joint=item.only_in_joint,
        at=at,
        bytes=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
    )
