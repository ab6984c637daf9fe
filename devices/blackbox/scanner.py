"""What a trace keeps of a barcode scanner's cable: commands, acknowledgements and the ends of scans.

Every scan is somebody's (a payment code, an insurance code), so all of it is withheld but its length.

Source: the command manuals of Honeywell, Newland and the GM65 family (`devices.scanners.families`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from devices.blackbox.redaction import Redactor, Words
from devices.blackbox.trace import Way
from devices.scanners.families import FAMILIES

COMMANDS: Final = tuple(
    command for family in FAMILIES.values() for command in (family.query, family.trigger, family.stop)
)
"""Who are you, light on, light off."""

_RESULTS: Final = (b"\x05", b"\x06", b"\x15")

ANSWERS: Final = (
    *(b"\x02\x010000@SCNTRG" + on + result + b";\x03" for on in (b"0", b"1") for result in _RESULTS),
    *(
        name + on + result + b"."
        for name in (b"CBRENA", b"cbrena")
        for on in (b"0", b"1")
        for result in _RESULTS
    ),
    b"\x02\x010000@QRYSYS",
    *(result + b";\x03" for result in _RESULTS),
    bytes.fromhex("02000001003331"),
    bytes.fromhex("02000002"),  # two zones follow
    b"\r\n",
    b"\r",
    b"\n",
)
"""Acknowledgements, and what ends a scan."""


def redactors() -> Mapping[Way, Redactor]:
    """Both directions."""
    return {Way.TO_DEVICE: Words(COMMANDS, "command"), Way.FROM_DEVICE: Words(ANSWERS, "payload")}
