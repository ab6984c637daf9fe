"""The terminal at its welcome page, with nobody there: memory and processor time, beside a browser's."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bench.hall import Hall
from benchmarks.browser import Browser
from benchmarks.processes import command, cpu_s, family, parent, pss_mb
from benchmarks.visit import pid_of, standby

CALM_S = 4.0
"""After the standby is ready: its face worker loads its models, its screens are compiled."""

TERMINAL = "terminal"
SESSIONS = ("visible session", "standby session")
_BROWSER = "browser"
WORKERS = ("face worker of the visible session", "face worker of the standby")


SLICE_S = 10.0
"""Of the whole time; each slice is a sample."""


@dataclass(frozen=True)
class AtRest:
    """What each process takes, slice by slice: memory in MB (PSS), processor time in percent of one core."""

    memory: Mapping[str, Sequence[float]]
    processor: Mapping[str, Sequence[float]]
    browser_memory: Sequence[float]
    browser_processor: Sequence[float]


async def rest(hall: Hall, browser: Browser, seconds: float) -> AtRest:
    """Look for `seconds` at a terminal that shows its welcome page, and at the browser beside it."""
    await standby(hall)
    await asyncio.sleep(CALM_S)
    parts = {name: {pid} for name, pid in (await processes(hall)).items()}
    groups = {**parts, _BROWSER: family(browser.leader)}
    memory: dict[str, list[float]] = {name: [] for name in groups}
    processor: dict[str, list[float]] = {name: [] for name in groups}
    for _ in range(max(1, round(seconds / SLICE_S))):
        before = {name: cpu_s(pids) for name, pids in groups.items()}
        began_s = time.monotonic()
        await asyncio.sleep(min(seconds, SLICE_S))
        took_s = time.monotonic() - began_s
        for name, pids in groups.items():
            processor[name].append(100 * (cpu_s(pids) - before[name]) / took_s)
            memory[name].append(pss_mb(pids))
    return AtRest(
        memory={name: memory[name] for name in parts},
        processor={name: processor[name] for name in parts},
        browser_memory=memory[_BROWSER],
        browser_processor=processor[_BROWSER],
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
