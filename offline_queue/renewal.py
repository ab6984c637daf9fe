"""The terminal's certificate, renewed by itself: asked for anew when less than a third of its life is left.

The new key is made here. Certificate and key are tried at the platform before they count, then replace the
earlier ones in one stroke, as one file; until then, and if anything fails, the earlier ones stay in use.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import structlog

from config.client_certificate import RENEWED, ClientCertificate, Standing, read_pair
from offline_queue.answers import LineDown
from offline_queue.client_keys import is_for, key_pem, new_client_key, signing_request
from offline_queue.durable_file import replace_file, sync_directory
from offline_queue.platform_client import PlatformClient
from offline_queue.schedule import full_jitter

LOOK_S = 3600.0
"""How often the certificate is looked at, and the longest pause between two tries to renew it."""

FIRST_S = 60.0
"""Until the first look: by then the platform has said what time it is, or does not answer."""

SPREAD_S = 30.0
"""Within so many seconds of the line's return it is tried: a hall's terminals do not knock in step."""

_log = structlog.get_logger()


@dataclass(frozen=True)
class CertificateHealth:
    """For a technician: until when, how it stands, and why it could not be renewed (empty: no failure)."""

    ends: datetime
    standing: Standing
    failure: str


class Renewal:
    """Looks after the certificate of `client`, for ever."""

    def __init__(
        self,
        client: PlatformClient,
        terminal: str,
        state_dir: Path,
        *,
        now: Callable[[], datetime],
        random: Callable[[], float],
        nonce: Callable[[], str],
        online: Callable[[], bool],
    ) -> None:
        """`now` is the platform's time as far as it is known; `random` gives 0…1."""
        self._client = client
        self._terminal = terminal
        self._file = state_dir / RENEWED
        self._now = now
        self._random = random
        self._nonce = nonce
        self._online = online
        self._failures = 0
        self._failure = ""
        self._told: Standing = "good"
        self._line_back = asyncio.Event()

    def health(self) -> CertificateHealth:
        """How the certificate stands now."""
        certificate = self._client.certificate
        return CertificateHealth(certificate.ends, certificate.standing(self._now()), self._failure)

    def line_back(self) -> None:
        """The platform can be reached again."""
        self._line_back.set()

    async def run(self) -> None:
        """Look, and renew when it is time, for ever."""
        self._look_for_damage()
        wait_s = FIRST_S
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(wait_s):
                    await self._line_back.wait()
                    await asyncio.sleep(self._random() * SPREAD_S)
            self._line_back.clear()
            wait_s = await self.look()

    async def look(self) -> float:
        """Renew if it is time and somebody answers; gives the seconds until the next look."""
        standing = self._client.certificate.standing(self._now())
        self._tell(standing)
        if standing not in {"renewal_due", "ending"} or not self._online():
            return LOOK_S
        failure = await self._renew()
        if failure is None:
            self._failures, self._failure = 0, ""
            _log.info("certificate_renewed", path=str(self._file))
            return LOOK_S
        wait_s = full_jitter(self._failures, cap_s=LOOK_S, random=self._random())
        if failure != self._failure:
            _log.warning("certificate_not_renewed", reason=failure, wait_s=round(wait_s))
        self._failures, self._failure = self._failures + 1, failure
        return wait_s

    async def _renew(self) -> str | None:
        """Get the next certificate and use it; or say what failed."""
        key = await asyncio.to_thread(new_client_key)
        answer = await self._client.next_certificate(signing_request(self._terminal, key))
        if isinstance(answer, LineDown):
            return answer.cause
        if not is_for(answer, self._terminal, key):
            return "another_certificate"
        untried = self._file.with_suffix(".untried")
        try:
            content = answer.encode() + key_pem(key)
            await asyncio.to_thread(replace_file, untried, content, private=True)
            refused = await self._client.tried(read_pair(untried), self._nonce())
            if refused is not None:
                return refused.cause
            await asyncio.to_thread(self._put_in_place, untried)
            self._client.take_up(read_pair(self._file))
        except OSError as error:
            return error.strerror or "disk"
        except ValueError:
            return "another_certificate"
        return None

    def _put_in_place(self, untried: Path) -> None:
        untried.replace(self._file)
        sync_directory(self._file.parent)

    def _tell(self, standing: Standing) -> None:
        if standing == self._told:
            return
        self._told = standing
        reason = self._failure or "never_online"
        if standing == "ending":
            _log.error("certificate_ending", reason=reason)
        elif standing == "ended":
            _log.error("certificate_ended", reason=reason)

    def _look_for_damage(self) -> None:
        """Say so when the renewed certificate cannot be used and the one before it is."""
        try:
            read_pair(self._file)
        except FileNotFoundError:
            return
        except (OSError, ValueError):
            _log.error("certificate_lost", path=str(self._file))


def words_of(certificate: ClientCertificate, now: datetime) -> tuple[str, bool]:
    """Say for people how a certificate stands, and whether the terminal can work with it."""
    until = f"{certificate.ends:%Y-%m-%d}"
    match certificate.standing(now):
        case "good":
            return f"until {until}; renewed by itself from {certificate.renewed_from:%Y-%m-%d}", True
        case "renewal_due":
            return f"until {until}; is renewed as soon as the platform answers", True
        case "ending":
            days = (certificate.ends - now).days
            return f"ENDS in {days} days ({until}) and was not renewed: look in the log for why", True
        case "ended":
            return (
                f"ENDED on {until}: the platform lets {certificate.terminal} in no more. What is kept stays "
                f"kept. {AGAIN}"
            ), False


AGAIN = (
    "Ask the platform's operator for an invitation with --again, run `python main.py enrol`, and start the "
    "terminal anew"
)
"""The way back in."""
