"""The form: checked line by line, then signed as it will be sent, by everybody who is here."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Slot
from PySide6.QtQml import QmlElement

from kiosk.session.beside import party_of
from kiosk.session.events import ChangeLine, GuideCalled, PaperOpened, SignedAndSent
from kiosk.session.form import FormLine, form_lines
from kiosk.session.hall import Hall
from kiosk.session.journey import Present
from kiosk.session.shown import Paper, members, papers_of
from kiosk.session.signing import signers
from kiosk.session.stages import SIGNING_ASPECT, Journey, SignStep, Stroke
from kiosk.session.words_of_form import masked_id
from ui.models.base import Desk, ScreenModel
from ui.models.rows import LineRow
from ui.properties import Property

QML_IMPORT_NAME = "Hall.Models"
QML_IMPORT_MAJOR_VERSION = 1


def _both(read: str, sent: str) -> str:
    return sent if read == sent else f"{read}\n{sent}"


def _rows(
    read: Iterable[FormLine], sent: Iterable[FormLine], parent: ScreenModel, others: Iterable[str] = ()
) -> list[QObject]:
    """In Chinese as it is sent, after a translation if wanted; numbers of `others` masked."""
    return [
        LineRow(
            line.id or "",
            _both(shown.label, line.label),
            _hidden(_both(shown.value, line.value), others),
            parent,
        )
        for shown, line in zip(read, sent, strict=True)
    ]


def _hidden(text: str, numbers: Iterable[str]) -> str:
    for number in numbers:
        text = text.replace(number, masked_id(number))
    return text


def _others(journey: Journey, party_id: str | None) -> tuple[str, ...]:
    """Numbers that whoever signs now need not see whole."""
    if party_id is None:
        return ()
    cards = (journey.card, journey.guardian)
    return tuple(card.id_number for card in cards if card is not None)


@QmlElement
class ReviewModel(ScreenModel):
    """Check your answers; each line can be changed."""

    def __init__(self, desk: Desk, hall: Hall, journey: Journey) -> None:
        super().__init__(desk, hall)
        self._journey = journey

    @Property("QVariantList", constant=True)
    def lines(self) -> list[QObject]:
        """`LineRow` for each line of the form."""
        lines = form_lines(self._journey, self.desk.words.language, self.hall.today)
        return [LineRow(line.id or "", line.label, line.value, self) for line in lines]

    @Property("QVariantList", constant=True)
    def members(self) -> list[QObject]:
        """`LineRow` for each member of a joint matter: its name, and who does it or why nobody does."""
        return [
            LineRow(
                "" if each.left_out is None else each.item.id,
                self.text(each.item.name),
                self.text(each.item.office.department)
                if each.left_out is None
                else self.say("这次不办：%1", self.text(each.left_out)),
                self,
            )
            for each in members(self._journey, self.hall.today)
        ]

    @Slot(str)
    def change(self, question_id: str) -> None:
        """Touch on "Change" beside a line."""
        self.desk.post(ChangeLine(question_id))


@QmlElement
class SignModel(ScreenModel):
    """The form as it will be sent, and a place for a finger."""

    def __init__(self, desk: Desk, hall: Hall, journey: Journey, step: SignStep) -> None:
        super().__init__(desk, hall)
        self._journey, self._step = journey, step

    @Property("QVariantList", constant=True)
    def lines(self) -> list[QObject]:
        """`LineRow` for each line of the form: in Chinese as it is sent, after a translation if wanted."""
        sent = form_lines(self._journey, "zh", self.hall.today)
        read = form_lines(self._journey, self.desk.words.language, self.hall.today)
        return _rows(read, sent, self, _others(self._journey, self._step.party_id))

    @Property("QVariantList", constant=True)
    def papers(self) -> list[QObject]:
        """`LineRow` for each form and agreement that is signed with it: its id and name."""
        papers = papers_of(self._journey, self.hall.today)
        return [LineRow(each.id, self.text(each.name), "", self) for each in papers]

    @Property(str, constant=True)
    def title(self) -> str:
        """Who is to read and sign."""
        if self._step.party_id is None:
            return self.say("请看一遍，然后签名")
        return self.say("请%1看一遍，然后签名", self._who(self._step.party_id))

    @Property(str, constant=True)
    def send_words(self) -> str:
        """What the button is called: the last signature sends."""
        order = signers(self._journey, self.hall.today)
        after = order[order.index(self._step.party_id) + 1 :]
        if not after or after[0] is None:
            return self.say("签名并提交")
        return self.say("签好了，请%1签", self._who(after[0]))

    def _who(self, party_id: str) -> str:
        found = self._journey.parties.get(party_id)
        if isinstance(found, Present):
            return found.person.name
        return self.text(party_of(self._journey.item, party_id).name)

    @Property(float, constant=True)
    def signing_aspect(self) -> float:
        """Width over height of the place to sign: the same as on paper."""
        return SIGNING_ASPECT

    @Property(str, constant=True)
    def name(self) -> str:
        """The official name of the matter."""
        return self.text(self._journey.item.name)

    @Property(str, constant=True)
    def declaration(self) -> str:
        """What the person signs."""
        return self.text(self._journey.item.declaration)

    @Property(bool, constant=True)
    def asked_again(self) -> bool:
        """The last signature was empty."""
        return self._step.problem is not None

    @Property(str, constant=True)
    def open_way(self) -> str:
        """Window, hours, telephone: for who cannot sign on a screen."""
        return self.where_to_go(self._journey.item.office)

    @Slot()
    def ask_for_aid(self) -> None:
        """Touch on "somebody help me": a guide comes; nobody signs for anybody."""
        self.desk.post(GuideCalled())

    @Slot(str)
    def open(self, paper: str) -> None:
        """Touch on a form or an agreement."""
        self.desk.post(PaperOpened(paper))

    @Slot("QVariantList")
    def send(self, strokes: list[list[float]]) -> None:
        """Touch on "sign and send": the application's id is minted here. One list x, y, x, y … a stroke."""
        signature: tuple[Stroke, ...] = tuple(
            tuple(zip(stroke[::2], stroke[1::2], strict=True)) for stroke in strokes
        )
        self.desk.post(SignedAndSent(signature, self.desk.new_id(), self.desk.now()))


@QmlElement
class PaperModel(ScreenModel):
    """One form or agreement, whole."""

    def __init__(self, desk: Desk, hall: Hall, journey: Journey, step: SignStep) -> None:
        super().__init__(desk, hall)
        self._others = _others(journey, step.party_id)
        self._sent = _paper(papers_of(journey, hall.today, "zh"), step.paper)
        self._read = _paper(papers_of(journey, hall.today, desk.words.language), step.paper)

    @Property(str, constant=True)
    def name(self) -> str:
        """What it is."""
        return self.text(self._sent.name)

    @Property(str, constant=True)
    def passage(self) -> str:
        """The text of an agreement: in Chinese as it is signed, after a translation if wanted."""
        text = self._sent.text
        return "" if text is None else "\n\n".join(dict.fromkeys((self.text(text), text.zh)))

    @Property("QVariantList", constant=True)
    def lines(self) -> list[QObject]:
        """`LineRow` for each line of a form."""
        return _rows(self._read.lines, self._sent.lines, self, self._others)

    @Slot()
    def close(self) -> None:
        """Touch on "back to signing"."""
        self.desk.post(PaperOpened(None))


def _paper(papers: tuple[Paper, ...], name: str | None) -> Paper:
    return next(each for each in papers if each.id == name)
