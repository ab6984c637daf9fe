"""The system's smart-card service (PC/SC, pcscd), call by call; every failure typed. All of it may block.

Source: PC/SC workgroup part 5 and pcsc-lite's winscard.h. The Python package pyscard is an optional part:
whoever imports this module says so when it is not there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from smartcard import scard

from devices.contracts.social_security_card import ChipTrouble, ChipUnreadable
from devices.statuses import DeviceFault, Reason

_PULLED_MS: Final = 1_000
"""The service may notice a pulled card later than we do: it looks every 0.4 s."""

_COUNTER_SHIFT: Final = 16
"""pcsc-lite counts insertions and removals in the upper half of a reader's state."""


@dataclass(frozen=True)
class Slot:
    """One reader's slot at one moment."""

    reader: str
    state: int
    """As the service gave it; what `PcscService.look` compares with."""
    present: bool

    @property
    def turn(self) -> int:
        """Another number for every card that was put in."""
        return self.state >> _COUNTER_SHIFT


class PcscService:
    """One conversation with the service. Used from one thread."""

    def __init__(self) -> None:
        """Connect. Raises `DeviceFault(SERVICE_MISSING)`."""
        result, self._context = scard.SCardEstablishContext(scard.SCARD_SCOPE_USER)
        self._check(result, "the smart-card service")

    def reader(self, wanted: str) -> str:
        """The one reader whose name has `wanted` in it. Raises `DeviceFault(PORT_MISSING)`."""
        result, names = scard.SCardListReaders(self._context, [])
        self._check(result, "a smart-card reader")
        fitting = [name for name in names if wanted in name]
        match fitting:
            case [name]:
                return name
            case []:
                raise DeviceFault(Reason.PORT_MISSING, f"no reader is called {wanted!r}; there are {names}")
            case _:
                raise DeviceFault(Reason.PORT_MISSING, f"several readers: {fitting}; name one")

    def look(self, reader: str, known: Slot | None, wait_ms: int) -> Slot:
        """How `reader` stands, at once, or once it is not as `known`; `known` again after `wait_ms`."""
        state = scard.SCARD_STATE_UNAWARE if known is None else known.state
        result, states = scard.SCardGetStatusChange(self._context, wait_ms, [(reader, state)])
        if known is not None and result == scard.SCARD_E_TIMEOUT:
            return known
        self._check(result, reader)
        _, now, _ = states[0]
        if now & (scard.SCARD_STATE_UNKNOWN | scard.SCARD_STATE_UNAVAILABLE):
            raise DeviceFault(Reason.PORT_LOST, reader)
        return Slot(reader, now & ~scard.SCARD_STATE_CHANGED, bool(now & scard.SCARD_STATE_PRESENT))

    def connect(self, reader: str) -> PcscCard:
        """Power the card in `reader`, for us alone. Raises `ChipUnreadable`, `DeviceFault`."""
        protocols = scard.SCARD_PROTOCOL_T0 | scard.SCARD_PROTOCOL_T1
        result, card, protocol = scard.SCardConnect(
            self._context, reader, scard.SCARD_SHARE_EXCLUSIVE, protocols
        )
        self._check(result, reader)
        pci = scard.SCARD_PCI_T0 if protocol == scard.SCARD_PROTOCOL_T0 else scard.SCARD_PCI_T1
        return PcscCard(self, reader, card, pci)

    def transmit(self, card: int, protocol: int, command: bytes, reader: str) -> bytes:
        """One command and its answer."""
        result, answer = scard.SCardTransmit(card, protocol, list(command))
        if result == scard.SCARD_E_NOT_TRANSACTED or (result == scard.SCARD_S_SUCCESS and not answer):
            raise ChipUnreadable(self._why_no_answer(reader))
        self._check(result, reader)
        return bytes(answer)

    def _why_no_answer(self, reader: str) -> ChipTrouble:
        slot = self.look(reader, None, 0)
        if slot.present:
            slot = self.look(reader, slot, _PULLED_MS)
        return ChipTrouble.MUTE if slot.present else ChipTrouble.PULLED

    def disconnect(self, card: int) -> None:
        """Take the power off; a card that has gone has none."""
        scard.SCardDisconnect(card, scard.SCARD_UNPOWER_CARD)

    def close(self) -> None:
        """End the conversation; one that the service has ended already needs no end."""
        scard.SCardReleaseContext(self._context)

    def _check(self, result: int, what: str) -> None:
        if result != scard.SCARD_S_SUCCESS:
            raise _failure(result, what)


@dataclass(frozen=True)
class PcscCard:
    """A powered card."""

    service: PcscService
    reader: str
    handle: int
    protocol: int

    def transmit(self, command: bytes) -> bytes:
        """One command and its answer. Raises `ChipUnreadable`, `DeviceFault`."""
        return self.service.transmit(self.handle, self.protocol, command, self.reader)

    def disconnect(self) -> None:
        """Take the power off."""
        self.service.disconnect(self.handle)


def _failure(result: int, what: str) -> Exception:
    faults = {
        Reason.SERVICE_MISSING: (
            scard.SCARD_E_NO_SERVICE,
            scard.SCARD_E_SERVICE_STOPPED,
            scard.SCARD_E_INVALID_HANDLE,
            scard.SCARD_F_COMM_ERROR,
            scard.SCARD_W_SECURITY_VIOLATION,  # it lets nobody in: its policy, or it is just ending
        ),
        Reason.PORT_MISSING: (scard.SCARD_E_NO_READERS_AVAILABLE,),
        Reason.PORT_LOST: (scard.SCARD_E_UNKNOWN_READER, scard.SCARD_E_READER_UNAVAILABLE),
        Reason.PORT_DENIED: (scard.SCARD_E_SHARING_VIOLATION,),
    }
    troubles = {
        ChipTrouble.PULLED: (scard.SCARD_W_REMOVED_CARD, scard.SCARD_E_NO_SMARTCARD),
        ChipTrouble.MUTE: (
            scard.SCARD_W_UNRESPONSIVE_CARD,
            scard.SCARD_W_UNPOWERED_CARD,
            scard.SCARD_W_UNSUPPORTED_CARD,
            scard.SCARD_E_PROTO_MISMATCH,
        ),
    }
    says = f"{what}: {scard.SCardGetErrorMessage(result)}"
    for reason, results in faults.items():
        if result in results:
            return DeviceFault(reason, says)
    for trouble, results in troubles.items():
        if result in results:
            return ChipUnreadable(trouble)
    return DeviceFault(Reason.GARBLED, says)
