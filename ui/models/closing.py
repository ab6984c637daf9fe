"""Screens that say little: on the way, done, over, or broken."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtQml import QmlElement

from kiosk.session.events import Rated
from kiosk.session.hall import Hall
from kiosk.session.stages import LinkLost, NotKept, Thanks
from ui.models.base import Desk, ScreenModel
from ui.models.rows import ChoiceRow, LineRow
from ui.properties import Property
from ui.sentences import NOT_KEPT, RATING

QML_IMPORT_NAME = "Hall.Models"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class ClosingModel(ScreenModel):
    """A screen whose words are all its own."""


@QmlElement
class NotKeptModel(ScreenModel):
    """Nothing was sent, nothing stays."""

    def __init__(self, desk: Desk, hall: Hall, stage: NotKept) -> None:
        super().__init__(desk, hall)
        self._stage = stage

    @Property(str, constant=True)
    def why(self) -> str:
        """The reason, without blame."""
        return self.say(NOT_KEPT[self._stage.reason])

    @Property(bool, constant=True)
    def another_terminal(self) -> bool:
        """Whether it could be done at another one: a matter that is stopped is stopped everywhere."""
        return self._stage.reason != "matter_withdrawn"

    @Property(str, constant=True)
    def open_way(self) -> str:
        """Window, hours, telephone."""
        return self.where_to_go(self._stage.item.office)


@QmlElement
class RatingModel(ScreenModel):
    """Rate this self-service, or do not."""

    @Property("QVariantList", constant=True)
    def levels(self) -> list[QObject]:
        """`ChoiceRow` for each level, the best first; its value is the level."""
        return [
            ChoiceRow(str(level), self.say(words), "", chosen=False, parent=self)
            for level, words in RATING.items()
        ]

    @Slot(str)
    def rate(self, level: str) -> None:
        """Touch on a level."""
        self.desk.post(Rated(int(level)))


@QmlElement
class ThanksModel(ScreenModel):
    """Done; and what the person could do, too, for their eyes only."""

    def __init__(self, desk: Desk, hall: Hall, stage: Thanks) -> None:
        super().__init__(desk, hall)
        self._offers = stage.offers

    @Property("QVariantList", constant=True)
    def offers(self) -> list[QObject]:
        """`LineRow` for each: what it is called, and why it is offered."""
        items = {item.id: item for item in self.hall.items}
        return [
            LineRow("", self.text(items[offer.item].title), self.text(offer.reason), self)
            for offer in self._offers
            if offer.item in items
        ]


@QmlElement
class LinkLostModel(ScreenModel):
    """The terminal process is gone: claims nothing."""

    def __init__(self, desk: Desk, hall: Hall, stage: LinkLost) -> None:
        super().__init__(desk, hall)
        self._stage = stage

    @Property(str, constant=True)
    def title(self) -> str:
        """What happened, as far as anybody can know."""
        if self._stage.sent:
            return self.say("不能确定申请是否已保存")
        return self.say("没有保存") if self._stage.in_journey else self.say("机器正在恢复")

    @Property(str, constant=True)
    def advice(self) -> str:
        """The next step."""
        if self._stage.sent:
            return self.say(
                "机器刚刚出了故障。请先不要再办一次：请看这台机器稍后的提示，或问工作人员，电话 %1。",
                self.hall.phone,
            )
        if self._stage.in_journey:
            return self.say(
                "机器刚刚出了故障，您的申请没有提交。请换一台机器，或到窗口办理，电话 %1。", self.hall.phone
            )
        return self.say("请稍等片刻。着急的话，请问工作人员，或拨打 %1。", self.hall.phone)
