"""The terminal at its welcome page, with nobody there: memory and processor time, beside a browser's."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass

from bench.hall import Hall
from benchmarks.browser import Browser
from benchmarks.processes import command, cpu_s, family, parent, pss_mb
from benchmarks.visit import pid_of, standby

CALM_S = 4.0
"""After the standby is ready: its face worker loads its models, its screens are compiled."""

TERMINAL = "terminal"
SESSIONS = ("visible session", "standby session")
WORKERS = ("face worker of the visible session", "face worker of the standby")


@dataclass(frozen=True)
class AtRest:
    """What each process takes: memory in MB (PSS), processor time in percent of one core."""

    memory: Mapping[str, float]
    processor: Mapping[str, float]
    browser_memory: float
    browser_processor: float


async def rest(hall: Hall, browser: Browser, seconds: float) -> AtRest:
    """Look for `seconds` at a terminal that shows its welcome page, and at the browser beside it."""
    await standby(hall)
    await asyncio.sleep(CALM_S)
    parts = await processes(hall)
    browsing = family(browser.leader)
    before = {name: cpu_s([pid]) for name, pid in parts.items()}
    browser_before, began_s = cpu_s(browsing), time.monotonic()
    await asyncio.sleep(seconds)
    took_s = time.monotonic() - began_s
    return AtRest(
        memory={name: pss_mb([pid]) for name, pid in parts.items()},
        processor={name: 100 * (cpu_s([pid]) - before[name]) / took_s for name, pid in parts.items()},
        browser_memory=browser.pss_mb(),
        browser_processor=100 * (cpu_s(browsing) - browser_before) / took_s,
    )


async def processes(hall: Hall) -> dict[str, int]:
    """The terminal's processes by what they are. Raises `RuntimeError` for one that should not be there."""
    visible, beneath = await pid_of(hall, "visible"), await pid_of(hall, "standby")
    leader = parent(visible)
    found = {TERMINAL: leader, SESSIONS[0]: visible, SESSIONS[1]: beneath}
    for pid in family(leader) - set(found.values()):
        owner = {visible: WORKERS[0], beneath: WORKERS[1]}.get(parent(pid))
        if owner is None or "face-worker" not in command(pid):
            raise RuntimeError(f"process {pid} is no part of the terminal: {' '.join(command(pid))}")
        found[owner] = pid
    return found
