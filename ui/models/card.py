"""The identity card: laid down, run out, or about to."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Slot
from PySide6.QtQml import QmlElement

from config.item import DocumentKind
from kiosk.session.card_facts import elsewhere_of
from kiosk.session.events import DueChosen, NoCard, PrintGuide, TryAgain
from kiosk.session.hall import Hall
from kiosk.session.stages import (
    AwaitingCard,
    CardExpired,
    CardNoticeStep,
    CardTrouble,
    OtherDocument,
)
from kiosk.session.words_of_form import day_label
from ui.models.base import Desk, ScreenModel
from ui.models.rows import ChoiceRow
from ui.properties import Property
from ui.sentences import CARD_TROUBLE, DOCUMENT_NAME, RENEW

QML_IMPORT_NAME = "Hall.Models"
QML_IMPORT_MAJOR_VERSION = 1


def taken_documents(model: ScreenModel, taken: Sequence[DocumentKind]) -> str:
    """Say which documents a matter takes at this terminal."""
    names = [model.say(DOCUMENT_NAME[kind]) for kind in taken]
    return model.say("这件事在本机可以用：%1", model.say("、").join(names))


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
        helpless = self._stage.trouble not in {None, CardTrouble.PULLED_AWAY, CardTrouble.NOT_READ}
        return self.where_to_go(self._stage.item.office) if helpless else ""

    @Property(str, constant=True)
    def documents(self) -> str:
        """Which documents this matter takes, where it is more than one; else empty."""
        taken = self._stage.item.documents
        return taken_documents(self, taken) if len(taken) > 1 else ""

    @Slot()
    def try_again(self) -> None:
        """Touch on "Try again"."""
        self.desk.post(TryAgain())

    @Slot()
    def no_card(self) -> None:
        """Touch on "I have no card with me"."""
        self.desk.post(NoCard())


@QmlElement
class OtherDocumentModel(ScreenModel):
    """The document that was laid down is none that this matter takes."""

    def __init__(self, desk: Desk, hall: Hall, stage: OtherDocument) -> None:
        super().__init__(desk, hall)
        self._item = stage.item
        self._document = self.say(DOCUMENT_NAME[stage.document.value])
        self._elsewhere = elsewhere_of(stage.item, stage.document)

    @Property(str, constant=True)
    def title(self) -> str:
        """Which document it was, and that it is not done with it here."""
        return self.say("用%1，请到窗口办", self._document)

    @Property(str, constant=True)
    def why(self) -> str:
        """Why, and which window."""
        return self.text(self._elsewhere.window.why)

    @Property("QStringList", constant=True)
    def bring(self) -> list[str]:
        """What to take along."""
        return [self.text(paper) for paper in self._elsewhere.window.bring]

    @Property(str, constant=True)
    def open_way(self) -> str:
        """Window, hours, telephone."""
        return self.where_to_go(self._elsewhere.office or self._item.office)

    @Property(str, constant=True)
    def taken(self) -> str:
        """Which documents this matter takes here."""
        return taken_documents(self, self._item.documents)

    @Slot()
    def try_again(self) -> None:
        """Touch on "another document"."""
        self.desk.post(TryAgain())

    @Slot()
    def print_it(self) -> None:
        """Touch on "print this guide"."""
        self.desk.post(PrintGuide())


@QmlElement
class CardExpiredModel(ScreenModel):
    """The card has run out and this matter is no renewal."""

    def __init__(self, desk: Desk, hall: Hall, stage: CardExpired) -> None:
        super().__init__(desk, hall)
        self._stage = stage

    @Property(str, constant=True)
    def document(self) -> str:
        """What kind of document it is."""
        return self.say(DOCUMENT_NAME[self._stage.document.value])

    @Property(str, constant=True)
    def renew(self) -> str:
        """Where a new one comes from."""
        return self.say(RENEW[self._stage.document.value])

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
        self._offers = step.offers

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

    @Property("QVariantList", constant=True)
    def offers(self) -> list[QObject]:
        """`ChoiceRow` for what is due: what it is called, and why it is offered."""
        items = {item.id: item for item in self.hall.items}
        return [
            ChoiceRow(
                offer.item,
                self.say("改办：%1", self.text(items[offer.item].title)),
                self.text(offer.reason),
                chosen=False,
                parent=self,
            )
            for offer in self._offers
            if offer.item in items
        ]

    @Slot(str)
    def choose(self, item_id: str) -> None:
        """Touch on something that is due."""
        self.desk.post(DueChosen(item_id))
