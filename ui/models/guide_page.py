"""The page of a matter that goes to a counter."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QImage
from PySide6.QtQml import QmlElement

from config.item import Elsewhere, Item, Window
from config.listing import Listing
from kiosk.session.events import PrintGuide
from kiosk.session.finding import PRINTABLE
from kiosk.session.guide_lines import guide_lines, guide_url
from kiosk.session.hall import Hall, Obstacle
from kiosk.session.stages import GuidePage
from printing.document import Qr
from printing.qr import picture
from ui.models.base import Desk, ScreenModel
from ui.models.finding import title_of
from ui.models.rows import LineRow
from ui.properties import Property
from ui.sentences import GUIDE_SLIP, NO_CARD, OBSTACLE

QML_IMPORT_NAME = "Hall.Models"
QML_IMPORT_MAJOR_VERSION = 1

QR_PX = 420


@QmlElement
class GuidePageModel(ScreenModel):
    """A matter that goes to a counter."""

    def __init__(self, desk: Desk, hall: Hall, stage: GuidePage) -> None:
        super().__init__(desk, hall)
        self._stage, self._matter = stage, stage.matter

    @Property(str, constant=True)
    def title(self) -> str:
        """What a person would call it."""
        return title_of(self, self._matter)

    @Property(str, constant=True)
    def name(self) -> str:
        """The official name."""
        return self._matter.name(self.desk.words.language)

    @Property(str, constant=True)
    def code(self) -> str:
        """Its code in the catalogue; empty where nobody has said."""
        return self._matter.item_code or ""

    @Property(str, constant=True)
    def notice(self) -> str:
        """That it goes to a counter, or why it is not done here this time."""
        why = self._stage.why
        if isinstance(why, Obstacle):
            return self.say(OBSTACLE[why])
        return self.say("这件事要到窗口办" if why is None else "这种情况请到窗口办")

    @Property(str, constant=True)
    def more(self) -> str:
        """Whether the counter is open, or what makes it different this time."""
        why = self._stage.why
        if isinstance(why, Window | Elsewhere):
            return self.text((why if isinstance(why, Window) else why.window).why)
        if why is Obstacle.NO_CARD:
            return self.say(NO_CARD)
        if isinstance(self._matter, Item):
            return self.say("可以到窗口办，来之前可以先打电话问。")
        if self._open_now(self._matter):
            return self.say("窗口现在开着。")
        return self.say("窗口现在不在办公时间，请看下面的时间。")

    @Property("QVariantList", constant=True)
    def facts(self) -> list[QObject]:
        """`LineRow` for everything that is known."""
        return [
            LineRow("", self.text(label), self.text(value), self)
            for label, value in guide_lines(self._stage, self.hall)
        ]

    @Property(bool, constant=True)
    def unchecked(self) -> bool:
        """Whether nobody has compared it with its source yet."""
        if isinstance(self._matter, Item):
            return not all(basis.verified for basis in self._matter.basis)
        basis = self._matter.basis
        return basis is not None and not basis.verified

    def _open_now(self, listing: Listing) -> bool:
        """Whether its counter is open at this moment, by the week alone."""
        hours = self.hall.district.place(listing).hours
        return hours is not None and hours.open_at(self.desk.now())

    @Property(bool, constant=True)
    def has_code(self) -> bool:
        """Whether the hall has a page that the code leads to."""
        return guide_url(self._matter, self.hall) is not None

    @Property(QImage, constant=True)
    def code_picture(self) -> QImage:
        """The QR code that leads on by telephone; nothing where the hall has no page."""
        url = guide_url(self._matter, self.hall)
        if url is None:
            return QImage()
        drawn = picture(Qr(url), QR_PX).convert("L")
        made = QImage(
            drawn.tobytes(), drawn.width, drawn.height, drawn.width, QImage.Format.Format_Grayscale8
        )
        return made.copy()

    @Property(str, constant=True)
    def slip(self) -> str:
        """What became of the printed guide; empty until it is wanted."""
        state = self._stage.slip_state
        if state is None and self.hall.printer_usable is False:
            state = "no_printer"
        return "" if state is None else self.say(GUIDE_SLIP[state])

    @Property(bool, constant=True)
    def may_print(self) -> bool:
        """Whether it can be printed now."""
        again = self._stage.slip_state in PRINTABLE
        return again and self.hall.printer_usable is not False

    @Slot()
    def print_it(self) -> None:
        """Touch on "print this guide"."""
        self.desk.post(PrintGuide())
