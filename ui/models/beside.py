"""What stands beside every screen: offered help, the guide who was called, the visit's end, the cover."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Slot
from PySide6.QtQml import QmlElement

from kiosk.session.at_hand import may_be_hidden, may_call
from kiosk.session.ease import elder
from kiosk.session.events import CallNoted, EaseChosen, GuideCalled, HelpRefused, HideWanted, ShowAgain
from kiosk.session.stages import Session
from ui.models.base import Desk, ScreenModel
from ui.properties import Property
from ui.sentences import CALL, CALL_SHORT

QML_IMPORT_NAME = "Hall.Models"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class BesideModel(ScreenModel):
    """The quiet bar of one session value, and its cover."""

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

    # ---- the bar -----------------------------------------------------------------------------------------

    @Property(str, constant=True)
    def news(self) -> str:
        """What the bar says; empty where there is none."""
        said = []
        if self._session.ends_in_min is not None:
            said.append(
                self.say("这次办理还有 %1 分钟就结束。没有提交的内容不会保留。", self._session.ends_in_min)
            )
        if self._session.call is not None:
            said.append(self.say(CALL[self._session.call], self.hall.phone))
        elif self.offers_help:
            said.append(self.say("需要帮忙吗？"))
        return "\n".join(said)

    @Property(str, constant=True)
    def short_news(self) -> str:
        """The same in few words, for where there is no room for the bar."""
        if self._session.ends_in_min is not None:
            return self.say("还有 %1 分钟结束", self._session.ends_in_min)
        if self._session.call is not None:
            return self.say(CALL_SHORT[self._session.call])
        return self.say("需要帮忙吗？") if self.offers_help else ""

    @Property(bool, constant=True)
    def news_trouble(self) -> bool:
        """Whether it is something to act on."""
        return self._session.ends_in_min is not None or self._session.call == "not_told"

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
    def offers_larger(self) -> bool:
        """The text can be larger."""
        return self.offers_help and not self._session.ease.elder

    @Property(bool, constant=True)
    def offers_voice(self) -> bool:
        """The screens can be read aloud."""
        return self.offers_help and not self._session.ease.spoken and self.desk.speaker.works

    @Property(bool, constant=True)
    def can_call(self) -> bool:
        """A guide can be called from here."""
        return may_call(self._session)

    @Slot()
    def take_larger(self) -> None:
        """Touch on "larger text": elder mode, as one choice."""
        self.desk.post(EaseChosen(elder(self._session.ease, on=True)))

    @Slot()
    def take_voice(self) -> None:
        """Touch on "read it to me"."""
        self.desk.post(EaseChosen(replace(self._session.ease, spoken=True)))

    @Slot()
    def call_guide(self) -> None:
        """Touch on "call a guide"."""
        self.desk.post(GuideCalled())

    @Slot()
    def refuse_help(self) -> None:
        """Touch on "no, thank you"."""
        self.desk.post(HelpRefused())

    @Slot()
    def note_call(self) -> None:
        """Touch on "I see", or on "no longer needed"."""
        self.desk.post(CallNoted())
