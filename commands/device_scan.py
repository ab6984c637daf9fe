"""`device scan`: one code from a barcode scanner, and what forms it has."""

from __future__ import annotations

import asyncio

from commands.device_common import FAULT, NOTHING_CAME, Voice
from devices.contracts.scanner import Scan, ScanUnreadable
from devices.scanners.codes import CodePatterns
from devices.scanners.families import FAMILIES
from devices.scanners.probe import find_scanner
from devices.scanners.scanner import SerialScanner
from devices.statuses import DeviceFault

_ASKED_FREELY = ("newland", "gm65")
"""Families whose question holds no line end (see `commands.device_probe`)."""


class NoScanner(Exception):
    """Nothing on this port answers as a scanner."""


def answer(voice: Voice, port: str, kind: str | None, baud: int | None, timeout_s: float) -> None:
    """Do it, and say how it went."""
    if kind is not None and kind not in FAMILIES:
        voice.refuse(f"--kind {kind}: is one of {', '.join(FAMILIES)}")
    try:
        scan, family, found_baud = voice.run(_scan(voice, port, kind, baud, timeout_s))
    except NoScanner:
        words = f"{port}: no scanner answers; a Honeywell is asked with --kind honeywell only"
        voice.fail(
            words if kind is None else f"{port}: no {kind} scanner answers at any rate", "silent", FAULT
        )
    except TimeoutError:
        voice.fail(f"{port}: no code within {timeout_s:g} s", "no_code", NOTHING_CAME)
    except ScanUnreadable as unreadable:
        words = f"{port}: a code was scanned and cannot be used: {unreadable.problem.value}"
        voice.fail(words, unreadable.problem.value, FAULT)
    except DeviceFault as fault:
        voice.fault(port, fault)
    forms = sorted(form.value for form in scan.forms)
    voice.result(
        {"text": scan.text, "forms": forms, "kind": family, "baud": found_baud},
        f"{scan.text}\n({len(scan.text)} characters; may be: {', '.join(forms)})",
    )


async def _scan(
    voice: Voice, port: str, kind: str | None, baud: int | None, timeout_s: float
) -> tuple[Scan, str, int]:
    if kind is None or baud is None:
        found = await find_scanner(port, _ASKED_FREELY if kind is None else (kind,), baud)
        if found is None:
            raise NoScanner
        kind, baud = found.driver, found.baud
    scanner = SerialScanner(port, baud, FAMILIES[kind], "any", CodePatterns())
    try:
        health = await scanner.health()
        if not health.usable:
            raise DeviceFault(health.reason, port)
        voice.note(f"{kind}, {baud} baud. Show a code (within {timeout_s:g} s).")
        async with asyncio.timeout(timeout_s):
            return await scanner.scan(), kind, baud
    finally:
        await scanner.close()
