"""What the outbox says: small frozen values, nothing personal in any of them but the sealed bytes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from offline_queue.following import FollowerKind

QueueState = Literal["kept", "delivered", "quarantined"]


@dataclass(frozen=True)
class CommitResult:
    """The application is durable. `again` when it already was."""

    application_id: str
    local_no: str
    again: bool
    statement: str | None = None
    """The signed statement for the slip; None where the terminal has no certificate."""


@dataclass(frozen=True)
class Restored:
    """An application from a slip is in the queue. `before` is what it already was here, if it was."""

    application_id: str
    local_no: str
    before: QueueState | None
    filing_no: str | None


@dataclass(frozen=True)
class Sealed:
    """What goes over the wire, the same bytes at every try."""

    envelope: bytes
    envelope_sha256: str
    terminal_signature: str
    origin_signature: str | None = None
    """Brought back from a slip: the signature of the terminal that printed it."""


@dataclass(frozen=True)
class SealedPart:
    """A sealed page on its way, named by the SHA-256 of these bytes."""

    sealed: bytes
    sha256: str


@dataclass(frozen=True)
class Follower:
    """What follows an application; `said` is JSON, all of it but the frame."""

    kind: FollowerKind
    said: str


@dataclass(frozen=True)
class Counts:
    """The queue in numbers. `oldest_kept_at` is wall time, None when nothing waits."""

    kept: int
    delivered: int
    quarantined: int
    oldest_kept_at: datetime | None


@dataclass(frozen=True)
class ApplicationState:
    """One line of the queue as a technician may see it."""

    application_id: str
    local_no: str
    item: str
    state: QueueState
    made_at: str
    attempts: int
    last_error: str | None
    filing_no: str | None
    shown: bool


@dataclass(frozen=True)
class PartLine:
    """One thing of an application that is delivered by itself."""

    kind: Literal["part", "application", "rating", "audit"]
    state: Literal["kept", "over", "quarantined"]
    bytes: int
    attempts: int
    last_error: str | None


@dataclass(frozen=True)
class QueueLine:
    """One application as a technician sees it: numbers and kinds, nothing that was sealed."""

    application_id: str
    local_no: str
    item: str
    item_version: str
    state: QueueState
    sending: bool
    kept_at: str
    age_s: int
    """By the wall clock: for people."""
    attempts: int
    """Of it and its parts."""
    next_try_in_s: int | None
    """None for what is not waiting."""
    last_error: str | None
    """Its own, or that of the part it waits for, with the part's place."""
    bytes: int | None
    """Of envelope and parts; None once they are deleted."""
    filing_no: str | None
    parts: tuple[PartLine, ...]
    """Itself, what goes before it, and what follows it."""
