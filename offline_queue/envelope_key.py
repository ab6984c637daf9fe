"""The platform's newest envelope key as it announced it: fetched when a status names another, kept in a file.

The announcement is passed on as it came, because the session that seals checks the platform's signature
itself. A key for another suite than the settings name is kept and not passed on: nobody is moved to another
suite by a message. Earlier keys go on opening at the platform, so nothing waits for a new one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path

import structlog

from config.envelope_suites import EnvelopeSuite
from offline_queue.answers import LineDown
from offline_queue.contract_files import NotOfTheContract
from offline_queue.durable_file import replace_file
from offline_queue.signing import EnvelopeKey, PlatformWord

KEY_FILE = "envelope-key.json"
"""The newest announcement, in `terminal.state_dir`."""

RETRY_S = 300.0
"""Until a key that could not be had is asked for again."""

AskKey = Callable[[], Awaitable[EnvelopeKey | LineDown]]

_log = structlog.get_logger()


class EnvelopeKeyWatch:
    """Knows the newest key, and gets the next one. `named` is what a status says."""

    def __init__(
        self,
        path: Path,
        word: PlatformWord,
        ask: AskKey,
        *,
        kid: str,
        suite: EnvelopeSuite,
        on_change: Callable[[str], None],
        retry_s: float = RETRY_S,
    ) -> None:
        """`kid` and `suite` are the settings'; `on_change` gets each announcement that may be used."""
        self._path = path
        self._ask = ask
        self._suite = suite
        self._configured = kid
        self._on_change = on_change
        self._retry_s = retry_s
        self._kept = _kept(path, word)
        self._kid = self._wanted = kid if self._kept is None else self._kept.kid
        self._other = asyncio.Event()

    @property
    def announcement(self) -> str | None:
        """What sessions are told; None as long as the settings' own key is the newest that may be used."""
        return self._kept.text if self._kept is not None and self._kept.suite == self._suite else None

    @property
    def kids(self) -> frozenset[str]:
        """The keys that sessions may seal to: the settings', and the announced one."""
        announced = None if self.announcement is None or self._kept is None else self._kept.kid
        return frozenset(kid for kid in (self._configured, announced) if kid is not None)

    def named(self, kid: str) -> None:
        """Take note of the key that the platform wants new envelopes to be sealed to."""
        if kid != self._wanted:
            self._wanted = kid
            self._other.set()

    def hurry(self) -> None:
        """The key in use is withdrawn: whatever is named is asked for now."""
        self._other.set()

    async def run(self) -> None:
        """Get what was named, for ever."""
        while True:
            wait_s = None if self._kid == self._wanted else self._retry_s
            with suppress(TimeoutError):
                async with asyncio.timeout(wait_s):
                    await self._other.wait()
            self._other.clear()
            if self._kid != self._wanted:
                await self._get()

    async def _get(self) -> None:
        answer = await self._ask()
        if isinstance(answer, LineDown):
            _log.warning("envelope_key_missing", platform_kid=self._wanted, reason=answer.cause)
            return
        if answer.kid != self._wanted:
            _log.warning("envelope_key_missing", platform_kid=self._wanted, reason="another_key")
            return
        try:
            await asyncio.to_thread(replace_file, self._path, answer.text.encode())
        except OSError as error:
            # Good for this run; the next one asks again.
            _log.warning("envelope_key_not_kept", platform_kid=answer.kid, reason=error.strerror or "unknown")
        self._kept, self._kid = answer, answer.kid
        if self.announcement is None:
            _log.warning("envelope_key_unused", platform_kid=answer.kid, reason="another_suite")
            return
        _log.info("envelope_key_changed", platform_kid=answer.kid)
        self._on_change(answer.text)


def _kept(path: Path, word: PlatformWord) -> EnvelopeKey | None:
    try:
        return word.envelope_key(path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, NotOfTheContract) as error:
        _log.warning("envelope_key_lost", reason=type(error).__name__)
        return None
