"""A day or an address that is picked level by level: what can be touched, where one is, and the way up."""

from __future__ import annotations

from datetime import date
from typing import Final

from PySide6.QtCore import QObject, Slot
from PySide6.QtQml import QmlElement

from config.item import AddressQuestion, DateQuestion
from config.regions import Region, above, regions
from kiosk.session import addresses, days
from kiosk.session.events import Answered, Narrowed
from kiosk.session.hall import Hall
from kiosk.session.known import question
from kiosk.session.picking import place_in
from kiosk.session.stages import Journey, QuestionStep
from kiosk.session.words_of_form import day_label
from ui.models.base import Desk
from ui.models.question import QuestionModel
from ui.models.rows import ChoiceRow
from ui.properties import Property

QML_IMPORT_NAME = "Hall.Models"
QML_IMPORT_MAJOR_VERSION = 1

WEEKDAYS: Final = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")
SHORT_WEEKDAYS: Final = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
MONTHS: Final = ("1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月")
OTHER: Final = ("换省份", "换城市", "换区县", "换街道")
_DAY: Final = len("YYYY-MM-DD")
_MONTH: Final = len("YYYY-MM")


@QmlElement
class CellRow(QObject):
    """One of the cells that can be touched, or could be in another month."""

    def __init__(
        self, place: str, label: str, spoken: str, *, usable: bool, chosen: bool, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._place, self._label, self._spoken = place, label, spoken
        self._usable, self._chosen = usable, chosen

    @Property(str, constant=True)
    def place(self) -> str:
        """What is sent when it is touched."""
        return self._place

    @Property(str, constant=True)
    def label(self) -> str:
        """What stands in it."""
        return self._label

    @Property(str, constant=True)
    def spoken(self) -> str:
        """What it is by itself, for whoever does not see where it stands."""
        return self._spoken

    @Property(bool, constant=True)
    def usable(self) -> bool:
        """Whether the question allows it."""
        return self._usable

    @Property(bool, constant=True)
    def chosen(self) -> bool:
        """Whether it is the answer so far."""
        return self._chosen


@QmlElement
class DayModel(QuestionModel):
    """A day: its decade, year, month, and then the day itself on a calendar."""

    def __init__(self, desk: Desk, hall: Hall, journey: Journey, step: QuestionStep) -> None:
        super().__init__(desk, hall, journey, step)
        if not isinstance(self._question, DateQuestion):
            raise TypeError(f"{self._question.id}: no day")
        self._bounds = days.bounds_of(self._question, self._around)
        self._place = place_in(journey, step, self._question, hall.today)

    @Property(str, constant=True)
    def level(self) -> str:
        """What is picked now: `decade`, `year`, `month` or `day`."""
        return days.level(self._place, self._bounds)

    @Property(str, constant=True)
    def guidance(self) -> str:
        """What to touch now."""
        match days.level(self._place, self._bounds):
            case "decade":
                return self.say("先点年代，再点年、月、日")
            case "year":
                return self.say("请点年份")
            case "month":
                return self.say("请点月份")
            case "day":
                return self.say("请点日子")

    @Property("QVariantList", constant=True)
    def cells(self) -> list[QObject]:
        """`CellRow` for everything on this page."""
        return [self._cell(cell) for cell in days.cells(self._place, self._bounds)]

    @Property(int, constant=True)
    def blanks(self) -> int:
        """Empty places before the first day, so that it stands beneath its weekday."""
        return days.weekday_of_first(self._place[:_MONTH]) if self.level == "day" else 0

    @Property("QStringList", constant=True)
    def weekdays(self) -> list[str]:
        """What stands above a calendar's columns."""
        return [self.say(name) for name in SHORT_WEEKDAYS]

    @Property(str, constant=True)
    def within(self) -> str:
        """Where one is: the decade, the year, or year and month; empty at the top."""
        place = self._place[:_MONTH]
        return "" if place == days.up(place, self._bounds) else self._named(place)

    @Property(str, constant=True)
    def upper_hint(self) -> str:
        """What touching `within` leads to."""
        match self.level:
            case "day":
                return self.say("换月份、年份")
            case "month":
                return self.say("换年份")
            case _:
                return self.say("换年代")

    @Property(bool, constant=True)
    def has_earlier(self) -> bool:
        """Whether a day of the month before can be picked."""
        return self._beside(-1) is not None

    @Property(bool, constant=True)
    def has_later(self) -> bool:
        """Whether a day of the month after can be picked."""
        return self._beside(1) is not None

    @Property(int, constant=True)
    def week(self) -> int:
        """In which week of the month the day is that was picked, or else the first that can be; from 0."""
        if self.level != "day":
            return 0
        first = next((cell.place for cell in days.cells(self._place, self._bounds) if cell.offered), "")
        day = int((self._place if self.picked else first)[-2:] or 1)
        return (self.blanks + day - 1) // len(WEEKDAYS)

    @Property(bool, constant=True)
    def picked(self) -> bool:
        """Whether a day has been picked."""
        return len(self._place) == _DAY

    @Property(str, constant=True)
    def in_words(self) -> str:
        """The day that was picked, with its weekday."""
        if not self.picked:
            return self.say("还没有点日子")
        day = date.fromisoformat(self._place)
        return self.say("%1，%2", day_label(day, self.desk.words.language), self.say(WEEKDAYS[day.weekday()]))

    def _beside(self, months: int) -> str | None:
        return days.beside(self._place, self._bounds, months) if self.level == "day" else None

    def _cell(self, cell: days.Cell) -> CellRow:
        label = str(int(cell.place[-2:])) if len(cell.place) == _DAY else self._named(cell.place, short=True)
        spoken = self._named(cell.place)
        chosen = cell.place == (self._place if self.picked else self._answer[: len(cell.place)] or None)
        return CellRow(cell.place, label, spoken, usable=cell.offered, chosen=chosen, parent=self)

    def _named(self, place: str, *, short: bool = False) -> str:
        if len(place) == _DAY:
            return day_label(date.fromisoformat(place), self.desk.words.language)
        if len(place) == _MONTH:
            month = self.say(MONTHS[int(place[-2:]) - 1])
            return month if short else self.say("%1年%2", place[:4], month)
        return (
            self.say("%1年", place)
            if len(place) == len("YYYY")
            else self.say("%1 到 %2", f"{place}0", f"{place}9")
        )

    @Slot(str)
    def narrow(self, place: str) -> None:
        """Touch on a cell."""
        self.desk.post(Narrowed(place))

    @Slot()
    def widen(self) -> None:
        """Touch on where one is: a level up."""
        self.desk.post(Narrowed(days.up(self._place, self._bounds)))

    @Slot(int)
    def leaf(self, months: int) -> None:
        """Touch on the month before or after."""
        place = self._beside(months)
        if place is not None:
            self.desk.post(Narrowed(place))

    @Slot()
    def confirm(self) -> None:
        """Touch on "continue" beneath the day in words."""
        self.desk.post(Answered(self._place))


@QmlElement
class AddressModel(QuestionModel):
    """An address: province, city, district and street are picked, then its end is typed."""

    def __init__(self, desk: Desk, hall: Hall, journey: Journey, step: QuestionStep) -> None:
        super().__init__(desk, hall, journey, step)
        if not isinstance(self._question, AddressQuestion):
            raise TypeError(f"{self._question.id}: no address")
        self._longest = self._question.max_length
        self._home = journey.item.area_code or ""
        self._place = place_in(journey, step, self._question, hall.today)

    @Property("QVariantList", constant=True)
    def path(self) -> list[QObject]:
        """`ChoiceRow` for every region one is in; touching one picks another in its place."""
        return [
            ChoiceRow(above(region.code), self._name(region), self.say(other), chosen=False, parent=self)
            for region, other in zip(regions().path(self._place), OTHER, strict=False)
        ]

    @Property("QVariantList", constant=True)
    def options(self) -> list[QObject]:
        """`ChoiceRow` for everything that lies beneath."""
        before = addresses.code_in(self._answer)
        return [
            ChoiceRow(
                region.code,
                self._name(region),
                region.name.zh if self.desk.words.language == "en" else "",
                chosen=before.startswith(region.code.rstrip("0")) and before != "",
                parent=self,
            )
            for region in regions().beneath(self._place, first=self._home)
        ]

    @Property(str, constant=True)
    def guidance(self) -> str:
        """What to touch now."""
        match len(regions().path(self._place)):
            case 0:
                return self.say("请点省份")
            case 1:
                return self.say("请点城市")
            case 2:
                return self.say("请点区、县")
            case _:
                return self.say("请点街道、乡镇")

    @Property(str, constant=True)
    def region(self) -> str:
        """All of it that was picked, in words."""
        return regions().full_name(self._place, self.desk.words.language)

    @Property(str, constant=True)
    def detail(self) -> str:
        """What was typed before."""
        return addresses.detail_in(self._answer) if self._answer.startswith(f"{self._place} ") else ""

    @Property(str, constant=True)
    def detail_help(self) -> str:
        """What is still to be typed, by how far picking led."""
        match len(regions().path(self._place)):
            case 1:
                return self.say("请接着写：城市、区县、街道、路名和门牌号")
            case 3:
                return self.say("请接着写：街道、路名和门牌号")
            case _:
                return self.say("请接着写：路名、小区、门牌号")

    @Property(int, constant=True)
    def longest(self) -> int:
        """How many characters may be typed."""
        return self._longest

    @Slot(str)
    def narrow(self, place: str) -> None:
        """Touch on a region."""
        self.desk.post(Narrowed(place))

    @Slot()
    def widen(self) -> None:
        """Touch on "another place": the last level anew."""
        self.desk.post(Narrowed(above(self._place)))

    @Slot(str)
    def finish(self, detail: str) -> None:
        """Answer with what was picked and typed."""
        self.desk.post(Answered(f"{self._place} {detail.strip()}"))

    def _name(self, region: Region) -> str:
        return region.name(self.desk.words.language)


def question_model(desk: Desk, hall: Hall, journey: Journey, step: QuestionStep) -> QuestionModel:
    """The model of a question, by its kind."""
    match question(journey.item, step.question_id):
        case DateQuestion():
            return DayModel(desk, hall, journey, step)
        case AddressQuestion():
            return AddressModel(desk, hall, journey, step)
        case _:
            return QuestionModel(desk, hall, journey, step)
