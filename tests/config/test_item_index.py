"""Compiled matters: the index at once, a matter when it is opened, and nothing from a damaged file."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.item_index import open_items, write_items
from config.items import SHIPPED, load_items
from config.joint_items import JoinedItem
from config.plain import BadFile

ITEMS = load_items(SHIPPED)


def compiled(directory: Path) -> Path:
    path = directory / "matters.bin"
    write_items(ITEMS, path)
    return path


def test_every_matter_comes_out_as_it_went_in(tmp_path: Path) -> None:
    found = open_items(compiled(tmp_path))
    assert list(found.entries) == [item.id for item in ITEMS]
    for item in ITEMS:
        again = found.item(item.id)
        assert again == item
        assert isinstance(again, JoinedItem) == bool(item.members)
        assert found.entries[item.id].title == item.title
        assert found.entries[item.id].department == item.office.department
    with pytest.raises(KeyError):
        found.item("no_such_matter")


def test_a_byte_that_changed_is_noticed_when_its_matter_is_opened(tmp_path: Path) -> None:
    path = compiled(tmp_path)
    data = bytearray(path.read_bytes())
    data[-10] ^= 1
    path.write_bytes(data)
    found = open_items(path)
    assert found.item(ITEMS[0].id) == ITEMS[0]
    with pytest.raises(BadFile, match="is not what was compiled"):
        found.item(ITEMS[-1].id)


@pytest.mark.parametrize("kept", [0, 5, 20, 500])
def test_a_file_that_breaks_off_is_refused(tmp_path: Path, kept: int) -> None:
    path = compiled(tmp_path)
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(BadFile, match="start the terminal anew"):
        open_items(path)


def test_a_file_that_broke_off_later_gives_what_is_whole(tmp_path: Path) -> None:
    path = compiled(tmp_path)
    path.write_bytes(path.read_bytes()[:-1])
    found = open_items(path)
    assert found.item(ITEMS[0].id) == ITEMS[0]
    with pytest.raises(BadFile):
        found.item(ITEMS[-1].id)


def test_what_is_no_such_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match=r"none\.bin: cannot be read"):
        open_items(tmp_path / "none.bin")
    (tmp_path / "other.bin").write_bytes(b"{}" * 40)
    with pytest.raises(BadFile, match="no file of compiled matters"):
        open_items(tmp_path / "other.bin")
