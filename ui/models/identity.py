"""Who this is: consent, the face, or a guide who looks."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtQml import QmlElement

from devices.contracts import Frame, Guidance
from kiosk.session.events import FaceAgreed, GuideWanted, PinEntered, TryAgain
from kiosk.session.journey import masked_id, masked_name
from kiosk.session.stages import FaceStep, FaceTrouble, GuideStep, Hall, Journey
from kiosk.session.steps import may_look_again
from ui.models.base import Desk, ScreenModel
from ui.properties import Property
from ui.sentences import FACE_TROUBLE, GUIDANCE

QML_IMPORT_NAME = "Hall.Models"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class ConsentModel(ScreenModel):
    """Notice of processing and, separately, consent to the face check; two ways of the same size."""

    def __init__(self, desk: Desk, hall: Hall, journey: Journey) -> None:
        super().__init__(desk, hall)
        self._journey = journey

    @Property(str, constant=True)
    def matter(self) -> str:
        """The official name of the matter."""
        return self.text(self._journey.item.name)

    @Property(str, constant=True)
    def department(self) -> str:
        """Who will read the application."""
        return self.text(self._journey.item.office.department)

    @Property(bool, constant=True)
    def camera_usable(self) -> bool:
        """Whether a face check can be offered at all."""
        return self.hall.camera_usable is not False

    @Slot()
    def agree_to_face(self) -> None:
        """Touch on "agree, check my face"."""
        self.desk.post(FaceAgreed(self.desk.now()))

    @Slot()
    def ask_guide(self) -> None:
        """Touch on "a guide verifies me"."""
        self.desk.post(GuideWanted(self.desk.now()))


@QmlElement
class FaceModel(ScreenModel):
    """Look into the camera."""

    seen = Signal()

    def __init__(self, desk: Desk, hall: Hall, step: FaceStep) -> None:
        super().__init__(desk, hall)
        self._step = step
        self._picture = QImage()
        self._guidance: Guidance | None = None

    def preview(self, seen: Frame | Guidance | None) -> None:
        """Take what the camera sees, or what would help it; None clears both."""
        match seen:
            case Frame():
                self._picture = QImage.fromData(seen.jpeg)
            case Guidance():
                self._guidance = seen
            case None:
                self._picture, self._guidance = QImage(), None
        self.seen.emit()

    @Property(QImage, notify=seen)
    def picture(self) -> QImage:
        """The newest preview; null before the first."""
        return self._picture

    @Property(str, notify=seen)
    def guidance(self) -> str:
        """What would help the camera."""
        return self.say("请看着屏幕上方的摄像头" if self._guidance is None else GUIDANCE[self._guidance])

    @Property(str, constant=True)
    def trouble(self) -> str:
        """Why it did not succeed; empty while looking."""
        trouble = self._step.trouble
        return "" if trouble is None else self.say(FACE_TROUBLE[trouble])

    @Property(str, constant=True)
    def advice(self) -> str:
        """What to do now."""
        if may_look_again(self._step):
            again = self._step.trouble is FaceTrouble.NOT_RECOGNISED
            return (
                self.say("可以再试一次，也可以请工作人员核验，结果一样。")
                if again
                else self.say("可以再试一次，也可以请工作人员核验。")
            )
        return self.say("请工作人员核验，一样可以办理。")

    @Property(bool, constant=True)
    def may_try_again(self) -> bool:
        """Whether another look is offered."""
        return self._step.trouble is not None and may_look_again(self._step)

    @Slot()
    def try_again(self) -> None:
        """Touch on "Try again"."""
        self.desk.post(TryAgain())

    @Slot()
    def ask_guide(self) -> None:
        """Touch on "a guide verifies me"."""
        self.desk.post(GuideWanted(self.desk.now()))


@QmlElement
class GuideModel(ScreenModel):
    """A guide compares person and card, and signs with number and PIN."""

    def __init__(self, desk: Desk, hall: Hall, journey: Journey, step: GuideStep) -> None:
        super().__init__(desk, hall)
        self._card, self._step = journey.card, step
        self._photo = QImage.fromData(journey.photo_png) if journey.photo_png else QImage()

    @Property(QImage, constant=True)
    def photo(self) -> QImage:
        """The chip's photo; null without a decoder."""
        return self._photo

    @Property(bool, constant=True)
    def has_photo(self) -> bool:
        """Whether there is a photo to compare with."""
        return not self._photo.isNull()

    @Property(str, constant=True)
    def masked_name(self) -> str:
        """The name, as far as a guide needs it."""
        return masked_name(self._card.name)

    @Property(str, constant=True)
    def masked_number(self) -> str:
        """The citizen number, as far as a guide needs it."""
        return masked_id(self._card.id_number)

    @Property(bool, constant=True)
    def checking(self) -> bool:
        """The terminal is being asked."""
        return self._step.checking

    @Property(str, constant=True)
    def refused(self) -> str:
        """Why the last entry was refused; empty when it was not."""
        match self._step.refused:
            case None:
                return ""
            case "wrong":
                return self.say("工号或密码不对，请再输一次。")
            case "locked":
                return self.say("输错次数太多，这个工号暂时锁定。")

    @Property(int, constant=True)
    def retry_after_s(self) -> int:
        """Seconds until the next entry is looked at."""
        return self._step.retry_after_s

    @Slot(str, str)
    def enter(self, staff_no: str, pin: str) -> None:
        """Touch on "Confirm"."""
        self.desk.post(PinEntered(staff_no, pin))
