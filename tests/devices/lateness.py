"""How late this machine is by itself: what it adds to a time is nobody else's doing."""

from __future__ import annotations

import threading
import time
from typing import Self


class Lateness:
    """Within it, `late_s` is the most by which somebody who only sleeps was woken too late."""

    def __init__(self) -> None:
        self.late_s = 0.0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._sleep, name="lateness")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _sleep(self) -> None:
        due_s = time.monotonic()
        while not self._over.wait(0.01):
            now_s = time.monotonic()
            self.late_s = max(self.late_s, now_s - due_s - 0.01)
            due_s = now_s
