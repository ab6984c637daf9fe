"""Something is asked of the platform about the verified person: what, and of whom."""

from __future__ import annotations

from PySide6.QtQml import QmlElement

from kiosk.session.hall import Hall
from kiosk.session.known import lookup_of
from kiosk.session.stages import Journey, LookUpStep
from ui.models.base import Desk, ScreenModel
from ui.properties import Property

QML_IMPORT_NAME = "Hall.Models"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class LookUpModel(ScreenModel):
    """It stands for a few seconds, while the answer is fetched."""

    def __init__(self, desk: Desk, hall: Hall, journey: Journey, step: LookUpStep) -> None:
        super().__init__(desk, hall)
        self._lookup = lookup_of(journey.item, step.lookup_id)

    @Property(str, constant=True)
    def what(self) -> str:
        """What is looked up, and who has it."""
        return self.say(
            "正在查：%1\n向谁查：%2", self.text(self._lookup.name), self.text(self._lookup.holder)
        )
