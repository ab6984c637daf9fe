"""The hall guides' numbers and PINs: checked here, counted on disk before they are checked."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from collections.abc import Iterable, Mapping
from typing import Any

import structlog

from config.settings import GuideSettings
from kiosk.messages import PinAccepted, PinAttempt, PinRefused
from offline_queue.failures import StorageFull
from offline_queue.outbox_thread import OutboxThread

_SALT_BYTES = 16
_NOBODY = "0" * 2 * _SALT_BYTES + "$" + "0" * 64

UNCOUNTABLE_S = 60
"""How long to wait when the disk is too full to count a wrong PIN."""


def pin_scrypt(pin: str, salt: bytes) -> str:
    """Salt and hash as in `GuideSettings.pin_scrypt`: scrypt (RFC 7914), N 2¹⁴, r 8, p 1, 32 bytes."""
    return f"{salt.hex()}${hashlib.scrypt(pin.encode(), salt=salt, n=2**14, r=8, p=1, dklen=32).hex()}"


class Guides:
    """Who may verify a person at this terminal."""

    def __init__(self, guides: Iterable[GuideSettings], queue: OutboxThread) -> None:
        self._hashes = {guide.staff_no: guide.pin_scrypt for guide in guides}
        self._queue = queue

    async def check(self, attempt: PinAttempt) -> PinAccepted | PinRefused:
        """Check one attempt. A number nobody has is counted, locked and timed like any other.

        The attempt is counted before it is checked, and the count cleared when it was right: a machine that
        is switched off in between gives no free guess.
        """
        number = attempt.staff_no
        before = await self._queue.run(lambda outbox: outbox.pins.lock(number))
        if before.retry_after_s:
            return PinRefused(reason="locked", retry_after_s=before.retry_after_s)
        try:
            after = await self._queue.run(lambda outbox: outbox.pins.count(number))
            if await self._right(attempt):
                await self._queue.run(lambda outbox: outbox.pins.clear(number))
                return PinAccepted(staff_no=number)
        except StorageFull:
            return PinRefused(reason="locked", retry_after_s=UNCOUNTABLE_S)
        return PinRefused(reason="wrong", retry_after_s=after.retry_after_s)

    async def unlock(self, question: Mapping[str, Any]) -> dict[str, Any]:
        """A technician clears the count of `staff_no`; the answer to the control socket."""
        number = question.get("staff_no")
        if not isinstance(number, str) or number not in self._hashes:
            return {"error": f"no guide has the number {number!r} in the settings"}
        await self._queue.run(lambda outbox: outbox.pins.clear(number))
        structlog.get_logger().info("guide_unlocked", staff_no=number)
        return {"unlocked": number}

    async def _right(self, attempt: PinAttempt) -> bool:
        known = self._hashes.get(attempt.staff_no, _NOBODY)
        salt = bytes.fromhex(known.partition("$")[0])
        # 0.05 s of arithmetic: on a thread, so that no heartbeat waits for it.
        return hmac.compare_digest(await asyncio.to_thread(pin_scrypt, attempt.pin, salt), known)
