"""One hall through its rounds: the citizens come one after the other, the blows fall, everything is noted."""

from __future__ import annotations

import asyncio
import functools
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from bench.display import BenchError
from bench.hall import Hall, open_hall
from bench.kills.applicant import MATTER, Applicant, person
from bench.kills.blows import Blows
from bench.kills.notes import Blow, HallRun, Round
from bench.kills.plan import Moment, Plan, Strike
from bench.kills.told import Paper, read_paper, said_on
from bench.kills.verdict import Heard, Held, Story, judge
from bench.kills.witness import Look, Witness
from bench.leash import Leash
from central_platform import records
from config.hall_time import hall_today
from kiosk.terminal.control import NoTerminal, ask

MATTERS = Path(__file__).with_name("matters")
START_S = 60.0
"""Until a welcome screen stands and a warm session lies beneath, on a machine with other things to do."""

DRAINED_S = 60.0
"""From the last repair to an empty queue."""

LINGERS_S = 5.0
"""So long a citizen whose screen has died stays where the slip comes out."""

OFFLINE_S = 9.0
"""How long the network is out for a citizen who comes without it: past the send."""


async def run_hall(
    folder: Path, plans: Sequence[Plan], on_round: Callable[[Round], None], program: Path | None = None
) -> HallRun:
    """Play `plans` in a hall of its own. `program` is started for the terminal instead of the product's own.

    Raises `BenchError` when the hall itself cannot be had.
    """
    async with open_hall(folder) as hall:
        matters = folder / "kills.toml"
        matters.write_text(f'items_dir = "{MATTERS}"\n', encoding="utf-8")
        hall.configuration = (*hall.configuration, matters)
        if program is None:
            hall.start_terminal()
        else:
            _start(hall, program)
        play = _Play(hall)
        try:
            async with Witness(hall.sight, play.saw) as witness:
                for plan in plans:
                    play.run.rounds.append(await play.round(plan, witness))
                    on_round(play.run.rounds[-1])
                await play.drained()
        finally:
            await play.blows.close()
        play.run.held = await asyncio.to_thread(held_by, hall.platform_dir)
        play.run.faults = judge([each.story for each in play.run.rounds], play.run.held)
        return play.run


def _start(hall: Hall, program: Path) -> None:
    """Start another program as the terminal, under the same keeper."""
    files = [option for file in hall.configuration for option in ("--config", str(file))]
    with (hall.folder / "terminal.log").open("ab") as log:
        hall.terminal = Leash(
            [sys.executable, str(program), "run", *files],
            environment=hall.display.environment(),
            output=log,
            restart=True,
        )


def held_by(platform_dir: Path) -> list[Held]:
    """Everything a platform holds, decrypted."""
    held = []
    for application_id, filing_no in records.filing_numbers(platform_dir).items():
        record = records.decrypted(platform_dir, application_id)
        held.append(Held(record["parties"][0]["id_number"], record["local_no"], filing_no))
    return held


class _Play:
    """The rounds of one hall, with the one that is being played."""

    def __init__(self, hall: Hall) -> None:
        self.hall = hall
        self.blows = Blows(hall)
        self.run = HallRun()
        self._round: Round | None = None
        self._applicant: Applicant | None = None
        self._slips_before = 0
        self._gone_s = 0.0
        self._falling: set[asyncio.Task[None]] = set()
        self._checking: set[asyncio.Task[None]] = set()

    async def round(self, plan: Plan, witness: Witness) -> Round:
        """Let one citizen come, and go."""
        await self._ready(witness, warm=plan.early)
        who = person(plan.number, hall_today())
        story = Story(plan.number, who.id_number, (who.name, who.id_number))
        playing = self._round = Round(plan, story)
        if plan.offline:
            self.blows.cut_until(OFFLINE_S)
        began_s = time.monotonic()
        reached = functools.partial(self._reached, playing)
        applicant = Applicant(self.hall, self.hall.finger, witness, who, reached)
        self._applicant = applicant
        end = await applicant.applies()
        applicant.goes()
        story.reprinted = applicant.reprinted
        if end == "stuck":
            story.stuck_before = "; ".join((await witness.next()).words)
            self.hall.display.photograph(self.hall.folder / f"stuck-{plan.number}.png")
            await self.blows.strike(Strike("terminal", "thanks", 0))
        for task in self._falling:
            task.cancel()
        await self._ready(witness, warm=False)
        if self._checking:
            await asyncio.wait(self._checking)
        self._collect_papers()
        self._gone_s = time.monotonic()
        playing.took_s = self._gone_s - began_s
        return playing

    def saw(self, look: Look) -> None:
        """Take one look at the screen into the story that is being lived."""
        if self._round is None:
            return
        story, words = self._round.story, look.words
        self._hand_over_late_slips()
        story.screens.add("\n".join(words))
        for blow in self._round.blows:
            blow.hears(look)
        said = said_on(look.headings, words)
        if said is None:
            return
        after_send = self._applicant is not None and self._applicant.sent
        if any((heard.said, heard.after_send) == (said, after_send) for heard in story.heard):
            return
        own_slips = sum(paper.whole for paper in self._papers())
        heard = Heard(said, filed_then=True, own_slips_then=own_slips, after_send=after_send)
        story.heard.append(heard)
        if said.filing_no is not None:
            task = asyncio.create_task(self._check_filed(story, heard))
            self._checking.add(task)
            task.add_done_callback(self._checking.discard)

    async def drained(self) -> None:
        """Put everything right, and wait until nothing waits for the platform."""
        await self.blows.all_repaired()
        give_up_s = time.monotonic() + DRAINED_S
        while time.monotonic() < give_up_s:
            status = await self._status()
            if status is not None and status["queue"]["kept"] == 0:
                return
            await asyncio.sleep(0.1)
        raise BenchError(f"{self.hall.folder}: the queue was not empty {DRAINED_S:g} s after the last repair")

    async def _ready(self, witness: Witness, *, warm: bool) -> None:
        """Wait until a welcome screen stands; for `warm`, with a rendered session beneath it."""
        give_up_s = time.monotonic() + START_S
        while time.monotonic() < give_up_s:
            status = await self._status()
            states = [session["state"] for session in status["sessions"]] if status else []
            look = await witness.next()
            there = "visible" in states and (not warm or "standby" in states)
            if there and look.button(MATTER):
                assert status is not None  # noqa: S101 - it has sessions
                self.blows.terminal_pid = status["pid"]
                return
            await asyncio.sleep(0.05)
        raise BenchError(f"{self.hall.folder}: no usable welcome screen within {START_S:g} s")

    async def _status(self) -> dict[str, Any] | None:
        try:
            return await asyncio.to_thread(ask, self.hall.runtime_dir, "status")
        except NoTerminal:
            return None

    def _reached(self, playing: Round, moment: Moment) -> None:
        for strike in playing.plan.strikes:
            if strike.at == moment:
                task = asyncio.create_task(self._fall(playing, strike))
                self._falling.add(task)
                task.add_done_callback(self._falling.discard)

    async def _fall(self, playing: Round, strike: Strike) -> None:
        await asyncio.sleep(strike.delay_s)
        blow = Blow(strike, time.monotonic(), self.hall.display.topmost_pid())
        if await self.blows.strike(strike):
            playing.blows.append(blow)

    async def _check_filed(self, story: Story, heard: Heard) -> None:
        filed = await asyncio.to_thread(records.filing_numbers, self.hall.platform_dir)
        if heard.said.filing_no not in filed.values():
            place = story.heard.index(heard)
            story.heard[place] = Heard(
                heard.said, filed_then=False, own_slips_then=heard.own_slips_then, after_send=heard.after_send
            )

    def _hand_over_late_slips(self) -> None:
        """Give the citizen before, who still stands there, the slip that comes out a moment too late."""
        if not self.run.rounds or time.monotonic() - self._gone_s > LINGERS_S:
            return
        before = self.run.rounds[-1].story
        theirs = {heard.said.local_no for heard in before.heard}
        for slip in self.hall.printer.slips[self._slips_before :]:
            paper = read_paper(slip.text)
            if not slip.blank and paper.local_no not in theirs:
                break
            self._slips_before += 1
            if not slip.blank:
                before.papers.append(paper)

    def _papers(self) -> list[Paper]:
        slips = self.hall.printer.slips[self._slips_before :]
        return [read_paper(slip.text) for slip in slips if not slip.blank]

    def _collect_papers(self) -> None:
        if self._round is not None:
            self._round.story.papers += self._papers()
            self._slips_before = len(self.hall.printer.slips)
