"""What the gallery's components show: the matters that ship, and a hall that says it is a sample."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QColor, QImage
from PySide6.QtQml import QmlElement

from kiosk.session.stages import Session
from kiosk.session.verification import Way
from ui.models.base import ScreenModel
from ui.models.entry import WelcomeModel
from ui.models.question_picked import DayModel
from ui.models.rows import WayRow
from ui.properties import Property
from ui.sentences import WAY
from ui.shell import ShellModel

QML_IMPORT_NAME = "Hall.Models"
QML_IMPORT_MAJOR_VERSION = 1

SHOWN = 3
"""Matters in the list."""

COLOURS = (
    "paper", "panel", "surface", "tint", "off", "warnPaper", "accent", "accentPressed", "rule",
    "warnRule", "quietInk", "warnInk", "drawnLine", "drawnSkin", "drawnWarm", "drawnSoft", "drawnHair",
)  # fmt: skip
"""Names of `Theme`."""

LEGIBLE = 4.5
"""Contrast above which a caption can be read."""

LINEAR = 0.04045
"""Of sRGB: below it, a value is proportional to light."""


@QmlElement
class GalleryModel(ScreenModel):
    """One model for every sheet."""

    def __init__(
        self,
        session: Session,
        welcome: WelcomeModel,
        shells: Mapping[str, ShellModel],
        day: DayModel,
        page: QImage,
    ) -> None:
        super().__init__(welcome.desk, session.hall)
        self._welcome, self._shells, self._day, self._page = welcome, shells, day, page

    @Property(ShellModel, constant=True)
    def shell(self) -> ShellModel:
        """Header and footer."""
        return self._shells["plain"]

    @Property(ShellModel, constant=True)
    def told(self) -> ShellModel:
        """The same, after a guide was called."""
        return self._shells["told"]

    @Property(ShellModel, constant=True)
    def not_told(self) -> ShellModel:
        """The same, after a call that nobody heard."""
        return self._shells["not_told"]

    @Property(ShellModel, constant=True)
    def offered(self) -> ShellModel:
        """The same, with help offered."""
        return self._shells["offered"]

    @Property(ShellModel, constant=True)
    def ends(self) -> ShellModel:
        """The same, shortly before a visit's end."""
        return self._shells["ends"]

    @Property(DayModel, constant=True)
    def day(self) -> DayModel:
        """A month with a day picked."""
        return self._day

    @Property(QImage, constant=True)
    def page(self) -> QImage:
        """A page that was taken."""
        return self._page

    @Property("QVariantList", constant=True)
    def matters(self) -> list[QObject]:
        """`ChoiceRow` for some matters that ship."""
        return self._welcome.matters[:SHOWN]

    @Property("QVariantList", constant=True)
    def ways(self) -> list[QObject]:
        """`WayRow` for each way to be verified; one cannot be used."""
        return [
            WayRow(way.value, self.say(words), usable=way is not Way.FINGERPRINT, parent=self)
            for way, words in WAY.items()
        ]

    @Property(str, constant=True)
    def office(self) -> str:
        """Where to go for the first matter."""
        return self.where_to_go(self.hall.items[0].office)

    @Property("QStringList", constant=True)
    def colours(self) -> list[str]:
        """Names of the colours there are."""
        return list(COLOURS)

    @Slot(QColor, QColor, result=str)
    def contrast(self, one: QColor, other: QColor) -> str:
        """Give the contrast of two colours, as WCAG reckons it, and the first one's value."""
        return f"{one.name().upper()}  {contrast(one, other):.1f}"

    @Slot(QColor, QColor, QColor, result=QColor)
    def readable(self, ground: QColor, dark: QColor, light: QColor) -> QColor:
        """Give that of two colours that can be read on `ground`."""
        return dark if contrast(ground, dark) >= LEGIBLE else light


def contrast(one: QColor, other: QColor) -> float:
    """Give the contrast of two colours, 1 … 21 (WCAG 2.2, contrast ratio)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: QColor) -> float:
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    linear = [part / 12.92 if part <= LINEAR else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
