"""What Qt says on its own goes to the log as `qt_warning`: each thing once, without digits or Chinese.

A QML warning may quote what stands on screen; the place in the source is what a technician needs.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import structlog
from PySide6.QtCore import QLoggingCategory, QMessageLogContext, QtMsgType, qInstallMessageHandler

SILENCED: tuple[tuple[str, str], ...] = (
    ("qt.multimedia.symbolsresolver", "the keyboard looks for a sound server; a terminal needs none"),
    ("qt.qml.propertyCache.append", "Qt 6.12's own keyboard overrides a member of its own list"),
)
"""Qt's categories that are switched off inside Qt, each with its reason.

Not merely dropped in the handler: these come from the thread that loads QML, where a handler in Python would
wait for the interpreter while the main thread holds it and waits for that thread.
"""

ALLOWED: tuple[tuple[str, str], ...] = (
    ("PinyinDecoderService::init(): creating directory", "the throw-away home of a session begins empty"),
    ("input method is not set", "a key was touched in the moment in which Qt's keyboard changed its letters"),
)
"""Beginnings of messages that are no warning, each with its reason."""

MOST_WARNINGS = 50
"""Different ones of one session that are logged: what is wrong in a frame is said with every frame."""

_PERSONAL = re.compile(r"[0-9\u2E80-\u9FFF\uF900-\uFAFF\uFF00-\uFFEF\U00020000-\U0003FFFF]")

Report = Callable[[str, str], None]


def install(report: Report | None = None) -> None:
    """Send all of Qt's warnings to `report(file_line, reason)`; each once to the log if none is given."""
    say = report or each_once(_log)

    def handle(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        if kind in {QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg} or _allowed(message):
            return
        say(place(context.file, context.line), _PERSONAL.sub("*", message))

    QLoggingCategory.setFilterRules("\n".join(f"{category}=false" for category, _reason in SILENCED))
    qInstallMessageHandler(handle)


def each_once(report: Report) -> Report:
    """Pass on what was not said before, up to `MOST_WARNINGS`: the log has room for other things, too."""
    said = set[tuple[str, str]]()

    def say(file_line: str, reason: str) -> None:
        if (file_line, reason) not in said and len(said) < MOST_WARNINGS:
            said.add((file_line, reason))
            report(file_line, reason)

    return say


def place(file: str | None, line: int | None) -> str:
    """Name the source line a message came from, without the machine's folders."""
    return f"{Path(file).name}:{line}" if file else "unknown"


def _allowed(message: str) -> bool:
    return any(message.startswith(beginning) for beginning, _reason in ALLOWED)


def _log(file_line: str, reason: str) -> None:
    structlog.get_logger().warning("qt_warning", file_line=file_line, reason=reason)
