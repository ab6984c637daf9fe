"""What every view-model has: the words, the hall, and a way to tell the state machine of a touch."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from PySide6.QtCore import QObject, Slot
from PySide6.QtQml import QmlElement

from config.item import Office, Text
from kiosk.session.events import Back, Continue, Event, Leave
from kiosk.session.hall import Hall
from ui.handwriting import Recogniser
from ui.properties import Property
from ui.speaker import Speaker
from ui.words import Words

QML_IMPORT_NAME = "Hall.Models"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True)
class Desk:
    """What the screens of one session share. `post` hands an event to the state machine."""

    words: Words
    post: Callable[[Event], None]
    now: Callable[[], datetime]
    new_id: Callable[[], str]
    idle_grace_s: int
    speaker: Speaker = field(default_factory=Speaker)
    reader: Recogniser | None = None
    """Reads what a finger writes; None where that is not installed."""


@QmlElement
class ScreenModel(QObject):
    """One screen's model."""

    def __init__(self, desk: Desk, hall: Hall) -> None:
        super().__init__()
        self.desk = desk
        self.hall = hall

    FOLLOWED: ClassVar[tuple[str, ...]] = ()
    """Properties that change beneath a finger, without a new model for the view."""

    def follow(self, newer: ScreenModel) -> None:
        """Take over the followed properties of a model that says nothing else anew."""

    def say(self, chinese: str, *parts: object) -> str:
        """Give a sentence of the source in the language of the screen."""
        return self.desk.words.say(chinese, *parts)

    def text(self, text: Text) -> str:
        """Give a text of a service item in the language of the screen."""
        return text(self.desk.words.language)

    def where_to_go(self, office: Office) -> str:
        """Where a person goes when the terminal cannot help."""
        return self.say(
            "%1 %2\n%3\n电话 %4",
            self.text(office.department),
            self.text(office.window),
            self.text(office.hours),
            office.phone,
        )

    @Property(str, constant=True)
    def hall_phone(self) -> str:
        """The hall's telephone."""
        return self.hall.phone

    @Slot()
    def go_on(self) -> None:
        """The one way on."""
        self.desk.post(Continue())

    @Slot()
    def go_back(self) -> None:
        """One step back."""
        self.desk.post(Back())

    @Slot()
    def leave(self) -> None:
        """Leave now."""
        self.desk.post(Leave())
