"""What one model of receipt printer can do, as data: paper, characters, knife, presenter, status dialect.

`config/printers/*.yaml` holds one file a model; the driver and the layout know the kinds below and no model
by name. A fact nobody has tried on the machine itself says so (`basis.verified: false`).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from config.data_files import DataFile, files_in, read_model
from config.item import Basis
from config.plain import Loc, meant

SHIPPED = Path(__file__).with_name("printers")

ProfileName = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=40)]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class Chinese(_Model):
    """How Chinese reaches the printer's own font; a printer without one gets every row as dots."""

    coding: Literal["gb18030", "gbk", "utf-8"]
    switch: bool
    """Chinese mode is switched on with `FS &` before, and off with `FS .` after: needed where it is off by
    default, left out where the printer takes these for characters."""
    native: Literal["gb2312", "gbk"]
    """The characters its font is trusted with. `gbk` leaves out FE50 to FEA0, which many fonts lack."""


class Knife(_Model):
    """How the paper is parted from the roll."""

    command: Literal["feed_and_part", "feed_and_cut", "part", "cut"]
    """`GS V` 66, 65, 1 or 0: part leaves a bridge so that the slip hangs until it is taken."""
    feed_dots: int = Field(default=0, ge=0, le=255)
    """Paper fed by us from the last row to the knife, for the commands that do not feed themselves."""


class Presenter(_Model):
    """A mechanism that holds the slip out and can take it back. Its commands differ from maker to maker."""

    dialect: Literal["custom", "citizen", "zebra"]
    hold_s: int = Field(ge=5, le=120)
    """How long a slip that nobody takes stays in the mouth."""
    then: Literal["retract", "eject"]
    """What happens to it after that."""


class PrinterProfile(_Model):
    """One model, or what all of a kind have in common (`generic-80`)."""

    id: ProfileName
    title: str = Field(min_length=1, max_length=80)
    """Maker and model, for the technician's list."""
    basis: Basis
    paper_mm: Literal[58, 80]
    width_dots: int = Field(ge=288, le=640, multiple_of=24)
    """Printable dots in a line; whole Chinese characters of 24 dots."""
    code_page: int | None = Field(default=None, ge=0, le=255)
    """`ESC t` n before Latin text; not sent when not set."""
    chinese: Chinese | None = None
    qr: Literal["own", "dots"]
    """Drawn by the printer (`GS ( k`), or sent as dots to one that cannot."""
    knife: Knife | None = None
    """None for a printer with a tear bar."""
    presenter: Presenter | None = None
    status: Literal["dle_eot", "asb", "custom"]
    """How it says how it is. `dle_eot`: asked with `DLE EOT` 1 to 4. `asb`: these, and it reports by itself
    after `GS a`. `custom`: the full status `DLE EOT 20`."""
    end_mark: bool
    """Whether it answers `GS r 1` in its turn, behind the last byte: the proof that a slip is out."""
    clear: Literal["dle_dc4", "let_out"]
    """How its buffer is emptied: `dle_dc4` by `DLE DC4` 8, whose answer proves it; `let_out` by letting out
    and cutting off what it still holds, while nobody waits for a slip."""
    buffer_bytes: int = Field(ge=256)
    """The receive buffer: no more is sent ahead of the paper."""
    speed_mm_s: int = Field(ge=20, le=400)
    """Paper speed: how long to wait for the last row where no end mark tells."""


class UnknownProfile(ValueError):
    """No profile has this name; `str()` is the line for the technician."""


@cache
def shipped_profiles() -> dict[str, PrinterProfile]:
    """Every profile that comes with the product, by name."""
    return load_profiles(SHIPPED)


def load_profiles(directory: Path) -> dict[str, PrinterProfile]:
    """Every profile of `directory`, by name. Raises `config.plain.BadFile`."""
    return {profile.id: profile for profile in map(load_profile, files_in(directory, "printer profile"))}


def load_profile(path: Path) -> PrinterProfile:
    """One profile, whose file is named after it. Raises `config.plain.BadFile`."""
    file = read_model(path, PrinterProfile)
    for loc, why in _mistakes(file):
        raise file.mistake(loc, why)
    return file.value


def profile_named(name: str) -> PrinterProfile:
    """The profile called `name`, or in the file `name` when it ends with .yaml.

    Raises `UnknownProfile`, and `config.plain.BadFile` for a file that is wrong.
    """
    if name.endswith(".yaml"):
        return load_profile(Path(name))
    known = shipped_profiles()
    if name not in known:
        raise UnknownProfile(f'no printer profile "{name}"{meant(name, known)} (known: {", ".join(known)})')
    return known[name]


def _mistakes(file: DataFile[PrinterProfile]) -> list[tuple[Loc, str]]:
    profile = file.value
    found: list[tuple[Loc, str]] = []
    if profile.id != file.path.stem:
        found.append((("id",), f"must be the file's name, {file.path.stem}"))
    if profile.width_dots > profile.paper_mm * 8:
        found.append((("width_dots",), f"is wider than {profile.paper_mm} mm paper ({profile.paper_mm * 8})"))
    if profile.presenter is not None and profile.knife is None:
        found.append((("presenter",), "needs a knife: what hangs on the roll cannot be held out"))
    if (
        profile.presenter is not None
        and profile.presenter.hold_s > _LONGEST_HOLD_S[profile.presenter.dialect]
    ):
        longest = _LONGEST_HOLD_S[profile.presenter.dialect]
        found.append((("presenter", "hold_s"), f"is at most {longest} for this dialect"))
    if profile.status == "custom" and profile.end_mark:
        found.append((("end_mark",), "is not in this dialect"))
    return found


_LONGEST_HOLD_S = {"custom": 120, "citizen": 9, "zebra": 120}
"""Citizen's `GS R 1 n` takes one digit of seconds."""
