"""What an errand may touch: the equipment, the present session, and the ways to report."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from config.settings import Settings
from devices.contracts.eyes import Eyes
from devices.contracts.fingerprints import FingerprintMatcher
from devices.contracts.id_cards import IdCardReader
from devices.contracts.pages import PageCamera
from devices.contracts.receipt_printer import ReceiptPrinter
from devices.contracts.scanner import BarcodeScanner
from devices.probing import Probing
from devices.vendor_host.liveness import VendorLivenessModule
from kiosk.messages import (
    CommitRefused,
    Committed,
    HealthReport,
    Prepared,
    SharedDataMissing,
    SharedDataTold,
)
from kiosk.session.errands.emptying import Emptying
from kiosk.session.events import Event
from kiosk.session.link import TerminalLink
from kiosk.session.platform_key import PlatformKey
from kiosk.session.sights import Sight
from kiosk.session.stages import Session
from kiosk.session.suites import SealingKey

Answer = Prepared | Committed | CommitRefused


@dataclass(frozen=True)
class Equipment:
    """What the session was given to work with. A device that is not configured is None."""

    reader: IdCardReader | None
    printer: ReceiptPrinter | None
    eyes: Eyes
    link: TerminalLink
    platform_key: SealingKey
    """The one that the settings name."""
    platform_word: Ed25519PublicKey
    """What the platform signs with."""
    settings: Settings
    clock: Callable[[], datetime]
    fingerprints: FingerprintMatcher | None = None
    scanner: BarcodeScanner | None = None
    liveness_module: VendorLivenessModule | None = None
    page_camera: PageCamera | None = None


@dataclass
class Context:
    """One session's errands share this: what they know of each other is here."""

    equipment: Equipment
    session: Callable[[], Session]
    post: Callable[[Event], None]
    preview: Callable[[Sight | None], None]
    give_up: Callable[[], None]
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    """Set whenever the session has become another."""
    answers: asyncio.Queue[Answer] = field(default_factory=asyncio.Queue)
    """What the terminal answers to an application being sent."""
    told: asyncio.Queue[SharedDataTold | SharedDataMissing] = field(default_factory=asyncio.Queue)
    """What the terminal brings back to questions for shared data."""
    flush_printer: bool = False
    """An earlier job may still be in the printer: empty it before anything else prints."""
    own_job: str | None = None
    """The number of this session's last paper, once it was begun: what is in the printer then is its own."""
    own_slip: str | None = None
    """The number of this session's first slip, once it was begun: a reprint stands for it."""
    guides: int = 0
    """How many guides this session has printed, or tried to."""
    paper: asyncio.Task[None] | None = None
    slip_watch: asyncio.Task[None] | None = None
    """Looks whether the slip is taken, where the printer can tell."""
    emptying: Emptying = field(default_factory=Emptying)
    probing: Probing | None = None
    announced_key: PlatformKey | None = None
    """The platform's key as the terminal passed it on, newer than the settings' one."""
    revoked_keys: frozenset[str] = frozenset()
    """Names of keys that nothing may be sealed to any more."""
    handed_over: bool = False
    """The session before has let go of the devices, or has had its time to."""
    reported: HealthReport | None = None

    @property
    def platform_key(self) -> PlatformKey | None:
        """What to seal to now: the newest key that is not revoked; None if there is none."""
        kid = self.equipment.settings.platform.envelope_kid
        known = (self.announced_key, PlatformKey(kid, self.equipment.platform_key))
        return next((key for key in known if key is not None and key.kid not in self.revoked_keys), None)
