"""`slip preview`: the picture of a slip, drawn from the bytes that would go to the printer."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

from PIL import Image

from commands.device_common import Voice
from config.plain import BadFile
from config.printer_profile import PrinterProfile, UnknownProfile, profile_named
from devices.simulators.escpos_paper import on_paper
from printing.escpos import receipt_job
from printing.fonts import Glyphs
from printing.slip_file import read_slip

BYTES = ".bin"


def answer(files: list[Path], profile_name: str, output: Path | None, *, large: bool, as_json: bool) -> None:
    """Do it, and say where the pictures are."""
    voice = Voice(as_json=as_json)
    try:
        profile = profile_named(profile_name)
    except (UnknownProfile, BadFile) as mistake:
        voice.refuse(f"--profile: {mistake}")
    made = [
        {"file": str(file), "picture": str(picture), "bytes": count, "mm": round(height / 8)}
        for file in files
        for picture, count, height in [_made(voice, file, profile, output, large=large)]
    ]
    words = (
        f"{one['picture']}: {one['bytes']} bytes for {profile.id}, {one['mm']} mm of paper" for one in made
    )
    voice.result({"profile": profile.id, "slips": made}, "\n".join(words))


def _made(
    voice: Voice, file: Path, profile: PrinterProfile, output: Path | None, *, large: bool
) -> tuple[Path, int, int]:
    """Where the picture of `file` is, of how many bytes, and how high in dots."""
    data = _bytes(voice, file, profile, large=large)
    pieces = on_paper(data, profile.width_dots)
    if not pieces:
        voice.refuse(f"{file}: nothing of it prints")
    pictures = [piece.picture() for piece in pieces]
    paper = Image.new("L", (pictures[0].width, sum(picture.height for picture in pictures)), 255)
    top = 0
    for picture in pictures:
        paper.paste(picture, (0, top))
        top += picture.height
    target = (file.parent if output is None else output) / f"{file.stem}.png"
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        paper.save(target)
    except OSError as error:
        _refused(voice, target, error)
    return target, len(data), paper.height


def _bytes(voice: Voice, file: Path, profile: PrinterProfile, *, large: bool) -> bytes:
    if file.suffix == BYTES:
        try:
            return file.read_bytes()
        except OSError as error:
            _refused(voice, file, error)
    try:
        job = receipt_job(read_slip(file, large=large), profile, Glyphs(), large=large)
    except BadFile as mistake:
        voice.refuse(str(mistake))
    except ValueError as error:  # a QR code that the paper is too narrow for
        voice.refuse(f"{file}: {error}")
    return b"".join(data for data, _ in job)


def _refused(voice: Voice, path: Path, error: OSError) -> NoReturn:
    voice.refuse(f"{path}: {error.strerror}")
