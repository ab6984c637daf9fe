"""What a trace keeps of a receipt printer's cable: commands about the printer, and its answers to them.

Everything that becomes ink is content, and withheld. What the printer says is shown only as the answer to a
question that was asked, and only if it has the answer's bits: bytes that nobody asked for may come from
something that is no printer.

Source: ESC/POS command reference; Custom VKP80III manual (full status).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from typing import Final

from devices.blackbox.redaction import UNKNOWN_BYTES, Redactor, Words
from devices.blackbox.trace import Item, Shown, Way, Withheld

_Fits = Callable[[bytes], bool | None]
"""Whether bytes are an answer: True, False, or None for "may become one"."""

_UNANSWERED: Final = 8
"""Questions that may wait for an answer; of more the oldest is forgotten, and its answer not shown."""


_KIND: Final = 0b1001_0011
_REAL_TIME: Final = 0b0001_0010
_AUTOMATIC_STATUS: Final = 0b0001_0000


def _real_time(data: bytes) -> bool:
    """`0xx1xx10`."""
    return data[0] & _KIND == _REAL_TIME


def _in_order(data: bytes) -> bool:
    return data[0] in {0x00, 0x03, 0x0C, 0x0F}


def _constant(answer: bytes) -> _Fits:
    def fits(data: bytes) -> bool | None:
        return True if data == answer else (None if answer.startswith(data) else False)

    return fits


_FULL_STATUS_BITS: Final = (0x65, 0x03, 0xE9, 0x8F)
_FULL_STATUS_HEAD: Final = b"\x10\x0f"


def _full_status(data: bytes) -> bool | None:
    head, states = data[:2], data[2:]
    if not _FULL_STATUS_HEAD.startswith(head):
        return False
    if any(state & ~known for state, known in zip(states, _FULL_STATUS_BITS, strict=False)):
        return False
    return True if len(states) == len(_FULL_STATUS_BITS) else None


def _automatic(data: bytes) -> bool | None:
    """ASB: `0xx1xx00`, then three times `0xx0xxxx`."""
    if data[0] & _KIND != _AUTOMATIC_STATUS or any(byte & 0b1001_0000 for byte in data[1:]):
        return False
    return True if len(data) == 4 else None  # noqa: PLR2004 - bytes of an automatic status


CLEAR: Final = bytes.fromhex("10140801031401060208")

QUESTIONS: Final[Mapping[bytes, _Fits]] = {
    **{bytes((0x10, 0x04, n)): _real_time for n in (1, 2, 3, 4)},
    b"\x10\x04\x14": _full_status,
    b"\x1dr\x01": _in_order,
    b"\x1dr\x31": _in_order,
    b"\x1bv": _in_order,
    CLEAR: _constant(b"\x37\x25\x00"),
}
"""Word and what its answer looks like."""

_AUTOMATIC: Final = {b"\x1da" + bytes((n,)): n for n in range(256)}

ORDERS: Final = (
    b"\x1b@", b"\x10\x05\x01", b"\x10\x05\x02", b"\x1dV\x00", b"\x1dV\x01", b"\x1dV0", b"\x1dV1",
    *(b"\x1dV" + kind + bytes((feed,)) for kind in (b"A", b"B") for feed in range(256)),
)  # fmt: skip
"""Initialise, recover, cut: nothing of them is on paper."""


class _Asked:
    """What the printer has been asked and has not answered."""

    def __init__(self) -> None:
        self.waiting: deque[_Fits] = deque(maxlen=_UNANSWERED)
        self.automatic = False


class ToPrinter:
    """What the terminal sends."""

    def __init__(self, asked: _Asked) -> None:
        self._words = Words((*QUESTIONS, *_AUTOMATIC, *ORDERS), "content")
        self._asked = asked

    def feed(self, data: bytes) -> list[Item]:
        """See `Redactor`."""
        return self._noted(self._words.feed(data))

    def flush(self) -> list[Item]:
        """See `Redactor`."""
        return self._noted(self._words.flush())

    def _noted(self, items: list[Item]) -> list[Item]:
        for item in items:
            if isinstance(item, Shown):
                if (fits := QUESTIONS.get(item.data)) is not None:
                    self._asked.waiting.append(fits)
                elif item.data in _AUTOMATIC:
                    self._asked.automatic = bool(_AUTOMATIC[item.data])
        return items


class FromPrinter:
    """What the printer answers."""

    def __init__(self, asked: _Asked) -> None:
        self._asked = asked
        self._held = b""

    def feed(self, data: bytes) -> list[Item]:
        """See `Redactor`."""
        self._held += data
        return self._decide(final=False)

    def flush(self) -> list[Item]:
        """See `Redactor`."""
        return self._decide(final=True)

    def _decide(self, *, final: bool) -> list[Item]:
        items: list[Item] = []
        while self._held:
            length = self._answer()
            if length is None and not final:
                break
            data, self._held = self._held[: length or 1], self._held[length or 1 :]
            items.append(Shown(data) if length else Withheld(UNKNOWN_BYTES, 1))
        return items

    def _answer(self) -> int | None:
        """Bytes of the answer at the beginning of what is held; 0 for none, None for not yet."""
        expected = [*self._asked.waiting, *([_automatic] if self._asked.automatic else [])]
        undecided = False
        for length in range(1, min(len(self._held), 6) + 1):
            for fits in expected:
                said = fits(self._held[:length])
                if said:
                    if fits in self._asked.waiting:
                        self._asked.waiting.remove(fits)
                    return length
                undecided = undecided or (said is None and length == len(self._held))
        return None if undecided else 0


def redactors() -> Mapping[Way, Redactor]:
    """Both directions; they know of each other, because an answer is one by its question."""
    asked = _Asked()
    return {Way.TO_DEVICE: ToPrinter(asked), Way.FROM_DEVICE: FromPrinter(asked)}
