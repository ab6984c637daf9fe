"""Who takes what came from the platform, one for each kind; each believes a signature, never a list.

Revocations and settings are believed when the platform signed them, a catalogue when its own signer did. Each
is in force from the moment its file, or link, has been replaced on the disk.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import structlog

from config.plain import BadFile
from config.published import CONFIGURATION, read_published
from kiosk.terminal.catalogue_desk import CatalogueDesk
from kiosk.terminal.catalogues import NoRoom, NotApplied
from kiosk.terminal.downstream_book import FOLDER, Book
from offline_queue.contract_files import NotOfTheContract
from offline_queue.downstream import (
    NOTHING_REVOKED,
    Configuration,
    Publication,
    Revocations,
    read_configuration,
    read_revocations,
)
from offline_queue.durable_file import replace_file
from offline_queue.signing import PlatformWord

REVOCATIONS = f"{FOLDER}/revocations.json"
"""In `terminal.state_dir`, as the platform signed it."""

_log = structlog.get_logger()


class NotTaken(Exception):
    """It is refused, and everything stays as it was; the text is for the technician."""


class NotNow(Exception):
    """This terminal cannot take it now; the text is the cause."""


class Taker(Protocol):
    """One kind of what comes."""

    @property
    def number(self) -> int:
        """The highest number so far; one below it is somebody playing an old one again."""

    @property
    def in_force(self) -> int:
        """What is in force now; 0 for nothing of this kind that has a number."""

    @property
    def hindrance(self) -> str | None:
        """What in this terminal's settings keeps it from taking any."""

    async def take(self, file: Path, wanted: Publication) -> None:
        """Put it in force. Raises `NotTaken`, `NotNow`."""


class RevocationsTaker:
    """`on_change` hears of every list that is in force, the kept one at the start apart."""

    def __init__(self, state_dir: Path, word: PlatformWord, on_change: Callable[[Revocations], None]) -> None:
        self._path = state_dir / REVOCATIONS
        self._word = word
        self._on_change = on_change
        self.revocations = self._kept()

    @property
    def number(self) -> int:
        """Of the list in force."""
        return self.revocations.number

    @property
    def in_force(self) -> int:
        """The same."""
        return self.number

    @property
    def hindrance(self) -> None:
        """No setting can."""

    async def take(self, file: Path, wanted: Publication) -> None:
        """Revoke at once, for sessions that run too."""
        self.revocations = await asyncio.to_thread(self.keep, file, wanted)
        self._on_change(self.revocations)

    def keep(self, file: Path, wanted: Publication) -> Revocations:
        """Check a list, and write it down. Raises `NotTaken`, `NotNow`."""
        body = _read(file)
        try:
            fresh = read_revocations(self._word, body)
        except NotOfTheContract as error:
            raise NotTaken(str(error)) from None
        _refuse_other_number(fresh.number, wanted)
        if fresh.lacks(self.revocations):
            raise NotTaken("lacks what was revoked before")
        _write(self._path, body)
        return fresh

    def _kept(self) -> Revocations:
        try:
            return read_revocations(self._word, self._path.read_bytes())
        except FileNotFoundError:
            return NOTHING_REVOKED
        except (OSError, NotOfTheContract) as error:
            _log.error("downstream_lost", key="revocations", reason=str(error))
            return NOTHING_REVOKED


class ConfigurationTaker:
    """`renew` replaces the sessions that serve nobody, so that the next person's has the new settings."""

    def __init__(
        self,
        state_dir: Path,
        word: PlatformWord,
        *,
        terminal_id: str,
        area_code: str,
        renew: Callable[[], None],
    ) -> None:
        self._path = state_dir / CONFIGURATION
        self._word = word
        self._terminal_id = terminal_id
        self._area_code = area_code
        self._renew = renew
        self._number = self._kept()

    @property
    def number(self) -> int:
        """Of the settings in force."""
        return self._number

    @property
    def in_force(self) -> int:
        """The same."""
        return self.number

    @property
    def hindrance(self) -> None:
        """No setting can."""

    async def take(self, file: Path, wanted: Publication) -> None:
        """Put it in force: sessions read it when they start."""
        await asyncio.to_thread(self.keep, file, wanted)
        self._number = wanted.number
        self._renew()

    def keep(self, file: Path, wanted: Publication) -> None:
        """Check every line, then write it down. Raises `NotTaken`, `NotNow`."""
        body = _read(file)
        try:
            fresh = read_configuration(self._word, body)
            read_published(fresh.toml, f"configuration {fresh.number}")
        except (NotOfTheContract, BadFile) as error:
            raise NotTaken(str(error)) from None
        _refuse_other_number(fresh.number, wanted)
        if not self._is_meant(fresh):
            raise NotTaken("for another terminal or another area")
        _write(self._path, body)

    def _is_meant(self, fresh: Configuration) -> bool:
        mine = fresh.terminal in {None, self._terminal_id}
        return mine and fresh.area_code in {None, self._area_code}

    def _kept(self) -> int:
        try:
            kept = read_configuration(self._word, self._path.read_bytes())
            read_published(kept.toml, f"configuration {kept.number}")
        except FileNotFoundError:
            return 0
        except (OSError, NotOfTheContract, BadFile) as error:
            _log.error("downstream_lost", key="configuration", reason=str(error))
            return 0
        return kept.number


class CatalogueTaker:
    """Gives a bundle to the same desk that a technician gives one to."""

    def __init__(self, desk: CatalogueDesk, book: Book) -> None:
        self._desk = desk
        self._book = book

    @property
    def number(self) -> int:
        """Of the catalogue in use, or of one that was taken back since."""
        taken = self._book.page("catalogue").taken
        return max(self.in_force, 0 if taken is None else taken.number)

    @property
    def in_force(self) -> int:
        """Of the catalogue in use; the shipped one has none."""
        return self._desk.version.number

    @property
    def hindrance(self) -> str | None:
        """A terminal without a signer's key takes no bundle."""
        return self._desk.hindrance

    async def take(self, file: Path, wanted: Publication) -> None:
        """Use it from the next session on."""
        try:
            await self._desk.put_to_use(file, wanted.number)
        except NoRoom as error:
            raise NotNow(str(error)) from None
        except NotApplied as refused:
            raise NotTaken(str(refused).replace(f"{file}: ", "")) from None


def _refuse_other_number(number: int, wanted: Publication) -> None:
    if number != wanted.number:
        raise NotTaken(f"is number {number}, and was listed as {wanted.number}")


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise NotNow(error.strerror or "disk") from None


def _write(path: Path, body: bytes) -> None:
    try:
        replace_file(path, body)
    except OSError as error:
        raise NotNow(error.strerror or "disk") from None
