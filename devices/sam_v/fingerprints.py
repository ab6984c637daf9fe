"""The fingerprint part of a card's record: blocks of 512 bytes, none, one or two.

Source: the SAM_V serial protocol, `30 10`; byte 4 of a block is what became of the finger, byte 5 which one
it is. The rest is coded for a matcher (GA/T 1011) and taken as it is.
"""

from __future__ import annotations

from typing import Final

from devices.contracts.id_cards import Finger, Fingerprint, FingerprintResult
from devices.sam_v.frames import FINGERPRINT_BYTES

_RESULT_AT: Final = 4
_FINGER_AT: Final = 5
_RESULTS: Final = {result.value: result for result in FingerprintResult}
_FINGERS: Final = {finger.value: finger for finger in Finger}


def fingerprints_in(data: bytes) -> tuple[Fingerprint, ...]:
    """Part the fingerprint area of a record, a multiple of 512 bytes long."""
    blocks = (data[at : at + FINGERPRINT_BYTES] for at in range(0, len(data), FINGERPRINT_BYTES))
    return tuple(
        Fingerprint(
            result=_RESULTS.get(block[_RESULT_AT], FingerprintResult.UNKNOWN),
            finger=_FINGERS.get(block[_FINGER_AT]),
            template=block,
        )
        for block in blocks
    )
