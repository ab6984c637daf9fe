"""The terminal's parts put together: what each is made of, and which of them hears of what."""

from __future__ import annotations

import random
import secrets
from collections.abc import Callable, Coroutine, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any

from config.bundle import read_key
from config.free_space import has_room
from config.hall_time import hall_today
from config.lint.catalogue import errors_in
from config.plain import BadFile
from config.settings import Settings
from kiosk.messages import Delivered, DeliveredMember, Keeping, PlatformReach
from kiosk.terminal.asking import SharedDataDesk
from kiosk.terminal.boot import BootRefused
from kiosk.terminal.calling import CallDesk
from kiosk.terminal.catalogue_desk import CatalogueDesk
from kiosk.terminal.catalogues import Catalogues, Version
from kiosk.terminal.desk import Desk, Surroundings
from kiosk.terminal.from_above import FromAbove, as_told
from kiosk.terminal.guides import Guides
from kiosk.terminal.health import HealthBoard
from kiosk.terminal.keeping_limits import KeepingWatch, Limits
from kiosk.terminal.session_process import SessionProcess, spawn
from kiosk.terminal.supervisor import Supervisor
from kiosk.terminal.tallies import TALLIES_FILE, Tallies
from offline_queue.clock import system_clock
from offline_queue.downstream import Revocations
from offline_queue.envelope_key import KEY_FILE, EnvelopeKeyWatch
from offline_queue.outbox_thread import OutboxThread
from offline_queue.platform_client import PlatformClient
from offline_queue.renewal import Renewal
from offline_queue.signing import PlatformWord, Receipt
from offline_queue.sync import Sync


class Wiring:
    """Every part of one terminal. They know each other only by what is handed to them here."""

    def __init__(
        self, settings: Settings, session_argv: Sequence[str], queue: OutboxThread, client: PlatformClient
    ) -> None:
        """Nothing runs yet. Raises `BootRefused` where the catalogue cannot be used."""
        self._settings = settings
        self._session_argv = session_argv
        self.queue = queue
        self.client = client
        self.board = HealthBoard(_now)
        self.sync = self._make_sync()
        self.renewal = self._make_renewal()
        self._envelope_key = self._watch_envelope_key()
        self.keeping = self._watch_keeping()
        self.guides = Guides(settings.guides, queue)
        self._shared_data = SharedDataDesk(settings.terminal.id, client.ask_shared_data, self._reach)
        self._calls = CallDesk(client.put_call, self._reach)
        tallies = settings.terminal.state_dir / TALLIES_FILE
        self.tallies = Tallies(tallies, hall_today, secrets.token_bytes(32))
        self.desk = self._make_desk()
        self.catalogue = self._open_catalogue()
        self.supervisor = Supervisor(
            self._start_session, self.desk, self.board, started=self.catalogue.session_started
        )
        self.above = FromAbove(
            settings,
            client,
            queue,
            self.catalogue,
            on_revoked=self._revoked,
            renew=self.supervisor.renew,
        )

    def work(self, on_tick: Callable[[], None]) -> list[Coroutine[Any, Any, None]]:
        """What runs until it is cancelled. `on_tick` is called while sessions are supervised."""
        return [
            self.supervisor.run(on_tick),
            self.sync.run(),
            self.keeping.run(),
            self._envelope_key.run(),
            self.renewal.run(),
            self._shared_data.run(),
            self._calls.run(),
            self.above.desk.run(),
        ]

    # ---- making ------------------------------------------------------------------------------------------

    def _make_sync(self) -> Sync:
        platform = self._settings.platform
        return Sync(
            self.queue,
            self.client,
            clock=system_clock,
            random=random.random,
            nonce=_nonce,
            probe_interval_s=platform.probe_interval_s,
            retry_cap_s=platform.retry_cap_s,
            on_reach=self._reach_changed,
            on_delivered=self._delivered,
            on_envelope_kid=self._envelope_key_named,
            on_published=self._published,
        )

    def _make_renewal(self) -> Renewal:
        return Renewal(
            self.client,
            self._settings.terminal.id,
            self._settings.terminal.state_dir,
            now=self.sync.platform_now,
            random=random.random,
            nonce=_nonce,
            online=lambda: self._reach() == "online",
        )

    def _watch_envelope_key(self) -> EnvelopeKeyWatch:
        """Watch for the platform's newer keys; the one an earlier terminal was told of is on the board."""
        platform = self._settings.platform
        watch = EnvelopeKeyWatch(
            self._settings.terminal.state_dir / KEY_FILE,
            PlatformWord.load(platform.receipt_key),
            self.client.envelope_key,
            kid=platform.envelope_kid,
            suite=platform.envelope_suite,
            on_change=self._envelope_key_changed,
        )
        self.board.envelope_key = watch.announcement
        return watch

    def _watch_keeping(self) -> KeepingWatch:
        platform = self._settings.platform
        return KeepingWatch(
            self.queue,
            self.board,
            Limits(platform.queue_limit, platform.oldest_days, platform.offline_days),
            self._settings.terminal.state_dir,
            has_room=self._has_room,
            has_key=self._has_key,
            now=_now,
            on_change=self._keeping_changed,
        )

    def _make_desk(self) -> Desk:
        surroundings = Surroundings(
            today=hall_today,
            clock_trust=self.sync.clock_trust,
            clock_offset=self.sync.clock_offset,
            committed=self._committed,
            has_room=self._has_room,
        )
        return Desk(
            self.queue, self.guides, self.board, surroundings, self._shared_data, self.tallies, self._calls
        )

    def _open_catalogue(self) -> CatalogueDesk:
        terminal, key_file = self._settings.terminal, self._settings.catalogue.key
        try:
            return CatalogueDesk(
                Catalogues(terminal.state_dir, self._settings.items_dir),
                None if key_file is None else read_key(key_file),
                terminal.area_code,
                errors_in,
                self._renew_sessions,
                self._catalogue_rolled_back,
            )
        except BadFile as bad:
            raise BootRefused(str(bad)) from None

    def _start_session(self, name: str) -> SessionProcess:
        argv = [*self._session_argv, "--catalogue", str(self.catalogue.version.compiled)]
        return spawn(name, argv, self._settings.terminal.runtime_dir, self._settings.log.file)

    # ---- asking ------------------------------------------------------------------------------------------

    def _reach(self) -> PlatformReach:
        return self.board.reach

    def _has_room(self) -> bool:
        return has_room(self._settings.terminal)

    def _has_key(self) -> bool:
        """Whether an envelope can be sealed: to a key that has not been withdrawn."""
        return bool(self._envelope_key.kids - self.above.revocations.envelope_keys)

    # ---- hearing -----------------------------------------------------------------------------------------

    def _reach_changed(self, reach: PlatformReach) -> None:
        self.board.reach = reach
        if reach == "online":
            self.renewal.line_back()
        self.supervisor.tell_reach(reach)

    def _committed(self) -> None:
        self.sync.poke()
        self.keeping.wake()

    def _delivered(self, application_id: str, receipt: Receipt, statement: str | None) -> None:
        self.desk.delivered(
            Delivered(
                application_id=application_id,
                filing_no=receipt.filing_no,
                received_at=receipt.received_at,
                statement=statement,
                members=tuple(
                    DeliveredMember(item=each.item, filing_no=each.filing_no, state=each.state)
                    for each in receipt.members
                ),
            )
        )
        self.keeping.wake()

    def _keeping_changed(self, keeping: Keeping) -> None:
        self.supervisor.tell_keeping(keeping)

    def _envelope_key_named(self, kid: str) -> None:
        self._envelope_key.named(kid)

    def _envelope_key_changed(self, announcement: str) -> None:
        self.board.envelope_key = announcement
        self.supervisor.tell_envelope_key(announcement)
        self.keeping.wake()

    def _published(self, number: int) -> None:
        self.above.desk.named(number)

    def _revoked(self, revocations: Revocations) -> None:
        self.board.revoked = as_told(revocations)
        self.supervisor.tell_revoked(self.board.revoked)
        self.catalogue.revoked(revocations)
        self._envelope_key.hurry()
        self.keeping.wake()

    def _renew_sessions(self) -> None:
        self.supervisor.renew()

    def _catalogue_rolled_back(self, version: Version) -> None:
        self.above.rolled_back(version)


def _now() -> datetime:
    return datetime.now(UTC)


_nonce = partial(secrets.token_hex, 16)
