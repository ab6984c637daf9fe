"""The shell around every screen: hall, progress, language, back, leave, and the idle warning."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QmlElement
from PySide6.QtQuick import QQuickItem

from kiosk.finding.browsing import offered
from kiosk.session.ease import Ease, elder, sized
from kiosk.session.events import EaseChosen, LanguageChosen, StillHere
from kiosk.session.idling import unhurried
from kiosk.session.stages import (
    AwaitingCard,
    CardExpired,
    Ended,
    FindPage,
    GuidePage,
    InJourney,
    LinkLost,
    MatterPage,
    NotKept,
    OtherDocument,
    Sending,
    Session,
    Standby,
    Thanks,
    Welcome,
)
from kiosk.session.way_on import progress
from ui.insertion import put, rub_out, take_up_line
from ui.models.base import Desk
from ui.models.beside import BesideModel
from ui.properties import Property
from ui.typed import is_code, is_typed

QML_IMPORT_NAME = "Hall.Models"
QML_IMPORT_MAJOR_VERSION = 1

OFFERED = 12
"""Characters that a finger's writing may be, of which one is touched: three rows."""

SHOWN_AT_REST = 3
"""Titles of matters that a person reads in passing."""


@QmlElement
class ShellModel(BesideModel):
    """What stands around the screen of one session value."""

    def __init__(self, desk: Desk, session: Session, *, keyboard: bool = False) -> None:
        super().__init__(desk, session)
        self._keyboard = keyboard or is_typed(session)

    @Property(str, constant=True)
    def hall_name(self) -> str:
        """The hall's own name."""
        return self.text(self.hall.name)

    @Property(bool, constant=True)
    def calm(self) -> bool:
        """Nothing is to be touched any more."""
        return isinstance(self._session.stage, Ended)

    @Property(bool, constant=True)
    def may_rest(self) -> bool:
        """Nobody has begun anything, and nobody has to read anything: it may show what can be done here."""
        stage = self._session.stage
        return isinstance(stage, Welcome) and stage.kept_local_no is None

    @Property(str, constant=True)
    def offered(self) -> str:
        """What is done most at this terminal, some of it."""
        here = sorted(offered(self.hall.items), key=lambda item: -self.hall.uses.get(item.id, 0))
        return self.say("、").join(self.text(item.title) for item in here[:SHOWN_AT_REST])

    @Property(int, constant=True)
    def position(self) -> int:
        """Which page of the journey this is; 0 outside of one."""
        return self._progress()[0]

    @Property(int, constant=True)
    def total(self) -> int:
        """How many pages are foreseeable; 0 outside of a journey."""
        return self._progress()[1]

    def _progress(self) -> tuple[int, int]:
        stage = self._session.stage
        if isinstance(stage, InJourney):
            return progress(stage.journey, stage.step, self.hall.today)
        return (0, 0)

    @Property(bool, constant=True)
    def can_go_back(self) -> bool:
        """Back works everywhere until "sign and send"."""
        stage = self._session.stage
        return isinstance(
            stage, FindPage | MatterPage | GuidePage | AwaitingCard | OtherDocument | CardExpired | InJourney
        )

    @Property(bool, constant=True)
    def can_leave(self) -> bool:
        """Leave is on screen wherever there is something to leave."""
        stage = self._session.stage
        return not isinstance(stage, Standby | Welcome | Sending | NotKept | Thanks | Ended | LinkLost)

    @Property(bool, constant=True)
    def at_start(self) -> bool:
        """The first screen: nothing to go back from, nothing to leave."""
        return isinstance(self._session.stage, Standby | Welcome)

    @Property(bool, constant=True)
    def idle_warning(self) -> bool:
        """Nobody has touched anything for a while."""
        return self._session.idle_warning

    @Property(int, constant=True)
    def idle_grace_s(self) -> int:
        """Seconds to say "I am still here"."""
        return round(self.desk.idle_grace_s * unhurried(self._session.ease))

    @Property(bool, constant=True)
    def typing(self) -> bool:
        """The keyboard is wanted on this screen."""
        covered = self._session.idle_warning or self._session.hidden
        return is_typed(self._session) and not covered

    @Property(bool, constant=True)
    def keyboard(self) -> bool:
        """The keyboard is wanted here, or was wanted before: it stays loaded."""
        return self._keyboard

    @Slot()
    def open_keyboard(self) -> None:
        """Let the keyboard work for the field with the focus: it knows of focus given after its loading."""
        field = QGuiApplication.focusObject()
        if isinstance(field, QQuickItem) and field.flags() & QQuickItem.Flag.ItemAcceptsInputMethod:
            field.setFocus(False)
            field.forceActiveFocus()
        QGuiApplication.inputMethod().show()

    @Property(bool, constant=True)
    def chinese(self) -> bool:
        """The language of the screen is Chinese."""
        return self._session.language == "zh"

    @Property(bool, constant=True)
    def only_letters(self) -> bool:
        """What is typed here is a code: letters and digits."""
        return is_typed(self._session) and is_code(self._session)

    @Property(bool, constant=True)
    def can_write(self) -> bool:
        """Whether a finger's writing can be read here."""
        return self.desk.reader is not None

    @Slot("QVariantList", result="QStringList")
    def read_writing(self, strokes: list[list[float]]) -> list[str]:
        """Give the likeliest characters; each stroke is x, y, x, y … as shares of the square's side."""
        if self.desk.reader is None:
            return []
        lines = [list(zip(stroke[::2], stroke[1::2], strict=True)) for stroke in strokes]
        return list(self.desk.reader.read(lines, OFFERED))

    @Slot(str)
    def put(self, text: str) -> None:
        """Put a character where the cursor stands."""
        put(text)

    @Slot(QQuickItem)
    def take_up_line(self, beside: QQuickItem) -> None:
        """Give the focus to the line that is typed in, on the window of `beside`: a key is being touched."""
        take_up_line(beside)

    @Slot()
    def rub_out(self) -> None:
        """Take away what stands before the cursor, or what is marked."""
        rub_out()

    @Slot()
    def finish_typing(self) -> None:
        """Make text of what the keyboard still holds as Pinyin."""
        QGuiApplication.inputMethod().commit()

    @Slot()
    def still_here(self) -> None:
        """The one touch that answers the idle warning."""
        self.desk.post(StillHere())

    @Slot()
    def switch_language(self) -> None:
        """Change to the other language, on whatever screen."""
        self.desk.post(LanguageChosen("en" if self._session.language == "zh" else "zh"))

    # ---- ease --------------------------------------------------------------------------------------------

    @Property(bool, constant=True)
    def elder(self) -> bool:
        """Elder mode."""
        return self._session.ease.elder

    @Property(int, constant=True)
    def text_size(self) -> int:
        """0 … 3."""
        return self._session.ease.text_size

    @Property(bool, constant=True)
    def high_contrast(self) -> bool:
        """Black on white."""
        return self._session.ease.high_contrast

    @Property(bool, constant=True)
    def low_reach(self) -> bool:
        """Everything that is touched lies low."""
        return self._session.ease.low_reach

    @Property(bool, constant=True)
    def spoken(self) -> bool:
        """Screens are read aloud."""
        return self._session.ease.spoken

    @Property(bool, constant=True)
    def voice_works(self) -> bool:
        """Whether anything can be heard, as far as is known: there is a voice pack, and a sound device."""
        return self.desk.speaker.works

    @Slot()
    def say_again(self) -> None:
        """Say what is said on this screen, once more, or once."""
        self.desk.speaker.repeat()

    @Property(bool, constant=True)
    def still(self) -> bool:
        """Nothing moves by itself."""
        return self._session.ease.still

    @Property(bool, constant=True)
    def english(self) -> bool:
        """The other language is on."""
        return self._session.language == "en"

    @Property(float, constant=True)
    def operable_share(self) -> float:
        """Share of the screen's height, from its lower edge, that a low hand reaches."""
        return self.hall.operable_share

    @Slot()
    def switch_elder(self) -> None:
        """Elder mode on or off, with everything that belongs to it."""
        self._ease(elder(self._session.ease, on=not self._session.ease.elder))

    @Slot(int)
    def choose_text_size(self, text_size: int) -> None:
        """One of the four sizes."""
        self._ease(sized(self._session.ease, text_size))

    @Slot()
    def switch_contrast(self) -> None:
        """High contrast on or off."""
        self._ease(replace(self._session.ease, high_contrast=not self._session.ease.high_contrast))

    @Slot()
    def switch_low_reach(self) -> None:
        """Low reach on or off."""
        self._ease(replace(self._session.ease, low_reach=not self._session.ease.low_reach))

    @Slot()
    def switch_spoken(self) -> None:
        """The voice on or off; silent at once."""
        if self._session.ease.spoken:
            self.desk.speaker.hush()
        self._ease(replace(self._session.ease, spoken=not self._session.ease.spoken))

    @Slot()
    def switch_still(self) -> None:
        """Motion off or on."""
        self._ease(replace(self._session.ease, still=not self._session.ease.still))

    def _ease(self, ease: Ease) -> None:
        self.desk.post(EaseChosen(ease))
