"""What Qt says on its own, on its way to the log."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import qInstallMessageHandler, qWarning
from structlog.testing import capture_logs

from ui.qt_messages import MOST_WARNINGS, each_once, install


@pytest.fixture
def listening() -> Iterator[None]:
    before = qInstallMessageHandler(None)
    install()
    yield
    qInstallMessageHandler(before)


def test_a_warning_of_every_frame_is_logged_once_without_what_stands_on_screen(listening: None) -> None:
    del listening
    with capture_logs() as log:
        for number in (1234, 5678):
            qWarning(f"cannot assign 周一禾 {number}")
        qWarning("cannot anchor")
    assert [entry["reason"] for entry in log] == ["cannot assign *** ****", "cannot anchor"]


def test_however_many_things_are_wrong_the_log_has_room_for_others() -> None:
    said: list[tuple[str, str]] = []
    say = each_once(lambda place, reason: said.append((place, reason)))
    for number in range(10 * MOST_WARNINGS):
        say(f"Page.qml:{number}", "again")
        say("Page.qml:0", "again")
    assert said == [(f"Page.qml:{number}", "again") for number in range(MOST_WARNINGS)]
