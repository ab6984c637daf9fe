"""What the desk enters into the queue, on the queue's thread."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.messages import Commit, Committed, Rating
from kiosk.terminal.collecting import Collecting, decoded
from kiosk.terminal.visit import Visit
from offline_queue.failures import StorageFull
from offline_queue.outbox import Outbox


def keep(has_room: Callable[[], bool], commit: Commit, collecting: Collecting, outbox: Outbox) -> Committed:
    """Keep an application with its parts. Raises `Refused`, `StorageFull`, `StorageFailed`."""
    if not has_room():
        raise StorageFull("less is free than the settings ask for")
    compact_signature = None
    if commit.compact is not None:
        compact_signature = outbox.sign_compact(
            decoded(commit.compact, "commit.compact"),
            whole_sha256=commit.envelope_sha256,
            application_id=commit.application_id,
        )
    result = outbox.commit(
        application_id=commit.application_id,
        envelope=collecting.sealed[commit.envelope_sha256],
        envelope_sha256=commit.envelope_sha256,
        parts=collecting.parts_of(commit.envelope_sha256),
        item=commit.item,
        item_version=commit.item_version,
        local_no=commit.local_no,
        offline_policy=commit.offline_policy,
        clock_trust=collecting.clock_trust,
    )
    return Committed(
        application_id=commit.application_id,
        local_no=commit.local_no,
        statement=result.statement,
        compact_signature=compact_signature,
    )


def rate(rating: Rating, outbox: Outbox) -> None:
    """Let a rating follow its application."""
    outbox.followers.rate(rating.application_id, rating.level)


def audit(application_id: str, visit: Visit, now_s: float, outbox: Outbox) -> None:
    """Let a word on the visit follow the application that was made in it."""
    outbox.followers.audit(
        application_id,
        shown_at=visit.shown_at.get(application_id),
        slip=visit.slip,
        ended=visit.ended,
        lasted_s=0 if visit.began_s is None else round(now_s - visit.began_s),
    )
