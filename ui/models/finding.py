"""Finding a matter: words as they are typed, and shelves."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Slot
from PySide6.QtQml import QmlElement

from config.item import Item
from config.listing import Listing
from kiosk.finding.asking import Answer
from kiosk.finding.browsing import KINDS, ShelfKind, most_used, shelves
from kiosk.finding.found import Found, Results
from kiosk.session.events import FindWanted, MatterChosen, QueryTyped, ShelfChosen, ShelvesWanted
from kiosk.session.finders import found
from kiosk.session.hall import Hall
from kiosk.session.stages import FindPage
from ui.models.base import Desk, ScreenModel
from ui.models.rows import ChoiceRow, LineRow
from ui.properties import Property
from ui.sentences import SHELF_KIND, TOPIC

QML_IMPORT_NAME = "Hall.Models"
QML_IMPORT_MAJOR_VERSION = 1

LONG = 24
"""Matters on a shelf beyond which nobody turns all its pages: three of them."""


@QmlElement
class FindModel(ScreenModel):
    """Words as typed so far, and what they lead to."""

    def __init__(self, desk: Desk, hall: Hall, stage: FindPage) -> None:
        super().__init__(desk, hall)
        self._query = stage.query
        self._results: Results = found(stage.query, hall)

    @Property(str, constant=True)
    def query(self) -> str:
        """What was typed before, when a person comes back to it."""
        return self._query

    @Property(bool, constant=True)
    def asked(self) -> bool:
        """Whether anything has been typed."""
        return self._query.strip() != ""

    @Property(bool, constant=True)
    def personal(self) -> bool:
        """It looks like somebody's number, and was not looked up."""
        return self._results.personal

    @Property(bool, constant=True)
    def nothing(self) -> bool:
        """Something was typed, and nothing fits."""
        return self.asked and not self.looking and self._results.empty and not self._results.personal

    @Property(bool, constant=True)
    def looking(self) -> bool:
        """Something was typed before there is an index to look in."""
        return self.asked and self.hall.finder is None

    @Property("QVariantList", constant=True)
    def here(self) -> list[QObject]:
        """`ChoiceRow` for what can be done on this terminal."""
        return self._rows(self._results.here)

    @Property("QVariantList", constant=True)
    def guides(self) -> list[QObject]:
        """`ChoiceRow` for what is done elsewhere."""
        return self._rows(self._results.guides)

    @Property("QVariantList", constant=True)
    def answers(self) -> list[QObject]:
        """`LineRow` for what the file of the first hit says to the question that was typed."""
        about = self._results.about
        if about is None:
            return []
        title = title_of(self, about)
        return [LineRow("", title, self._said(answer), self) for answer in self._results.answers]

    @Property("QVariantList", constant=True)
    def about(self) -> list[QObject]:
        """`ChoiceRow` for the matter that an answer is about; empty without a plain question."""
        about = self._answered_about()
        return [] if about is None else matter_rows(self, [about])

    @Property("QVariantList", constant=True)
    def used(self) -> list[QObject]:
        """`ChoiceRow` for what is used most in this hall; before anything was typed."""
        if self.asked:
            return []
        known = most_used(self.hall.items, self.hall.district, self.hall.uses)
        return matter_rows(self, known)

    @Property("QVariantList", constant=True)
    def kinds(self) -> list[QObject]:
        """`ChoiceRow` for each way to browse."""
        return kind_rows(self)

    def _said(self, answer: Answer) -> str:
        source = self.say("来自办事指南：%1", self.say(TOPIC[answer.topic]))
        unchecked = "" if answer.verified is not False else self.say("（尚未核实，以窗口答复为准）")
        return f"{self.text(answer.text)}\n{source}{unchecked}" if answer.known else self.text(answer.text)

    def _answered_about(self) -> str | None:
        about = self._results.about
        return about.id if about is not None and self._results.answers else None

    def _rows(self, hits: Iterable[Found]) -> list[QObject]:
        # What an answer is about stands beneath the answer, and nowhere else.
        return [
            ChoiceRow(hit.matter.id, title_of(self, hit.matter), self._why(hit), chosen=False, parent=self)
            for hit in hits
            if hit.matter.id != self._answered_about()
        ]

    def _why(self, hit: Found) -> str:
        """The first reason that is more than "the same words", and the official name."""
        for match in hit.why:
            if match.way in {"word", "pinyin", "initials", "error"} and match.said != match.found:
                return self.say("您说的“%1”：%2", match.said, match.found)
        return hit.matter.name(self.desk.words.language)

    @Slot(str)
    def ask(self, query: str) -> None:
        """The line has changed."""
        self.desk.post(QueryTyped(query))

    @Slot(str)
    def choose(self, matter_id: str) -> None:
        """Touch on a matter."""
        self.desk.post(MatterChosen(matter_id))

    @Slot(str)
    def browse(self, kind: str) -> None:
        """Touch on a way to browse."""
        post_kind(self.desk, kind)


@QmlElement
class ShelvesModel(ScreenModel):
    """The shelves of one kind, or what stands on one of them."""

    def __init__(self, desk: Desk, hall: Hall, stage: FindPage, kind: ShelfKind) -> None:
        super().__init__(desk, hall)
        self._kind = kind
        self._shelves = {shelf.id: shelf for shelf in shelves(kind, hall.items, hall.district, hall.uses)}
        self._open = self._shelves.get(stage.shelf or "")

    @Property(str, constant=True)
    def title(self) -> str:
        """The shelf's name, or the way to browse."""
        if self._open is not None:
            return self._open.name(self.desk.words.language)
        return self.say(SHELF_KIND[self._kind])

    @Property("QVariantList", constant=True)
    def rows(self) -> list[QObject]:
        """`ChoiceRow` for each shelf, or for each matter on the open one."""
        if self._open is not None:
            return matter_rows(self, self._open.matters)
        return [
            ChoiceRow(
                shelf.id,
                shelf.name(self.desk.words.language),
                self.say("%1 件事", len(shelf.matters)),
                chosen=False,
                parent=self,
            )
            for shelf in self._shelves.values()
        ]

    @Property(bool, constant=True)
    def long(self) -> bool:
        """Whether so much stands here that words lead to it sooner."""
        return self._open is not None and len(self._open.matters) > LONG

    @Slot()
    def find(self) -> None:
        """Touch on "find"."""
        self.desk.post(FindWanted())

    @Slot(str)
    def choose(self, value: str) -> None:
        """Touch on a row."""
        self.desk.post(ShelfChosen(value) if self._open is None else MatterChosen(value))


def title_of(model: ScreenModel, matter: Item | Listing) -> str:
    """What a person would call it, in the language of the screen."""
    return (matter.title if isinstance(matter, Item) else matter.plain)(model.desk.words.language)


def matter_rows(model: ScreenModel, ids: Iterable[str]) -> list[QObject]:
    """`ChoiceRow` for each matter: what it is called, and whether it is done here."""
    here = {item.id: item for item in model.hall.items}
    rows: list[QObject] = []
    for matter_id in ids:
        matter = here.get(matter_id) or model.hall.district.listing(matter_id)
        if matter is not None:
            note = model.say("在这台机器上办") if isinstance(matter, Item) else model.say("看办事指南")
            rows.append(ChoiceRow(matter_id, title_of(model, matter), note, chosen=False, parent=model))
    return rows


def kind_rows(model: ScreenModel) -> list[QObject]:
    """`ChoiceRow` for each way to browse."""
    return [ChoiceRow(kind, model.say(SHELF_KIND[kind]), "", chosen=False, parent=model) for kind in KINDS]


def post_kind(desk: Desk, kind: str) -> None:
    """Browse that way."""
    for known in KINDS:
        if known == kind:
            desk.post(ShelvesWanted(known))
