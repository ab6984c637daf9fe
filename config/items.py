"""Service items from a directory of YAML files: read, checked, and refused with file, line, key and reason.

What a bad file would do at step four, with a citizen watching, is found here: a question that refers to a
later one, an answer that does not exist, a form that nobody can reach.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from config.data_files import DataFile, files_in, read_model
from config.item import Item
from config.item_checks import findings
from config.item_findings import Finding
from config.joint_checks import joint_findings
from config.joint_items import joined
from config.plain import BadFile

SHIPPED = Path(__file__).with_name("items")
"""The items that come with the product; a hall may have its own (`Settings.items_dir`)."""


def load_items(directory: Path) -> tuple[Item, ...]:
    """Every item of `directory`, in the order of the file names; joint ones put together from their members.

    Raises `config.plain.BadFile`.
    """
    files: dict[str, DataFile[Item]] = {}
    for path in files_in(directory, "service item"):
        file = read_item(path)
        first = files.setdefault(file.value.id, file)
        if first is not file:
            raise file.mistake(("id",), f'"{file.value.id}" is already the id in {first.path.name}')
    beside = {name: file.value for name, file in files.items()}
    return tuple(_sound(file, beside) for file in files.values())


def load_item(path: Path) -> Item:
    """One item; the members of a joint one stand beside it. Raises `config.plain.BadFile`."""
    file = read_item(path)
    return _sound(file, beside(file) if file.value.members else {})


def read_item(path: Path) -> DataFile[Item]:
    """One file, its types checked and nothing else. Raises `config.plain.BadFile`."""
    return read_model(path, Item)


def beside(file: DataFile[Item]) -> dict[str, Item]:
    """The item itself and every readable one in its directory, by id."""
    found = {file.value.id: file.value}
    for path in files_in(file.path.parent, "service item"):
        if path == file.path:
            continue
        try:
            item = read_item(path).value
        except BadFile:
            continue
        found.setdefault(item.id, item)
    return found


def mistakes(item: Item, by_id: Mapping[str, Item]) -> Iterator[Finding]:
    """What is wrong with an item; `by_id` are the matters beside it, for a joint one."""
    return joint_findings(item, by_id) if item.members else findings(item)


def _sound(file: DataFile[Item], by_id: Mapping[str, Item]) -> Item:
    for finding in mistakes(file.value, by_id):
        raise file.mistake(finding.loc, finding.reason)
    return joined(file.value, by_id) if file.value.members else file.value
