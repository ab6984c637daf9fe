"""The identity card: laid down, run out, or about to."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtQml import QmlElement

from kiosk.session.events import TryAgain
from kiosk.session.journey import day_label
from kiosk.session.stages import AwaitingCard, CardExpired, CardNoticeStep, CardTrouble, Hall
from ui.models.base import Desk, ScreenModel
from ui.properties import Property
from ui.sentences import CARD_TROUBLE

QML_IMPORT_NAME = "Hall.Models"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class CardModel(ScreenModel):
    """Lay down your identity card."""

    def __init__(self, desk: Desk, hall: Hall, stage: AwaitingCard) -> None:
        super().__init__(desk, hall)
        self._stage = stage

    @Property(str, constant=True)
    def trouble(self) -> str:
        """What went wrong and what to do; empty while waiting."""
        trouble = self._stage.trouble
        return "" if trouble is None else self.say(CARD_TROUBLE[trouble])

    @Property(str, constant=True)
    def open_way(self) -> str:
        """Window, hours, telephone: where another try here cannot help; else empty."""
        helpless = self._stage.trouble in {CardTrouble.READER_FAILED, CardTrouble.INVALID}
        return self.where_to_go(self._stage.item.office) if helpless else ""

    @Slot()
    def try_again(self) -> None:
        """Touch on "Try again"."""
        self.desk.post(TryAgain())


@QmlElement
class CardExpiredModel(ScreenModel):
    """The card has run out and this matter is no renewal."""

    def __init__(self, desk: Desk, hall: Hall, stage: CardExpired) -> None:
        super().__init__(desk, hall)
        self._stage = stage

    @Property(str, constant=True)
    def valid_to(self) -> str:
        """The card's last day."""
        return day_label(self._stage.valid_to, self.desk.words.language)

    @Property(str, constant=True)
    def open_way(self) -> str:
        """Window, hours, telephone."""
        return self.where_to_go(self._stage.item.office)


@QmlElement
class CardNoticeModel(ScreenModel):
    """Said once: the card ends soon, or something on it is unusual."""

    def __init__(self, desk: Desk, hall: Hall, step: CardNoticeStep) -> None:
        super().__init__(desk, hall)
        self._days_left = step.days_left

    @Property(str, constant=True)
    def title(self) -> str:
        """What was noticed."""
        match self._days_left:
            case None:
                return self.say("身份证上有的信息比较少见")
            case 0:
                return self.say("您的身份证今天到期")
            case 1:
                return self.say("您的身份证明天到期")
            case days:
                return self.say("您的身份证还有 %1 天到期", days)

    @Property(str, constant=True)
    def advice(self) -> str:
        """What to do about it."""
        if self._days_left is None:
            return self.say("这次可以继续办理。核对时，请仔细看一看证件上的内容。")
        return self.say("这次可以继续办理。请在到期前换领新证。")
