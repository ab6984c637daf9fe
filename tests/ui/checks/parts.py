"""What stands on a window: every text, control, field and panel with the place where it is painted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from PySide6.QtCore import QRectF
from PySide6.QtGui import QAccessible, QColor, QFont
from PySide6.QtQuick import QQuickItem

Kind = Literal["text", "control", "field", "graphic", "keyboard", "panel", "area"]

KINDS: tuple[tuple[str, Kind], ...] = (
    ("QQuickText", "text"),
    ("QQuickAbstractButton", "control"),
    ("QQuickTextInput", "field"),
    ("QQuickTextEdit", "field"),
    ("QQuickPaintedItem", "graphic"),
    ("QQuickRectangle", "panel"),
    ("QQuickFlickable", "area"),
)

KEYBOARD = "Keyboard"
"""Our file around Qt's keyboard: what is in it is Qt's own, and drawn by its style."""


class Box(NamedTuple):
    """A rectangle on the window, in pixels of the design."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Pixels across."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Pixels down."""
        return self.bottom - self.top

    @property
    def empty(self) -> bool:
        """Whether nothing of it is there."""
        return self.width <= 0 or self.height <= 0

    def cut(self, other: Box) -> Box:
        """What both have."""
        return Box(
            max(self.left, other.left),
            max(self.top, other.top),
            min(self.right, other.right),
            min(self.bottom, other.bottom),
        )

    def holds(self, other: Box, slack: float = 0.5) -> bool:
        """Whether `other` lies within, but for `slack` pixels."""
        return (
            other.left >= self.left - slack
            and other.top >= self.top - slack
            and other.right <= self.right + slack
            and other.bottom <= self.bottom + slack
        )

    def smaller(self, across: float, down: float) -> Box:
        """The same without a rim."""
        return Box(self.left + across, self.top + down, self.right - across, self.bottom - down)


@dataclass(frozen=True)
class Part:
    """One painted thing. `path` holds the numbers of its ancestors and its own, which is its paint order."""

    kind: Kind
    place: Box
    """Where it is painted; a text's is that of its letters."""
    seen: Box
    """What of that is not cut off by an ancestor; empty if scrolled away."""
    item: Box
    """The place that the layout gave it."""
    path: tuple[int, ...]
    said: str
    name: str
    role: str
    origin: str
    """The QML types around it, for whoever has to mend it."""
    enabled: bool = True
    truncated: bool = False
    opaque: bool = False
    scrolled: bool = False
    letter_px: int = 0
    font: QFont | None = None

    def within(self, other: Part) -> bool:
        """Whether `other` is an ancestor."""
        return other.path[-1] in self.path[:-1]

    @property
    def label(self) -> str:
        """How a finding names it."""
        words = (self.said or self.name).replace("\n", " ")
        return f"{self.kind} “{words[:28]}” in {self.origin}"


def parts(root: QQuickItem) -> list[Part]:
    """Everything visible beneath `root`, in paint order."""
    found: list[Part] = []
    count = [0]
    _walk(root, (), (), Box(-1e6, -1e6, 1e6, 1e6), found, count, scrolled=False)
    return found


def _walk(
    item: QQuickItem,
    path: tuple[int, ...],
    types: tuple[str, ...],
    clip: Box,
    found: list[Part],
    count: list[int],
    *,
    scrolled: bool,
) -> None:
    for child in _in_paint_order(item):
        if not child.isVisible() or child.opacity() == 0:
            continue
        count[0] += 1
        here = (*path, count[0])
        qml, kind = _kind(child, child.metaObject().className())
        named = (*types, qml) if qml else types
        if kind is not None:
            found.append(_part(child, kind, here, named, clip, scrolled=scrolled))
        if kind != "keyboard":
            rim = box_of(child).cut(clip) if child.clip() else clip
            _walk(child, here, named, rim, found, count, scrolled=scrolled or kind == "area")


def _in_paint_order(item: QQuickItem) -> list[QQuickItem]:
    children = item.childItems()
    return sorted(children, key=QQuickItem.z) if any(child.z() for child in children) else children


_KNOWN: dict[str, tuple[str, Kind | None]] = {}


def _kind(item: QQuickItem, type_name: str) -> tuple[str, Kind | None]:
    """The QML file of a type, "" if Qt's own, and what it is for a person; None if it only holds others."""
    if type_name not in _KNOWN:
        qml, mark, _ = type_name.partition("_QMLTYPE")
        kind = next((kind for name, kind in KINDS if item.inherits(name)), None)
        _KNOWN[type_name] = (qml if mark else "", "keyboard" if mark and qml == KEYBOARD else kind)
    return _KNOWN[type_name]


def box_of(item: QQuickItem) -> Box:
    """An item's place on the window."""
    return _scene(item, QRectF(0, 0, item.width(), item.height()))


def _scene(item: QQuickItem, place: QRectF) -> Box:
    mapped = item.mapRectToScene(place)
    return Box(mapped.left(), mapped.top(), mapped.right(), mapped.bottom())


def _part(
    item: QQuickItem, kind: Kind, path: tuple[int, ...], types: tuple[str, ...], clip: Box, *, scrolled: bool
) -> Part:
    given = box_of(item)
    place = _letters(item) if kind == "text" else given
    interface = QAccessible.queryAccessibleInterface(item) if kind not in {"panel", "area"} else None
    colour = item.property("color") if kind == "panel" else None
    font = item.property("font") if kind in {"text", "field"} else None
    return Part(
        kind=kind,
        place=place,
        seen=place.cut(clip),
        item=given,
        path=path,
        said=str(item.property("text") or "") if kind in {"text", "control", "field"} else "",
        name="" if interface is None else interface.text(QAccessible.Text.Name),
        role="" if interface is None else interface.role().name,
        origin=" > ".join(types[-3:]),
        enabled=item.isEnabled(),
        truncated=bool(item.property("truncated")) if kind == "text" else False,
        opaque=isinstance(colour, QColor) and colour.alpha() == 255 and item.opacity() == 1,
        scrolled=scrolled,
        letter_px=0 if font is None else font.pixelSize(),
        font=font,
    )


def _letters(item: QQuickItem) -> Box:
    """Where a text's lines are; they may be wider or higher than its item."""
    return _scene(item, item.boundingRect())


def uncovered(found: list[Part], page: Box) -> list[Part]:
    """Without what lies beneath something opaque as large as half the page: a warning over everything."""
    half = page.width * page.height / 2
    covers = [
        part
        for part in found
        if part.kind == "panel" and part.opaque and part.seen.width * part.seen.height >= half
    ]
    return [part for part in found if not any(_covers(cover, part) for cover in covers)]


def _covers(cover: Part, part: Part) -> bool:
    related = cover.within(part) or part.within(cover)
    return cover.path > part.path and not related and cover.seen.holds(part.place.cut(cover.seen), 0)


def of(found: list[Part], *kinds: Kind) -> Iterator[Part]:
    """The parts of these kinds."""
    return (part for part in found if part.kind in kinds)
