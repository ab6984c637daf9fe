"""Ratings of self-services: one an application, the first one given; each follows its application."""

from __future__ import annotations

from typing import Literal

from offline_queue.clock import Clock
from offline_queue.queue_values import Rating
from offline_queue.rows import application, change_one
from offline_queue.storage import Store


class Ratings:
    """Ratings on their way."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def rate(self, application_id: str, level: int) -> None:
        """Keep a rating, 1 to 5; the first one stands. Raises `UnknownApplication`."""
        application(self._store, application_id)
        self._store.execute(
            "INSERT INTO ratings (application_id, level, rated_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            [application_id, level, self._clock().wall.isoformat()],
        )

    def pending(self, limit: int) -> list[Rating]:
        """Give the ratings whose applications the platform has."""
        return [
            Rating(row["application_id"], row["level"], row["rated_at"])
            for row in self._store.rows(
                "SELECT ratings.* FROM ratings JOIN applications USING (application_id)"
                " WHERE ratings.state = 'kept' AND applications.state = 'delivered'"
                " ORDER BY place LIMIT ?",
                [limit],
            )
        ]

    def settle(self, application_id: str, state: Literal["delivered", "quarantined"]) -> None:
        """The platform has the rating, or refused it for good."""
        change_one(
            self._store, "UPDATE ratings SET state = ? WHERE application_id = ?", [state, application_id]
        )
