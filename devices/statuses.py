"""Device states in the XFS4IoT vocabulary, each with an explicit unknown: silence is never an answer.

Source: XFS4IoT common, printer and card-reader status schemas (MIT). Of each vocabulary, the words that one
of our drivers can say. A camera's "ok", "inoperative", "unknown" and a scanner's "on", "inoperative",
"unknown" are the three members of `Health`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class DeviceState(Enum):
    """Whether a device can be used at all."""

    ONLINE = "online"
    OFFLINE = "offline"
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
    UNKNOWN = "unknown"


class PrinterMedia(Enum):
    """What hangs in a printer's mouth: a slip that nobody has taken, or something of a job not cut off."""

    PRESENT = "present"
    NOT_PRESENT = "notPresent"
    JAMMED = "jammed"
    UNKNOWN = "unknown"


class CardMedia(Enum):
    """Whether a card lies on the reader, as of the last search for one."""

    PRESENT = "present"
    NOT_PRESENT = "notPresent"
    UNKNOWN = "unknown"


class Reason(Enum):
    """Why a device is not all right, for the technician. Never shown to a citizen.

    Each has its row in `devices.handbook`, and so in docs/reasons.md.
    """

    NONE = "none"
    NOT_CONFIGURED = "not_configured"
    PORT_MISSING = "port_missing"
    PORT_DENIED = "port_denied"
    PORT_LOST = "port_lost"
    SILENT = "silent"
    NOT_UNDERSTOOD = "not_understood"
    GARBLED = "garbled"
    SAM_REFUSED = "sam_refused"
    COVER_OPEN = "cover_open"
    PAPER_OUT = "paper_out"
    CUTTER = "cutter"
    PAPER_JAM = "paper_jam"
    PRESENTER = "presenter"
    STOPPED = "stopped"
    UNRECOVERABLE = "unrecoverable"
    RECOVERABLE = "recoverable"
    FRAME_STALLED = "frame_stalled"
    FRAME_FROZEN = "frame_frozen"
    FRAME_BLACK = "frame_black"
    WORKER_DIED = "worker_died"
    VENDOR_MISSING = "vendor_missing"
    VENDOR_HUNG = "vendor_hung"
    VENDOR_CRASHED = "vendor_crashed"
    VENDOR_GARBLED = "vendor_garbled"
    OTHER_DEVICE = "other_device"
    COMMAND_REFUSED = "command_refused"
    PART_MISSING = "part_missing"
    SERVICE_MISSING = "service_missing"


@dataclass(frozen=True)
class Ready:
    """The device has said that it can be used."""

    @property
    def state(self) -> DeviceState:
        """Always `ONLINE`."""
        return DeviceState.ONLINE

    @property
    def reason(self) -> Reason:
        """Always `NONE`."""
        return Reason.NONE

    @property
    def usable(self) -> bool:
        """Always."""
        return True


@dataclass(frozen=True)
class NotReady:
    """The device, or the way to it, has said that it cannot be used."""

    state: DeviceState
    reason: Reason

    @property
    def usable(self) -> bool:
        """Never."""
        return False


@dataclass(frozen=True)
class Unknown:
    """The device has said nothing that can be relied on, or nobody has asked it yet."""

    reason: Reason = Reason.NONE

    @property
    def state(self) -> DeviceState:
        """Always `UNKNOWN`."""
        return DeviceState.UNKNOWN

    @property
    def usable(self) -> bool:
        """Never: only a device that has said so is usable."""
        return False


Health = Ready | NotReady | Unknown


@dataclass(frozen=True)
class _OfClass:
    """What a device of one class can say beside its health."""

    device: Health

    @property
    def state(self) -> DeviceState:
        """The device's."""
        return self.device.state

    @property
    def reason(self) -> Reason:
        """The device's."""
        return self.device.reason

    @property
    def usable(self) -> bool:
        """The device's."""
        return self.device.usable


@dataclass(frozen=True)
class PrinterHealth(_OfClass):
    """A printer's health with its paper; `LOW` paper still prints."""

    paper: PaperState = PaperState.UNKNOWN
    media: PrinterMedia = PrinterMedia.UNKNOWN


@dataclass(frozen=True)
class ReaderHealth(_OfClass):
    """A card reader's health with what is known of a card on it."""

    media: CardMedia = CardMedia.UNKNOWN


AnyHealth = Health | PrinterHealth | ReaderHealth

_STATES = {
    Reason.NOT_CONFIGURED: DeviceState.NO_DEVICE,
    Reason.PORT_MISSING: DeviceState.NO_DEVICE,
    Reason.PORT_LOST: DeviceState.NO_DEVICE,
    Reason.PORT_DENIED: DeviceState.DEVICE_BUSY,
    Reason.SAM_REFUSED: DeviceState.HARDWARE_ERROR,
    Reason.FRAME_STALLED: DeviceState.HARDWARE_ERROR,
    Reason.FRAME_FROZEN: DeviceState.HARDWARE_ERROR,
    Reason.FRAME_BLACK: DeviceState.HARDWARE_ERROR,
    Reason.WORKER_DIED: DeviceState.HARDWARE_ERROR,
    Reason.VENDOR_MISSING: DeviceState.NO_DEVICE,
    Reason.VENDOR_HUNG: DeviceState.HARDWARE_ERROR,
    Reason.VENDOR_CRASHED: DeviceState.HARDWARE_ERROR,
    Reason.VENDOR_GARBLED: DeviceState.HARDWARE_ERROR,
    Reason.OTHER_DEVICE: DeviceState.NO_DEVICE,
    Reason.COMMAND_REFUSED: DeviceState.USER_ERROR,
    Reason.PART_MISSING: DeviceState.NO_DEVICE,
    Reason.SERVICE_MISSING: DeviceState.OFFLINE,
}


def health_after(reason: Reason) -> Health:
    """What a fault's `reason` says about the device; silence and nonsense leave its state unknown."""
    state = _STATES.get(reason)
    return Unknown(reason) if state is None else NotReady(state, reason)


def health_said(state: DeviceState, reason: Reason) -> Health:
    """Read a health from its two words. Raises `ValueError` for a device that is online for a reason."""
    match state:
        case DeviceState.ONLINE if reason is Reason.NONE:
            return Ready()
        case DeviceState.ONLINE:
            raise ValueError(f"online, but {reason.value}")
        case DeviceState.UNKNOWN:
            return Unknown(reason)
        case _:
            return NotReady(state, reason)


class DeviceFault(Exception):
    """A device could not do what was asked: `reason` says why. Its text holds nothing personal.

    The tree is flat on purpose: what a caller does depends on `reason`, not on a class.
    """

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(f"{reason.value}: {detail}" if detail else reason.value)
        self.reason = reason
        self.detail = detail
