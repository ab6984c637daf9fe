"""A barcode scanner on a serial line: a `BarcodeScanner` for each family of `devices.scanners.families`.

Whose code is this? A scanner may be set to read whatever is held before it, and may still have the last
citizen's code on the line. So nothing that was sent before the question is an answer to it: the light is put
out, the line settled, and the device asked who it is; only after its reply the light goes on. Whatever comes
while nobody asks is thrown away and counted in bytes.

Is the device still there? A scanner puts its own light out after a few seconds, and a dead one looks like a
patient one. So every few seconds it is asked again and triggered again; a code that comes meanwhile counts.

Where does a code end? At its suffix, and at `GAP_S` of silence: more bytes directly behind a suffix would be
a second code, or the rest of a text with line breaks.
"""

from __future__ import annotations

import asyncio
import contextlib
import re

import structlog

from devices.contracts.scanner import Scan
from devices.returning_line import ReturningLine
from devices.scanners.bursts import LONGEST_REPLY, Burst, Suffix, without_chatter
from devices.scanners.codes import CodePatterns
from devices.scanners.families import FAMILIES, Family
from devices.serial_line import SerialLine
from devices.statuses import DeviceFault, Health, Ready, Reason, Unknown, health_after

ANSWER_S = 0.3
"""How long an answer to a command may stay away, in seconds, beside its time on the wire."""

SLACK_S = 0.2
"""The terminal's own lateness: two cores beside a face comparison."""

REARM_S = 4.0
"""The light is renewed this often, in seconds: before the device's own limit (a GM65's is 5 s when new)."""

_BITS_PER_BYTE = 10
_TRIES = 2
"""The first question may complete a command that somebody else left half sent."""


class SerialScanner:
    """One scanner on `port`. Opens when first asked, and again by itself after the cable was pulled."""

    def __init__(
        self,
        port: str,
        baud: int,
        family: Family,
        suffix: Suffix,
        patterns: CodePatterns,
        rearm_s: float = REARM_S,
    ) -> None:
        self._port = port
        self._baud = baud
        self._rearm_s = rearm_s
        self._family = family
        self._suffix: Suffix = suffix
        self._patterns = patterns
        self._line = ReturningLine(port, baud, self._forget)
        self._understood = False  # since it was opened, the line has given a reply to our question
        self._asking = False
        self._health: Health = Unknown()
        self._turn = asyncio.Lock()
        self.discarded_bytes = 0
        """What came while nobody asked, so far."""

    async def health(self) -> Health:
        """Ask the device who it is; while a scan waits, say what that scan knows."""
        if self._asking:
            return self._health
        async with self._turn:
            try:
                async with self._line.lent() as line:
                    await self._get_in_step(line)
            except DeviceFault as fault:
                self._note(fault.reason)
            return self._health

    async def scan(self) -> Scan:
        """Turn the light on and wait for one code; see `BarcodeScanner`."""
        async with self._turn:
            self._asking = True
            try:
                async with self._line.lent() as line:
                    await self._get_in_step(line)
                    try:
                        return await self._next_scan(line)
                    finally:
                        await self._light_off(line)
            except DeviceFault as fault:
                self._note(fault.reason)
                raise
            finally:
                self._asking = False

    async def close(self) -> None:
        """Give the port back, after cancelling what is under way. The next call opens it again."""
        await self._line.close()

    def _forget(self) -> None:
        self._understood = False

    # ---- one question ------------------------------------------------------------------------------------

    async def _next_scan(self, line: SerialLine) -> Scan:
        burst = Burst(self._family, self._suffix, self._patterns)
        while True:
            await self._trigger(line, burst)
            if (scan := await self._listen(line, burst)) is not None:
                return scan
            # In the dark every model answers; what it reads until then still belongs to this question.
            await line.write(self._family.stop + self._family.query, stall_s=ANSWER_S + SLACK_S)
            if not await self._hear(line, self._family.reply, burst.heard):
                raise DeviceFault(Reason.SILENT, f"{self._port} answers no more")
            burst.drop_chatter()
            self._note(Reason.NONE)

    async def _trigger(self, line: SerialLine, burst: Burst) -> None:
        family = self._family
        await line.write(family.trigger, stall_s=ANSWER_S + SLACK_S)
        if family.acknowledged is None:
            return
        await self._hear(line, family.acknowledged, burst.heard)
        if family.refused is not None and family.refused.search(burst.heard):
            raise DeviceFault(Reason.COMMAND_REFUSED, f"{self._port} refuses to be triggered")
        if not burst.heard:
            raise DeviceFault(Reason.SILENT, f"{self._port} says who it is but cannot be triggered")

    async def _listen(self, line: SerialLine, burst: Burst) -> Scan | None:
        """Give the code that ends within this turn of the light; None when there was none."""
        clock = asyncio.get_running_loop().time
        until = clock() + self._rearm_s
        while burst.heard or clock() < until:
            silence_s = burst.silence_s
            data = await line.read_some(until - clock() if silence_s is None else silence_s)
            if data:
                burst.add(data)
            elif (scan := burst.end()) is not None:
                return scan
        return None

    async def _light_off(self, line: SerialLine) -> None:
        """Put the light out, however the question ended; the reply proves that the command has arrived."""
        with contextlib.suppress(DeviceFault):  # a lost port has no light
            await line.write(self._family.stop + self._family.query, stall_s=ANSWER_S + SLACK_S)
            late = bytearray()
            await self._hear(line, self._family.reply, late)
            self._discard(len(without_chatter(bytes(late), self._family)))

    # ---- the conversation --------------------------------------------------------------------------------

    async def _get_in_step(self, line: SerialLine) -> None:
        """Put the light out, drop what is on the line, and require a reply to our own question."""
        heard = False
        for _ in range(_TRIES):
            self._discard(await line.settle())
            said = bytearray()
            await line.write(self._family.stop + self._family.query, stall_s=ANSWER_S + SLACK_S)
            if await self._hear(line, self._family.reply, said):
                self._discard(len(without_chatter(bytes(said), self._family)) + await line.settle())
                self._understood = True
                self._note(Reason.NONE)
                return
            heard = heard or bool(said)
        await self._refuse_stranger(line, heard=heard)

    async def _refuse_stranger(self, line: SerialLine, *, heard: bool) -> None:
        for other in FAMILIES.values():
            if self._understood or other is self._family:
                continue
            if await answers(line, other, self._baud):
                detail = f"the scanner on {self._port} is a {other.name}, not a {self._family.name}"
                raise DeviceFault(Reason.OTHER_DEVICE, detail)
        if not heard:
            raise DeviceFault(Reason.SILENT, self._port)
        raise DeviceFault(Reason.GARBLED if self._understood else Reason.NOT_UNDERSTOOD, self._port)

    async def _hear(self, line: SerialLine, wanted: re.Pattern[bytes], heard: bytearray) -> bool:
        return await hear(line, wanted, heard, self._baud)

    def _discard(self, count: int) -> None:
        if count:
            self.discarded_bytes += count
            structlog.get_logger().info("scan_discarded", port=self._port, bytes=count)

    def _note(self, reason: Reason) -> None:
        self._health = Ready() if reason is Reason.NONE else health_after(reason)


async def hear(line: SerialLine, wanted: re.Pattern[bytes], heard: bytearray, baud: int) -> bool:
    """Add what comes to `heard` until `wanted` is in it; False when it stays away. Raises `DeviceFault`."""
    clock = asyncio.get_running_loop().time
    until = clock() + ANSWER_S + SLACK_S + LONGEST_REPLY * _BITS_PER_BYTE / baud
    while not wanted.search(heard):
        data = await line.read_some(min(ANSWER_S + SLACK_S, max(0.0, until - clock())))
        heard += data
        if not data or clock() > until:
            return bool(wanted.search(heard))
    return True


async def answers(line: SerialLine, family: Family, baud: int) -> bool:
    """Whether a scanner of `family` is on `line`. Asks only what changes nothing. Raises `DeviceFault`."""
    await line.settle()
    await line.write(family.query, stall_s=ANSWER_S + SLACK_S)
    return await hear(line, family.reply, bytearray(), baud)
