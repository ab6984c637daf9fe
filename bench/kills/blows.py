"""The hand that strikes: kills a process or pulls a cable, and puts right what a hall would put right."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from pathlib import Path

from bench.hall import ROOT, Hall
from bench.kills.plan import Strike, Victim
from bench.leash import Leash, descendants
from devices.simulators.escpos_printer import EscPosSimulator


class Blows:
    """Strikes one hall. What is broken already is not struck again."""

    def __init__(self, hall: Hall) -> None:
        self._hall = hall
        self._port = (hall.platform_dir / "port").read_text("ascii").strip()
        self._broken: set[Victim] = set()
        self._repairs: set[asyncio.Task[None]] = set()
        self._platform: Leash | None = None
        """The platform once it has been restarted; before that it is the hall's own."""
        self._platform_pid = hall.platform.started()
        self.terminal_pid = 0
        """As the terminal itself said last."""

    async def strike(self, strike: Strike) -> bool:
        """Strike now; False when there is nobody to strike."""
        if strike.victim in self._broken:
            return False
        match strike.victim:
            case "session":
                return _killed(self._hall.display.topmost_pid())
            case "face_worker":
                return _killed(_face_worker(self._hall.display.topmost_pid()))
            case "terminal":
                return _killed(self.terminal_pid)
            case "platform":
                _killed(self._platform_pid)
            case "printer":
                await asyncio.to_thread(_break, self._hall.printer, strike.how)
            case "network":
                if strike.how == "answer_lost":
                    self._hall.cable.lose_next_answer()
                    return True
                self._hall.cable.cut()
        self._broken.add(strike.victim)
        repair = asyncio.create_task(self._after(strike.victim, strike.back_after_s))
        self._repairs.add(repair)
        repair.add_done_callback(self._repairs.discard)
        return True

    def cut_until(self, back_after_s: float) -> None:
        """Let the network be out for a while."""
        if "network" not in self._broken:
            self._hall.cable.cut()
            self._broken.add("network")
            repair = asyncio.create_task(self._after("network", back_after_s))
            self._repairs.add(repair)
            repair.add_done_callback(self._repairs.discard)

    async def all_repaired(self) -> None:
        """Wait until everything works again."""
        while self._repairs:
            await asyncio.gather(*self._repairs)

    async def close(self) -> None:
        """Drop what is not repaired yet, and the platform if it is ours."""
        for repair in self._repairs:
            repair.cancel()
        if self._platform is not None:
            await asyncio.to_thread(self._platform.close)

    async def _after(self, victim: Victim, back_after_s: float) -> None:
        await asyncio.sleep(back_after_s)
        match victim:
            case "platform":
                await self._restart_platform()
            case "printer":
                await asyncio.to_thread(_mend, self._hall.printer)
            case "network":
                self._hall.cable.heal()
            case _:
                pass
        self._broken.discard(victim)

    async def _restart_platform(self) -> None:
        """Start it where the cable leads to."""
        before = self._platform
        command = [sys.executable, str(ROOT / "main.py"), "platform", "serve", str(self._hall.platform_dir)]
        with (self._hall.folder / "platform.log").open("ab") as log:
            self._platform = Leash([*command, "--port", self._port], output=log)
        self._platform_pid = await asyncio.to_thread(self._platform.started)
        if before is not None:
            await asyncio.to_thread(before.close)


def _killed(pid: int | None) -> bool:
    if not pid:
        return False
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
        return True
    return False


def _face_worker(session: int | None) -> int | None:
    for pid in descendants(session) if session else ():
        with contextlib.suppress(OSError):
            if b"face-worker" in Path(f"/proc/{pid}/cmdline").read_bytes():
                return pid
    return None


def _break(printer: EscPosSimulator, how: str) -> None:
    if how == "unplugged":
        printer.unplug()
    else:
        setattr(printer, how, True)


def _mend(printer: EscPosSimulator) -> None:
    for fault in ("paper_out", "cover_open", "jammed", "silent"):
        setattr(printer, fault, False)
    printer.replug()
