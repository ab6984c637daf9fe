"""Somebody else who signs: are they here now? If so, their own card."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtQml import QmlElement

from kiosk.session.beside import party_of
from kiosk.session.events import PartyHere, PartyLater
from kiosk.session.hall import Hall
from kiosk.session.journey import Present
from kiosk.session.stages import Journey, PartyStep
from kiosk.session.words_of_form import masked_name
from ui.models.base import Desk, ScreenModel
from ui.properties import Property
from ui.sentences import PARTY_TROUBLE

QML_IMPORT_NAME = "Hall.Models"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class PartyModel(ScreenModel):
    """One party."""

    def __init__(self, desk: Desk, hall: Hall, journey: Journey, step: PartyStep) -> None:
        super().__init__(desk, hall)
        self._step = step
        self._party = party_of(journey.item, step.party_id)
        found = journey.parties.get(step.party_id)
        self._present = found if isinstance(found, Present) else None

    @Property(str, constant=True)
    def name(self) -> str:
        """Who they are, in plain words."""
        return self.text(self._party.name)

    @Property(str, constant=True)
    def reason(self) -> str:
        """Why their signature is needed."""
        return self.text(self._party.reason)

    @Property(str, constant=True)
    def later(self) -> str:
        """How they sign later."""
        return self.text(self._party.later)

    @Property(bool, constant=True)
    def may_be_here(self) -> bool:
        """Whether they can sign at this terminal."""
        return self._party.signs == "here_or_later"

    @Property(str, constant=True)
    def verified(self) -> str:
        """Who was verified here already, masked; empty while nobody was."""
        return "" if self._present is None else masked_name(self._present.person.name)

    @Property(str, constant=True)
    def trouble(self) -> str:
        """What to do about the card that lies there; empty while none has been read."""
        trouble = self._step.trouble
        return "" if trouble is None else self.say(PARTY_TROUBLE[trouble])

    @Slot()
    def here(self) -> None:
        """Touch on "they are here"."""
        self.desk.post(PartyHere())

    @Slot()
    def sign_later(self) -> None:
        """Touch on "they sign later"."""
        self.desk.post(PartyLater())
