"""Rows of lists: small objects that a delegate takes as its typed `modelData`."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtQml import QmlElement

from ui.properties import Property

QML_IMPORT_NAME = "Hall.Models"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class ChoiceRow(QObject):
    """Something to choose: a matter, or an answer."""

    def __init__(self, value: str, label: str, note: str, *, chosen: bool, parent: QObject) -> None:
        super().__init__(parent)
        self._value, self._label, self._note, self._chosen = value, label, note, chosen

    @Property(str, constant=True)
    def value(self) -> str:
        """What is sent when it is touched."""
        return self._value

    @Property(str, constant=True)
    def label(self) -> str:
        """What stands on the button."""
        return self._label

    @Property(str, constant=True)
    def note(self) -> str:
        """A smaller line beneath; may be empty."""
        return self._note

    @Property(bool, constant=True)
    def chosen(self) -> bool:
        """Whether it was chosen before."""
        return self._chosen


@QmlElement
class WayRow(QObject):
    """A way to go on, one button of several of the same size."""

    def __init__(self, value: str, label: str, *, usable: bool, parent: QObject) -> None:
        super().__init__(parent)
        self._value, self._label, self._usable = value, label, usable

    @Property(str, constant=True)
    def value(self) -> str:
        """What is sent when it is touched."""
        return self._value

    @Property(str, constant=True)
    def label(self) -> str:
        """What stands on the button."""
        return self._label

    @Property(bool, constant=True)
    def usable(self) -> bool:
        """Whether it can be touched."""
        return self._usable


@QmlElement
class CaseRow(QObject):
    """One application: its matter, how far it is, and beneath it number and day."""

    def __init__(self, title: str, step: str, number: str, day: str, parent: QObject) -> None:
        super().__init__(parent)
        self._title, self._step, self._number, self._day = title, step, number, day

    @Property(str, constant=True)
    def title(self) -> str:
        """What it is about, in plain words."""
        return self._title

    @Property(str, constant=True)
    def step(self) -> str:
        """How far it is."""
        return self._step

    @Property(str, constant=True)
    def number(self) -> str:
        """Its filing number, with the word for it."""
        return self._number

    @Property(str, constant=True)
    def day(self) -> str:
        """When it was received, with the word for it."""
        return self._day


@QmlElement
class LineRow(QObject):
    """A label and a value; `line_id` is empty where nothing can be changed."""

    def __init__(self, line_id: str, label: str, value: str, parent: QObject) -> None:
        super().__init__(parent)
        self._line_id, self._label, self._value = line_id, label, value

    @Property(str, constant=True)
    def line_id(self) -> str:
        """What is to be changed when "change" is touched."""
        return self._line_id

    @Property(str, constant=True)
    def label(self) -> str:
        """What it is."""
        return self._label

    @Property(str, constant=True)
    def value(self) -> str:
        """What it says."""
        return self._value
