"""Handwriting with zinnia: strokes of a finger in, the likeliest characters out. Knows no Qt, keeps nothing.

The library and its model are Debian's (`libzinnia0`, `tegaki-zinnia-simplified-chinese`): 6,763 simplified
characters, as many as GB 2312 has. It depends on the order of strokes, so several characters are offered.
What somebody writes is personal: it is never stored, and never said in a log or an error.

Source: zinnia.h of zinnia 0.06.
"""

from __future__ import annotations

import ctypes
import weakref
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

import structlog

log = structlog.get_logger()

LIBRARY: Final = "libzinnia.so.0"
MODEL: Final = Path("/usr/share/tegaki/models/zinnia/handwriting-zh_CN.model")

SQUARE: Final = 1000
"""Units of a side of zinnia's writing square."""
FILLED: Final = 0.8
"""How much of the square a character fills, however small or far in a corner it was written."""
TREMBLE: Final = 2
"""Points to each side over which a line is evened out: an old hand trembles, and zinnia looks at directions.
Of simple characters drawn shakily the right one was among the first eight in 74 to 87 of 100 without it, and
in 99 or 100 with it."""
MOST_STROKES: Final = 40
"""More than any character has; what has more is a drawing, and would only cost time."""

Stroke = Sequence[tuple[float, float]]
"""The way of a finger: x to the right and y downwards, as shares of one side of the writing square."""

_POINTER, _SIZE, _INT = ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int
_SIGNATURES: Final[dict[str, tuple[Any, list[Any]]]] = {
    "recognizer_new": (_POINTER, []),
    "recognizer_destroy": (None, [_POINTER]),
    "recognizer_open": (_INT, [_POINTER, ctypes.c_char_p]),
    "recognizer_close": (_INT, [_POINTER]),
    "recognizer_size": (_SIZE, [_POINTER]),
    "recognizer_classify": (_POINTER, [_POINTER, _POINTER, _SIZE]),
    "character_new": (_POINTER, []),
    "character_destroy": (None, [_POINTER]),
    "character_set_width": (None, [_POINTER, _SIZE]),
    "character_set_height": (None, [_POINTER, _SIZE]),
    "character_add": (_INT, [_POINTER, _SIZE, _INT, _INT]),
    "result_size": (_SIZE, [_POINTER]),
    "result_value": (ctypes.c_char_p, [_POINTER, _SIZE]),
    "result_destroy": (None, [_POINTER]),
}


class NoHandwriting(Exception):
    """Library or model is not there, or is not what it should be: `reason` is one of the log's words."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Recogniser:
    """A model that was looked at and found good; it is mapped (27 MB) when somebody first writes.

    Raises `NoHandwriting`. One reading takes some milliseconds and frees all it took.
    """

    def __init__(self, library: str = LIBRARY, model: Path = MODEL) -> None:
        try:
            loaded = ctypes.CDLL(library)
            self._calls = {name: _call(loaded, name, *kinds) for name, kinds in _SIGNATURES.items()}
        except (OSError, AttributeError):
            raise NoHandwriting("no_library") from None
        if not model.is_file():
            raise NoHandwriting("no_model")
        self._file = str(model).encode()
        self._model = self._calls["recognizer_new"]()
        self.close = weakref.finalize(self, self._calls["recognizer_destroy"], self._model)
        """Give the model's memory back; also done when the object goes, or the process."""
        self._mapped = False
        self.characters = int(self._calls["recognizer_size"](self._model)) if self._is_mapped() else 0
        """How many it knows."""
        if not self.characters:
            self.close()
            raise NoHandwriting("bad_model")
        self._calls["recognizer_close"](self._model)
        self._mapped = False

    def _is_mapped(self) -> bool:
        self._mapped = self._mapped or bool(self._calls["recognizer_open"](self._model, self._file))
        return self._mapped

    def read(self, strokes: Sequence[Stroke], count: int) -> tuple[str, ...]:
        """Give at most `count` characters that these strokes may be, the likeliest first."""
        drawn = [stroke for stroke in strokes if stroke]
        if not drawn or len(drawn) > MOST_STROKES or not self.close.alive or not self._is_mapped():
            return ()
        character = self._calls["character_new"]()
        try:
            self._calls["character_set_width"](character, SQUARE)
            self._calls["character_set_height"](character, SQUARE)
            for number, stroke in enumerate(fitted([evened(stroke) for stroke in drawn])):
                for x, y in stroke:
                    self._calls["character_add"](character, number, round(x * SQUARE), round(y * SQUARE))
            return self._classified(character, count)
        finally:
            self._calls["character_destroy"](character)

    def _classified(self, character: int, count: int) -> tuple[str, ...]:
        result = self._calls["recognizer_classify"](self._model, character, count)
        if not result:
            return ()
        try:
            places = range(self._calls["result_size"](result))
            return tuple(self._calls["result_value"](result, place).decode() for place in places)
        finally:
            self._calls["result_destroy"](result)


@cache
def installed(library: str = LIBRARY, model: Path = MODEL) -> Recogniser | None:
    """The one of this process; None where it is not installed, which the log says once."""
    try:
        return Recogniser(library, model)
    except NoHandwriting as missing:
        log.warning("handwriting_missing", reason=missing.reason)
        return None


def evened(stroke: Stroke) -> Stroke:
    """The same line without its tremble: each point is the middle of those around it; a short flick stays."""
    if len(stroke) <= 2 * TREMBLE:
        return stroke
    near = (stroke[max(0, place - TREMBLE) : place + TREMBLE + 1] for place in range(len(stroke)))
    return [(sum(x for x, _ in part) / len(part), sum(y for _, y in part) / len(part)) for part in near]


def fitted(strokes: Sequence[Stroke]) -> list[list[tuple[float, float]]]:
    """The same in the middle of the square, its longer side `FILLED` of it: zinnia looks at places."""
    across, down = ([point[axis] for stroke in strokes for point in stroke] for axis in (0, 1))
    longer = max(max(across) - min(across), max(down) - min(down))
    scale = FILLED / longer if longer else 1.0
    left, top = (max(across) + min(across)) / 2, (max(down) + min(down)) / 2
    return [[(0.5 + (x - left) * scale, 0.5 + (y - top) * scale) for x, y in stroke] for stroke in strokes]


def _call(library: ctypes.CDLL, name: str, gives: Any, takes: list[Any]) -> Any:
    call = getattr(library, f"zinnia_{name}")
    call.restype, call.argtypes = gives, takes
    return call
