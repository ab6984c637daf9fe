"""The queue that a terminal's settings name."""

from __future__ import annotations

from config.settings import Settings
from offline_queue.clock import system_clock
from offline_queue.outbox import Outbox
from offline_queue.signing import PlatformWord, TerminalKey
from offline_queue.statement_chain import Witness

QUEUE_FILE = "queue.sqlite"
"""The outbox, in `terminal.state_dir`."""


def open_outbox(settings: Settings, key: TerminalKey) -> Outbox:
    """Open it on this thread. Raises `UnreadableFile`, `WeakSettings`, `StorageFailure`."""
    certificate = settings.terminal.certificate
    witness = None
    if certificate is not None:
        witness = Witness.load(certificate, key, PlatformWord.load(settings.platform.receipt_key))
    return Outbox.open(
        settings.terminal.state_dir / QUEUE_FILE,
        key=key,
        clock=system_clock,
        queue_limit=settings.platform.queue_limit,
        witness=witness,
    )
