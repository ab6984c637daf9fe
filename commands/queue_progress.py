"""`queue progress`: what became of an application at the platform, in words that can be read to a citizen."""

from __future__ import annotations

import asyncio
import secrets
from pathlib import Path
from typing import Any

from commands.device_common import Voice
from commands.queue_asking import ANSWER_S, of_file, of_terminal, settings_of
from config.settings import Settings
from kiosk.terminal.queue_file import QUEUE_FILE
from offline_queue.outbox import Outbox
from offline_queue.platform_client import PlatformClient
from offline_queue.progress import progress
from offline_queue.queue_values import QueueLine
from offline_queue.signing import TerminalKey

NOTHING_TOLD = 3

STATES = {
    "received": "平台已收件 received by the platform",
    "taken_over": "公司已接收 taken over by the company",
    "accepted": "已受理 accepted by the authority",
    "in_progress": "办理中 in progress",
    "returned": "已退回 returned",
    "concluded": "已办结 concluded",
}

UNTOLD = {
    "kept": "{local_no}: 已暂存本机，尚未提交 kept here, not delivered to the platform yet",
    "quarantined": "{local_no}: 已暂存本机，尚未提交 not delivered: set aside for a technician ({cause})",
    "unreachable": "{filing_no}: 平台已收件，现在连不上平台"
    " the platform received it, and cannot be reached now ({cause})",
    "refused": "{filing_no}: 平台已收件，现在查不到"
    " the platform received it, and tells nothing of it now ({cause})",
    "unknown": "{filing_no}: 平台查不到 the platform knows no such application of this terminal;"
    " one that was brought back from a slip is asked for where the slip was printed",
    "not_its_word": "{filing_no}: 回答没有平台的签名，不要相信"
    " the answer is not signed by the platform, do not believe it ({cause})",
}


def answer(voice: Voice, name: str, config: list[Path] | None, overrides: list[str] | None) -> None:
    """Numbers, and a line for each matter."""
    settings = settings_of(voice, config, overrides)
    question = {"application": name}
    # The platform has its whole time to answer the terminal in.
    answer_s = settings.platform.request_timeout_s + ANSWER_S
    told = of_terminal(voice, settings, "queue-progress", question, answer_s)
    if told is None:
        told = _of_none_running(voice, settings, question)
    if "untold" in told:
        voice.fail(UNTOLD[told["untold"]].format(**told), told["untold"], NOTHING_TOLD)
    voice.result(told, "\n".join(_lines(told)))


def _of_none_running(voice: Voice, settings: Settings, question: dict[str, str]) -> dict[str, Any]:
    if not (settings.terminal.state_dir / QUEUE_FILE).exists():
        voice.refuse(f"{settings.terminal.state_dir / QUEUE_FILE}: there is no queue here")
    told = of_file(voice, settings, lambda outbox: asyncio.run(_asked(settings, outbox, question)))
    if "error" in told:
        voice.refuse(told["error"])
    return told


async def _asked(settings: Settings, outbox: Outbox, question: dict[str, str]) -> dict[str, Any]:
    async def look(name: str) -> QueueLine | None:
        return outbox.line(name)

    terminal = settings.terminal
    client = PlatformClient(settings.platform, TerminalKey.of(terminal), terminal.state_dir)
    try:
        return await progress(look, client.case, secrets.token_hex(16), question)
    finally:
        await client.close()


def _lines(told: dict[str, Any]) -> list[str]:
    lines = [f"申报号 filing number  {told['filing_no']}", f"本机流水号 local number  {told['local_no']}"]
    for member in told["members"]:
        lines.append(f"{member['filing_no']}  {member['item']}: {STATES[member['state']]}")
        if member["reason_zh"] is not None:
            lines.append(f"  原因 reason: {member['reason_zh']}")
    if not told["members"]:
        lines.append(f"{told['item']}: {STATES['received']}")
    return lines
