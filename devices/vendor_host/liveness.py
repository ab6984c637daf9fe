"""A certified liveness module behind its vendor's library: `CertifiedLiveness` with cameras of its own.

Its cameras are on from the first look to the verdict and not longer. What level its verdict has is said by
the settings, from the module's certificate, never by the module.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from devices.contracts.liveness import Finding, LivenessLevel, LivenessReason, LivenessVerdict
from devices.statuses import DeviceFault, Reason
from devices.vendor_host import operations as ops
from devices.vendor_host.client import VendorHost
from devices.vendor_host.wire import Values

OPEN_S = 15.0
"""Cameras and models."""

LOOK_S = 0.5
"""How long the module may look before it says what it has found so far."""

SLACK_S = 2.0
"""How much later it may answer."""

_DONE: Final = 0
_FINDINGS: Final = {0: Finding.UNDECIDED, 1: Finding.LIVE, 2: Finding.ATTACK}
_REASONS: Final = {reason.value: reason for reason in LivenessReason if reason is not LivenessReason.NONE}


@dataclass(frozen=True)
class Judged:
    """A verdict and what it is about."""

    verdict: LivenessVerdict
    jpeg: bytes = field(repr=False)
    """The visible picture that was judged: the face to compare with the card is in it, and in no other."""


class VendorLivenessModule:
    """One module, at the level of its certificate."""

    def __init__(self, host: VendorHost, level: LivenessLevel) -> None:
        self._host = host
        self.level = level
        self._turn = asyncio.Lock()

    async def judge(self, wait_s: float) -> LivenessVerdict:
        """See `CertifiedLiveness.judge`."""
        return (await self.look(wait_s)).verdict

    async def look(self, wait_s: float) -> Judged:
        """Look for up to `wait_s`; give the verdict with its picture. Raises `DeviceFault`."""
        async with self._turn:
            name, failed = await self._open(), False
            try:
                return await self._judged(name, time.monotonic() + wait_s)
            except DeviceFault:
                failed = True
                raise
            finally:
                await self._switch_off(politely=not failed)

    async def close(self) -> None:
        """Give the cameras back. The next call opens them again."""
        await self._host.close()

    async def _judged(self, name: str, until: float) -> Judged:
        while True:
            left_s = min(LOOK_S, max(0.0, until - time.monotonic()))
            answer = await self._host.call(
                ops.LIVENESS_LOOK, Values((round(left_s * 1000),)), answer_s=left_s + SLACK_S
            )
            (returned, found), (words, jpeg) = answer.numbers, answer.blobs
            if returned != _DONE:
                raise DeviceFault(
                    Reason.PORT_LOST, f"{self._host.library}: hall_liveness_look returned {returned}"
                )
            finding = _FINDINGS.get(found)
            if finding is None:
                raise await self._host.discredit(f"hall_liveness_look gives verdict {found}")
            if finding is Finding.LIVE and not jpeg:
                raise await self._host.discredit("hall_liveness_look says live without a picture")
            if finding is not Finding.UNDECIDED or time.monotonic() >= until:
                return Judged(LivenessVerdict(name, self.level, finding, _reason(finding, words)), jpeg)

    async def _open(self) -> str:
        answer = await self._host.call(ops.LIVENESS_OPEN, answer_s=OPEN_S)
        (returned,), (name,) = answer.numbers, answer.blobs
        if returned != _DONE:
            await self._host.close()
            raise DeviceFault(
                Reason.PORT_MISSING, f"{self._host.library}: hall_liveness_open returned {returned}"
            )
        said = "".join(letter for letter in name.decode("ascii", "ignore") if letter.isprintable())
        return said or Path(self._host.library).name

    async def _switch_off(self, *, politely: bool) -> None:
        """By asking, or by ending the process."""
        if politely and self._host.process is not None:
            with suppress(DeviceFault):
                await self._host.call(ops.LIVENESS_CLOSE, answer_s=SLACK_S)
                return
        await self._host.close()


def _reason(finding: Finding, words: bytes) -> LivenessReason:
    """The module's own word where it is one of ours."""
    if finding is Finding.LIVE:
        return LivenessReason.NONE
    return _REASONS.get(words.decode("ascii", "replace"), LivenessReason.MODULE)
