"""Before anybody is known: welcome, and the page of a matter."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from config.item import DOCUMENT, Elsewhere, Equals, Item, Material
from config.item_basics import Basis
from kiosk.finding.asking import told
from kiosk.finding.browsing import offered
from kiosk.session.ability import ability
from kiosk.session.events import Begin, FindWanted, MatterChosen, PrintGuide
from kiosk.session.hall import Hall, Obstacle, Reservation
from kiosk.session.stages import MatterPage, Standby, Welcome
from kiosk.session.words_of_form import day_label
from ui.models.base import Desk, ScreenModel
from ui.models.finding import kind_rows, post_kind
from ui.models.rows import ChoiceRow, LineRow
from ui.properties import Property
from ui.sentences import OBSTACLE, RESERVATION

QML_IMPORT_NAME = "Hall.Models"
QML_IMPORT_MAJOR_VERSION = 1

BROUGHT = {"chip", "scan"}
"""Ways to obtain a material for which a person has it in hand."""


@QmlElement
class WelcomeModel(ScreenModel):
    """Choose a matter. Also what the standby shows beneath, before it knows anything of its devices."""

    FOLLOWED = ("well", "outages")

    probed = Signal()

    def __init__(self, desk: Desk, hall: Hall, stage: Welcome | Standby) -> None:
        super().__init__(desk, hall)
        self.stage = stage

    @Property("QVariantList", constant=True)
    def matters(self) -> list[QObject]:
        """`ChoiceRow` for each matter of this terminal, what is used most first."""
        here = sorted(offered(self.hall.items), key=lambda item: -self.hall.uses.get(item.id, 0))
        return [
            ChoiceRow(item.id, self.text(item.title), self.text(item.name), chosen=False, parent=self)
            for item in here
        ]

    @Property("QVariantList", constant=True)
    def kinds(self) -> list[QObject]:
        """`ChoiceRow` for each way to browse."""
        return kind_rows(self)

    @Property(str, constant=True)
    def kept_no(self) -> str:
        """Terminal serial of the application whose screen died after the commit; empty when none did."""
        return self.stage.kept_local_no or "" if isinstance(self.stage, Welcome) else ""

    @Property(bool, constant=True)
    def reader_missing(self) -> bool:
        """Whether the probes say that no card can be read. The standby has not probed."""
        return isinstance(self.stage, Welcome) and self.hall.reader_usable is False

    def follow(self, newer: ScreenModel) -> None:
        """Say what works by now; the matters stay as they are, beneath a finger."""
        if isinstance(newer, WelcomeModel):
            self.hall, self.stage = newer.hall, newer.stage
            self.probed.emit()

    @Property(str, notify=probed)
    def well(self) -> str:
        """That everything works, once everything has said so; else empty."""
        hall = self.hall
        works = hall.reader_usable and hall.printer_usable and hall.reach == "online"
        return self.say("读卡、打印、联网都正常。") if works and isinstance(self.stage, Welcome) else ""

    @Property("QStringList", notify=probed)
    def outages(self) -> list[str]:
        """What will be different today, whatever is chosen; the reader has a notice of its own."""
        offline = self.say("网络暂时不通：有的事要等联网才能办，点开就能看到。")
        found = (
            (self.hall.reach == "offline", offline),
            (self.hall.printer_usable is False, self.say(RESERVATION[Reservation.NO_SLIP])),
        )
        return [said for out, said in found if out and isinstance(self.stage, Welcome)]

    @Slot(str)
    def choose(self, item_id: str) -> None:
        """Touch on a matter."""
        self.desk.post(MatterChosen(item_id))

    @Slot()
    def find(self) -> None:
        """Touch on "find"."""
        self.desk.post(FindWanted())

    @Slot(str)
    def browse(self, kind: str) -> None:
        """Touch on a way to browse."""
        post_kind(self.desk, kind)


@QmlElement
class MatterModel(ScreenModel):
    """What you need, how long, what it costs, and whether this terminal can finish it now."""

    def __init__(self, desk: Desk, hall: Hall, stage: MatterPage) -> None:
        super().__init__(desk, hall)
        self._item: Item = stage.item
        self._ability = ability(stage.item, hall)

    @Property(str, constant=True)
    def title(self) -> str:
        """What a person would call it."""
        return self.text(self._item.title)

    @Property(str, constant=True)
    def name(self) -> str:
        """The official name."""
        return self.text(self._item.name)

    @Property(str, constant=True)
    def summary(self) -> str:
        """What it is, in a sentence or two."""
        return self.text(self._item.summary)

    @Property(bool, constant=True)
    def possible(self) -> bool:
        """Whether this terminal can finish the matter now."""
        return self._ability.obstacle is None

    @Property(str, constant=True)
    def obstacle(self) -> str:
        """Why not; empty when it can."""
        obstacle = self._ability.obstacle
        if obstacle is None:
            return ""
        why = self.say(OBSTACLE[obstacle])
        reason = self._item.offline.reason
        if obstacle is Obstacle.OFFLINE_FORBIDDEN and reason is not None:
            return f"{why}\n{self.text(reason)}"
        return why

    @Property(str, constant=True)
    def open_way(self) -> str:
        """Where the matter can be done when this terminal cannot: window, hours, telephone."""
        return self.where_to_go(self._item.office)

    @Property("QStringList", constant=True)
    def reservations(self) -> list[str]:
        """What will be different though the matter can be finished."""
        return [self.say(RESERVATION[reservation]) for reservation in self._ability.reservations]

    @Property("QVariantList", constant=True)
    def facts(self) -> list[QObject]:
        """`LineRow` for what a person wants to know before starting."""
        bring, leave = self._materials()
        need = [(self.say("要带来"), "\n".join(bring))]
        if leave:
            need.append((self.say("不用带"), "\n".join(leave)))
        about = (
            (self.say("要多久"), self._time()),
            (self.say("费用"), self._fee()),
            (self.say("要本人来吗"), self.text(told("in_person", self._item).text)),
            (self.say("谁来办"), self.open_way),
        )
        others = tuple((self.text(each.holders), self._elsewhere(each)) for each in self._item.elsewhere)
        # Whoever reads English has another document more often than not: theirs comes first.
        english = self.desk.words.language == "en"
        signers = self._signers()
        needs = (*need, *(((self.say("还有谁要签名"), signers),) if signers else ()))
        lines = (*needs, *others, *about) if english else (*needs, *about, *others)
        return [LineRow("", label, value, self) for label, value in lines]

    @Property("QStringList", constant=True)
    def good_to_know(self) -> list[str]:
        """What saves a second way."""
        return [self.text(text) for text in self._item.good_to_know]

    def _materials(self) -> tuple[list[str], list[str]]:
        """What has to be brought, and what need not; documents that can stand for each other share a line."""
        documents = [
            material
            for material in self._item.materials
            if isinstance(material.relevant, Equals) and material.relevant.field == DOCUMENT
        ]
        others = [each for each in self._item.materials if each not in documents]
        bring = [self._material(each) for each in others if each.obtained in BROUGHT]
        if documents:
            names = self.say("，或").join(self.text(material.name) for material in documents)
            bring.insert(0, self.say("%1（放在读卡器上即可）", names))
        return bring, [self._material(each) for each in others if each.obtained not in BROUGHT]

    def _signers(self) -> str:
        """Whoever else signs, one line each, so that they come along or nobody waits for them."""
        return "\n".join(
            self.say(
                "%1（带自己的身份证来，也可以以后签）"
                if party.signs == "here_or_later"
                else "%1（不用来，以后签）",
                self.text(party.name),
            )
            if party.relevant is None
            else self.say("视情况：%1", self.text(party.name))
            for party in self._item.parties
        )

    def _elsewhere(self, elsewhere: Elsewhere) -> str:
        """Why whoever has another document goes to a counter, and to which."""
        why = self.text(elsewhere.window.why)
        return why if elsewhere.office is None else f"{why}\n{self.where_to_go(elsewhere.office)}"

    def _material(self, material: Material) -> str:
        how = {
            "chip": "%1（放在读卡器上即可）",
            "generated": "%1（本机生成）",
            "e_licence": "%1（调用电子证照）",
            "scan": "%1（请带原件）",
            "data_sharing": "%1（联网核对）",
            "commitment": "%1（签一份承诺）",
        }[material.obtained]
        line = self.say(how, self.text(material.name))
        return line if material.relevant is None else self.say("视情况：%1", line)

    def _time(self) -> str:
        time = self._item.time
        line = (
            self.say("受理后 %1 个工作日内", time.promised_days) if time.promised_days else self.say("当场办")
        )
        day = self.hall.working_days.promised_by(time, self.hall.today) if time.promised_days else None
        if day is not None:
            line += self.say("：今天受理的，最晚 %1", day_label(day, self.desk.words.language))
        noted = line if time.note is None else f"{line}\n{self.text(time.note)}"
        return self._checked(noted, time.basis)

    def _fee(self) -> str:
        yuan = self._item.fee.yuan
        line = self.say("%1 元", f"{yuan:g}") if yuan else self.say("不收费")
        return self._checked(line, self._item.fee.basis)

    def _checked(self, line: str, basis: Basis) -> str:
        return line if basis.verified else f"{line}{self.say('（尚未核实，以窗口答复为准）')}"

    @Slot()
    def begin(self) -> None:
        """Touch on "Begin"."""
        self.desk.post(Begin())

    @Slot()
    def print_it(self) -> None:
        """Touch on "print this guide"."""
        self.desk.post(PrintGuide())
