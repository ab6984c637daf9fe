"""The form: checked line by line, then signed as it will be sent."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtQml import QmlElement

from kiosk.session.events import ChangeLine, SignedAndSent
from kiosk.session.form import form_lines
from kiosk.session.hall import Hall
from kiosk.session.stages import SIGNING_ASPECT, Journey, SignStep, Stroke
from ui.models.base import Desk, ScreenModel
from ui.models.rows import LineRow
from ui.properties import Property

QML_IMPORT_NAME = "Hall.Models"
QML_IMPORT_MAJOR_VERSION = 1


def _rows(model: ScreenModel, journey: Journey) -> list[QObject]:
    lines = form_lines(journey, model.desk.words.language, model.hall.today)
    return [LineRow(line.id or "", line.label, line.value, model) for line in lines]


def _both(read: str, sent: str) -> str:
    return sent if read == sent else f"{read}  {sent}"


@QmlElement
class ReviewModel(ScreenModel):
    """Check your answers; each line can be changed."""

    def __init__(self, desk: Desk, hall: Hall, journey: Journey) -> None:
        super().__init__(desk, hall)
        self._journey = journey

    @Property("QVariantList", constant=True)
    def lines(self) -> list[QObject]:
        """`LineRow` for each line of the form."""
        return _rows(self, self._journey)

    @Slot(str)
    def change(self, question_id: str) -> None:
        """Touch on "Change" beside a line."""
        self.desk.post(ChangeLine(question_id))


@QmlElement
class SignModel(ScreenModel):
    """The form as it will be sent, and a place for a finger."""

    def __init__(self, desk: Desk, hall: Hall, journey: Journey, step: SignStep) -> None:
        super().__init__(desk, hall)
        self._journey, self._step = journey, step

    @Property("QVariantList", constant=True)
    def lines(self) -> list[QObject]:
        """`LineRow` for each line of the form: in Chinese as it is sent, after a translation if wanted."""
        sent = form_lines(self._journey, "zh", self.hall.today)
        read = form_lines(self._journey, self.desk.words.language, self.hall.today)
        return [
            LineRow(line.id or "", _both(shown.label, line.label), _both(shown.value, line.value), self)
            for shown, line in zip(read, sent, strict=True)
        ]

    @Property(float, constant=True)
    def signing_aspect(self) -> float:
        """Width over height of the place to sign: the same as on paper."""
        return SIGNING_ASPECT

    @Property(str, constant=True)
    def name(self) -> str:
        """The official name of the matter."""
        return self.text(self._journey.item.name)

    @Property(str, constant=True)
    def declaration(self) -> str:
        """What the person signs."""
        return self.text(self._journey.item.declaration)

    @Property(bool, constant=True)
    def asked_again(self) -> bool:
        """The last signature was empty."""
        return self._step.problem is not None

    @Slot("QVariantList")
    def send(self, strokes: list[list[float]]) -> None:
        """Touch on "sign and send": the application's id is minted here. One list x, y, x, y … a stroke."""
        signature: tuple[Stroke, ...] = tuple(
            tuple(zip(stroke[::2], stroke[1::2], strict=True)) for stroke in strokes
        )
        self.desk.post(SignedAndSent(signature, self.desk.new_id(), self.desk.now()))
