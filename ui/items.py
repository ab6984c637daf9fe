"""Two painted items: a picture that may be an oval, and the pad for a finger's signature.

Painted with QPainter, so that they look the same on Qt's software renderer and on OpenGL.
"""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPainterPath, QPen
from PySide6.QtQml import QmlElement
from PySide6.QtQuick import QQuickItem, QQuickPaintedItem

from ui.properties import Property

QML_IMPORT_NAME = "Hall.Models"
QML_IMPORT_MAJOR_VERSION = 1

RING = 8.0
"""Pixels; the width of the ring around a picture."""

STROKE_WIDTH = 7.0
"""Pixels of the 1080-wide design."""


@QmlElement
class Picture(QQuickPaintedItem):
    """`image` fills its place, cut to an oval if `oval`, on `ground`, within `ring`.

    If `whole`, all of it is there.
    """

    redrawn = Signal()

    def __init__(self, parent: QQuickItem | None = None) -> None:
        super().__init__(parent)
        self._image, self._oval, self._whole = QImage(), False, False
        self._ground, self._ring = QColor(Qt.GlobalColor.transparent), QColor(Qt.GlobalColor.transparent)
        self.setAntialiasing(True)

    def _read_image(self) -> QImage:
        return self._image

    def _set_image(self, image: QImage) -> None:
        self._image = image
        self._redraw()

    image = Property(QImage, _read_image, _set_image, notify=redrawn)

    def _is_oval(self) -> bool:
        return self._oval

    def _set_oval(self, oval: bool) -> None:  # noqa: FBT001 - Qt calls a setter with the bare value
        self._oval = oval
        self._redraw()

    oval = Property(bool, _is_oval, _set_oval, notify=redrawn)

    def _is_whole(self) -> bool:
        return self._whole

    def _set_whole(self, whole: bool) -> None:  # noqa: FBT001 - Qt calls a setter with the bare value
        self._whole = whole
        self._redraw()

    whole = Property(bool, _is_whole, _set_whole, notify=redrawn)

    def _read_ground(self) -> QColor:
        return self._ground

    def _set_ground(self, colour: QColor) -> None:
        self._ground = colour
        self._redraw()

    ground = Property(QColor, _read_ground, _set_ground, notify=redrawn)

    def _read_ring(self) -> QColor:
        return self._ring

    def _set_ring(self, colour: QColor) -> None:
        self._ring = colour
        self._redraw()

    ring = Property(QColor, _read_ring, _set_ring, notify=redrawn)

    def _redraw(self) -> None:
        self.redrawn.emit()
        self.update()

    def paint(self, painter: QPainter) -> None:
        """Draw ground, the picture and ring."""
        place = self.boundingRect().adjusted(RING / 2, RING / 2, -RING / 2, -RING / 2)
        outline = QPainterPath()
        if self._oval:
            outline.addEllipse(place)
        else:
            outline.addRect(place)
        painter.fillPath(outline, self._ground)
        if not self._image.isNull():
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.setClipPath(outline)
            if self._whole:
                painter.drawImage(whole_in(place, self._image), self._image)
            else:
                painter.drawImage(place, self._image, self._middle(place))
            painter.restore()
        painter.strokePath(outline, QPen(self._ring, RING))

    def _middle(self, place: QRectF) -> QRectF:
        scale = max(place.width() / self._image.width(), place.height() / self._image.height())
        part = QRectF(0, 0, place.width() / scale, place.height() / scale)
        part.moveCenter(QRectF(self._image.rect()).center())
        return part


def whole_in(place: QRectF, image: QImage) -> QRectF:
    """Where all of an image is as large as fits into its place, in the middle."""
    scale = min(place.width() / image.width(), place.height() / image.height())
    part = QRectF(0, 0, image.width() * scale, image.height() * scale)
    part.moveCenter(place.center())
    return part


@QmlElement
class SignaturePad(QQuickPaintedItem):
    """Collects the strokes of a finger, 0…1 of its width and height, and shows them as ink."""

    drawn = Signal()

    def __init__(self, parent: QQuickItem | None = None) -> None:
        super().__init__(parent)
        self._strokes: list[list[tuple[float, float]]] = []
        self._ink = QColor(Qt.GlobalColor.black)
        self.setAcceptedMouseButtons(Qt.MouseButton.LeftButton)
        self.setKeepMouseGrab(True)
        self.setAntialiasing(True)

    def _read_ink(self) -> QColor:
        return self._ink

    def _set_ink(self, colour: QColor) -> None:
        self._ink = colour
        self._changed()

    ink = Property(QColor, _read_ink, _set_ink, notify=drawn)

    @Property(bool, notify=drawn)
    def signed(self) -> bool:
        """Whether there is a stroke; a dot is none."""
        return any(len(stroke) > 1 for stroke in self._strokes)

    @Property(bool, notify=drawn)
    def empty(self) -> bool:
        """Whether nothing has been drawn."""
        return not self._strokes

    @Property("QVariantList", notify=drawn)
    def strokes(self) -> list[list[float]]:
        """One list of x, y, x, y … a stroke."""
        return [[value for point in stroke for value in point] for stroke in self._strokes]

    @Slot()
    def wipe(self) -> None:
        """Start again."""
        self._strokes.clear()
        self._changed()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Put the finger down."""
        self._strokes.append([self._share(event.position())])
        self._changed()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Draw on."""
        point = self._share(event.position())
        if point != self._strokes[-1][-1]:
            self._strokes[-1].append(point)
            self._changed()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """End the stroke where the finger left."""
        self.mouseMoveEvent(event)

    def _share(self, at: QPointF) -> tuple[float, float]:
        return (
            min(1.0, max(0.0, at.x() / self.width())),
            min(1.0, max(0.0, at.y() / self.height())),
        )

    def _changed(self) -> None:
        self.drawn.emit()
        self.update()

    def _drop_last(self) -> None:
        del self._strokes[-1:]
        self._changed()

    def paint(self, painter: QPainter) -> None:
        """Draw every stroke as one soft line."""
        round_cap, round_join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
        painter.setPen(QPen(self._ink, STROKE_WIDTH, Qt.PenStyle.SolidLine, round_cap, round_join))
        for stroke in self._strokes:
            points = [QPointF(x * self.width(), y * self.height()) for x, y in stroke]
            line = QPainterPath(points[0])
            for before, after in pairwise(points):
                line.quadTo(before, (before + after) / 2)
            line.lineTo(points[-1])
            painter.drawPath(line)


@QmlElement
class WritingPad(SignaturePad):
    """The same for one character: says when the finger is lifted, and takes back a stroke."""

    lifted = Signal()
    """What is written is another by now: a stroke more, one less, or none."""

    @Slot()
    def undo(self) -> None:
        """Take back the last stroke."""
        self._drop_last()
        self.lifted.emit()

    @Slot()
    def wipe(self) -> None:
        """Start again."""
        super().wipe()
        self.lifted.emit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """End the stroke where the finger left."""
        super().mouseReleaseEvent(event)
        self.lifted.emit()
