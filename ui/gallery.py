"""Every component in every state, as pictures: for designers, for reviewers, for whoever adds one.

Drawn without a display. Nothing moves in the pictures, so that two runs give the same.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import shiboken6
from PySide6.QtCore import QEventLoop, QTimer, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine, QQmlProperty

from config.items import SHIPPED, load_items
from kiosk.session.hall import Hall, Language
from kiosk.session.stages import Session, Welcome
from ui.gallery_sample import day, page, shells
from ui.immortal import keep_singletons
from ui.items import Picture, SignaturePad
from ui.models.base import Desk
from ui.models.entry import WelcomeModel
from ui.models.gallery import GalleryModel
from ui.presenter import window_of
from ui.stage_view import BrokenScreen
from ui.words import Translator, Words

QML = Path(__file__).with_name("qml") / "gallery"

SHEETS = tuple(sorted(file.stem.removesuffix("Sheet") for file in QML.glob("?*Sheet.qml")))

MODES = ("default", "elder", "contrast")

LANGUAGES: tuple[Language, ...] = ("zh", "en")

PAINTED = (Picture, SignaturePad)
"""Imported so that QML knows them."""

SETTLE_MS = 40
"""For what is laid out one turn of the loop later."""

LOOKS = 10
"""A picture is kept when it is like the one before it; a busy machine lays out late."""


def draw(
    folder: Path,
    modes: Sequence[str] = MODES,
    languages: Iterable[Language] = LANGUAGES,
    sheets: Sequence[str] = SHEETS,
) -> list[Path]:
    """Draw each sheet in each mode and language into `folder`; gives the pictures.

    Raises `OSError` where a picture cannot be written, `BrokenScreen` for a sheet that does not load.
    """
    folder.mkdir(parents=True, exist_ok=True)
    application = _application()
    words = Words()
    translator = Translator(words)
    made = []
    for language in languages:
        words.choose(language)
        translator.follow()
        gallery = _Gallery(words, language)
        for mode in modes:
            for sheet in sheets:
                file = folder / f"{sheet.lower()}.{mode}.{language}.png"
                gallery.photograph(sheet, mode, file)
                made.append(file)
        gallery.close()
    translator.close()
    del application
    return made


class _Gallery:
    """One window, in one language."""

    def __init__(self, words: Words, language: Language) -> None:
        items = load_items(SHIPPED)
        now = datetime(2026, 11, 21, 6, 30, tzinfo=UTC)
        office = items[0].office
        hall = Hall(
            "GALLERY", office.department, office.phone, items, now.date(), reach="online",
            reader_usable=True, printer_usable=True, camera_usable=True,
        )  # fmt: skip
        session = Session(Welcome(), hall, language)
        desk = Desk(words, lambda _event: None, lambda: now, lambda: "", 20)
        self._welcome = WelcomeModel(desk, hall, Welcome())
        self._day, self._shells = day(desk, hall), shells(desk, session)
        self._model = GalleryModel(session, self._welcome, self._shells, self._day, page())
        self._engine = QQmlApplicationEngine()
        self._engine.setInitialProperties({"model": self._model})
        self._engine.load(QUrl.fromLocalFile(str(QML / "Gallery.qml")))
        self._window = window_of(self._engine)
        self._window.show()

    def photograph(self, sheet: str, mode: str, file: Path) -> None:
        """Put a sheet on the window, and its picture into `file`."""
        QQmlProperty.write(self._window, "elder", mode == "elder")
        QQmlProperty.write(self._window, "contrast", mode == "contrast")
        QQmlProperty.write(self._window, "caption", f"{sheet} · {mode}")
        QQmlProperty.write(self._window, "sheet", sheet)
        _settle()
        if QQmlProperty.read(self._window, "broken"):
            raise BrokenScreen(f"{sheet}Sheet.qml: does not load")
        picture = self._window.grabWindow()
        for _ in range(LOOKS):
            _settle()
            before, picture = picture, self._window.grabWindow()
            if picture == before:
                break
        if not picture.save(str(file)):
            raise OSError(f"{file}: cannot be written")

    def close(self) -> None:
        """Take the window down before its models."""
        shiboken6.delete(self._engine)


def _application() -> QGuiApplication:
    """The application there is, or one that needs no display and draws as the terminal does."""
    there = QGuiApplication.instance()
    if isinstance(there, QGuiApplication):
        return there
    os.environ.update({"QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software"})
    keep_singletons()
    return QGuiApplication(["gallery"])


def _settle() -> None:
    waiting = QEventLoop()
    QTimer.singleShot(SETTLE_MS, waiting, waiting.quit)
    waiting.exec()
