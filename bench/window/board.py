"""What the bench window knows at a moment: the hall's devices, the terminal's own word, the platform's.

The terminal is known by its control socket alone, as a technician knows it; the platform by what it has.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.hall import Hall
from bench.hands import NOBODY, PHOTO, SOMEBODY_ELSE, Hands
from central_platform import records
from kiosk.terminal.control import NoTerminal, ask


@dataclass(frozen=True)
class Terminal:
    """What the terminal says of itself; `reach` is "unknown" while it has not asked the platform."""

    step: str
    session_pid: int
    warm: bool
    """Whether a fresh session waits beneath."""
    reach: str
    kept: int
    devices: dict[str, str] = field(default_factory=dict)
    """The state of each device as the terminal knows it."""


@dataclass(frozen=True)
class Board:
    """One look at everything."""

    on_reader: str = ""
    before_camera: str = ""
    cut: bool = False
    unplugged: frozenset[str] = frozenset()
    cover_open: bool = False
    paper: str = "full"
    """full, near_end or out."""
    terminal: Terminal | None = None
    """None while none answers: it starts, or starts again."""
    received: int = 0
    last_filing_no: str = ""
    slips: tuple[Path, ...] = ()
    """Pictures of the slips cut so far."""


async def look(hall: Hall, hands: Hands, before: Board) -> Board:
    """Look at the hall now; `before` saves drawing a slip twice."""
    numbers = await asyncio.to_thread(records.filing_numbers, hall.platform_dir)
    printer = hall.printer
    return Board(
        on_reader="" if hands.on_reader is None else hands.person(hands.on_reader).name,
        before_camera=_who(hands),
        cut=hall.cable.is_cut,
        unplugged=frozenset(hands.unplugged),
        cover_open=printer.cover_open,
        paper="out" if printer.paper_out else "near_end" if printer.near_end else "full",
        terminal=await _terminal(hall),
        received=len(numbers),
        last_filing_no=max(numbers.values(), default=""),
        slips=await asyncio.to_thread(_slips, hall, before.slips),
    )


def newest_form(platform_dir: Path) -> list[tuple[str, str]]:
    """The form of the newest application as the platform decrypts it: labels and values. Empty for none."""
    ids = records.all_ids(platform_dir)
    if not ids:
        return []
    record = records.decrypted(platform_dir, ids[-1])
    return [(line["label_zh"], line["value"]) for line in record["form"]["lines"]]


async def _terminal(hall: Hall) -> Terminal | None:
    try:
        status = await asyncio.to_thread(ask, hall.runtime_dir, "status")
    except NoTerminal:
        return None
    seats = {seat["state"]: seat for seat in status["sessions"]}
    visible: dict[str, Any] = seats.get("visible", {})
    return Terminal(
        step=visible.get("step") or "",
        session_pid=visible.get("pid", 0),
        warm="standby" in seats,
        reach=status["reach"],
        kept=status["queue"]["kept"],
        devices={name: health["state"] for name, health in status["devices"].items()},
    )


def _who(hands: Hands) -> str:
    shown = hands.before_camera
    if shown == NOBODY:
        return ""
    if shown == SOMEBODY_ELSE:
        return "别人 · somebody else"
    role = shown.removeprefix(PHOTO)
    name = hands.person(role).name
    return f"{name} 的照片 · a photo" if shown.startswith(PHOTO) else name


def _slips(hall: Hall, known: tuple[Path, ...]) -> tuple[Path, ...]:
    slips = [slip for slip in list(hall.printer.slips) if not slip.blank]
    drawn = list(known)
    for number, slip in enumerate(slips[len(known) :], start=len(known) + 1):
        path = hall.folder / f"slip-{number:02d}.png"
        slip.picture().convert("L").save(path)  # greys, so that it can be shown smaller
        drawn.append(path)
    return tuple(drawn)
