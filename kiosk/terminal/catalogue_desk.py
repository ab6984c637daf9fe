"""Changes the catalogue of a running terminal between two citizens, and takes a bad one back.

Whoever is being served goes on with the version they began with. A new version is on trial until the first
session has come up with it; if that fails, the version before is in use again at once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import structlog
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from config.bundle import fingerprint
from config.plain import BadFile
from kiosk.terminal.catalogues import Catalogues, Linter, NoRoom, NotApplied, Version
from kiosk.terminal.control import Answer
from kiosk.terminal.supervisor import Start
from offline_queue.downstream import NOTHING_REVOKED, Revocations

_NO_KEY = "catalogue.key: not set; without it no bundle can be believed"


class CatalogueDesk:
    """What sessions open, and how that changes. `renew` replaces the sessions that serve nobody.

    Raises `config.plain.BadFile` where the shipped catalogue, or the hall's own directory, cannot be used.
    """

    def __init__(
        self,
        catalogues: Catalogues,
        key: Ed25519PublicKey | None,
        area_code: str,
        linter: Linter,
        renew: Callable[[], None],
        on_rolled_back: Callable[[Version], None] = lambda _version: None,
    ) -> None:
        self._catalogues = catalogues
        self._key = key
        self._area_code = area_code
        self._linter = linter
        self._renew = renew
        self._on_rolled_back = on_rolled_back
        self._revocations = NOTHING_REVOKED
        self._log = structlog.get_logger()
        self._on_trial = False
        self._applying = asyncio.Lock()
        self.version = self._first()

    @property
    def hindrance(self) -> str | None:
        """Why no bundle at all can be used here."""
        return _NO_KEY if self._key is None else None

    async def apply(self, question: Mapping[str, Any]) -> Answer:
        """Answer "catalogue-apply": `{"applied": "17"}` or `{"error": reason}`."""
        file = Path(str(question.get("file", "")))
        try:
            return {"applied": (await self.put_to_use(file)).name}
        except NotApplied as refused:
            self._log.warning("catalogue_refused", path=str(file))
            return {"error": str(refused)}

    async def put_to_use(self, file: Path, number: int | None = None) -> Version:
        """Use a bundle from the next session on; `number` is the one it must have. Raises `NotApplied`."""
        if self._key is None:
            raise NotApplied(_NO_KEY)
        if fingerprint(self._key) in self._revocations.signers:
            raise NotApplied(f"{file}: its signer is withdrawn; catalogue.key needs a new one")
        async with self._applying:
            try:
                version = await asyncio.to_thread(
                    self._catalogues.stage, file, self._key, self._area_code, self._linter
                )
                if number not in {None, version.number}:
                    raise NotApplied(f"{file}: is version {version.name}, and was listed as {number}")
                if version.number in self._revocations.bundles:
                    raise NotApplied(f"{file}: version {version.name} is withdrawn")
                self._catalogues.use(version)
            except OSError as error:
                raise NoRoom(f"{error.filename or file}: {error.strerror}") from None
            self.version, self._on_trial = version, True
            self._log.info("catalogue_applied", version=version.name)
            self._renew()
            return version

    def revoked(self, revocations: Revocations) -> None:
        """Take to what is withdrawn: a version in use is left for the one before it, at once."""
        self._revocations = revocations
        try:
            version = self._catalogues.withdraw(revocations.bundles)
        except OSError as error:
            # It holds for this run all the same; the next start withdraws it again.
            self._log.warning("not_noted", key="catalogue", reason=error.strerror or "unknown")
            version = self._catalogues.shipped
        if self.version.number in revocations.bundles:
            self._log.warning("catalogue_withdrawn", version=self.version.name)
            self.version, self._on_trial = version, True
            self._renew()

    def session_started(self, start: Start) -> None:
        """A session came up, or did not."""
        tried, self._on_trial = self._on_trial, False
        if not tried or start == "up":
            return
        self._log.error("catalogue_rolled_back", version=self.version.name)
        self._on_rolled_back(self.version)
        self.version = self._catalogues.roll_back()
        self._renew()

    def _first(self) -> Version:
        self._catalogues.prepare_shipped()
        try:
            return self._catalogues.prepare()
        except BadFile as bad:
            self._log.error("catalogue_refused", path=str(bad.path))
            return self._catalogues.shipped
