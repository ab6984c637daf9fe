"""Papers under the document camera: the table as it is seen, and the pages that were taken."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPointF, Signal, Slot
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF
from PySide6.QtQml import QmlElement

from config.item import CaptureQuestion
from devices.contracts.pages import PageHint, PagePreview, PageProblem, PageRefused
from kiosk.session.answering import enough_pages
from kiosk.session.events import BringInstead, DropPage, PageOpened, PagesDone, RetakePage, TakePage, TryAgain
from kiosk.session.hall import Hall
from kiosk.session.known import question
from kiosk.session.sights import Sight
from kiosk.session.stages import Journey, QuestionStep
from ui.models.base import Desk, ScreenModel
from ui.properties import Property
from ui.sentences import ANSWER_PROBLEM, PAGE_HINT, PAGE_PROBLEM

QML_IMPORT_NAME = "Hall.Models"
QML_IMPORT_MAJOR_VERSION = 1


OUTLINE = QColor("#1D7A9C")
"""Of a paper found on the table."""


def is_paper(journey: Journey, step: QuestionStep) -> bool:
    """Whether this question is answered by papers."""
    return isinstance(question(journey.item, step.question_id), CaptureQuestion)


def paper_screen(step: QuestionStep) -> tuple[str, str]:
    """Choose name and QML file: the table, or one page that is looked at."""
    if step.page is None or step.retaking:
        return f"question:{step.question_id}", "CaptureScreen.qml"
    return f"question:{step.question_id}:page", "PageScreen.qml"


def outlined(seen: PagePreview) -> QImage:
    """The table with the paper's outline: thicker, the longer the paper has been still."""
    image = QImage.fromData(seen.jpeg).convertToFormat(QImage.Format.Format_RGB32)
    if seen.outline is not None and not image.isNull():
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(OUTLINE, 4 + 8 * seen.still))
        width, height = image.width(), image.height()
        painter.drawPolygon(QPolygonF([QPointF(x * width, y * height) for x, y in seen.outline.corners]))
        painter.end()
    return image


@QmlElement
class PageRow(QObject):
    """A page that was taken, small."""

    def __init__(self, number: int, name: str, image: QImage, parent: QObject) -> None:
        super().__init__(parent)
        self._number, self._name, self._image = number, name, image

    @Property(int, constant=True)
    def number(self) -> int:
        """Counted from 0."""
        return self._number

    @Property(str, constant=True)
    def name(self) -> str:
        """What it is called."""
        return self._name

    @Property(QImage, constant=True)
    def image(self) -> QImage:
        """The page."""
        return self._image


@QmlElement
class PagesModel(ScreenModel):
    """One paper question."""

    seen = Signal()

    def __init__(self, desk: Desk, hall: Hall, journey: Journey, step: QuestionStep) -> None:
        super().__init__(desk, hall)
        asked = question(journey.item, step.question_id)
        if not isinstance(asked, CaptureQuestion):
            raise TypeError(f"{asked.id}: answered by no paper")
        self._asked, self._step = asked, step
        self._pages = journey.pages.get(asked.id, ())
        self._preview: PagePreview | None = None
        self._picture = QImage()
        self._problem: PageProblem | None = None

    def preview(self, seen: Sight | None) -> None:
        """Take what lies on the table, or why its picture is no page; None clears both."""
        match seen:
            case PagePreview():
                if seen.hint is not PageHint.HOLD_STILL or seen.still == 0:
                    # The paper moves, or another lies there: what was wrong is over.
                    self._problem = None if self._moved(seen) else self._problem
                self._preview, self._picture = seen, outlined(seen)
            case PageRefused(findings=findings):
                self._problem = findings[0].problem
            case _:
                self._preview, self._picture, self._problem = None, QImage(), None
        self.seen.emit()

    def _moved(self, seen: PagePreview) -> bool:
        return self._preview is not None and self._preview.still > seen.still

    @Property(str, constant=True)
    def ask(self) -> str:
        """What to lay down."""
        return self.text(self._asked.ask)

    @Property(str, constant=True)
    def reason(self) -> str:
        """Why the authority wants it; may be empty."""
        return "" if self._asked.reason is None else self.text(self._asked.reason)

    @Property(str, constant=True)
    def where(self) -> str:
        """How to lay it."""
        return self.text(self._asked.where)

    @Property(bool, constant=True)
    def dark(self) -> bool:
        """The document camera has failed."""
        return self._step.problem == "page_camera_failed"

    @Property(QImage, notify=seen)
    def picture(self) -> QImage:
        """The table, with the paper outlined; null before the first picture."""
        return self._picture

    @Property(str, notify=seen)
    def guidance(self) -> str:
        """One thing to do now."""
        if self._preview is None:
            return self.say("高拍仪正在启动，请稍等")
        hint = self._preview.hint
        if hint is PageHint.TAKE_AWAY and self._step.retaking:
            return self.say("请重新放好，或者点“马上拍”")
        if hint is not PageHint.HOLD_STILL and self._asked.paper == "id_1":
            return self.say(self._side_wanted(hint))
        return self.say(PAGE_HINT[hint])

    def _side_wanted(self, hint: PageHint) -> str:
        """Which side of a card to lay down now, if any."""
        if self.enough and not self._step.retaking:
            return "两面都拍好了，会合在一页上"
        if hint is PageHint.TAKE_AWAY:
            return "这一面拍好了，请翻到另一面"
        back = self._step.page == 1 if self._step.retaking else len(self._pages) == 1
        return "请放上证件的背面" if back else "请放上证件，正面朝上"

    @Property(str, notify=seen)
    def problem(self) -> str:
        """Why it was not taken, and what to do; empty when nothing is wrong."""
        if self._step.problem is not None:
            return self.say(ANSWER_PROBLEM[self._step.problem])
        return "" if self._problem is None else self.say(PAGE_PROBLEM[self._problem])

    @Property("QVariantList", constant=True)
    def pages(self) -> list[QObject]:
        """`PageRow` for each page."""
        return [
            PageRow(number, self._name(number), QImage.fromData(page.jpeg).scaledToWidth(160), self)
            for number, page in enumerate(self._pages)
        ]

    def _name(self, number: int) -> str:
        if self._asked.paper == "id_1":
            return self.say("背面" if number else "正面")
        return self.say("第 %1 页", number + 1)

    @Property(str, constant=True)
    def retaken(self) -> str:
        """Which page is taken anew; empty when none is."""
        if not self._step.retaking or self._step.page is None:
            return ""
        return self.say("正在重拍：%1", self._name(self._step.page))

    @Property(str, constant=True)
    def page_name(self) -> str:
        """The page that is looked at."""
        return "" if self._step.page is None else self._name(self._step.page)

    @Property(QImage, constant=True)
    def page_image(self) -> QImage:
        """The page that is looked at."""
        page = self._step.page
        return QImage() if page is None else QImage.fromData(self._pages[page].jpeg)

    @Property(bool, constant=True)
    def enough(self) -> bool:
        """Whether the pages answer the question."""
        return enough_pages(self._asked, len(self._pages))

    @Property(str, constant=True)
    def done(self) -> str:
        """What the touch that finishes says."""
        if self._asked.paper == "id_1":
            return self.say("两面都拍好了，继续" if self.enough else "两面都拍好，才能继续")
        return self.say("拍好了，共 %1 页，继续", len(self._pages)) if self._pages else self.say("拍好再继续")

    @Slot()
    def take(self) -> None:
        """Touch on "take it now"."""
        self.desk.post(TakePage())

    @Slot(int)
    def open_page(self, number: int) -> None:
        """Touch on a page."""
        self.desk.post(PageOpened(number))

    @Slot()
    def close_page(self) -> None:
        """Touch on "it is good"."""
        self.desk.post(PageOpened(None))

    @Slot()
    def retake(self) -> None:
        """Touch on "take it again"."""
        self.desk.post(RetakePage())

    @Slot()
    def drop(self) -> None:
        """Touch on "remove"."""
        self.desk.post(DropPage())

    @Slot()
    def finish(self) -> None:
        """Touch on "that is all"."""
        self.desk.post(PagesDone())

    @Slot()
    def try_again(self) -> None:
        """Touch on "try again"."""
        self.desk.post(TryAgain())

    @Slot()
    def bring_instead(self) -> None:
        """Touch on "I take it to the window"."""
        self.desk.post(BringInstead())
