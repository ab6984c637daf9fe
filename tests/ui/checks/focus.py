"""Findings about the way of the Tab key: down the page and to the right, as one reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtGui import QAccessible
from PySide6.QtQuick import QQuickItem

from tests.ui.checks.parts import Box, box_of

AROUND = ("BesideBar", "Footer", "Header")
"""What stands around a screen, after it in the way: each begins anew."""


@dataclass(frozen=True)
class Stop:
    """Something that the keys reach, and what it belongs to."""

    name: str
    place: Box
    belongs_to: str


def stops(root: QQuickItem) -> Iterator[Stop]:
    """Every stop of the Tab key in its order, which is the order in which things were made."""
    for child in root.childItems():
        if child.isVisible() and child.isEnabled():
            if child.activeFocusOnTab():
                interface = QAccessible.queryAccessibleInterface(child)
                name = "" if interface is None else interface.text(QAccessible.Text.Name)
                yield Stop(name, box_of(child), _belongs_to(child))
            yield from stops(child)


def _belongs_to(item: QQuickItem) -> str:
    parent = item.parentItem()
    while parent is not None:
        kind = parent.metaObject().className().partition("_QMLTYPE")[0]
        if kind in AROUND:
            return kind
        if parent.inherits("QQuickFlickable"):
            return f"what is turned at {box_of(parent)}"
        parent = parent.parentItem()
    return "screen"


def out_of_order(way: Iterable[Stop]) -> Iterator[str]:
    """Steps up that are not to the next column, and steps to the left within a line."""
    for one, other in pairwise(way):
        if one.belongs_to != other.belongs_to:
            continue
        if other.place.bottom <= one.place.top + 1 and other.place.left < one.place.right - 1:
            yield f"the focus goes up from “{one.name}” to “{other.name}”"
        elif other.place.right <= one.place.left + 1 and other.place.top < one.place.bottom - 1:
            yield f"the focus goes left from “{one.name}” to “{other.name}”"
