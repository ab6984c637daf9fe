"""Device states in the XFS4IoT vocabulary, each with an explicit `UNKNOWN`: silence is never an answer.

Source: XFS4IoT common, printer, camera and card-reader status schemas (MIT).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class DeviceState(Enum):
    """Whether a device can be used at all."""

    ONLINE = "online"
    OFFLINE = "offline"
    POWER_OFF = "powerOff"
    NO_DEVICE = "noDevice"
    HARDWARE_ERROR = "hardwareError"
    USER_ERROR = "userError"
    DEVICE_BUSY = "deviceBusy"
    UNKNOWN = "unknown"


class PaperState(Enum):
    """The paper supply of a printer."""

    FULL = "full"
    LOW = "low"
    OUT = "out"
    JAMMED = "jammed"
    UNKNOWN = "unknown"


class Cause(Enum):
    """Why a device is not all right, for the technician. Never shown to a citizen."""

    NONE = "none"
    NOT_CONFIGURED = "not_configured"
    PORT_MISSING = "port_missing"
    PORT_DENIED = "port_denied"
    PORT_LOST = "port_lost"
    SILENT = "silent"
    GARBLED = "garbled"
    SAM_REFUSED = "sam_refused"
    COVER_OPEN = "cover_open"
    PAPER_OUT = "paper_out"
    CUTTER = "cutter"
    UNRECOVERABLE = "unrecoverable"
    RECOVERABLE = "recoverable"
    FRAME_STALLED = "frame_stalled"
    WORKER_DIED = "worker_died"


@dataclass(frozen=True)
class Health:
    """One device's state and its cause."""

    state: DeviceState = DeviceState.UNKNOWN
    cause: Cause = Cause.NONE

    @property
    def usable(self) -> bool:
        """Only a device that has said so is usable."""
        return self.state is DeviceState.ONLINE


@dataclass(frozen=True)
class PrinterHealth(Health):
    """A printer's health with its paper; `LOW` paper still prints."""

    paper: PaperState = PaperState.UNKNOWN


class DeviceFault(Exception):
    """A device could not do what was asked: `cause` says why. Its text holds nothing personal.

    The tree is flat on purpose: what a caller does depends on `cause`, not on a class.
    """

    def __init__(self, cause: Cause, detail: str = "") -> None:
        super().__init__(f"{cause.value}: {detail}" if detail else cause.value)
        self.cause = cause
        self.detail = detail
