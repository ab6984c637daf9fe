"""What a terminal can be told: typed settings with their units in their names.

`config.layers` reads them from TOML files and remembers which file said what. The text beneath each field is
what the technician reads in `docs/technicians.md` (see `config.reference`).
"""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from config.envelope_suites import HPKE, EnvelopeSuite
from config.platform_may_set import PlatformMaySet


def _is_regular_expression(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise PydanticCustomError("pattern", "is no regular expression: {why}", {"why": str(error)}) from None
    return text


RegularExpression = Annotated[str, AfterValidator(_is_regular_expression)]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class TerminalSettings(_Section):
    """Who this terminal is and where it keeps its files."""

    id: str = Field(pattern=r"^[A-Z0-9][A-Z0-9-]{3,31}$")
    """The terminal's own number. It is part of every local number, and the platform knows it."""
    area_code: str = Field(pattern=r"^[0-9]{6}$")
    """The district's code, GB/T 2260."""
    hall_name_zh: Annotated[str, PlatformMaySet("session")] = Field(min_length=1, max_length=40)
    """The hall's name on screen and slip, Chinese."""
    hall_name_en: Annotated[str, PlatformMaySet("session")] = Field(min_length=1, max_length=80)
    """The hall's name on screen, English."""
    hall_phone: Annotated[str, PlatformMaySet("session")] = Field(min_length=3, max_length=20)
    """The number a citizen can call when this terminal cannot help."""
    state_dir: Path
    """The queue, the journal and the lock. On a disk that honours fsync."""
    runtime_dir: Path
    """Sockets and the sessions' throw-away homes. On tmpfs, or the terminal refuses to start."""
    signing_key: Path
    """The terminal's Ed25519 private key, PEM, readable by its owner only."""
    signing_token: str = Field(default="", pattern=r"^(pkcs11:[^\s]+)?$")
    """The same key in a PKCS#11 token, as a URI (RFC 7512) with `token`, `object`, `module-path` and
    `pin-source`; `signing_key` is then not read. Needs the optional parts."""
    certificate: Path | None = None
    """The platform's word for `signing_key`, made when the terminal was enrolled. With it, slips carry a
    signed statement that anybody can check (see [proof.md](proof.md)); not set, they carry numbers only."""
    free_space_floor_mb: int = Field(ge=1)
    """Megabytes (10⁶ bytes) that must be free beneath `state_dir`; with less, nothing new is accepted."""
    allow_swap: bool = False
    """Swap writes memory to disk; a terminal refuses to start with it unless told otherwise."""


class PlatformSettings(_Section):
    """The central platform: where it is, and how it is known to be itself."""

    url: str = Field(pattern=r"^https://[^\s/]+$")
    """Scheme, host and port, without a path."""
    ca_file: Path
    """The only certificates that may vouch for the platform, PEM. The system's own are not trusted."""
    client_certificate: Path
    """The terminal's certificate, PEM: the platform knows the terminal by it."""
    client_key: Path
    """The private key of `client_certificate`, PEM, readable by its owner only."""
    envelope_key: Path
    """The platform's public key, PEM, to seal envelopes to until it announces a newer one."""
    envelope_kid: str = Field(min_length=1, max_length=64)
    """The platform's name for `envelope_key`."""
    envelope_suite: EnvelopeSuite = HPKE
    """How envelopes are sealed; `envelope_key` must be for it. A key that the platform announces for another
    suite is not used: [integrators.md](integrators.md#which-suite-which-key)."""
    receipt_key: Path
    """The platform's public Ed25519 key, PEM: receipts are checked with it."""
    probe_interval_s: float = Field(gt=0, le=60)
    """How often the terminal asks whether the platform answers."""
    request_timeout_s: float = Field(gt=0, le=120)
    """How long one request may take before it counts as not answered; an envelope has a second more for each
    32 KiB."""
    retry_cap_s: float = Field(gt=0, le=3600)
    """The longest pause between two tries to deliver the same application."""
    queue_limit: Annotated[int, PlatformMaySet("start", 10, 100_000)] = Field(ge=1)
    """New applications are refused when this many wait for the platform."""
    oldest_days: Annotated[int, PlatformMaySet("start", 1, 60)] = Field(ge=1)
    """No new ones are begun when the oldest has waited for so many days; a matter's own `max_age_days` may be
    fewer."""
    offline_days: Annotated[int, PlatformMaySet("start", 1, 60)] = Field(ge=1)
    """No new ones are begun when the platform has not answered for so many days."""


class IdReaderSettings(_Section):
    """The identity-card reader."""

    driver: Literal["sam_v", "sdt", "none"]
    """`sam_v` for a reader with the SAM_V serial protocol; `sdt` for one behind its vendor's library; `none`
    when there is no reader."""
    port: str = ""
    """The serial port's device file, best by id: `/dev/serial/by-id/…`."""
    baud: Literal[115200, 57600, 38400, 19200, 9600] = 115200
    """The port's speed; on most readers a switch, 115200 when new."""
    library: Path | None = None
    """With `sdt`: the vendor's library, see [vendor-modules.md](vendor-modules.md)."""
    sdt_port: int = Field(default=1001, ge=1, le=1016)
    """With `sdt`: 1 to 16 for a serial port, 1001 to 1016 for USB, counted as the library counts."""


class PrinterSettings(_Section):
    """The receipt printer."""

    driver: Literal["escpos", "none"]
    """`escpos` for a receipt printer with ESC/POS; `none` when there is no printer."""
    port: str = ""
    """The serial port's device file, best by id."""
    baud: Literal[115200, 57600, 38400, 19200, 9600] = 115200
    """The port's speed, as on the printer's own test page."""
    flow: Literal["none", "rts_cts", "xon_xoff"] = "none"
    """How the printer says "wait", as on its own test page: by the cable's RTS/CTS wires, by XON/XOFF, or not
    at all; then no more is sent than its buffer surely holds."""
    profile: str = Field(default="generic-80", min_length=1)
    """What the printer can do: a name of `config/printers`, or the path of a file like these (`….yaml`)."""
    large_print_from_age: Annotated[int, PlatformMaySet("session")] = Field(default=60, ge=0, le=150)
    """Slips for persons of so many years and more are in large print; 0 prints every slip so."""
    restore_codes: bool = False
    """Print the sealed application itself on a slip that says "kept", so that it can be brought back when
    this terminal's disk dies. Only the platform can read it. The slip gets longer: [proof.md](proof.md)."""


class CameraSettings(_Section):
    """The face camera."""

    source: int | str | None = None
    """A device number (0 is `/dev/video0`) or a stream's URL; not set when there is no camera."""


class FaceCalibration(_Section):
    """What `python main.py face calibrate` measured. It writes this; see [face.md](face.md)."""

    date: dt.date
    """The day it was measured."""
    pipeline: str = Field(min_length=1)
    """The program's way from two pictures to a distance; a calibration holds for one."""
    threshold: float = Field(gt=0, le=0.6)
    """The distance it found; `face.threshold` may be lower, not higher."""
    far: float = Field(gt=0, lt=1)
    """The share of strangers that was to be accepted at most."""
    impostor_pairs: int = Field(ge=1)
    """How many pairs of different people it rests on."""
    false_accepts: int = Field(ge=0)
    """How many of them would have been taken for one person."""
    far_bound: float = Field(ge=0, le=1)
    """What that proves: at most this share, at 95 % confidence."""
    genuine_pairs: int = Field(ge=1)
    """How many pairs of one person it rests on."""
    tar: float = Field(ge=0, le=1)
    """The share of them that was recognised."""
    tar_bound: float = Field(ge=0, le=1)
    """What that proves: at least this share, at 95 % confidence."""


class FaceSettings(_Section):
    """The comparison of a live face with the chip photo."""

    threshold: float = Field(gt=0, le=0.6)
    """Distance up to which two faces are one person; above 0.5 only with a calibration that proves it."""
    calibration: FaceCalibration | None = None
    """What the threshold rests on, if it was measured in a hall."""
    photo_decoder: Literal["none", "simulator", "vendor"] = "none"
    """Who turns the chip's coded photo into a picture. Vendors' decoders are closed; none is shipped."""
    photo_library: Path | None = None
    """With `vendor`: the decoder's library, see [vendor-modules.md](vendor-modules.md)."""
    photo_library_flag: int = Field(default=0, ge=0, le=65535)
    """With `vendor`: the third argument of its `unpack`, from its manual."""
    attempt_s: float = Field(gt=0, le=60)
    """How long one face check looks before it says "not recognised"."""


class ScannerSettings(_Section):
    """The barcode scanner."""

    driver: Literal["honeywell", "newland", "gm65", "none"]
    """The family of the scanner; `none` when there is no scanner."""
    port: str = ""
    """The serial port's device file, best by id."""
    baud: Literal[115200, 57600, 38400, 19200, 9600] = 9600
    """The port's speed, as the scanner is set."""
    suffix: Literal["any", "cr", "lf", "crlf", "none"] = "any"
    """What the scanner is set to send behind a code. `any` takes all of them, and cannot tell a code that was
    cut short: better to set the scanner to one, and to say which."""
    payment_notice_pattern: RegularExpression = ""
    """What this district's payment notice numbers (缴款码) look like, whole, for example `[0-9]{20}`; not set
    when they are not recognised."""
    opaque_pattern: RegularExpression = ""
    """What the codes of this district's apps and insurances look like, whole; the platform resolves them."""


class SmartCardSettings(_Section):
    """The reader for social-security cards (PC/SC). An optional part: `tools/setup-extras --terminal`."""

    driver: Literal["pcsc", "none"]
    """`pcsc` for a reader of the system's smart-card service; `none` when there is no reader."""
    reader: str = ""
    """A part of the reader's name as the service gives it; not set when there is one reader only."""


class FingerprintSettings(_Section):
    """The fingerprint sensor: a way beside the face, for cards that carry fingerprints."""

    driver: Literal["vendor", "simulator", "none"]
    """`vendor` for a sensor behind its vendor's library; `none` when there is no sensor."""
    library: Path | None = None
    """The vendor's library, see [vendor-modules.md](vendor-modules.md); with `simulator` the simulated
    sensor's socket."""
    threshold: float | None = Field(default=None, gt=0)
    """Similarity from which two fingers are one, on the vendor's scale and from the vendor's manual."""
    least_quality: int = Field(default=40, ge=1, le=100)
    """How good a picture of a finger must be to be compared; vendors advise 30 to 40."""
    scanner_type: int = Field(default=0, ge=0, le=255)
    """The sensor's registered code, from its manual."""


class LivenessModuleSettings(_Section):
    """A certified liveness module with cameras of its own, visible and infra-red."""

    driver: Literal["vendor", "simulator", "none"]
    """`vendor` for a module behind its vendor's library; `none` when there is no such module."""
    library: Path | None = None
    """The module's library, see [vendor-modules.md](vendor-modules.md); with `simulator` the simulated
    cameras' socket."""


class DocumentCameraSettings(_Section):
    """The camera above the table that makes pages of papers."""

    source: int | str | None = None
    """A device number (0 is `/dev/video0`) or a stream's URL; not set when there is no document camera."""
    width_px: int = Field(ge=640, le=8192)
    """Width of the frames asked of the camera; A4 needs 1600 pixels along its longer side."""
    height_px: int = Field(ge=480, le=8192)
    """Height of the frames asked of the camera."""
    turn_deg: Literal[0, 90, 180, 270] = 0
    """Clockwise turn after which what lies before the person stands upright."""
    page_limit_kb: int = Field(ge=50, le=2000)
    """Kilobytes (10³ bytes) a page may have; it is coded coarser until it fits, or refused."""


class FlatbedSettings(_Section):
    """The flat-bed scanner, an optional part (SANE)."""

    device: str = ""
    """The scanner's name as `scanimage -L` gives it; not set when there is none."""
    answer_s: float = Field(gt=0, le=300)
    """How long a scan may take before the scanner counts as hung and its program is killed."""


class PatienceSettings(_Section):
    """How long the terminal waits for a person, in seconds; twice as long with larger text or the voice."""

    idle_warning_s: Annotated[float, PlatformMaySet("session", 30, 600)] = Field(gt=0)
    """Seconds without a touch until the screen asks whether the person is still there. While a device works
    they do not run."""
    idle_grace_s: Annotated[float, PlatformMaySet("session", 20, 120)] = Field(ge=20)
    """WCAG 2.2.1: at least 20 s to say "I am still here" with one touch."""
    card_s: Annotated[float, PlatformMaySet("session", 20, 600)] = Field(gt=0)
    """Seconds the terminal waits for a card to be laid down before it asks the same."""
    done_s: Annotated[float, PlatformMaySet("session", 5, 120)] = Field(gt=0)
    """Seconds the last screen stays before the terminal is ready for the next person."""
    delivery_s: Annotated[float, PlatformMaySet("session", 0, 30)] = Field(ge=0)
    """How long the "kept" screen waits for the platform's receipt before it prints "kept"."""
    visit_s: Annotated[float, PlatformMaySet("session", 600, 14_400)] = Field(default=3600, gt=0)
    """Seconds that one visit may last, whoever touches what; at least ten times warning and grace, whatever
    is set here (WCAG 2.2.1: ten extensions). Never ends one while it sends, or before its slip is out."""
    visit_notice_s: Annotated[float, PlatformMaySet("session", 60, 1800)] = Field(default=300, ge=60)
    """How long before that the screen says so, and counts the minutes."""


class VoiceSettings(_Section):
    """What is said aloud, for whoever wants it (see [voice.md](voice.md))."""

    pack: Path | None = None
    """The folder of this hall's own recordings; not set for those that the set-up synthesised."""
    volume_percent: Annotated[int, PlatformMaySet("session")] = Field(default=100, ge=1, le=100)
    """How loud, as a share of the recordings' own level; the sound card's mixer is set by the system."""


LOW_REACH_CM = 120
"""Height above the floor that a hand reaches from a wheelchair."""

LEAST_OPERABLE = 0.5
"""Share of the screen that the screens need at least to be worked with."""


class ScreenSettings(_Section):
    """How the screen is mounted: what low reach (docs/citizen-journey.md) may use of it."""

    lower_edge_cm: float = Field(ge=0, le=200)
    """Height of the picture's lower edge above the floor."""
    height_cm: float = Field(gt=0, le=300)
    """Height of the picture itself. Where less than half of it lies below 120 cm, low reach takes the lower
    half: such a screen hangs too high."""

    @property
    def operable_share(self) -> float:
        """Share of the picture's height, from its lower edge, that lies below 120 cm."""
        share = (LOW_REACH_CM - self.lower_edge_cm) / self.height_cm
        return min(1.0, max(LEAST_OPERABLE, share))


class GuideSettings(_Section):
    """One hall guide who may verify a person."""

    staff_no: str = Field(pattern=r"^[0-9]{4}$")
    """The guide's number."""
    pin_scrypt: str = Field(pattern=r"^[0-9a-f]{32}\$[0-9a-f]{64}$", repr=False)
    """Salt and scrypt hash of the PIN, hexadecimal; `python main.py guide-pin` makes one."""


class CatalogueSettings(_Section):
    """Where the matters come from when they come as a signed bundle (see [catalogue.md](catalogue.md))."""

    key: Path | None = None
    """The public Ed25519 key, PEM, that bundles must be signed with; not set, no bundle is taken."""


class LogSettings(_Section):
    """Where the events go."""

    file: Path
    """One JSON event a line; nothing personal is in it."""


class Settings(_Section):
    """Everything, one section a part."""

    terminal: TerminalSettings
    platform: PlatformSettings
    id_reader: IdReaderSettings
    printer: PrinterSettings
    camera: CameraSettings
    face: FaceSettings
    scanner: ScannerSettings
    smart_card: SmartCardSettings
    fingerprint: FingerprintSettings
    liveness_module: LivenessModuleSettings
    document_camera: DocumentCameraSettings
    flatbed: FlatbedSettings
    screen: ScreenSettings
    patience: PatienceSettings
    voice: VoiceSettings
    catalogue: CatalogueSettings
    log: LogSettings
    guides: tuple[GuideSettings, ...] = ()
    """The hall guides who may verify a person, one `[[guides]]` each. A later file's list replaces all."""
    items_dir: Path | None = None
    """The service items of this hall; not set for the ones the product ships."""
