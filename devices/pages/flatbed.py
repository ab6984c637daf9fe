"""A flat-bed scanner through SANE's own program `scanimage` (Debian's sane-utils), killed when it hangs.

The picture comes over a pipe and is never a file. What the program complains of are the sentences of
`sane_strstatus` (SANE standard 1.06, 4.2.7), with LC_ALL=C always in English; they are matched, because
its exit status says little.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
import structlog

from devices.contracts.pages import Page, PageNotClean, Paper
from devices.pages.checks import check
from devices.pages.cleaning import DPI, SIZES_MM, flatten, whole
from devices.pages.judging import page_of_scan
from devices.pages.outline import find
from devices.statuses import DeviceFault, DeviceState, Health, NotReady, Ready, Reason, health_after

LIST_S = 15.0
"""Asking for the devices: SANE's network backends look around first."""

_WORDS: tuple[tuple[str, Reason], ...] = (
    ("Document feeder jammed", Reason.PAPER_JAM),
    ("Document feeder out of documents", Reason.PAPER_OUT),
    ("Scanner cover is open", Reason.COVER_OPEN),
    ("Device busy", Reason.PORT_DENIED),
    ("Access to resource has been denied", Reason.PORT_DENIED),
    ("Error during device I/O", Reason.PORT_LOST),
    ("no SANE devices found", Reason.PORT_MISSING),
    ("Invalid argument", Reason.PORT_MISSING),
    ("Operation not supported", Reason.COMMAND_REFUSED),
    ("Operation was cancel", Reason.RECOVERABLE),
    ("End of file reached", Reason.GARBLED),
    ("Out of memory", Reason.UNRECOVERABLE),
)
"""An unknown device is an "Invalid argument" to `open`, and so is a wrong option. "Cancelled" is spelt in
two ways."""


class SaneFlatbed:
    """Implements `devices.contracts.pages.Flatbed`. `device` is a name that `scanimage -L` gives.

    `program` is how scanimage is called, `options` what this scanner needs beside resolution and area.
    """

    def __init__(
        self,
        device: str | None,
        answer_s: float,
        limit_bytes: int,
        program: str | Path = "scanimage",
        options: Sequence[str] = (),
    ) -> None:
        self._device = device
        self._answer_s = answer_s
        self._limit_bytes = limit_bytes
        self._program = str(program)
        self._options = tuple(options)
        self._turn = asyncio.Lock()

    async def health(self) -> Health:
        """See `Flatbed.health`: opens the scanner and asks for its options; nothing moves."""
        if not self._device:
            return NotReady(DeviceState.NO_DEVICE, Reason.NOT_CONFIGURED)
        try:
            await self._run(("--all-options",), LIST_S)
        except DeviceFault as fault:
            return health_after(fault.reason)
        return Ready()

    async def scan(self, paper: Paper) -> Page:
        """See `Flatbed.scan`."""
        if not self._device:
            raise DeviceFault(Reason.NOT_CONFIGURED, "no flat-bed scanner")
        dpi = DPI[paper]
        wide_mm, high_mm = SIZES_MM[Paper.A4]
        area = ("-l", "0", "-t", "0", "-x", f"{wide_mm:g}", "-y", f"{high_mm:g}")
        coded = await self._run(
            ("--format=pnm", "--mode", "Color", "--resolution", str(dpi), *area, *self._options),
            self._answer_s,
        )
        return await asyncio.to_thread(self._page, coded, paper, dpi)

    def _page(self, coded: bytes, paper: Paper, dpi: int) -> Page:
        picture = cv2.imdecode(np.frombuffer(coded, np.uint8), cv2.IMREAD_COLOR) if coded else None
        if picture is None:
            raise DeviceFault(Reason.GARBLED, f"{len(coded)} bytes are no picture")
        if paper is Paper.A4:
            return page_of_scan(whole(picture, paper, dpi), self._limit_bytes)
        # Smaller papers lie anywhere on the glass.
        found = find(picture, paper)
        flat = None if found is None or found.cut_off else flatten(picture, found.corners, paper)
        if flat is None or (findings := check(found, flat)):
            raise PageNotClean(check(found, None) if flat is None else findings)
        return page_of_scan(flat, self._limit_bytes)

    async def _run(self, arguments: Sequence[str], answer_s: float) -> bytes:
        """One call of the program, alone; raises `DeviceFault`."""
        async with self._turn:
            try:
                process = await asyncio.create_subprocess_exec(
                    self._program,
                    f"--device-name={self._device}",
                    *arguments,
                    stdin=asyncio.subprocess.DEVNULL,
                    stdout=asyncio.subprocess.PIPE,
                    stderr=asyncio.subprocess.PIPE,
                    env={**os.environ, "LC_ALL": "C"},
                )
            except FileNotFoundError:
                raise DeviceFault(Reason.PART_MISSING, f"{self._program} is not installed") from None
            except OSError as error:
                raise DeviceFault(Reason.PORT_DENIED, f"{self._program}: {error.strerror}") from None
            try:
                async with asyncio.timeout(answer_s):
                    out, complaint = await process.communicate()
            except TimeoutError:
                raise DeviceFault(Reason.SILENT, f"no picture within {answer_s:g} s") from None
            finally:
                if process.returncode is None:
                    with contextlib.suppress(ProcessLookupError):
                        process.kill()
                    _log.warning("scanner_killed", exit_status=await process.wait())
        if process.returncode:
            raise fault_of(complaint.decode("utf-8", "replace"))
        return out


_log = structlog.get_logger()


def fault_of(complaint: str) -> DeviceFault:
    """What a failed scanimage says, as a fault; its own last line goes along, which names nobody."""
    lines = [line for line in complaint.splitlines() if line.strip()] or ["no word"]
    for words, reason in _WORDS:
        for line in lines:
            if words in line:
                return DeviceFault(reason, line)
    return DeviceFault(Reason.GARBLED, lines[-1])
