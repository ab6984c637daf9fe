"""What an errand may touch: the equipment, the present session, and the ways to report."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

from config.settings import Settings
from devices.contracts import Eyes, FingerprintMatcher, Frame, Guidance, IdCardReader, ReceiptPrinter
from devices.probing import Probing
from devices.statuses import Reason
from devices.vendor_host.liveness import VendorLivenessModule
from kiosk.messages import CommitRefused, Committed, HealthReport, Prepared
from kiosk.session.events import Event
from kiosk.session.link import TerminalLink
from kiosk.session.stages import Session

Answer = Prepared | Committed | CommitRefused


@dataclass(frozen=True)
class Equipment:
    """What the session was given to work with. A device that is not configured is None."""

    reader: IdCardReader | None
    printer: ReceiptPrinter | None
    eyes: Eyes
    link: TerminalLink
    platform_key: X25519PublicKey
    settings: Settings
    clock: Callable[[], datetime]
    fingerprints: FingerprintMatcher | None = None
    liveness_module: VendorLivenessModule | None = None


@dataclass
class Context:
    """One session's errands share this: what they know of each other is here."""

    equipment: Equipment
    session: Callable[[], Session]
    post: Callable[[Event], None]
    preview: Callable[[Frame | Guidance | None], None]
    give_up: Callable[[], None]
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    """Set whenever the session has become another."""
    answers: asyncio.Queue[Answer] = field(default_factory=asyncio.Queue)
    """What the terminal answers to an application being sent."""
    flush_printer: bool = False
    """An earlier job may still be in the printer: empty it before anything else prints."""
    paper: asyncio.Task[None] | None = None
    not_flushed: Reason | None = None
    """Why the printer could not be emptied, once the log has said it."""
    probing: Probing | None = None
    handed_over: bool = False
    """The session before has let go of the devices, or has had its time to."""
    reported: HealthReport | None = None
