"""What the work behind a stage found: devices, the terminal, time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from devices.contracts.id_cards import IdCard
from devices.contracts.pages import Page
from devices.contracts.scanner import Scan
from kiosk.messages import ClockTrust, CommitRefusal, PrintState
from kiosk.session.journey import LookupReason
from kiosk.session.stages import CardTrouble, ScanTrouble, SlipPlace
from kiosk.session.verification import FaceEvidence, FaceTrouble, FingerprintTrouble


@dataclass(frozen=True)
class CardRead:
    """A whole card."""

    card: IdCard


@dataclass(frozen=True)
class CardFailed:
    """No whole card."""

    trouble: CardTrouble


@dataclass(frozen=True, repr=False)
class PhotoDecoded:
    """The chip photo as PNG."""

    png: bytes


@dataclass(frozen=True)
class FaceMatched:
    """The live face is the chip's; `module` says what compared."""

    module: str | None = None
    evidence: FaceEvidence | None = None


@dataclass(frozen=True)
class FaceFailed:
    """It could not be said that it is."""

    trouble: FaceTrouble


@dataclass(frozen=True)
class FingerprintMatched:
    """The live finger is one of the chip's; `module` says what compared."""

    module: str | None = None


@dataclass(frozen=True)
class FingerprintFailed:
    """It could not be said that it is."""

    trouble: FingerprintTrouble


@dataclass(frozen=True)
class CodeScanned:
    """A code was held before the scanner while `question_id` asked for one."""

    question_id: str
    scan: Scan


@dataclass(frozen=True)
class ScanFailed:
    """The scanner gave nothing that can be used; None: it can be used again."""

    question_id: str
    trouble: ScanTrouble | None


@dataclass(frozen=True, repr=False)
class PageTaken:
    """A clean page of a paper, while `question_id` asked for it."""

    question_id: str
    page: Page


@dataclass(frozen=True)
class PageCameraFailed:
    """The document camera gives nothing any more."""

    question_id: str


@dataclass(frozen=True, repr=False)
class LookupTold:
    """What the platform told about this person, by the fact's id, at its own time `told_at`."""

    lookup_id: str
    facts: Mapping[str, str]
    told_at: datetime
    proof: str | None = None
    """The platform's signature over its answer, passed on with the application as it came."""


@dataclass(frozen=True)
class LookupMissing:
    """It told nothing."""

    lookup_id: str
    reason: LookupReason


@dataclass(frozen=True)
class PinAccepted:
    """The terminal knows this guide."""

    staff_no: str


@dataclass(frozen=True)
class PinRefused:
    """The terminal does not."""

    reason: Literal["wrong", "locked"]
    retry_after_s: int


@dataclass(frozen=True)
class Kept:
    """The terminal has made the envelope durable."""

    local_no: str
    clock_trust: ClockTrust
    at: datetime
    statement: str | None = None
    """The signed statement for the slip, where the terminal makes one."""
    restore_codes: tuple[str, ...] | None = None
    """The sealed application for the slip; empty where it is too long, None where the hall prints none."""
    large_print: bool = False
    """Whether the person is of the age from which slips are in large print."""


@dataclass(frozen=True)
class KeepRefused:
    """It has not, or there is no key to seal to."""

    reason: CommitRefusal | Literal["key_withdrawn"]


@dataclass(frozen=True)
class Received:
    """The platform has signed for the application."""

    filing_no: str
    received_at: datetime
    statement: str | None = None
    member_numbers: Mapping[str, str] = field(default_factory=dict)
    """Of a joint application: each member's own filing number, by its item."""


@dataclass(frozen=True)
class SlipMoved:
    """Where the printed slip is, if the printer can tell."""

    place: SlipPlace


@dataclass(frozen=True)
class SlipEnded:
    """What became of the paper; `no_printer` when none could be used at all."""

    state: PrintState | Literal["no_printer"]


@dataclass(frozen=True)
class GuidesEnough:
    """This visit has printed as many guides as it may."""


@dataclass(frozen=True)
class TimeUp:
    """The stage's own time is over."""


Finding = (
    CardRead | CardFailed | PhotoDecoded | FaceMatched | FaceFailed | FingerprintMatched | FingerprintFailed
    | CodeScanned | ScanFailed | PageTaken | PageCameraFailed | LookupTold | LookupMissing | PinAccepted
    | PinRefused | Kept | KeepRefused | Received | SlipEnded | SlipMoved | GuidesEnough | TimeUp
)  # fmt: skip
