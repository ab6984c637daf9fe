"""What a terminal can be told: typed settings with their units in their names.

`config.layers` reads them from TOML files and remembers which file said what.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class TerminalSettings(_Section):
    """Who this terminal is and where it keeps its files."""

    id: str = Field(pattern=r"^[A-Z0-9][A-Z0-9-]{3,31}$")
    area_code: str = Field(pattern=r"^[0-9]{6}$")
    hall_name_zh: str = Field(min_length=1, max_length=40)
    hall_name_en: str = Field(min_length=1, max_length=80)
    hall_phone: str = Field(min_length=3, max_length=20)
    state_dir: Path
    """The queue, the journal and the lock. On a disk that honours fsync."""
    runtime_dir: Path
    """Sockets and the sessions' throw-away homes. On tmpfs, or the terminal refuses to start."""
    signing_key: Path
    """The terminal's Ed25519 private key, PEM, readable by its owner only."""
    free_space_floor_mb: int = Field(ge=1)
    allow_swap: bool = False
    """Swap writes memory to disk; a terminal refuses to start with it unless told otherwise."""


class PlatformSettings(_Section):
    """The central platform: where it is, and how it is known to be itself."""

    url: str = Field(pattern=r"^https://[^\s/]+$")
    ca_file: Path
    client_certificate: Path
    client_key: Path
    envelope_key: Path
    """The platform's public X25519 key, PEM: envelopes are sealed to it."""
    envelope_kid: str = Field(min_length=1, max_length=64)
    receipt_key: Path
    """The platform's public Ed25519 key, PEM: receipts are checked with it."""
    probe_interval_s: float = Field(gt=0, le=60)
    request_timeout_s: float = Field(gt=0, le=120)
    retry_cap_s: float = Field(gt=0, le=3600)
    queue_limit: int = Field(ge=1)
    """New applications are refused when this many wait for the platform."""


class IdReaderSettings(_Section):
    """The identity-card reader."""

    driver: Literal["sam_v", "none"]
    port: str = ""
    baud: Literal[115200, 57600, 38400, 19200, 9600] = 115200


class PrinterSettings(_Section):
    """The receipt printer."""

    driver: Literal["escpos", "none"]
    port: str = ""
    baud: Literal[115200, 57600, 38400, 19200, 9600] = 115200
    width_dots: Literal[384, 576] = 576


class CameraSettings(_Section):
    """The face camera: a device number or a stream's URL."""

    source: int | str | None = None


class FaceSettings(_Section):
    """The comparison of a live face with the chip photo."""

    threshold: float = Field(gt=0, le=0.5)
    """Distance up to which two faces are one person; above 0.5 the false accepts are not acceptable."""
    photo_decoder: Literal["none", "simulator"] = "none"
    """Who turns the chip's coded photo into a picture. Vendors' decoders are closed; none is shipped."""
    attempt_s: float = Field(gt=0, le=60)
    """How long one face check looks before it says "not recognised"."""


class PatienceSettings(_Section):
    """How long the terminal waits for a person, in seconds."""

    idle_warning_s: float = Field(gt=0)
    idle_grace_s: float = Field(ge=20)
    """WCAG 2.2.1: at least 20 s to say "I am still here" with one touch."""
    card_s: float = Field(gt=0)
    done_s: float = Field(gt=0)
    delivery_s: float = Field(ge=0)
    """How long the "kept" screen waits for the platform's receipt before it prints "kept"."""


class GuideSettings(_Section):
    """One hall guide who may verify a person."""

    staff_no: str = Field(pattern=r"^[0-9]{4}$")
    pin_scrypt: str = Field(pattern=r"^[0-9a-f]{32}\$[0-9a-f]{64}$", repr=False)
    """Salt and scrypt hash, hexadecimal; `python main.py guide-pin` makes one."""


class LogSettings(_Section):
    """Where the events go."""

    file: Path


class Settings(_Section):
    """Everything, one section a part."""

    terminal: TerminalSettings
    platform: PlatformSettings
    id_reader: IdReaderSettings
    printer: PrinterSettings
    camera: CameraSettings
    face: FaceSettings
    patience: PatienceSettings
    log: LogSettings
    guides: tuple[GuideSettings, ...] = ()
    items_dir: Path | None = None
    """Service items of this hall; None for the ones the product ships."""
