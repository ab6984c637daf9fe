"""What the `item` commands have in common: which files are meant, how they are read, how it is said."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import typer

from config.data_files import files_in
from config.item import Item
from config.items import SHIPPED, beside, mistakes, read_item
from config.joint_items import joined

USAGE = 2


def item_files(path: Path) -> list[Path]:
    """The service files that `path` is or holds. Raises `BadFile`."""
    return files_in(path, "service item") if path.is_dir() else [path]


def read_items(paths: Sequence[Path]) -> tuple[Item, ...]:
    """The matters in files and directories, joint ones put together. Raises `BadFile`."""
    files = [read_item(file) for path in paths for file in item_files(path)]
    by_id = {file.value.id: file.value for file in files}
    found = []
    for file in files:
        item = file.value
        others = {**beside(file), **by_id} if any(each.item not in by_id for each in item.members) else by_id
        for finding in mistakes(item, others):
            raise file.mistake(finding.loc, finding.reason)
        found.append(joined(item, others) if item.members else item)
    return tuple(found)


def one_item(meant: str) -> tuple[Path, Item]:
    """The matter of a file, or the shipped one of that id. Raises `BadFile`."""
    path = Path(meant)
    if path.suffix != ".yaml":
        path = SHIPPED / f"{meant}.yaml"
    return path, read_items([path])[0]


def say(words: str) -> None:
    """UTF-8, whatever the clerk's locale: the texts do not fit into others."""
    typer.echo(words.encode())


def refuse(words: str, *, as_json: bool = False) -> NoReturn:
    """One line on standard error, with `as_json` an object on standard output, and the status for usage."""
    typer.echo(words, err=True)
    if as_json:
        say(json.dumps({"error": words}, ensure_ascii=False))
    raise typer.Exit(USAGE)
