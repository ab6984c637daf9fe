"""The language of the screen: Chinese as it stands in the source, English from the catalogue.

A translator in Python instead of `.qm` files: one catalogue serves QML's `qsTr` and the view-models, needs no
build step, and a test can tell which sentence lacks its English.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTranslator, Signal

from kiosk.session.stages import Language
from ui.translations.english import ENGLISH


class Words(QObject):
    """The chosen language, and every sentence of the source in it."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.language: Language = "zh"

    def choose(self, language: Language) -> None:
        """Speak `language` from now on."""
        if language != self.language:
            self.language = language
            self.changed.emit()

    def say(self, chinese: str, *parts: object) -> str:
        """Give a sentence of the source in the language of the screen; %1, %2 … stand for `parts`."""
        sentence = ENGLISH.get(chinese, chinese) if self.language == "en" else chinese
        for place, part in enumerate(parts, start=1):
            sentence = sentence.replace(f"%{place}", str(part))
        return sentence


class Translator(QTranslator):
    """Answers `qsTr` with `Words`; the context (a file's name) does not matter."""

    def __init__(self, words: Words) -> None:
        super().__init__(words)
        self._words = words

    def translate(
        self, context: str, source: str, /, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        """Give the words for `source`; a sentence that the catalogue lacks stays Chinese."""
        del context, disambiguation, n
        return self._words.say(source)

    def isEmpty(self) -> bool:  # noqa: N802 - Qt's name
        """Say that there are words, or Qt would not ask."""
        return False
