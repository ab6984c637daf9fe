"""What follows an application to the platform: its rating, and what became of the visit it was made in.

One of each an application, the first one given. Nothing in them is personal, and nothing of them is sealed.
"""

from __future__ import annotations

from collections.abc import Mapping

from offline_queue.clock import Clock
from offline_queue.contract_files import canonical
from offline_queue.following import FollowerKind, SlipEnd, VisitEnd
from offline_queue.rows import application
from offline_queue.storage import Store


class Followers:
    """Keeps them; `offline_queue.delivery` sends them once their applications are received."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def rate(self, application_id: str, level: int) -> None:
        """Keep a rating, 1 to 5. Raises `UnknownApplication`."""
        self._keep("rating", application_id, {"level": level, "rated_at": self._clock().wall.isoformat()})

    def audit(
        self, application_id: str, *, shown_at: str | None, slip: SlipEnd, ended: VisitEnd, lasted_s: int
    ) -> None:
        """Keep what became of the visit. Raises `UnknownApplication`."""
        said = {"shown_at": shown_at, "slip": slip, "ended": ended, "lasted_s": lasted_s}
        self._keep("audit", application_id, said)

    def _keep(self, kind: FollowerKind, application_id: str, said: Mapping[str, object]) -> None:
        text = canonical(said).decode()
        self._store.execute(
            "INSERT INTO deliveries (place, kind, lane, bytes, said) VALUES (?, ?, 'small', ?, ?)"
            " ON CONFLICT DO NOTHING",
            [application(self._store, application_id)["place"], kind, len(text), text],
        )
