"""What the bench window shows and takes; every touch becomes a deed in the hall."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtCore import QObject, QUrl, Signal, Slot
from PySide6.QtQml import QmlElement

from bench.cast import CAST
from bench.hall import GUIDE, Hall
from bench.hands import DEVICES, NOBODY, SOMEBODY_ELSE, Hands
from bench.window.board import Board, newest_form
from bench.window.hall_thread import Deed
from bench.window.rows import FieldRow, PersonRow
from ui.properties import Property

QML_IMPORT_NAME = "Bench.Models"
QML_IMPORT_MAJOR_VERSION = 1

REACH: Mapping[str, str] = {"online": "联网 online", "offline": "断网 offline", "unknown": "未知 unknown"}

DONE: Mapping[str, str] = {
    "network cut": "网络切断了 · Network cut",
    "network heal": "网络接通了 · Network healed",
    "network lose_next_answer": "下一份申请的回执会丢 · The next answer will be lost",
    "printer cover_open": "打印机盖子开了 · Cover open",
    "printer cover_closed": "打印机盖子合上了 · Cover closed",
    "printer paper_out": "纸用完了 · Paper out",
    "printer near_end": "纸快完了 · Paper near its end",
    "printer refill": "换上了新纸 · New paper",
    **{f"unplug {device}": f"线拔掉了 · {device.capitalize()} unplugged" for device in DEVICES},
    **{f"plug {device}": f"线插上了 · {device.capitalize()} plugged in" for device in DEVICES},
}
"""What is said after each of `Hands.deeds`."""


@QmlElement
class BenchModel(QObject):
    """The whole window's model. `do` hands a deed to the hall's thread."""

    board_changed = Signal()
    selected_changed = Signal()
    said_changed = Signal()
    form_changed = Signal()
    decrypted = Signal(object)
    """Carries a form from the hall's thread to this one."""

    def __init__(self, do: Callable[[Deed], None], today: date) -> None:
        super().__init__()
        self._do = do
        self._board = Board()
        self._selected = next(iter(CAST))
        self._said = "终端正在启动 · The terminal is starting"
        self._form: list[QObject] = []
        self.decrypted.connect(self.take_form)
        self._people: list[QObject] = [
            PersonRow(name, role.made(today).name, role.label_zh, role.label_en, self)
            for name, role in CAST.items()
        ]

    # ---- from the hall -----------------------------------------------------------------------------------

    @Slot(object)
    def take_board(self, board: Board) -> None:
        """Show what the hall is like now."""
        if self._board.terminal is None and board.terminal is not None:
            self.take_said("终端已启动 · The terminal runs")
        if board != self._board:
            self._board = board
            self.board_changed.emit()

    @Slot(object)
    def take_said(self, said: str) -> None:
        """Show a line about what was done; nothing for an empty one."""
        if said:
            self._said = said
            self.said_changed.emit()

    @Slot(object)
    def take_form(self, form: list[tuple[str, str]]) -> None:
        """Show what the platform decrypted; an empty form hides it."""
        for row in self._form:
            row.deleteLater()
        self._form = [FieldRow(label, value, self) for label, value in form]
        self.form_changed.emit()

    # ---- people ------------------------------------------------------------------------------------------

    @Property("QVariantList", constant=True)
    def people(self) -> list[QObject]:
        """A `PersonRow` for each of the cast."""
        return self._people

    @Property(str, notify=selected_changed)
    def selected(self) -> str:
        """Whose card and face the buttons are about."""
        return self._selected

    @Property(str, notify=said_changed)
    def said(self) -> str:
        """What was done last."""
        return self._said

    @Property(str, notify=board_changed)
    def on_reader(self) -> str:
        """Whose card lies on the reader; empty for none."""
        return self._board.on_reader

    @Property(str, notify=board_changed)
    def before_camera(self) -> str:
        """Who stands before the camera; empty for nobody."""
        return self._board.before_camera

    @Slot(str)
    def select(self, role: str) -> None:
        """Choose a person."""
        self._selected = role
        self.selected_changed.emit()

    @Slot()
    def lay_card(self) -> None:
        """Lay the chosen person's card on the reader."""
        self._by_hand("放上了证件 · Card laid down", Hands.lay_card, self._selected)

    @Slot()
    def take_card(self) -> None:
        """Take the card off the reader."""
        self._by_hand("拿走了证件 · Card taken", Hands.take_card)

    @Slot()
    def pull_mid_read(self) -> None:
        """Lay the card down and pull it away while it is read."""
        role = self._selected

        async def deed(hall: Hall, hands: Hands) -> str:
            del hall
            if await asyncio.to_thread(hands.pull_card_mid_read, role):
                return "读到一半拿走了 · Pulled away mid-read"
            return "没有人读卡：请先走到放证那一页 · Nobody read it: go to the card page first"

        self._do(deed)

    @Slot()
    def show_face(self) -> None:
        """Let the chosen person stand before the camera."""
        self._by_hand("站到了镜头前 · Stands before the camera", Hands.show_face, self._selected)

    @Slot()
    def hold_up_photo(self) -> None:
        """Hold up a flat print of the chosen person's card photo."""
        self._by_hand("举起了照片 · A photo is held up", Hands.hold_up_photo_of, self._selected)

    @Slot()
    def somebody_else(self) -> None:
        """Let somebody else stand there."""
        self._by_hand("换成了别人 · Somebody else stands there", Hands.show_face, SOMEBODY_ELSE)

    @Slot()
    def nobody(self) -> None:
        """Let nobody stand there."""
        self._by_hand("镜头前没有人 · Nobody stands there", Hands.show_face, NOBODY)

    # ---- devices and network -----------------------------------------------------------------------------

    @Property(bool, notify=board_changed)
    def network_cut(self) -> bool:
        """Whether the cable to the platform is cut."""
        return self._board.cut

    @Property(bool, notify=board_changed)
    def reader_unplugged(self) -> bool:
        """Whether the reader's cable is pulled."""
        return "reader" in self._board.unplugged

    @Property(bool, notify=board_changed)
    def camera_unplugged(self) -> bool:
        """Whether the camera's cable is pulled."""
        return "camera" in self._board.unplugged

    @Property(bool, notify=board_changed)
    def printer_unplugged(self) -> bool:
        """Whether the printer's cable is pulled."""
        return "printer" in self._board.unplugged

    @Property(str, notify=board_changed)
    def reader_seen(self) -> str:
        """The reader's state as the terminal knows it."""
        return self._seen("id_reader")

    @Property(str, notify=board_changed)
    def camera_seen(self) -> str:
        """The camera's state as the terminal knows it."""
        return self._seen("camera")

    @Property(str, notify=board_changed)
    def printer_seen(self) -> str:
        """The printer's state as the terminal knows it."""
        return self._seen("printer")

    @Property(bool, notify=board_changed)
    def cover_open(self) -> bool:
        """Whether the printer's cover is open."""
        return self._board.cover_open

    @Property(str, notify=board_changed)
    def paper(self) -> str:
        """The roll: full, near_end or out."""
        return self._board.paper

    @Slot(str)
    def do_deed(self, name: str) -> None:
        """One of `Hands.deeds`."""

        async def deed(hall: Hall, hands: Hands) -> str:
            del hall
            await asyncio.to_thread(hands.deeds[name])
            return DONE[name]

        self._do(deed)

    # ---- terminal and platform ---------------------------------------------------------------------------

    @Property(bool, notify=board_changed)
    def running(self) -> bool:
        """Whether the terminal answers its control socket."""
        return self._board.terminal is not None

    @Property(str, notify=board_changed)
    def reach(self) -> str:
        """Whether the terminal reaches the platform, as it says itself."""
        terminal = self._board.terminal
        return "—" if terminal is None else REACH.get(terminal.reach, terminal.reach)

    @Property(str, notify=board_changed)
    def step(self) -> str:
        """The screen that the citizen sees, by its reported name."""
        terminal = self._board.terminal
        return "—" if terminal is None else terminal.step or "—"

    @Property(str, notify=board_changed)
    def session(self) -> str:
        """The process that the citizen stands before."""
        terminal = self._board.terminal
        return "—" if terminal is None or not terminal.session_pid else f"pid {terminal.session_pid}"

    @Property(str, notify=board_changed)
    def standby(self) -> str:
        """Whether a fresh session waits beneath."""
        terminal = self._board.terminal
        if terminal is None:
            return "—"
        return "有 warm" if terminal.warm else "准备中 warming"

    @Property(str, notify=board_changed)
    def kept(self) -> str:
        """How many applications wait in the queue."""
        terminal = self._board.terminal
        return "—" if terminal is None else str(terminal.kept)

    @Property(int, notify=board_changed)
    def received(self) -> int:
        """How many applications the platform has."""
        return self._board.received

    @Property(str, notify=board_changed)
    def last_filing_no(self) -> str:
        """The newest filing number."""
        return self._board.last_filing_no or "—"

    @Property("QVariantList", notify=form_changed)
    def form(self) -> list[QObject]:
        """A `FieldRow` for each line of the newest application, after `show_form`; empty while hidden."""
        return self._form

    @Property(str, constant=True)
    def guide(self) -> str:
        """The number and the PIN of the hall's guide."""
        return " / ".join(GUIDE)

    @Slot()
    def kill_session(self) -> None:
        """Kill the session that the citizen stands before."""

        async def deed(hall: Hall, hands: Hands) -> str:
            del hall
            if await hands.kill_session():
                return "会话已被杀死 · The session was killed"
            return "没有会话 · No session"

        self._do(deed)

    @Slot()
    def show_form(self) -> None:
        """Decrypt the newest application and show it."""

        async def deed(hall: Hall, hands: Hands) -> str:
            del hands
            form = await asyncio.to_thread(newest_form, hall.platform_dir)
            self.decrypted.emit(form)
            return "" if form else "平台还没有申请 · The platform has none yet"

        self._do(deed)

    @Slot()
    def hide_form(self) -> None:
        """Forget what was decrypted."""
        self.take_form([])

    # ---- the slip ----------------------------------------------------------------------------------------

    @Property(int, notify=board_changed)
    def slip_count(self) -> int:
        """How many slips came out."""
        return len(self._board.slips)

    @Property(str, notify=board_changed)
    def slip(self) -> str:
        """The newest slip's picture, a URL; empty for none."""
        slips = self._board.slips
        return QUrl.fromLocalFile(str(slips[-1])).toString() if slips else ""

    def _seen(self, device: str) -> str:
        terminal = self._board.terminal
        return "—" if terminal is None else terminal.devices.get(device, "—")

    def _by_hand(self, said: str, do: Callable[..., None], *parts: str) -> None:
        async def deed(hall: Hall, hands: Hands) -> str:
            del hall
            await asyncio.to_thread(do, hands, *parts)
            return said

        self._do(deed)
