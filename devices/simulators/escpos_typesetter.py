"""How a receipt printer sets what it is told: settings, the line that is being filled, what goes to paper.

Pure: no time passes here. Source: ESC/POS command reference.
"""

from __future__ import annotations

from collections.abc import Sequence

from devices.simulators.escpos_commands import (
    Character,
    ChineseMode,
    Command,
    FeedPaper,
    Initialize,
    Justify,
    LineFeed,
    LineSpacing,
    Magnify,
    RasterImage,
    SymbolFunction,
)
from devices.simulators.escpos_picture import (
    CHARACTER_DOTS,
    Blank,
    Glyph,
    Printed,
    PrintedLine,
    PrintedQr,
    PrintedRaster,
    Side,
)

_SPACING_DOTS = 30
_MODULE_DOTS = 3
_QR_SIZE, _QR_STORE, _QR_PRINT = 0x43, 0x50, 0x51


class Typesetter:
    """Settings and the current line. Chinese mode is off at first, as on Japanese models: a job must ask."""

    def __init__(self, width_dots: int) -> None:
        self._width_dots = width_dots
        self._side: Side = "left"
        self._line: list[Glyph] = []
        self._initialize()

    @property
    def chinese(self) -> bool:
        """Whether Chinese mode is on."""
        return self._chinese

    def clear(self) -> None:
        """Forget the line that is being filled."""
        self._line = []

    def set(self, command: Command) -> Sequence[Printed]:
        """Obey one command; give what goes to paper now."""
        match command:
            case Character(code):
                return self._character(code)
            case LineFeed():
                return self._end_line()
            case FeedPaper(dots):
                return (*(self._end_line() if self._line else ()), Blank(dots))
            case RasterImage(width_bytes, height, data):
                return (PrintedRaster(width_bytes, height, data, self._side),)
            case SymbolFunction(function, parameters):
                return self._symbol(function, parameters)
            case _:
                self._adjust(command)
                return ()

    def _adjust(self, command: Command) -> None:
        match command:
            case Initialize():
                self._initialize()
            case ChineseMode(on):
                self._chinese = on
            case Magnify(width, height):
                self._width, self._height = width, height
            case Justify(to):
                self._side = to
            case LineSpacing(dots):
                self._spacing = dots
            case _:
                pass  # unknown commands do nothing

    def _initialize(self) -> None:
        self.clear()
        self._chinese = False
        self._width = self._height = 1
        self._side = "left"
        self._spacing = _SPACING_DOTS
        self._module_dots = _MODULE_DOTS
        self._symbol_text = ""

    def _character(self, code: bytes) -> Sequence[Printed]:
        glyph = Glyph(_in_font(code), 1 if len(code) == 1 else 2, self._width, self._height)
        full = sum(placed.dots for placed in self._line) + glyph.dots > self._width_dots
        printed = self._end_line() if full else ()
        self._line.append(glyph)
        return printed

    def _end_line(self) -> Sequence[Printed]:
        highest = max((glyph.height for glyph in self._line), default=1)
        line = PrintedLine(tuple(self._line), self._side, max(self._spacing, highest * CHARACTER_DOTS))
        self.clear()
        return (line,)

    def _symbol(self, function: int, parameters: bytes) -> Sequence[Printed]:
        if function == _QR_SIZE:
            self._module_dots = parameters[0]
        elif function == _QR_STORE:
            self._symbol_text = parameters[1:].decode("ascii", "replace")
        elif function == _QR_PRINT and self._symbol_text:
            return (PrintedQr(self._symbol_text, self._module_dots, self._side),)
        return ()


def _in_font(code: bytes) -> str | None:
    """Look a code up in the printer's fonts: ASCII and GB 2312."""
    try:
        return code.decode("gb2312")
    except UnicodeDecodeError:
        return None
