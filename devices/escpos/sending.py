"""One job on its way to the paper: sent no faster than the printer prints, watched until it is out.

How the end is known. `DLE EOT` is answered in real time, while the paper still moves, so it proves nothing
about a job's end. Where the profile has an end mark, `GS r 1` is sent behind the last byte: it is executed in
its turn, after everything before it, and not while the printer is stopped (Epson ESC/POS command reference,
"GS r"). Where it has none, the end is when the last row must be out by the paper's speed. In both cases the
printer must report itself well after it.

No more than `AHEAD_DOTS` of paper is sent ahead, although a buffer would take the whole job, and the last row
with the cut only to a printer that is well when all the rest must be on paper. So a job that stops before
that is never whole, and a printer that cannot be told to forget lets out some lines after a refill, and never
somebody's slip.
"""

from __future__ import annotations

from devices.contracts.receipt_printer import PaperJob
from devices.escpos.conversation import Conversation, Way, has_mark
from devices.escpos.pace import BITS_PER_BYTE, Pace
from devices.escpos.status import Automatic, Reply, health_by_itself
from devices.statuses import DeviceFault, DeviceState, PrinterHealth, Reason

AHEAD_DOTS = 128
"""16 mm at 203 dots an inch: enough for the motor to run through, at any rate of the wire."""

END_PORTIONS = 3
"""A row's dots, its leading, the cut: the end of every slip."""

END_S = 20.0
"""From the last byte handed to the kernel to the end mark: 4 KB still on a 9600 baud wire, and the paper."""

PATIENCE_S = 10.0
"""A printer that is busy, too hot or off line for no reason it names is waited for so long."""

_SETTLING_S = 0.2
"""The motor starts and stops: added to the paper's own time where no end mark tells."""

_ASK_EVERY_S = 0.2
_ASKING_SHARE = 0.04
"""Questions may take so much of the wire's time."""
_QUESTION_BYTES = 16

_END_MARK = b"\x1dr\x01"


class Sending:
    """One job on its way; made anew for each."""

    def __init__(self, line: Conversation, baud: int, dots_per_s: float, buffer_bytes: int, way: Way) -> None:
        self._line = line
        self._clock = way.clock
        self._pace = Pace(baud, dots_per_s, buffer_bytes, AHEAD_DOTS)
        self._ask_every_s = max(_ASK_EVERY_S, _QUESTION_BYTES * BITS_PER_BYTE / baud / _ASKING_SHARE)
        self._ask_at = self._clock() + self._ask_every_s
        self.last_begun = False
        """Whether the last row and the cut may have reached the printer."""

    async def until_out(self, job: PaperJob, *, end_mark: bool) -> Reason | None:
        """Send `job` and wait until it is out: None. Or why the printer says that it has stopped.

        Raises `DeviceFault` when the printer says neither.
        """
        for number, (data, dots) in enumerate(job, 1):
            last = number == len(job) - END_PORTIONS + 1
            moment = self._pace.done_at if last else self._pace.room_at(len(data), self._clock())
            if (reason := await self._stopped_before(moment)) is not None:
                return reason
            if last and (reason := await self._asked()) is not None:
                return reason
            self.last_begun = self.last_begun or last or len(job) < END_PORTIONS
            await self._line.send(data)
            self._pace.sent(len(data), dots, self._clock())
        if end_mark:
            await self._line.send(_END_MARK)
            reason = await self._marked(self._pace.done_at + END_S)
        else:
            reason = await self._stopped_before(self._pace.done_at + _SETTLING_S)
        if reason is not None:
            return reason
        if (reason := await self._asked()) is not None:
            raise DeviceFault(reason, f"{self._line.port}: not well at the end")
        return None

    async def _stopped_before(self, moment: float) -> Reason | None:
        """Let time pass until `moment` while asking how the printer is; why it stopped, if it did."""
        while (left_s := moment - self._clock()) > 0:
            if (till_asked_s := self._ask_at - self._clock()) > 0:
                replies = await self._line.listen(min(left_s, till_asked_s))
                if (reason := _said_by_itself(replies)) is not None:
                    return reason
                continue
            stood_before = self._pace.done_at
            if (reason := await self._asked()) is not None:
                return reason
            moment += self._pace.done_at - stood_before
        return None

    async def _marked(self, give_up_at: float) -> Reason | None:
        """Wait for the end mark: None. Or why the printer has stopped. Raises `DeviceFault`."""
        while not has_mark(replies := await self._line.listen(self._ask_every_s)):
            if (reason := _said_by_itself(replies)) is not None:
                return reason
            health, passed = await self._line.statuses()
            if has_mark(passed):
                break
            if (reason := _why_stopped(health)) is not None:
                return reason
            if self._clock() > give_up_at:
                raise DeviceFault(Reason.SILENT, f"{self._line.port}: no end mark")
        return None

    async def _asked(self) -> Reason | None:
        """Ask once how the printer is, waiting while it may go on by itself; why it stopped, if it did."""
        began = self._clock()
        health, _ = await self._line.statuses()
        while _may_go_on(health) and self._clock() - began < PATIENCE_S:
            await self._line.listen(_ASK_EVERY_S)
            health, _ = await self._line.statuses()
            self._pace.paused(_ASK_EVERY_S)
        self._ask_at = self._clock() + self._ask_every_s
        return None if health.usable else health.reason


def _why_stopped(health: PrinterHealth) -> Reason | None:
    """Why a printer has stopped for good; some say "offline" without a reason while they are only busy."""
    return None if health.usable or _may_go_on(health) else health.reason


def _may_go_on(health: PrinterHealth) -> bool:
    busy = health.state is DeviceState.DEVICE_BUSY
    return busy or (health.state is DeviceState.OFFLINE and health.reason is Reason.STOPPED)


def _said_by_itself(replies: list[Reply]) -> Reason | None:
    reasons = (_why_stopped(health_by_itself(said.values)) for said in replies if isinstance(said, Automatic))
    return next((reason for reason in reasons if reason is not None), None)
