"""Who this is: consent, the face, a finger, or a guide who looks."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtQml import QmlElement

from devices.contracts.eyes import Asked, CameraBack, CameraTrouble, Frame, Guidance
from devices.contracts.fingerprints import FingerprintGuidance
from devices.eyes.liveness_challenge import Side
from kiosk.session.card_facts import own_name
from kiosk.session.events import Event, FaceAgreed, FingerprintAgreed, GuideWanted, PinEntered, TryAgain
from kiosk.session.hall import Hall
from kiosk.session.sights import Sight
from kiosk.session.stages import Journey
from kiosk.session.verification import FaceStep, FaceTrouble, FingerprintStep, GuideStep, Way
from kiosk.session.verifying import may_look_again, may_press_again
from kiosk.session.ways import open_now, other_ways, ways
from kiosk.session.words_of_form import masked_id, masked_name
from ui.models.base import Desk, ScreenModel
from ui.models.rows import WayRow
from ui.properties import Property
from ui.sentences import FACE_TROUBLE, FINGER, FINGERPRINT_GUIDANCE, FINGERPRINT_TROUBLE, GUIDANCE, TURN, WAY

QML_IMPORT_NAME = "Hall.Models"
QML_IMPORT_MAJOR_VERSION = 1

AGAIN = "again"
"""Another try at the same way, among the ways."""


def agreed(way: str, desk: Desk) -> Event:
    """What the touch on a way says."""
    match way:
        case Way.FACE.value:
            return FaceAgreed(desk.now())
        case Way.FINGERPRINT.value:
            return FingerprintAgreed(desk.now())
        case Way.GUIDE.value:
            return GuideWanted(desk.now())
        case _:
            return TryAgain()


def _row(model: ScreenModel, way: Way, *, usable: bool = True) -> WayRow:
    return WayRow(way.value, model.say(WAY[way]), usable=usable, parent=model)


@QmlElement
class ConsentModel(ScreenModel):
    """Notice of processing and, separately, consent to face or fingerprint; all ways of the same size."""

    def __init__(self, desk: Desk, hall: Hall, journey: Journey) -> None:
        super().__init__(desk, hall)
        self._journey = journey
        self._ways = ways(journey, hall)

    @Property(str, constant=True)
    def matter(self) -> str:
        """The official name of the matter."""
        return self.text(self._journey.item.name)

    @Property(str, constant=True)
    def department(self) -> str:
        """Who will read the application."""
        return self.text(self._journey.item.office.department)

    @Property("QVariantList", constant=True)
    def ways(self) -> list[QObject]:
        """`WayRow` for each way; one whose device fails, or that has failed too often, cannot be touched."""
        return [_row(self, way, usable=open_now(way, self._journey, self.hall)) for way in self._ways]

    @Property(str, constant=True)
    def choice(self) -> str:
        """How many ways there are, and that none is better; to a guardian, that it is about them."""
        many = self._how_many()
        return self.say("请监护人本人核验，不用孩子刷脸。%1", many) if self._journey.guardian else many

    def _how_many(self) -> str:
        match len(self._ways):
            case 1:
                return ""
            case 2:
                return self.say("两种方式，结果一样。选哪一种都可以。")
            case _:
                return self.say("三种方式，结果一样。选哪一种都可以。")

    @Property(bool, constant=True)
    def face_offered(self) -> bool:
        """Whether the text about the camera belongs here."""
        return Way.FACE in self._ways

    @Property(bool, constant=True)
    def fingerprint_offered(self) -> bool:
        """Whether the text about the sensor belongs here."""
        return Way.FINGERPRINT in self._ways

    @Property(str, constant=True)
    def meaning(self) -> str:
        """What each touch agrees to."""
        if self.fingerprint_offered:
            return self.say(
                "点哪个按钮，就只同意哪一种，也表示已看过第一段。都不同意，可以请工作人员核验，一样办理。"
            )
        return self.say(
            "点下面任何一个按钮，表示您已看过第一段。只有左边的按钮表示同意刷脸；不同意的，请工作人员核验，一样办理。"
        )

    @Property(str, constant=True)
    def notice(self) -> str:
        """Why the face check cannot be chosen; empty when it can."""
        if Way.FACE not in self._ways or open_now(Way.FACE, self._journey, self.hall):
            return ""
        if self.hall.camera_usable is False:
            return self.say("摄像头暂时不能用")
        return self.say("刷脸没有比对成功，请换一种方式，一样可以办理。")

    @Slot(str)
    def choose(self, way: str) -> None:
        """Touch on a way."""
        self.desk.post(agreed(way, self.desk))


def _rows(model: ScreenModel, others: tuple[Way, ...], *, again: bool) -> list[QObject]:
    """What can be done now: another try, and the other ways."""
    more: list[QObject] = [_row(model, way) for way in others]
    if again:
        more.insert(0, WayRow(AGAIN, model.say("再试一次"), usable=True, parent=model))
    return more


def _others(way: Way, journey: Journey, hall: Hall, *, in_trouble: bool) -> tuple[Way, ...]:
    """While all is well a guide is one touch away; what needs consent of its own comes with its text."""
    return other_ways(way, journey, hall) if in_trouble else (Way.GUIDE,)


@QmlElement
class FaceModel(ScreenModel):
    """Look into the camera."""

    seen = Signal()

    def __init__(self, desk: Desk, hall: Hall, journey: Journey, step: FaceStep) -> None:
        trouble = step.trouble is not None
        super().__init__(desk, hall)
        self._others = _others(Way.FACE, journey, hall, in_trouble=trouble)
        self._again = trouble and may_look_again(journey, step)
        self._step = step
        self._by_module = hall.module_judges(journey.item.liveness)
        self._picture = QImage()
        self._guidance: Guidance | None = None
        self._asked: Asked | None = None
        self._away = False

    def preview(self, seen: Sight | None) -> None:
        """Take what the camera sees, or what would help it; None clears both."""
        match seen:
            case Frame():
                self._picture = QImage.fromData(seen.jpeg)
            case Guidance():
                self._guidance, self._asked = seen, None
            case Asked():
                self._guidance, self._asked = None, seen
            case CameraTrouble():
                self._away, self._asked, self._guidance = True, None, None
            case CameraBack():
                self._away = False
            case _:
                self._picture, self._guidance, self._asked, self._away = QImage(), None, None, False
        self.seen.emit()

    @Property("QVariantList", constant=True)
    def ways(self) -> list[QObject]:
        """`WayRow` for what can be done now: another try, and the other ways."""
        return _rows(self, self._others, again=self._again)

    @Slot(str)
    def choose(self, way: str) -> None:
        """Touch on a way."""
        self.desk.post(agreed(way, self.desk))

    @Property(bool, constant=True)
    def fingerprint_offered(self) -> bool:
        """Whether the text about the sensor belongs here."""
        return Way.FINGERPRINT in self._others

    @Property(QImage, notify=seen)
    def picture(self) -> QImage:
        """The newest preview; null before the first."""
        return self._picture

    @Property(str, notify=seen)
    def guidance(self) -> str:
        """What to do now: one thing."""
        if self._away:
            return self.say("摄像头正在重新启动，请稍等")
        if self._asked is not None:
            return self.say(TURN[self._asked.side])
        if self._guidance is not None:
            return self.say(GUIDANCE[self._guidance])
        if self._by_module:
            return self.say("请看着亮灯的摄像头，不要动")
        return self.say("请看着屏幕上方的摄像头")

    @Property(int, notify=seen)
    def turn_to(self) -> int:
        """Where to turn on a mirror: -1 to its left, 1 to its right, 0 ahead."""
        side = None if self._asked is None or self._away else self._asked.side
        return 0 if side is None else -1 if side is Side.LEFT else 1

    @Property(str, notify=seen)
    def turns(self) -> str:
        """How far the turns have come; empty while none are asked."""
        if self._asked is None or self._away:
            return ""
        number = min(self._asked.done + 1, self._asked.turns)
        return self.say("转头 第 %1 次，共 %2 次", number, self._asked.turns)

    @Property(bool, constant=True)
    def mirror(self) -> bool:
        """Whether the person sees themselves: a module with cameras of its own shows nothing."""
        return not self._by_module

    @Property(str, constant=True)
    def trouble(self) -> str:
        """Why it did not succeed; empty while looking."""
        trouble = self._step.trouble
        return "" if trouble is None else self.say(FACE_TROUBLE[trouble])

    @Property(str, constant=True)
    def advice(self) -> str:
        """What to do now."""
        if self.fingerprint_offered:
            return self.say("可以换一种方式，结果一样。")
        if self._again:
            again = self._step.trouble in {FaceTrouble.NOT_RECOGNISED, FaceTrouble.NOT_LIVE}
            return (
                self.say("可以再试一次，也可以请工作人员核验，结果一样。")
                if again
                else self.say("可以再试一次，也可以请工作人员核验。")
            )
        return self.say("请工作人员核验，一样可以办理。")


@QmlElement
class FingerprintModel(ScreenModel):
    """Lay a finger on the sensor."""

    seen = Signal()

    def __init__(self, desk: Desk, hall: Hall, journey: Journey, step: FingerprintStep) -> None:
        trouble = step.trouble is not None
        super().__init__(desk, hall)
        self._others = _others(Way.FINGERPRINT, journey, hall, in_trouble=trouble)
        self._again = trouble and may_press_again(journey)
        self._step = step
        self._fingers = [each.finger for each in journey.holder.fingerprints or () if each.usable]
        self._guidance = FingerprintGuidance.LAY_FINGER

    def preview(self, seen: Sight | None) -> None:
        """Take what would help the sensor."""
        self._guidance = seen if isinstance(seen, FingerprintGuidance) else FingerprintGuidance.LAY_FINGER
        self.seen.emit()

    @Property("QVariantList", constant=True)
    def ways(self) -> list[QObject]:
        """`WayRow` for what can be done now: another try, and the other ways."""
        return _rows(self, self._others, again=self._again)

    @Slot(str)
    def choose(self, way: str) -> None:
        """Touch on a way."""
        self.desk.post(agreed(way, self.desk))

    @Property(bool, constant=True)
    def face_offered(self) -> bool:
        """Whether the text about the camera belongs here."""
        return Way.FACE in self._others

    @Property(str, notify=seen)
    def guidance(self) -> str:
        """What would help the sensor."""
        return self.say(FINGERPRINT_GUIDANCE[self._guidance])

    @Property(str, constant=True)
    def fingers(self) -> str:
        """Which fingers are on the chip, as far as it says; empty where it does not."""
        named = [self.say(FINGER[each]) for each in self._fingers if each is not None and each in FINGER]
        return self.say("证件里登记的是：%1", self.say("、").join(named)) if named else ""

    @Property(str, constant=True)
    def trouble(self) -> str:
        """Why it did not succeed; empty while it goes on."""
        trouble = self._step.trouble
        return "" if trouble is None else self.say(FINGERPRINT_TROUBLE[trouble])

    @Property(str, constant=True)
    def advice(self) -> str:
        """What to do now."""
        return self.say("可以换一种方式，结果一样。")


@QmlElement
class GuideModel(ScreenModel):
    """A guide compares person and card, and signs with number and PIN."""

    def __init__(self, desk: Desk, hall: Hall, journey: Journey, step: GuideStep) -> None:
        super().__init__(desk, hall)
        self._card, self._step = journey.holder, step
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
        return masked_name(own_name(self._card))

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
