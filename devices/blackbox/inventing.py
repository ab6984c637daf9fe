"""Bytes in place of those that a trace withholds: an invented person of the same lengths, checks right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import cycle, islice
from typing import Final

from devices.blackbox.trace import Check, Item, Kind, Shown, Withheld
from devices.sam_v.frames import PREAMBLE
from devices.simulators.cards import SimulatedCard, address_area, text_area

INVENTED: Final = SimulatedCard(
    name="测试甲",
    sex="1",
    ethnic_code="01",
    birth="19900307",
    address="北京市东城区测试路1号",
    id_number="110101199003070011",
    authority="北京市公安局东城分局",
    valid_from="20200101",
    valid_to="长期",
    photo=bytes(1024),
    additional_address="北京市东城区试验街2号",
)
"""The person of the protocol's test vectors."""

_NOTHING: Final = b"Z"
"""For what was not understood when it was recorded: no word of any protocol."""

_FIELDS: Final[Mapping[str, bytes]] = {
    "text": text_area(INVENTED),
    "photo": INVENTED.photo,
    "address": address_area(INVENTED),
    "fingerprints": bytes(512),
    "iin": bytes(4),
    "sn": bytes(8),
    "sam-id": bytes.fromhex("05000300a53a34010100000015cd5b07"),
    "payload": b"1234567890",
}
"""A field that is longer than its bytes here has them again and again."""


class Inventor:
    """Gives the bytes for the items of one direction, in order: a field goes on where its last piece did."""

    def __init__(self, kind: Kind) -> None:
        self._framed = kind is Kind.SAM_V
        self._given: Counter[str] = Counter()
        self._last = b""
        self._parity = 0

    def bytes_for(self, items: tuple[Item, ...]) -> bytes:
        """As many bytes as the items say."""
        return b"".join(map(self._item, items))

    def _item(self, item: Item) -> bytes:
        match item:
            case Shown(data):
                given = data
                if not self._framed:
                    self._given.clear()  # the next scan begins anew
            case Check(good):
                given = bytes((self._parity if good else self._parity ^ 0xFF,))
            case Withheld(field, length):
                start = self._given[field]
                self._given[field] += length
                given = bytes(islice(cycle(_FIELDS.get(field, _NOTHING)), start, start + length))
        for byte in given:
            self._last = (self._last + bytes((byte,)))[-len(PREAMBLE) :]
            self._parity ^= byte
            if self._framed and self._last == PREAMBLE:
                self._given.clear()
                self._parity = 0
        return given
