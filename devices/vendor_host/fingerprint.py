"""A `FingerprintMatcher` behind its vendor's library: GA/T 1011 sensor, GA/T 1012 matcher.

The picture of the finger and its features stay in the host's process; what comes out is how good the picture
is and how alike two templates are. The sensor is on only while somebody is being compared.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing, suppress
from typing import Final

from devices.contracts.fingerprints import FingerprintCompared, FingerprintEvent, FingerprintGuidance
from devices.contracts.id_cards import Fingerprint
from devices.statuses import DeviceFault, DeviceState, Health, NotReady, Ready, Reason, health_after
from devices.vendor_host import operations as ops
from devices.vendor_host.client import VendorHost
from devices.vendor_host.operations import Operation
from devices.vendor_host.wire import Values

OPEN_S = 10.0
ANSWER_S = 3.0
"""For a picture, a comparison, on and off."""

LOOK_S = 0.1
"""Between two pictures."""

CHANNEL: Final = 0
"""A sensor for one finger has one."""

_DONE: Final = 1
"""What a function returns that did what it was asked."""


class VendorFingerprintMatcher:
    """One sensor.

    `threshold`: similarity from which two fingers are one, on the vendor's own scale. `least_quality`: of
    100, from which a picture is compared at all. `scanner_type`: the sensor's registered code, which the
    features carry.
    """

    def __init__(self, host: VendorHost, *, threshold: float, least_quality: int, scanner_type: int) -> None:
        self._host = host
        self._threshold = threshold
        self._least_quality = least_quality
        self._scanner_type = scanner_type
        self._turn = asyncio.Lock()
        self._comparing = False

    async def health(self) -> Health:
        """See `FingerprintMatcher.health`."""
        if self._comparing:
            return Ready()
        async with self._turn:
            try:
                await self._open()
            except DeviceFault as fault:
                if fault.reason is Reason.UNRECOVERABLE:
                    return NotReady(DeviceState.HARDWARE_ERROR, fault.reason)
                return health_after(fault.reason)
            return Ready()

    async def compare(self, fingerprints: Sequence[Fingerprint]) -> AsyncGenerator[FingerprintEvent]:
        """See `FingerprintMatcher.compare`."""
        usable = [each for each in fingerprints if each.usable]
        if not usable:
            raise ValueError("no registered fingerprint to compare with")
        async with self._turn:
            await self._open()
            self._comparing, failed = True, False
            try:
                await self._do(ops.FINGERPRINT_BEGIN)
                async with aclosing(self._events(usable)) as events:
                    async for event in events:
                        yield event
            except DeviceFault:
                failed = True
                raise
            finally:
                self._comparing = False
                await self._switch_off(politely=not failed)

    async def close(self) -> None:
        """See `FingerprintMatcher.close`."""
        await self._host.close()

    # ---- the sensor --------------------------------------------------------------------------------------

    async def _events(self, usable: Sequence[Fingerprint]) -> AsyncGenerator[FingerprintEvent]:
        compared = False
        while True:
            seen = await self._call(ops.FINGERPRINT_LOOK, Values((CHANNEL,)))
            taken, judged, quality = seen.numbers
            if taken != _DONE:
                await (
                    self._open()
                )  # no finger for one vendor, a fault for another: is the sensor still there?
            if (taken, judged) != (_DONE, _DONE) or not quality:
                compared = False
                yield FingerprintGuidance.LAY_FINGER
            elif compared:
                yield FingerprintGuidance.LIFT_FINGER
            elif quality < self._least_quality:
                yield FingerprintGuidance.LAY_BETTER
            else:
                best = await self._best(usable)
                compared = best is not None
                yield FingerprintGuidance.LAY_BETTER if best is None else best
            await asyncio.sleep(LOOK_S)

    async def _best(self, usable: Sequence[Fingerprint]) -> FingerprintCompared | None:
        """The comparison with the template that is most alike; None where the picture gives no features."""
        best: FingerprintCompared | None = None
        for each in usable:
            finger = each.finger.value if each.finger is not None else _UNCERTAIN
            answer = await self._call(
                ops.FINGERPRINT_COMPARE, Values((self._scanner_type, finger), blobs=(each.template,))
            )
            if answer.numbers != (_DONE, _DONE):
                continue
            (similarity,) = answer.reals
            if best is None or similarity > best.similarity:
                best = FingerprintCompared(similarity, self._threshold, each.finger)
        return best

    async def _open(self) -> None:
        init, matcher, channels = (await self._call(ops.FINGERPRINT_OPEN, Values(), OPEN_S)).numbers
        if init != _DONE:
            await self._host.close()  # so that the next try initialises anew
            raise DeviceFault(Reason.PORT_MISSING, f"{self._host.library}: LIVESCAN_Init returned {init}")
        if matcher != _DONE:
            await self._host.close()
            raise DeviceFault(Reason.UNRECOVERABLE, f"{self._host.library}: FP_Begin returned {matcher}")
        if channels < 1:
            await self._host.close()
            raise DeviceFault(Reason.PORT_LOST, f"{self._host.library}: the sensor has {channels} channels")

    async def _do(self, operation: Operation) -> None:
        (returned,) = (await self._call(operation, Values((CHANNEL,)))).numbers
        if returned != _DONE:
            raise DeviceFault(Reason.PORT_LOST, f"{self._host.library}: {operation.name} returned {returned}")

    async def _switch_off(self, *, politely: bool) -> None:
        """By asking, or by ending the process."""
        if politely:
            with suppress(DeviceFault):
                await self._do(ops.FINGERPRINT_END)
                return
        await self._host.close()

    async def _call(self, operation: Operation, values: Values, answer_s: float = ANSWER_S) -> Values:
        # To the end: each is short, and the sensor is switched off by a call of its own.
        return await self._host.call(operation, values, answer_s=answer_s, to_the_end=True)


_UNCERTAIN: Final = 0x63
"""The code of a finger that nobody has named."""
