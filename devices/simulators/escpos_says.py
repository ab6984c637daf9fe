"""What a receipt printer says of itself, as the manual writes it: bytes for how it stands. Pure.

Source: ESC/POS command reference, `DLE EOT`, `GS r`, `GS a`; Custom's commands manual, full status.
"""

from __future__ import annotations

from dataclasses import dataclass

CLEARED = b"\x37\x25\x00"
"""The answer to `DLE DC4` fn 8."""

_STATUS = 0x12
_DRAWER, _OFFLINE = 0x04, 0x08
_COVER, _PAPER_STOP, _ERROR = 0x04, 0x20, 0x40
_CUTTER, _UNRECOVERABLE = 0x08, 0x20
_NEAR_END, _PAPER_END = 0x0C, 0x60


@dataclass(frozen=True)
class Standing:
    """How a printer is."""

    cover_open: bool
    paper_out: bool
    near_end: bool
    knife_stuck: bool
    unrecoverable: bool
    slip_in_mouth: bool
    paused: bool = False
    """Off line by its own key; it says no more than that."""

    @property
    def stopped(self) -> bool:
        """Whether nothing moves until somebody helps."""
        return self.cover_open or self.paper_out or self.unrecoverable or self.knife_stuck or self.paused


def to_dle_eot(n: int, now: Standing) -> bytes:
    """The answer to `DLE EOT n`, 1 to 4."""
    bits = {
        1: _DRAWER | (_OFFLINE if now.stopped else 0),
        2: (_COVER if now.cover_open else 0)
        | (_PAPER_STOP if now.paper_out else 0)
        | (_ERROR if now.knife_stuck or now.unrecoverable else 0),
        3: (_CUTTER if now.knife_stuck else 0) | (_UNRECOVERABLE if now.unrecoverable else 0),
        4: (_NEAR_END if now.near_end or now.paper_out else 0) | (_PAPER_END if now.paper_out else 0),
    }
    return bytes((_STATUS | bits[n],))


def to_gs_r(now: Standing) -> bytes:
    """The answer to `GS r 1`."""
    return bytes((0x03 if now.near_end else 0,))


def by_itself(now: Standing) -> bytes:
    """The four bytes sent after `GS a`."""
    return bytes(
        (
            0x14 | (_OFFLINE if now.stopped else 0) | (0x20 if now.cover_open else 0),
            (_CUTTER if now.knife_stuck else 0) | (_UNRECOVERABLE if now.unrecoverable else 0),
            (0x0C if now.paper_out else 0) | (0x03 if now.near_end or now.paper_out else 0),
            0x0F,
        )
    )


def in_full(now: Standing) -> bytes:
    """Custom's answer to `DLE EOT 20`."""
    paper = (0x01 if now.paper_out else 0) | (0x04 if now.near_end else 0)
    return bytes(
        (
            *b"\x10\x0f",
            paper | (0x20 if now.slip_in_mouth else 0),
            0x02 if now.cover_open else 0,
            0,
            (0x01 if now.knife_stuck else 0) | (0x04 if now.unrecoverable else 0),
        )
    )
