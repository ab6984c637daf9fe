"""What stands beside every screen: offered help, the guide who was called, the visit's end, the cover."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtQml import QmlElement

from kiosk.session.at_hand import may_be_hidden, may_call
from kiosk.session.events import CallNoted, GuideCalled, HelpRefused, HideWanted, ShowAgain
from kiosk.session.stages import Session
from ui.models.base import Desk, ScreenModel
from ui.properties import Property
from ui.sentences import CALL, CALL_SHORT
from ui.typed import is_typed

QML_IMPORT_NAME = "Hall.Models"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class BesideModel(ScreenModel):
    """Bar, header news and cover of one session value."""

    def __init__(self, desk: Desk, session: Session) -> None:
        super().__init__(desk, session.hall)
        self._session = session

    # ---- the cover ---------------------------------------------------------------------------------------

    @Property(bool, constant=True)
    def can_hide(self) -> bool:
        """Something of the person's own can be on this screen."""
        return may_be_hidden(self._session.stage)

    @Property(bool, constant=True)
    def hidden(self) -> bool:
        """Everything lies beneath the cover."""
        return self._session.hidden

    @Slot()
    def hide(self) -> None:
        """The one touch that covers everything."""
        self.desk.post(HideWanted())

    @Slot()
    def show_again(self) -> None:
        """The one touch that takes the cover away."""
        self.desk.post(ShowAgain())

    # ---- the bar: a call, which the person made ---

    @Property(str, constant=True)
    def news(self) -> str:
        """What became of the call for a guide; empty where there was none."""
        return "" if self._session.call is None else self._called(CALL[self._session.call])

    @Property(str, constant=True)
    def most_news(self) -> str:
        """The longest that can become of it: the bar keeps room for that, whatever it says now."""
        return max((self._called(words) for words in CALL.values()), key=len)

    def _called(self, words: str) -> str:
        return self.say(words, self.hall.phone)

    # ---- the header: what comes unasked, in room that is there anyway ---

    @Property(bool, constant=True)
    def terse(self) -> bool:
        """No room for the bar, or none that a low hand reaches: the header says what became of a call."""
        return is_typed(self._session) or self._session.ease.low_reach

    @Property(str, constant=True)
    def head_news(self) -> str:
        """What the header says: the visit's end, a call where there is no bar, help that is offered."""
        if self._session.ends_in_min is not None:
            return self.say("这次办理还有 %1 分钟就结束。没有提交的内容不会保留。", self._session.ends_in_min)
        if self._session.call is not None:
            return self.news if self.terse else ""
        return self.say("需要帮忙吗？") if self.offers_help else ""

    @Property(str, constant=True)
    def short_news(self) -> str:
        """The same in few words, for where it does not fit."""
        if self._session.ends_in_min is not None:
            return self.say("还有 %1 分钟结束", self._session.ends_in_min)
        if self._session.call is not None:
            return self.say(CALL_SHORT[self._session.call]) if self.terse else ""
        return self.head_news

    @Property(bool, constant=True)
    def news_trouble(self) -> bool:
        """Whether it is something to act on."""
        return self._session.ends_in_min is not None or self.call_failed

    @Property(bool, constant=True)
    def call_failed(self) -> bool:
        """Nobody could be told; "I see" takes the news away."""
        return self._session.call == "not_told"

    @Property(bool, constant=True)
    def call_open(self) -> bool:
        """A guide has been told; "no longer needed" takes it back."""
        return self._session.call in {"told", "coming"}

    @Property(bool, constant=True)
    def offers_help(self) -> bool:
        """The person seems to struggle, and has not called a guide yet."""
        return self._session.offer is not None and self.can_call

    @Property(bool, constant=True)
    def can_call(self) -> bool:
        """A guide can be called from here."""
        return may_call(self._session)

    @Slot()
    def call_guide(self) -> None:
        """Touch on "call a guide"."""
        self.desk.post(GuideCalled())

    @Slot()
    def set_aside(self) -> None:
        """Touch on "no, thank you", or on "go on" after the news that nobody could be told."""
        if self.offers_help:
            self.desk.post(HelpRefused())
        elif self.call_failed:
            self.note_call()

    @Slot()
    def note_call(self) -> None:
        """Touch on "I see", or on "no longer needed"."""
        self.desk.post(CallNoted())
