"""How a `queue` command asks: the running terminal, or the file itself where none runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from commands.device_common import Voice, be_quiet
from config.layers import BadConfiguration, load
from config.settings import Settings
from kiosk.terminal.boot import BootRefused, only_terminal
from kiosk.terminal.control import SOCKET_NAME, NoTerminal, ask
from kiosk.terminal.queue_file import QUEUE_FILE, open_outbox
from offline_queue.failures import QueueFailure
from offline_queue.outbox import Outbox
from offline_queue.queue_questions import QUESTIONS
from offline_queue.signing import TerminalKey

ANSWER_S = 5.0


def settings_of(voice: Voice, config: list[Path] | None, overrides: list[str] | None) -> Settings:
    """The settings of the terminal that is meant; from here on drivers' events stay off the screen."""
    be_quiet()
    try:
        return load(config or [], overrides or []).settings
    except BadConfiguration as mistake:
        voice.refuse(str(mistake))


def asked(
    voice: Voice, settings: Settings, question: str, details: Mapping[str, str], answer_s: float = ANSWER_S
) -> dict[str, Any]:
    """The answer to one of `QUESTIONS`; what cannot be done ends the command."""
    answer = of_terminal(voice, settings, question, details, answer_s)
    if answer is None:
        if not (settings.terminal.state_dir / QUEUE_FILE).exists():
            voice.refuse(f"{settings.terminal.state_dir / QUEUE_FILE}: there is no queue here")
        answer = of_file(voice, settings, lambda outbox: QUESTIONS[question](outbox, details))
    if "error" in answer:
        voice.refuse(str(answer["error"]))
    return answer


def of_terminal(
    voice: Voice, settings: Settings, question: str, details: Mapping[str, str], answer_s: float = ANSWER_S
) -> dict[str, Any] | None:
    """What the running terminal answers; None where none runs."""
    runtime_dir = settings.terminal.runtime_dir
    if not (runtime_dir / SOCKET_NAME).exists():
        return None
    try:
        answer = ask(runtime_dir, question, answer_s, **details)
    except NoTerminal:
        return None  # it left its socket behind; whether one runs is decided by the lock
    if "error" in answer:
        voice.refuse(str(answer["error"]))
    return answer


def of_file(voice: Voice, settings: Settings, call: Callable[[Outbox], dict[str, Any]]) -> dict[str, Any]:
    """Ask the file itself, holding the lock that a terminal would hold."""
    terminal = settings.terminal
    try:
        with only_terminal(terminal.state_dir):
            outbox = open_outbox(settings, TerminalKey.of(terminal))
            try:
                return call(outbox)
            finally:
                outbox.close()
    except (BootRefused, QueueFailure) as refused:
        voice.refuse(str(refused))
