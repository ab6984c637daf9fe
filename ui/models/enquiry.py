"""What a lookup told, shown to the verified person; and its slip."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtQml import QmlElement

from config.item_flow import Enquire
from kiosk.session.enquiring import enquiry_cases, enquiry_lines
from kiosk.session.hall import Hall
from kiosk.session.journey import Missing, Told
from kiosk.session.known import lookup_of
from kiosk.session.stages import Enquired, EnquireStep, Journey
from kiosk.session.timeline import is_sent, prints_enquiry
from kiosk.session.words_of_form import moment_label
from ui.models.base import Desk, ScreenModel
from ui.models.rows import CaseRow, LineRow
from ui.properties import Property
from ui.sentences import ENQUIRY_SLIP

QML_IMPORT_NAME = "Hall.Models"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class EnquireModel(ScreenModel):
    """The lines that were told, who told them, and when."""

    def __init__(self, desk: Desk, hall: Hall, journey: Journey, step: EnquireStep) -> None:
        super().__init__(desk, hall)
        self._journey, self._step = journey, step
        self._lookup = lookup_of(journey.item, step.lookup_id)
        self._found = journey.looked_up.get(step.lookup_id)
        self._told = self._found if isinstance(self._found, Told) else None

    @Property(str, constant=True)
    def title(self) -> str:
        """What was looked up."""
        return self.text(self._lookup.name)

    @Property(str, constant=True)
    def lead(self) -> str:
        """Who told it and when; that it is no certificate."""
        holder = self.text(self._lookup.holder)
        if self._told is None:
            return self._nothing()
        return self.say(
            "%1提供，时间 %2。仅供您本人参考，不是证明。", holder, moment_label(self._told.told_at)
        )

    def _nothing(self) -> str:
        """Nobody has it, or nobody could be asked: the two are not the same."""
        if not (isinstance(self._found, Missing) and self._found.reason == "nobody_knows"):
            return self.say("现在查不到，不是您的问题。可以到窗口问一问。")
        if self._lookup.no_record is not None:
            return self.text(self._lookup.no_record)
        return self.say("没有查到。可以到窗口问一问。")

    @Property("QVariantList", constant=True)
    def cases(self) -> list[QObject]:
        """`CaseRow` for each application that was told of."""
        cases = enquiry_cases(self._journey, self._step.lookup_id, self.desk.words.language, self.hall)
        return [
            CaseRow(
                case.title,
                case.state,
                self.say("申报号 %1", case.filing_no),
                self.say("%1收件", case.day),
                self,
            )
            for case in cases
        ]

    @Property("QVariantList", constant=True)
    def lines(self) -> list[QObject]:
        """`LineRow` for each fact that is shown."""
        lines = enquiry_lines(self._journey, self._step.lookup_id, self.desk.words.language, self.hall.today)
        return [LineRow("", line.label, line.value, self) for line in lines]

    @Property(str, constant=True)
    def open_way(self) -> str:
        """Where to ask when nothing was told; else empty."""
        return self.where_to_go(self._journey.item.office) if self._told is None else ""

    @Property(str, constant=True)
    def way_on(self) -> str:
        """What the button is called."""
        item = self._journey.item
        shown = [step.lookup for step in item.flow if isinstance(step, Enquire)]
        last = not is_sent(item) and shown[-1:] == [self._step.lookup_id]
        if not last:
            return self.say("看完了，继续")
        if prints_enquiry(item) and self._told is not None:
            return self.say("打印查询凭条")
        return self.say("看完了，结束")


@QmlElement
class EnquiredModel(ScreenModel):
    """What became of the slip of an enquiry."""

    def __init__(self, desk: Desk, hall: Hall, stage: Enquired) -> None:
        super().__init__(desk, hall)
        self._stage = stage

    @Property(str, constant=True)
    def slip(self) -> str:
        """What became of the paper, and what to do."""
        return self.say(ENQUIRY_SLIP[self._stage.slip_place or self._stage.slip_state])

    @Property(bool, constant=True)
    def slip_trouble(self) -> bool:
        """Whether the paper is not, or perhaps not, there."""
        trouble = self._stage.slip_state in {"not_printed", "unknown", "no_printer"}
        return trouble or self._stage.slip_place == "taken_back"

    @Property(bool, constant=True)
    def printing(self) -> bool:
        """The paper is still on its way."""
        return self._stage.slip_state in {"waiting", "started"}

    @Property(str, constant=True)
    def open_way(self) -> str:
        """Window, hours, telephone."""
        return self.where_to_go(self._stage.item.office)
