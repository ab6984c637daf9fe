"""What the gallery shows where a component needs a person: an invented one, in a matter that ships."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter

from config.item import DateQuestion
from devices.contracts.id_cards import ResidentCard, Sex
from kiosk.session.hall import Hall
from kiosk.session.helping import CallState, Cause
from kiosk.session.stages import Journey, QuestionStep, Session
from ui.models.base import Desk
from ui.models.question_picked import DayModel
from ui.shell import ShellModel

_PAGE = (210, 297)
"""Pixels of a small A4 page."""


def shells(desk: Desk, session: Session) -> dict[str, ShellModel]:
    """What stands around a screen by what has come: nothing, a call's answer, help, the visit's end."""
    told: dict[str, CallState] = {"told": "told", "not_told": "not_told"}
    sessions = {
        "plain": session,
        **{name: replace(session, call=state) for name, state in told.items()},
        "offered": replace(session, offer=Cause.MISSED),
        "ends": replace(session, ends_in_min=5),
    }
    return {name: ShellModel(desk, each) for name, each in sessions.items()}


def day(desk: Desk, hall: Hall) -> DayModel:
    """A day that is picked, of the first matter that asks for one."""
    item, asked = next(
        (item, asked) for item in hall.items for asked in item.questions if isinstance(asked, DateQuestion)
    )
    card = ResidentCard(
        name="A. N. Other",
        sex=Sex.FEMALE,
        ethnicity=None,
        birth=date(1990, 3, 7),
        address="",
        id_number="110101199003070011",
        authority="",
        valid_from=date(2016, 5, 1),
        valid_to=date(2036, 5, 1),
        long_term=False,
        photo=b"",
    )
    journey = Journey(item, card, answers={asked.id: "2009-03-07"})
    return DayModel(desk, hall, journey, QuestionStep(asked.id))


def page() -> QImage:
    """A page with lines on it, and nothing to read."""
    image = QImage(*_PAGE, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    pen = QPainter(image)
    for line in range(14):
        pen.fillRect(QRect(24, 36 + 16 * line, 90 + line * 37 % 70, 5), Qt.GlobalColor.darkGray)
    pen.end()
    return image
