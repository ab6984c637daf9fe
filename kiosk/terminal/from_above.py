"""What comes from the platform, put together: who asks for it, who takes it, and who hears of it."""

from __future__ import annotations

import random
import secrets
from collections.abc import Callable
from datetime import UTC, datetime

import structlog

from config.free_space import has_room
from config.settings import Settings
from kiosk.messages import Revoked, WithdrawnMatter
from kiosk.terminal.catalogue_desk import CatalogueDesk
from kiosk.terminal.catalogues import Version
from kiosk.terminal.downstream import DownstreamDesk, Line
from kiosk.terminal.downstream_book import Book
from kiosk.terminal.takers import CatalogueTaker, ConfigurationTaker, RevocationsTaker
from offline_queue.answers import LineDown
from offline_queue.downstream import PublicationList, Revocations
from offline_queue.outbox_thread import OutboxThread
from offline_queue.platform_client import PlatformClient
from offline_queue.signing import PlatformWord


class FromAbove:
    """`desk` runs; `on_revoked` hears of the revocations in force, first of those that were kept."""

    def __init__(
        self,
        settings: Settings,
        client: PlatformClient,
        queue: OutboxThread,
        catalogue: CatalogueDesk,
        *,
        on_revoked: Callable[[Revocations], None],
        renew: Callable[[], None],
    ) -> None:
        """Read what was kept. Raises `offline_queue.failures.UnreadableFile` for the platform's key."""
        terminal = settings.terminal
        word = PlatformWord.load(settings.platform.receipt_key)
        self._book = Book(terminal.state_dir, lambda: datetime.now(UTC))
        self._revocations = RevocationsTaker(terminal.state_dir, word, on_revoked)

        async def ask_list() -> PublicationList | LineDown:
            return await client.downstream(secrets.token_hex(16), terminal.area_code)

        async def busy() -> bool:
            return bool(await queue.run(lambda outbox: outbox.delivery.under_way()))

        self.desk = DownstreamDesk(
            self._book,
            {
                "revocations": self._revocations,
                "configuration": ConfigurationTaker(
                    terminal.state_dir,
                    word,
                    terminal_id=terminal.id,
                    area_code=terminal.area_code,
                    renew=renew,
                ),
                "catalogue": CatalogueTaker(catalogue, self._book),
            },
            Line(
                ask_list,
                client.downstream_piece,
                client.put_downstream_report,
                busy,
                lambda count: has_room(terminal, count),
                random.random,
            ),
        )
        on_revoked(self.revocations)

    @property
    def revocations(self) -> Revocations:
        """Those in force."""
        return self._revocations.revocations

    def rolled_back(self, version: Version) -> None:
        """No session came up with this catalogue: if it came from here, the book says so."""
        taken = self._book.page("catalogue").taken
        if taken is not None and taken.number == version.number:
            try:
                self._book.refuse("catalogue", version.number, "no session came up with it")
                self.desk.again()
            except OSError as error:
                reason = error.strerror or "unknown"
                structlog.get_logger().warning("not_noted", key="downstream", reason=reason)


def as_told(revocations: Revocations) -> Revoked:
    """What sessions hear of it."""
    return Revoked(
        envelope_keys=tuple(sorted(revocations.envelope_keys)),
        matters=tuple(
            WithdrawnMatter(item=item, version=version) for item, version in sorted(revocations.matters)
        ),
    )
