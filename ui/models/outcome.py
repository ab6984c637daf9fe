"""Kept here, or received by the platform: each said as what it is; and what became of the slip."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtQml import QmlElement

from kiosk.session.events import ReprintWanted
from kiosk.session.hall import Hall
from kiosk.session.stages import Outcome
from kiosk.session.words_of_form import moment_label
from printing.slip import member_state
from ui.models.base import Desk, ScreenModel
from ui.models.rows import LineRow
from ui.properties import Property
from ui.sentences import REPRINT, SLIP

QML_IMPORT_NAME = "Hall.Models"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class OutcomeModel(ScreenModel):
    """After the commit. Nothing here is shown before the terminal has said "kept"."""

    def __init__(self, desk: Desk, hall: Hall, stage: Outcome) -> None:
        super().__init__(desk, hall)
        self._stage = stage

    @Property(bool, constant=True)
    def received(self) -> bool:
        """Whether the platform has signed for it."""
        return self._stage.received

    @Property(str, constant=True)
    def title(self) -> str:
        """The state, in the words that may not be got wrong."""
        return self.say("平台已收件") if self.received else self.say("已暂存本机，尚未提交")

    @Property(str, constant=True)
    def meaning(self) -> str:
        """What that state means, and what it does not."""
        if self.received and self._by_companies:
            return self.say("收件不等于办好。怎么办、什么时候办，由各公司答复。")
        if self.received:
            return self.say("收件不等于受理，是否受理由受理机关决定。")
        return self.say("已暂存本机，尚未提交，不代表已受理；以平台收件时间为准。").replace("；", "；\n")

    @property
    def _by_companies(self) -> bool:
        """Whether nobody who gets it is an authority, which would accept it or not."""
        done = [member.company for member in self._stage.slip.members if member.left_out is None]
        return all(done) if done else self._stage.item.office.company

    @Property("QVariantList", constant=True)
    def numbers(self) -> list[QObject]:
        """`LineRow` for each number and moment there is, each under its own name."""
        slip = self._stage.slip
        lines = [(self.say("本机流水号"), slip.local_no)]
        if slip.filing_no is not None:
            lines.insert(0, (self.say("申报号"), slip.filing_no))
        if slip.received_at is not None:
            lines.append((self.say("收件时间"), moment_label(slip.received_at)))
        else:
            lines.append((self.say("暂存时间"), moment_label(slip.kept_at)))
        return [LineRow("", label, value, self) for label, value in lines]

    @Property("QVariantList", constant=True)
    def members(self) -> list[QObject]:
        """`LineRow` for each matter of a joint one: its id where it is left out, its name, its state."""
        language = self.desk.words.language
        return [
            LineRow(
                each.item if each.left_out is not None else "",
                f"{each.name[language]} · {each.office[language]}",
                member_state(each, language),
                self,
            )
            for each in self._stage.slip.members
        ]

    @Property("QStringList", constant=True)
    def awaited(self) -> list[str]:
        """Whoever has still to sign, and how they do."""
        language = self.desk.words.language
        return [
            self.say("还没签名：%1。%2", each.who[language], each.how[language])
            for each in self._stage.slip.awaited
        ]

    @Property(str, constant=True)
    def next_steps(self) -> str:
        """What happens now."""
        after = self._stage.slip.next_steps[self.desk.words.language]
        if self.received:
            return after
        return self.say("联网后本机自动提交，不用再办一次。平台收件之后：%1", after)

    @Property(str, constant=True)
    def clock_notice(self) -> str:
        """Said when the terminal's clock cannot be believed; else empty."""
        wrong = self._stage.slip.clock_trust == "untrusted" and not self.received
        return self.say("本机时钟可能不准，上面的时间仅供参考。") if wrong else ""

    @Property(str, constant=True)
    def slip(self) -> str:
        """What became of the paper, and what to do."""
        return self.say(SLIP[self._stage.slip_place or self._stage.slip_state])

    @Property(bool, constant=True)
    def slip_trouble(self) -> bool:
        """Whether the paper is not, or perhaps not, there."""
        trouble = self._stage.slip_state in {"not_printed", "unknown", "no_printer"}
        return trouble or self._stage.slip_place == "taken_back"

    @Property(bool, constant=True)
    def may_reprint(self) -> bool:
        """One more try, within this session only."""
        return self._stage.may_reprint and not self._stage.choosing_reprint

    @Property(str, constant=True)
    def reprint_words(self) -> str:
        """What the way to another slip is called."""
        if self._stage.slip_state == "printed":
            return self.say("凭条有问题？再打一张")
        return self.say("再打一次凭条")

    @Property("QVariantList", constant=True)
    def reprint_reasons(self) -> list[QObject]:
        """`LineRow` for each reason to choose from: its key and its words; empty unless one is asked for."""
        if not self._stage.choosing_reprint:
            return []
        return [LineRow(reason, self.say(words), "", self) for reason, words in REPRINT.items()]

    @Property(bool, constant=True)
    def printing(self) -> bool:
        """The paper is still on its way."""
        return self._stage.slip_state in {"waiting", "started"}

    @Slot()
    def reprint(self) -> None:
        """Touch on "Print again"."""
        self.desk.post(ReprintWanted())

    @Slot(str)
    def reprint_because(self, reason: str) -> None:
        """Touch on a reason."""
        self.desk.post(ReprintWanted(next(known for known in REPRINT if known == reason)))
