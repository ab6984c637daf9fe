"""The language of the screen: Chinese as it stands in the source, English from the translators' file.

One file of Qt Linguist serves QML's `qsTr`, each sentence in the context of its QML file, and the
view-models, whose sentences are one context. It is read as it stands, at every start: what an office has
changed in it is on the next screen, and a test can tell which sentence lacks its English.
"""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QCoreApplication, QObject, QTranslator, Signal

from kiosk.session.hall import Language
from ui.catalogue import qm
from ui.linguist import ENGLISH, SENTENCES, Catalogue, read_catalogue


@cache
def english() -> Catalogue:
    """The English of every sentence, by context; read once a process."""
    return read_catalogue(ENGLISH)


class Words(QObject):
    """The chosen language, and every sentence of the source in it."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None, catalogue: Catalogue | None = None) -> None:
        super().__init__(parent)
        self.language: Language = "zh"
        self.catalogue = english() if catalogue is None else catalogue
        self._sentences = self.catalogue.get(SENTENCES, {})

    def choose(self, language: Language) -> None:
        """Speak `language` from now on."""
        if language != self.language:
            self.language = language
            self.changed.emit()

    def say(self, chinese: str, *parts: object) -> str:
        """Give a sentence of the source in the language of the screen; %1, %2 … stand for `parts`."""
        sentence = self._sentences.get(chinese, chinese) if self.language == "en" else chinese
        for place, part in enumerate(parts, start=1):
            sentence = sentence.replace(f"%{place}", str(part))
        return sentence


class Translator:
    """Answers `qsTr` in the language of `Words`: English from the catalogue, Chinese as it stands."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._data = qm(words.catalogue)  # Qt reads from it as long as it translates
        self._english = QTranslator()
        if not self._english.load(self._data):
            raise ValueError("Qt does not take the English catalogue")
        self.follow()

    def follow(self) -> None:
        """Speak the language that is chosen now."""
        if self._words.language == "en":
            QCoreApplication.installTranslator(self._english)
        else:
            self.close()

    def close(self) -> None:
        """Let Chinese stand as it stands."""
        QCoreApplication.removeTranslator(self._english)
