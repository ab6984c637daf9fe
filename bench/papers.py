"""Papers that a person can lay under the document camera, and the table as the camera sees it."""

from __future__ import annotations

import functools

from cv2.typing import MatLike

from devices.simulators.paper import Sheet, render
from devices.simulators.paper_photo import Scene, Table, photograph

PAPERS = tuple(sheet.value for sheet in Sheet)

_TABLE = Scene(Table.WOOD, size=(1200, 1600), turn_deg=2.0, lamp=(0.06, 0.04))
_BARE = Scene(Table.WOOD, size=(1200, 1600), shift_mm=(3000.0, 0.0), lamp=(0.06, 0.04))
_CLOSE = Scene(Table.WOOD, size=(1200, 1600), px_per_mm=9.0, turn_deg=-2.0, lamp=(0.06, 0.04))
"""For a card the camera is zoomed in: it sees a quarter of the table."""


@functools.cache
def seen_on_table(paper: str | None) -> MatLike:
    """What the camera sees with this one of `PAPERS` on the table, or with nothing on it."""
    if paper is None:
        return photograph(render(Sheet.BLANK), _BARE).picture
    sheet = Sheet(paper)
    card = sheet in {Sheet.CARD_FRONT, Sheet.CARD_BACK}
    return photograph(render(sheet), _CLOSE if card else _TABLE).picture
