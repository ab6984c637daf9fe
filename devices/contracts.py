"""What the journey asks of devices: one small protocol a capability, and the values they exchange.

Every method that waits on hardware has its answer time inside (the driver knows its device); a caller that
wants to stop waiting cancels. Every failure is a `devices.statuses.DeviceFault`.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Literal, Protocol

from devices.eyes.liveness_challenge import Side
from devices.eyes.liveness_contract import LivenessVerdict
from devices.statuses import Health, PrinterHealth, ReaderHealth, Reason


class Sex(Enum):
    """GB/T 2261.1."""

    UNKNOWN = "0"
    MALE = "1"
    FEMALE = "2"
    NOT_STATED = "9"


class DocumentType(Enum):
    """The identity documents with a chip that a resident-card reader reads."""

    RESIDENT = "resident"
    PERMIT = "permit"
    FOREIGN_2017 = "foreign-2017"
    FOREIGN_2023 = "foreign-2023"


class CardProblem(Enum):
    """A typed finding about what a card says; the value is kept as it is, never repaired by a guess."""

    BAD_CHECKSUM = "bad_checksum"
    """The number's last character does not fit the others, or the number has another form."""
    UNFIT_PREFIX = "unfit_prefix"
    """Another document's number: a permit's without 810000, 820000, 830000; a foreigner's of 2023 without 9.
    """
    BAD_BIRTH_DATE = "bad_birth_date"
    BIRTH_DIFFERS_FROM_NUMBER = "birth_differs_from_number"
    UNKNOWN_SEX = "unknown_sex"
    UNKNOWN_ETHNICITY = "unknown_ethnicity"
    UNKNOWN_NATIONALITY = "unknown_nationality"
    """Not three capital letters."""
    BAD_VALIDITY = "bad_validity"
    REVERSED_VALIDITY = "reversed_validity"
    UNREADABLE_TEXT = "unreadable_text"
    """Somewhere half a character, which stands as U+FFFD."""
    UNNAMED_CHARACTER = "unnamed_character"
    """A private-use character in a name or an address that no standard has given a place since."""


class FingerprintResult(Enum):
    """What became of one finger when the card was made (byte 4 of its block)."""

    REGISTERED = 0x01
    FAILED = 0x02
    NOT_REGISTERED = 0x03
    UNKNOWN = 0x09


class Finger(Enum):
    """Which finger (byte 5 of its block)."""

    RIGHT_THUMB = 0x0B
    RIGHT_INDEX = 0x0C
    RIGHT_MIDDLE = 0x0D
    RIGHT_RING = 0x0E
    RIGHT_LITTLE = 0x0F
    LEFT_THUMB = 0x10
    LEFT_INDEX = 0x11
    LEFT_MIDDLE = 0x12
    LEFT_RING = 0x13
    LEFT_LITTLE = 0x14
    RIGHT_UNCERTAIN = 0x61
    LEFT_UNCERTAIN = 0x62
    UNCERTAIN = 0x63


@dataclass(frozen=True, repr=False)
class Fingerprint:
    """One finger's block on the chip. Personal: it lives in the session only."""

    result: FingerprintResult
    """`UNKNOWN` also for a byte that has no meaning."""
    finger: Finger | None
    """None for a byte that has no meaning."""
    template: bytes
    """The whole block as the chip has it, 512 bytes: what a vendor's matcher takes."""

    @property
    def usable(self) -> bool:
        """Whether there is a finger to compare with."""
        return self.result is FingerprintResult.REGISTERED


@dataclass(frozen=True, kw_only=True, repr=False)
class _IdentityDocument:
    """What every kind has. Personal: it lives in the session only. The repr says nothing."""

    name: str
    """In Chinese characters; empty on a foreigner's card without such a name."""
    name_en: str | None
    """In Latin letters; None where the document has no such field."""
    sex: Sex
    birth: date | None
    """None where it is no day of the calendar (see `problems`)."""
    id_number: str
    valid_from: date | None
    valid_to: date | None
    """None with `long_term` (长期), or where the date is unreadable (see `problems`)."""
    long_term: bool
    photo: bytes
    """The 1,024 coded bytes of the chip; `PhotoDecoder` makes a picture of them."""
    fingerprints: tuple[Fingerprint, ...] | None = None
    """The chip's blocks, none, one or two; None where they were not asked for, or the reader cannot tell."""
    problems: tuple[CardProblem, ...] = ()


@dataclass(frozen=True, kw_only=True, repr=False)
class ResidentCard(_IdentityDocument):
    """What the chip of a resident identity card says."""

    name_en: str | None = None
    ethnicity: str | None
    """Chinese name without 族, GB/T 3304; None for an unknown code."""
    address: str
    additional_address: str | None = None
    """The latest address written later; empty: none on the chip; None: the reader did not tell."""
    authority: str

    @property
    def type(self) -> DocumentType:
        """Always `RESIDENT`."""
        return DocumentType.RESIDENT


@dataclass(frozen=True, kw_only=True, repr=False)
class ResidencePermit(_IdentityDocument):
    """What the chip of a residence permit for Hong Kong, Macau and Taiwan residents says."""

    name_en: str | None = None
    address: str
    additional_address: str | None = None
    """As in `ResidentCard`."""
    authority: str
    pass_number: str
    """Of the travel permit that goes with it; may be empty."""
    issue_count: str
    """As the chip says it, two digits."""

    @property
    def type(self) -> DocumentType:
        """Always `PERMIT`."""
        return DocumentType.PERMIT


@dataclass(frozen=True, kw_only=True, repr=False)
class ForeignResidentCard(_IdentityDocument):
    """What the chip of a foreign permanent resident's card says. What an edition lacks is None."""

    edition: Literal[2017, 2023]
    name_en: str
    nationality: str
    """ISO 3166-1, three letters."""
    authority: str | None
    """Edition 2017: the authority's code, four digits."""
    version: str | None
    """Edition 2017: the card's own version."""
    renewal_count: str | None
    """Edition 2023: as the chip says it, two digits."""
    old_number_link: str | None
    """Edition 2023: what of the holder's number of 2017 is not in the number, three characters."""

    @property
    def type(self) -> DocumentType:
        """By the edition."""
        return DocumentType.FOREIGN_2017 if self.edition == 2017 else DocumentType.FOREIGN_2023  # noqa: PLR2004  the year


IdCard = ResidentCard | ResidencePermit | ForeignResidentCard
"""An identity document with a chip; what all of them have is read without asking which it is."""


class IdCardReader(Protocol):
    """A reader for identity documents with a chip."""

    async def health(self) -> ReaderHealth:
        """Ask the device; never raises `DeviceFault`: a fault is a health."""
        ...

    async def next_card(self, *, fingerprints: bool = False) -> IdCard:
        """Wait until a card is laid down and read it whole; with its `fingerprints` only if they are wanted.

        Called again while that card still lies there, read it again. Raises `CardUnreadable` for a card that
        was there and could not be read (pulled away, damaged, none of these), and `DeviceFault` when the
        reader itself failed. Waits for ever otherwise: the caller owns the deadline.
        """
        ...

    async def close(self) -> None:
        """Give the port back. The next call opens it again."""
        ...


class CardFailure(Enum):
    """Why a card that was there gave no record."""

    NO_ANSWER = "no_answer"
    """The reader works, but said nothing, or nothing whole, about this card: pulled away, mostly."""
    NOT_SELECTED = "not_selected"
    """Found and not selected: pulled away, or two cards at once."""
    READ_FAILED = "read_failed"
    """The radio broke off: pulled away, mostly."""
    REJECTED = "rejected"
    """Card and reader do not accept each other: a damaged chip, or a copy."""
    UNKNOWN_KIND = "unknown_kind"
    """A card with a radio that is no identity document."""
    NO_RECORD = "no_record"
    """What came is no record: lengths that do not add up, or neither name nor number."""


class CardUnreadable(Exception):
    """A card was there but could not be read; the text holds nothing of what it says."""

    def __init__(self, failure: CardFailure, detail: str = "") -> None:
        super().__init__(f"{failure.value}: {detail}" if detail else failure.value)
        self.failure = failure


class PrintOutcome(Enum):
    """How a paper job ended. `UNKNOWN` is an answer: the paper may or may not be out."""

    PRINTED = "printed"
    NOT_PRINTED = "not_printed"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class PrintResult:
    """The outcome and, unless printed, its reason."""

    outcome: PrintOutcome
    reason: Reason = Reason.NONE


PaperJob = tuple[tuple[bytes, int], ...]
"""What a receipt printer is to print: its bytes in portions that end between two commands, each with how far
it moves the paper, in dots. A portion fits into a printer's buffer."""


class ReceiptPrinter(Protocol):
    """A receipt printer."""

    async def health(self) -> PrinterHealth:
        """Ask the device; never raises `DeviceFault`: a fault is a health."""
        ...

    async def print(self, job: PaperJob) -> PrintResult:
        """Check, send `job`, check again. Not cancellable half-way: it always ends with a result."""
        ...

    async def flush(self) -> None:
        """Empty the printer so that nothing of an earlier job can come out any more, and cut off what hangs.

        Raises `DeviceFault` unless both are done.
        """
        ...

    async def take_back(self) -> bool:
        """Have a presenter take back a slip that nobody took; whether it did."""
        ...

    async def close(self) -> None:
        """Give the port back."""
        ...


class Guidance(Enum):
    """What would help the camera see the person."""

    NO_FACE = "no_face"
    SEVERAL_FACES = "several_faces"
    COME_CLOSER = "come_closer"
    MORE_LIGHT = "more_light"
    HOLD_STILL = "hold_still"


@dataclass(frozen=True)
class Frame:
    """A preview picture, JPEG, already mirrored as a person expects of a mirror."""

    jpeg: bytes


@dataclass(frozen=True)
class FaceCompared:
    """One comparison of a live face with the chip photo. Smaller `distance` is more alike."""

    distance: float
    threshold: float

    @property
    def same(self) -> bool:
        """Whether the two are taken for one person."""
        return self.distance <= self.threshold


@dataclass(frozen=True)
class CameraTrouble:
    """Nothing is seen any more, for `reason`. The watch goes on: the camera is tried again and again."""

    reason: Reason


@dataclass(frozen=True)
class CameraBack:
    """Something is seen again, after a `CameraTrouble`."""


@dataclass(frozen=True)
class TurnsWanted:
    """A liveness challenge that a watch is to begin with: turns of the head that nobody can foresee."""

    turns: int = 3
    patience: float = 1.0
    """By what the times are multiplied in which something has to come; not the judgement."""


@dataclass(frozen=True)
class Asked:
    """What the person is asked to do now: turn to `side`, their own, or with None look ahead."""

    side: Side | None
    done: int
    """How many turns are over."""
    turns: int


EyesEvent = Frame | Guidance | FaceCompared | CameraTrouble | CameraBack | Asked | LivenessVerdict


class PhotoNotDecodable(Exception):
    """This terminal has no decoder for chip photos, or the decoder refused the bytes."""


class LiveNotComparable(Exception):
    """A module's live picture in which there is not one face, good enough to be compared."""


class Eyes(Protocol):
    """The face worker as the session sees it: decodes chip photos, owns the camera while it watches."""

    async def start(self) -> None:
        """Have the worker ready, models loaded, camera untouched. Raises `DeviceFault`."""
        ...

    async def health(self) -> Health:
        """Whether the worker lives and the camera is there. Takes no picture: nobody has agreed to one."""
        ...

    async def decode_photo(self, coded: bytes) -> bytes:
        """Turn the chip's 1,024 bytes into a PNG. Raises `PhotoNotDecodable`, `DeviceFault`."""
        ...

    async def compare(self, photo_png: bytes, live_jpeg: bytes) -> FaceCompared:
        """Compare with a picture that a module took, without any camera of the terminal's own.

        Raises `PhotoNotDecodable` when `photo_png` shows no face, `LiveNotComparable`, `DeviceFault`.
        """
        ...

    def watch(self, photo_png: bytes, challenge: TurnsWanted | None = None) -> AsyncGenerator[EyesEvent]:
        """Open the camera, and yield frames, guidance and comparisons until closed.

        With a `challenge` the person is asked to turn, as `Asked` says, and judged: one `LivenessVerdict`,
        and if it is live one comparison, of frames of the very person who turned. Then nothing more comes.

        The camera is released when the iterator is closed. A camera that fails is a `CameraTrouble`, within
        two seconds, and the caller decides how long to wait for its `CameraBack`. Raises `DeviceFault` when
        the worker fails or no camera is configured, and `PhotoNotDecodable` when `photo_png` shows no face.
        """
        ...

    async def close(self) -> None:
        """End the worker."""
        ...


# ---- paper that becomes a page ---------------------------------------------------------------------------


class Paper(Enum):
    """What lies beneath the document camera or on the flat-bed, as the one who asks for it knows."""

    A4 = "a4"
    """ISO 216: 210 × 297 mm, upright or across."""
    ID_1 = "id_1"
    """ISO/IEC 7810: a card of 85.60 × 53.98 mm."""
    OTHER = "other"
    """Invoices, tickets: any rectangle up to A4, in its own proportions."""


class PageProblem(Enum):
    """Why a picture is not taken for a clean page. Each has its words and its measure in docs/pages.md."""

    NO_PAGE = "no_page"
    CUT_OFF = "cut_off"
    COVERED = "covered"
    TOO_FAR = "too_far"
    WRONG_SHAPE = "wrong_shape"
    TOO_DARK = "too_dark"
    GLARE = "glare"
    BLURRED = "blurred"
    BLANK = "blank"
    TOO_LARGE = "too_large"


@dataclass(frozen=True)
class Finding:
    """One problem, what was measured and the limit it missed; units in docs/pages.md."""

    problem: PageProblem
    measure: float
    limit: float


@dataclass(frozen=True)
class Outline:
    """Where the paper is: its corners as shares of the frame's width and height, clockwise from top left."""

    corners: tuple[tuple[float, float], tuple[float, float], tuple[float, float], tuple[float, float]]
    confidence: float
    """0 to 1; `devices.pages.outline.SURE` and more is taken for a page."""


class PageHint(Enum):
    """What the person could do now."""

    LAY_PAPER = "lay_paper"
    HOLD_STILL = "hold_still"
    TAKE_AWAY = "take_away"
    """This page has been taken: change the paper, or finish."""


@dataclass(frozen=True)
class PagePreview:
    """One frame for the screen, JPEG, not mirrored, with the outline found in it."""

    jpeg: bytes
    outline: Outline | None
    still: float
    """How far the wait for stillness has come, 0 to 1."""
    hint: PageHint

    def __repr__(self) -> str:
        """Say nothing: the paper is somebody's."""
        return "PagePreview(…)"


@dataclass(frozen=True)
class Page:
    """A clean page, JPEG with its resolution. Personal: it lives in memory only."""

    jpeg: bytes
    width_px: int
    height_px: int
    dpi: int

    def __repr__(self) -> str:
        """Say nothing: the page is somebody's."""
        return "Page(…)"


@dataclass(frozen=True)
class PageRefused:
    """The paper lay still, and its picture is no clean page; what weighs most comes first."""

    findings: tuple[Finding, ...]


PageEvent = PagePreview | Page | PageRefused


class PageNotClean(Exception):
    """What was scanned is no clean page."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(", ".join(finding.problem.value for finding in findings))
        self.findings = findings


class PageCamera(Protocol):
    """The document camera as the session sees it: a process of its own, dark until `watch`."""

    async def health(self) -> Health:
        """Whether the camera is there; never raises `DeviceFault`, and does not look at the table."""
        ...

    def watch(self, paper: Paper) -> AsyncGenerator[PageEvent]:
        """Open the camera and yield previews, and a `Page` or `PageRefused` each time a new paper lies still.

        A paper is taken once: the next `Page` comes after the paper was changed. The camera is released when
        the iterator is closed. Raises `DeviceFault` when the camera or its process fails.
        """
        ...

    async def take(self) -> None:
        """While watching: judge what lies there now, still or not, taken before or not."""
        ...

    async def close(self) -> None:
        """End the process."""
        ...


class Flatbed(Protocol):
    """A flat-bed scanner."""

    async def health(self) -> Health:
        """Ask whether the scanner is there; never raises `DeviceFault`."""
        ...

    async def scan(self, paper: Paper) -> Page:
        """Scan what lies on the glass. Raises `DeviceFault`, and `PageNotClean` with what was found."""
        ...


class FingerprintGuidance(Enum):
    """What would help the sensor."""

    LAY_FINGER = "lay_finger"
    """Nothing lies on it."""
    LAY_BETTER = "lay_better"
    """Something does, but not well enough: flatter, drier, longer."""
    LIFT_FINGER = "lift_finger"
    """This finger has been compared; the next comparison begins when it has been lifted."""


@dataclass(frozen=True)
class FingerprintCompared:
    """One comparison of a live finger with the chip's. Greater `similarity` is more alike."""

    similarity: float
    """On the scale of the matcher's vendor."""
    threshold: float
    """On the same."""
    finger: Finger | None
    """Which of the chip's fingers it was most like."""

    @property
    def same(self) -> bool:
        """Whether the two are taken for one finger."""
        return self.similarity >= self.threshold


FingerprintEvent = FingerprintGuidance | FingerprintCompared


class FingerprintMatcher(Protocol):
    """A fingerprint sensor with its vendor's matcher: a way beside the face."""

    async def health(self) -> Health:
        """Ask the device; never raises `DeviceFault`: a fault is a health. The sensor stays off."""
        ...

    def compare(self, fingerprints: Sequence[Fingerprint]) -> AsyncGenerator[FingerprintEvent]:
        """Switch the sensor on; yield guidance, and one comparison for each finger laid on, until closed.

        Compares with those that are `usable`; raises `ValueError` where none is. The sensor is off when the
        iterator is closed. Raises `DeviceFault` when the sensor or its library fails.
        """
        ...

    async def close(self) -> None:
        """Give the sensor back. The next call opens it again."""
        ...
