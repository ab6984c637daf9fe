"""Paper jobs as the terminal remembers them: number, state and hash, nothing of what was printed."""

from __future__ import annotations

from kiosk.messages import PrintState
from offline_queue.clock import Clock
from offline_queue.storage import Store


class PaperJobs:
    """The life of each job, durable before its next step."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def note(
        self,
        job_id: str,
        *,
        paper: str,
        state: PrintState,
        sha256: str,
        cause: str,
        reprint: tuple[str, str] | None = None,
    ) -> None:
        """Note what is known of a paper job. A job that has ended does not start again.

        `reprint` is the job that it stands for once more, and why; of each job there is one at most.
        """
        self._store.execute(
            "INSERT INTO print_jobs VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (job_id) DO UPDATE"
            " SET state = excluded.state, cause = excluded.cause, at = excluded.at"
            " WHERE print_jobs.state = 'started'",
            [job_id, paper, state, sha256, cause, self._clock().wall.isoformat(), *(reprint or (None, None))],
        )

    def open(self) -> list[str]:
        """Give the jobs that began and were never reported on: the printer may still hold their bytes."""
        return [
            row["job_id"] for row in self._store.rows("SELECT job_id FROM print_jobs WHERE state = 'started'")
        ]

    def end_open(self, cause: str) -> int:
        """Their sessions are gone, so nobody will ever know: they become `unknown`. Gives how many."""
        return self._store.execute(
            "UPDATE print_jobs SET state = 'unknown', cause = ?, at = ? WHERE state = 'started'",
            [cause, self._clock().wall.isoformat()],
        )
