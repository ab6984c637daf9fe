"""The health board: what the terminal knows of itself, for a technician. Nothing personal can be on it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import structlog

from kiosk.messages import KEEPS, NOTHING_REVOKED, DeviceHealth, Keeping, PlatformReach, Revoked

REMEMBERED_ENDS = 20

_log = structlog.get_logger()


@dataclass(frozen=True)
class SessionEnd:
    """How one session ended: the event's name, its reason, and the last step its screen showed."""

    at: str
    session: str
    event: str
    reason: str
    step: str


class HealthBoard:
    """The last word on devices and platform, and the last `REMEMBERED_ENDS` ends of sessions.

    It outlives the sessions, so it tells the log, once, that a device is down, and once that it is back.
    """

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.reach: PlatformReach = "unknown"
        self.keeping: Keeping = KEEPS
        self.envelope_key: str | None = None
        """The platform's announcement of a newer key than the settings'; sessions seal to it."""
        self.revoked: Revoked = NOTHING_REVOKED
        """What the platform has taken back; sessions hear of it."""
        self._clock = clock
        self._devices: Mapping[str, DeviceHealth] = {}
        self._down: set[str] = set()
        self._ends: deque[SessionEnd] = deque(maxlen=REMEMBERED_ENDS)

    def devices_reported(self, devices: Mapping[str, DeviceHealth]) -> None:
        """Take what the visible session knows of its devices; it replaces what was known."""
        self._devices = dict(devices)
        for device, health in devices.items():
            self._tell(device, health)

    def session_ended(self, session: str, event: str, reason: str, step: str) -> None:
        """Remember an end. The devices are unknown again until the next session has asked them."""
        self._ends.append(SessionEnd(self._clock().isoformat(), session, event, reason, step))
        self._devices = {}

    def shown(self) -> dict[str, Any]:
        """Everything on the board, as JSON can carry it; the newest end last."""
        return {
            "reach": self.reach,
            "keeping": self.keeping.model_dump(),
            "devices": {name: health.model_dump() for name, health in self._devices.items()},
            "session_ends": [asdict(end) for end in self._ends],
        }

    def _tell(self, device: str, health: DeviceHealth) -> None:
        if health.state == "online":
            if device in self._down:
                self._down.remove(device)
                _log.info("device_back", device=device)
        elif not _nothing_said(health) and device not in self._down:
            self._down.add(device)
            _log.warning("device_down", device=device, state=health.state, reason=health.reason)


def _nothing_said(health: DeviceHealth) -> bool:
    """Whether nobody has asked the device yet, or there is none."""
    return health.reason == "not_configured" or (health.state == "unknown" and health.reason == "none")
