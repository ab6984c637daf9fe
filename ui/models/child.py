"""An applicant under fourteen: what a guardian does here, or where they go."""

from __future__ import annotations

from PySide6.QtQml import QmlElement

from kiosk.session.hall import Hall
from kiosk.session.stages import GuardianStep, GuardianTrouble, Journey, UnderFourteen
from ui.models.base import Desk, ScreenModel
from ui.properties import Property
from ui.sentences import GUARDIAN_TROUBLE

QML_IMPORT_NAME = "Hall.Models"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class UnderFourteenModel(ScreenModel):
    """This matter is done by a guardian at the counter."""

    def __init__(self, desk: Desk, hall: Hall, stage: UnderFourteen) -> None:
        super().__init__(desk, hall)
        self._stage = stage

    @Property(str, constant=True)
    def open_way(self) -> str:
        """Window, hours, telephone."""
        return self.where_to_go(self._stage.item.office)


@QmlElement
class GuardianModel(ScreenModel):
    """A guardian lays down their own card."""

    def __init__(self, desk: Desk, hall: Hall, journey: Journey, step: GuardianStep) -> None:
        super().__init__(desk, hall)
        self._office, self._step = journey.item.office, step

    @Property(str, constant=True)
    def trouble(self) -> str:
        """What to do about the card that lies there; empty while none has been read."""
        trouble = self._step.trouble
        return "" if trouble is None else self.say(GUARDIAN_TROUBLE[trouble])

    @Property(str, constant=True)
    def open_way(self) -> str:
        """Window, hours, telephone: where another card would have to be found; else empty."""
        helpless = {GuardianTrouble.EXPIRED, GuardianTrouble.INVALID, GuardianTrouble.READER_FAILED}
        return self.where_to_go(self._office) if self._step.trouble in helpless else ""
