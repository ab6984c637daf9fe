"""What every `device` command has in common: one way to answer, to refuse, and to be stopped."""

from __future__ import annotations

import asyncio
import json
import signal
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import typer

from config.settings import Settings
from devices.statuses import DeviceFault

USAGE, FAULT, NOTHING_CAME = 2, 3, 4
"""Exit statuses: what was asked is wrong; the device failed; nobody laid a card or showed a code in time."""

LONGEST_WAIT_S = 86_400.0

BAUDS = (115_200, 57_600, 38_400, 19_200, 9_600)

_Result = TypeVar("_Result")


class Voice:
    """Answers on standard output, complains on standard error; with `as_json` one object for either."""

    def __init__(self, *, as_json: bool) -> None:
        self._as_json = as_json

    def result(self, answer: dict[str, Any], words: str) -> None:
        """What was found: for a program, or in words."""
        self._say(json.dumps(answer, ensure_ascii=False) if self._as_json else words)

    def _say(self, words: str) -> None:
        typer.echo(words.encode())  # UTF-8, whatever the technician's locale: names do not fit into others

    def note(self, words: str) -> None:
        """Something to know while waiting."""
        typer.echo(words, err=True)

    def fail(self, error: str, reason: str, status: int) -> NoReturn:
        """Say what is wrong and end."""
        typer.echo(error, err=True)
        if self._as_json:
            self._say(json.dumps({"error": error, "reason": reason}, ensure_ascii=False))
        raise typer.Exit(status)

    def end(self, error: str, status: int) -> NoReturn:
        """End with a complaint after an answer was given."""
        typer.echo(error, err=True)
        raise typer.Exit(status)

    def refuse(self, error: str) -> NoReturn:
        """What was asked cannot be done."""
        self.fail(error, "usage", USAGE)

    def fault(self, port: str, fault: DeviceFault) -> NoReturn:
        """A device, or the way to it, failed."""
        from commands.device_ports import fault_words

        self.fail(fault_words(port, fault), fault.reason.value, FAULT)

    def run(self, work: Coroutine[Any, Any, _Result]) -> _Result:
        """Run `work`; on SIGINT and SIGTERM let it give back what it holds, and end as a shell expects."""
        try:
            return asyncio.run(_stoppable(work))
        except _Stopped as stopped:
            self.fail("stopped", "stopped", 128 + stopped.signal)

    def until_stopped(self, work: Coroutine[Any, Any, None]) -> None:
        """Run `work`, whose end is SIGINT or SIGTERM."""
        with suppress(_Stopped):
            asyncio.run(_stoppable(work))


class _Stopped(Exception):
    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.signal = number


async def _stoppable(work: Coroutine[Any, Any, _Result]) -> _Result:
    loop = asyncio.get_running_loop()
    doing = loop.create_task(work)
    stops: list[int] = []

    def stop(number: int) -> None:
        stops.append(number)
        doing.cancel()

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop, number)
    try:
        return await doing
    except asyncio.CancelledError:
        if stops:
            raise _Stopped(stops[0]) from None
        raise


def be_quiet() -> None:
    """Keep the drivers' events off the screen: what a device says is told in the answer.

    A failure that nobody foresaw still gives its type and place on standard error, and no more.
    """
    import logging

    import structlog

    from kiosk.log import configure

    configure("device")
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))


@contextmanager
def settings_beside_no_terminal(
    voice: Voice, config: list[Path] | None, overrides: list[str] | None
) -> Iterator[Settings | None]:
    """The settings, None without a configuration; refuse beside the running terminal that they describe.

    Without a configuration only the port itself can tell: whoever has it open has it locked.
    """
    settings = settings_only(voice, config, overrides)
    if settings is None:
        yield None
        return
    from kiosk.terminal.boot import BootRefused, only_terminal

    try:
        with only_terminal(settings.terminal.state_dir):
            yield settings
    except BootRefused as refused:
        voice.refuse(f"{refused}; it owns the devices: stop it first, or ask it with `python main.py status`")


def sound_baud(voice: Voice, baud: int | None) -> int | None:
    """One of the rates that devices have, or none."""
    if baud is not None and baud not in BAUDS:
        voice.refuse(f"--baud {baud}: is one of {', '.join(map(str, BAUDS))}")
    return baud


def sound_timeout(voice: Voice, timeout_s: float) -> None:
    """Seconds that somebody may wait."""
    if not 0 < timeout_s <= LONGEST_WAIT_S:
        voice.refuse(f"--timeout {timeout_s:g}: is more than 0 and at most {LONGEST_WAIT_S:g} seconds")


def settings_only(voice: Voice, config: list[Path] | None, overrides: list[str] | None) -> Settings | None:
    """The settings, for what touches no device; None without a configuration."""
    if not config and not overrides:
        return None
    from config.layers import BadConfiguration, load

    try:
        return load(config or [], overrides or []).settings
    except BadConfiguration as mistake:
        voice.refuse(str(mistake))
