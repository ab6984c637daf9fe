"""For `main.py check`: does the platform know this terminal, and for how long?"""

from __future__ import annotations

import secrets
from datetime import UTC, datetime

from config.client_certificate import CERTIFICATE_ENDED, CERTIFICATE_REVOKED
from config.problems import problems
from config.settings import Settings
from offline_queue.answers import LineDown
from offline_queue.failures import UnreadableFile
from offline_queue.platform_client import PlatformClient
from offline_queue.renewal import AGAIN, words_of
from offline_queue.signing import TerminalKey

_REVOKED = f"the platform has taken this terminal's certificate back. What is kept stays kept. {AGAIN}"


async def platform_lines(settings: Settings) -> tuple[list[str], bool]:
    """One line on the certificate, one on the platform; False when the terminal is let in no more.

    A platform that does not answer is no mistake of this machine.
    """
    try:
        key = TerminalKey.of(settings.terminal)
        client = PlatformClient(settings.platform, key, settings.terminal.state_dir)
    except UnreadableFile as error:
        # What is wrong with a file of the settings has its own line.
        return [] if problems(settings) else [f"platform     {error}"], False
    words, sound = words_of(client.certificate, datetime.now(UTC))
    try:
        status = await client.status(secrets.token_hex(16))
    finally:
        await client.close()
    reach = "answers"
    if isinstance(status, LineDown):
        reach = f"does not answer: {status.cause}"
        if status.cause == CERTIFICATE_REVOKED:
            reach, sound = _REVOKED, False
        elif status.cause == CERTIFICATE_ENDED:
            sound = False
    return [f"certificate  {words}", f"platform     {reach}"], sound
