"""What ESC/POS bytes put on paper, at once and without a printer: for pictures of slips.

Source: ESC/POS command reference.
"""

from __future__ import annotations

from devices.simulators.escpos_commands import CutPaper, read_command
from devices.simulators.escpos_picture import Blank, Printed
from devices.simulators.escpos_printer import KNIFE_DOTS, Slip
from devices.simulators.escpos_typesetter import Typesetter


class _End(Exception):
    """The bytes end here, perhaps inside a command."""


def on_paper(data: bytes, width_dots: int) -> tuple[Slip, ...]:
    """The pieces that `data` makes, the last one also if it is not cut off; without any ink, none."""
    typesetter = Typesetter(width_dots)
    pieces: list[Slip] = []
    printed: list[Printed] = [Blank(KNIFE_DOTS)]
    at = begun = 0

    def take(count: int) -> bytes:
        nonlocal at
        if at + count > len(data):
            raise _End
        at += count
        return data[at - count : at]

    while True:
        try:
            command = read_command(take, chinese=typesetter.chinese)
        except _End:
            break
        if not isinstance(command, CutPaper):
            printed += typesetter.set(command)
            continue
        printed.append(Blank(command.extra_dots))
        pieces.append(Slip(data[begun:at], tuple(printed), width_dots))
        printed, begun = [Blank(KNIFE_DOTS)], at
    pieces.append(Slip(data[begun:], tuple(printed), width_dots))
    return tuple(piece for piece in pieces if not piece.blank)
