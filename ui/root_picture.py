"""The picture beneath everything: what a person sees on the X root while no session lives.

It is painted once, when the terminal starts, and stays with the X server: no process has to live for it.
"""

from __future__ import annotations

import os

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QImage, QPainter
from Xlib import X
from Xlib.display import Display
from Xlib.error import DisplayError

STRIP_BYTES = 128 * 1024
"""Bytes of picture in one request to the X server; its limit is 256 KiB."""

PAPER, INK, QUIET, ACCENT = "#FAF6EE", "#1B1F2A", "#33363F", "#133D69"
"""The colours of `Theme.qml`."""

MARK = (
    (0, 0, 72, 72, 16, ACCENT),
    (20, 16, 32, 42, 3, PAPER),
    (36, 22, 16, 36, 0, ACCENT),
    (14, 56, 44, 4, 2, PAPER),
)
"""The mark of `HallMark.qml`: left, top, width, height, radius and colour of each of its parts."""


class NoDisplay(Exception):
    """The X server cannot be reached; the text names the display and the reason."""


def paint_root() -> None:
    """Paint the root window of `$DISPLAY`. Raises `NoDisplay`."""
    try:
        display = Display()
    except (DisplayError, OSError) as error:
        raise NoDisplay(f"DISPLAY={os.environ.get('DISPLAY', '')}: {error}") from None
    screen = display.screen()
    width, height, depth = screen.width_in_pixels, screen.height_in_pixels, screen.root_depth
    picture = _picture(width, height)
    pixmap = screen.root.create_pixmap(width, height, depth)
    context = pixmap.create_gc()
    rows = max(1, STRIP_BYTES // (width * 4))
    for top in range(0, height, rows):
        count = min(rows, height - top)
        strip = picture[top * width * 4 : (top + count) * width * 4]
        pixmap.put_image(context, 0, top, width, count, X.ZPixmap, depth, 0, strip)
    screen.root.change_attributes(background_pixmap=pixmap)
    screen.root.clear_area(0, 0, width, height)
    # The picture belongs to the server from here on, or it would go with this process.
    display.set_close_down_mode(X.RetainPermanent)
    display.sync()


def _picture(width: int, height: int) -> bytes:
    """Pixels as the X server of a little-endian machine wants them: blue, green, red, unused; row by row."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application = QGuiApplication.instance() or QGuiApplication([])
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(PAPER))
    painter = QPainter(image)
    painter.setRenderHints(QPainter.RenderHint.TextAntialiasing | QPainter.RenderHint.Antialiasing)
    _mark(painter, width, height)
    unit = min(width, height)  # the same letters, whichever way the screen stands
    for words, below, size, colour in (
        ("请稍候", -0.07, 0.075, INK),
        ("One moment, please", 0.05, 0.037, QUIET),
    ):
        font = QFont("Noto Sans CJK SC")
        font.setPixelSize(round(unit * size))
        painter.setFont(font)
        painter.setPen(QColor(colour))
        line = QRectF(0, height / 2 + unit * (below - 0.1), width, unit * 0.2)
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, words)
    painter.end()
    del application
    return bytes(image.constBits())


def _mark(painter: QPainter, width: int, height: int) -> None:
    """Paint the mark above the words."""
    unit = min(width, height) / 640
    foot = height * 0.46 - width * 0.055 - 14 * unit
    painter.save()
    painter.translate(width / 2 - 36 * unit, foot - 72 * unit)
    painter.scale(unit, unit)
    painter.setPen(Qt.PenStyle.NoPen)
    for left, top, wide, high, radius, colour in MARK:
        painter.setBrush(QColor(colour))
        painter.drawRoundedRect(QRectF(left, top, wide, high), radius, radius)
    painter.restore()
