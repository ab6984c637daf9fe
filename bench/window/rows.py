"""Rows of the bench window's lists."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtQml import QmlElement

from ui.properties import Property

QML_IMPORT_NAME = "Bench.Models"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class PersonRow(QObject):
    """Somebody who may come into the hall."""

    def __init__(self, role: str, name: str, label_zh: str, label_en: str, parent: QObject) -> None:
        super().__init__(parent)
        self._role, self._name, self._label_zh, self._label_en = role, name, label_zh, label_en

    @Property(str, constant=True)
    def role(self) -> str:
        """What a scene calls them."""
        return self._role

    @Property(str, constant=True)
    def name(self) -> str:
        """Their name, as it is on their card."""
        return self._name

    @Property(str, constant=True)
    def label_zh(self) -> str:
        """Why they are interesting."""
        return self._label_zh

    @Property(str, constant=True)
    def label_en(self) -> str:
        """The same in English."""
        return self._label_en


@QmlElement
class FieldRow(QObject):
    """A label and a value of an application."""

    def __init__(self, label: str, value: str, parent: QObject) -> None:
        super().__init__(parent)
        self._label, self._value = label, value

    @Property(str, constant=True)
    def label(self) -> str:
        """What it is."""
        return self._label

    @Property(str, constant=True)
    def value(self) -> str:
        """What it says."""
        return self._value
