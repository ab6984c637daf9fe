"""`voice`: the spoken prompts: build the pack, list what a speaker records, check and seal a hall's own."""

from __future__ import annotations

import csv
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from commands.options import ConfigFiles, Overrides
from config.items import SHIPPED, load_items
from config.layers import BadConfiguration, load
from config.plain import BadFile

if TYPE_CHECKING:
    from kiosk.voice.prompts import Line

USAGE, FOUND = 2, 1
"""Exit statuses: what was asked is wrong, or cannot be done here; something is wrong with the pack."""

app = typer.Typer(
    no_args_is_help=True,
    help="The spoken prompts: build the pack, list what a speaker records, check and seal a hall's own.",
)

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The pack's folder.")]


@app.command()
def build(folder: Folder, config: ConfigFiles = None, overrides: Overrides = None) -> None:
    """Synthesise the pack with espeak-ng, for the matters of this hall; keeps what is there already."""
    from kiosk.voice.building import NotBuilt
    from kiosk.voice.building import build as built

    began = time.monotonic()
    try:
        done = built(folder, _lines(config, overrides))
    except NotBuilt as error:
        _refuse(str(error))
    except OSError as error:
        _refuse(f"{error.filename or folder}: {error.strerror}")
    typer.echo(
        f"{folder}: {done.made} made, {done.kept} kept, {done.removed} removed,"
        f" {done.bytes / 1e6:.1f} MB, {time.monotonic() - began:.1f} s; {done.voice}"
    )


@app.command(name="list")
def list_(config: ConfigFiles = None, overrides: Overrides = None) -> None:
    """Print what a speaker records: file, words, and for Chinese how they sound. CSV."""
    from kiosk.voice.pinyin import Unspeakable, pinyin

    rows = csv.writer(sys.stdout)
    rows.writerow(("file", "words", "pinyin"))
    for line in _lines(config, overrides):
        try:
            sound = pinyin(line.text) if line.language == "zh" else ""
        except Unspeakable:
            sound = ""  # a person needs none
        rows.writerow((line.file, line.text, sound))


@app.command()
def check(folder: Folder, config: ConfigFiles = None, overrides: Overrides = None) -> None:
    """Check a pack: what is missing, too long, clipped, in the wrong format, or made for other words."""
    from kiosk.voice.checking import check as found_in
    from kiosk.voice.checking import check_seal
    from kiosk.voice.pack import open_pack

    lines = _lines(config, overrides)
    found = found_in(folder, lines)
    told = {each.file for each in found}
    if found := [*found, *(each for each in check_seal(folder, lines) if each.file not in told)]:
        typer.echo("\n".join(map(str, found)), err=True)
        raise typer.Exit(FOUND)
    typer.echo(f"{folder}: {len(lines)} recordings, nothing wrong; {open_pack(folder).manifest.voice}")


@app.command()
def seal(
    folder: Folder,
    voice: Annotated[str, typer.Option("--voice", help="Whose voice it is, and since when.")],
    config: ConfigFiles = None,
    overrides: Overrides = None,
) -> None:
    """Take a hall's own recordings into the manifest, once nothing is wrong with them."""
    from kiosk.voice.checking import check as found_in
    from kiosk.voice.pack import Manifest, Recording, digest
    from kiosk.voice.pack import seal as sealed
    from kiosk.voice.sound import read

    lines = _lines(config, overrides)
    if not voice.strip() or voice.startswith("synthesised"):
        _refuse("--voice: say who speaks, for example: --voice 'recorded by Chen X., May 2027'")
    if found := found_in(folder, lines):
        typer.echo("\n".join(map(str, found)), err=True)
        raise typer.Exit(FOUND)
    recordings = {
        line.file: Recording(
            text=line.text,
            sha256=digest(folder / line.file),
            seconds=round(read(folder / line.file).seconds, 2),
        )
        for line in lines
    }
    sealed(folder, Manifest(voice=voice.strip(), recordings=recordings))
    typer.echo(f"{folder}: {len(recordings)} recordings sealed; {voice.strip()}")


def _lines(config: list[Path] | None, overrides: list[str] | None) -> tuple[Line, ...]:
    """Every sentence: of the shipped matters, or of the hall's own where its settings are given."""
    from kiosk.voice.prompts import lines

    try:
        directory = load(config or [], overrides or []).settings.items_dir if config or overrides else None
        return lines(load_items(directory or SHIPPED))
    except (BadConfiguration, BadFile) as mistake:
        _refuse(str(mistake))


def _refuse(line: str) -> NoReturn:
    typer.echo(line, err=True)
    raise typer.Exit(USAGE)
