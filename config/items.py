"""Service items from a directory of YAML files: read, checked, and refused with file, line, key and reason.

What a bad file would do at step four, with a citizen watching, is found here: a question that refers to a
later one, an answer that does not exist, a form that nobody can reach.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from config.data_files import DataFile, files_in, read_model
from config.item import Item
from config.item_checks import findings
from config.joint_items import joined
from config.plain import meant

SHIPPED = Path(__file__).with_name("items")
"""The items that come with the product; a hall may have its own (`Settings.items_dir`)."""


def load_items(directory: Path) -> tuple[Item, ...]:
    """Every item of `directory`, in the order of the file names. Raises `config.plain.BadFile`."""
    items: dict[str, DataFile[Item]] = {}
    for path in files_in(directory, "service item"):
        file = _load(path)
        first = items.setdefault(file.value.id, file)
        if first is not file:
            raise file.mistake(("id",), f'"{file.value.id}" is already the id in {first.path.name}')
    by_id = {identifier: file.value for identifier, file in items.items()}
    return tuple(_whole(file, by_id) for file in items.values())


def _whole(file: DataFile[Item], by_id: Mapping[str, Item]) -> Item:
    """The item itself, or with its members joined. A member is a plain matter."""
    if not file.value.members:
        return file.value
    plain = {identifier for identifier, item in by_id.items() if not item.members}
    for position, member in enumerate(file.value.members):
        if member.item not in plain:
            why = f'"{member.item}" is no plain matter in this directory{meant(member.item, plain)}'
            raise file.mistake(("members", position, "item"), why)
    return joined(file.value, by_id)


def load_item(path: Path) -> Item:
    """One item. Raises `config.plain.BadFile`."""
    return _load(path).value


def _load(path: Path) -> DataFile[Item]:
    file = read_model(path, Item)
    for finding in findings(file.value):
        raise file.mistake(finding.loc, finding.reason)
    return file
