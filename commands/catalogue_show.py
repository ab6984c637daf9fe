"""What `catalogue show` says: what is in use here, what came from the platform, what was refused and why.

It reads the terminal's files and changes nothing, so it may be asked beside a running terminal.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NoReturn, get_args

import typer

from config.layers import BadConfiguration, load
from config.settings import Settings
from kiosk.terminal.catalogues import Catalogues
from kiosk.terminal.downstream_book import Book, Page
from kiosk.terminal.takers import REVOCATIONS
from offline_queue.contract_files import NotOfTheContract
from offline_queue.downstream import NOTHING_REVOKED, Kind, Revocations, read_revocations
from offline_queue.failures import UnreadableFile
from offline_queue.signing import PlatformWord

_UNUSABLE = 2


def show(config: list[Path] | None, overrides: list[str] | None, *, as_json: bool) -> None:
    """Say it, in lines or as one JSON value. Exit status 2 for settings that cannot be used."""
    try:
        loaded = load(config or [], overrides or [])
        revoked = _revocations(loaded.settings)
    except (BadConfiguration, UnreadableFile) as error:
        _end(str(error), as_json=as_json)
    settings = {key: origin for key, origin in loaded.provenance.items() if origin.startswith("platform ")}
    if as_json:
        said = {
            "catalogue": _in_use(loaded.settings),
            "downstream": _book(loaded.settings).shown(),
            "settings": settings,
            "withdrawn": _withdrawn(revoked),
        }
        typer.echo(json.dumps(said, ensure_ascii=False))
        return
    for line in lines(loaded.settings):
        typer.echo(line)
    for key, origin in settings.items():
        typer.echo(f"set        {key}  ({origin})")


def lines(settings: Settings) -> Iterator[str]:
    """What is in use, taken, refused and withdrawn here. Raises `UnreadableFile` for the platform's key."""
    in_use, book = _in_use(settings), _book(settings)
    yield f"catalogue in use: {in_use}"
    for kind in get_args(Kind):
        page = book.page(kind)
        left = kind == "catalogue" and page.taken is not None and in_use != str(page.taken.number)
        yield from _lines(kind, page, "no longer in use, taken" if left else "in force since")
    for what, names in _withdrawn(_revocations(settings)).items():
        yield from (f"withdrawn  {what}: {name}" for name in names)


def _in_use(settings: Settings) -> str:
    return Catalogues(settings.terminal.state_dir, settings.items_dir).current.name


def _book(settings: Settings) -> Book:
    return Book(settings.terminal.state_dir, lambda: datetime.now(UTC))


def _lines(kind: Kind, page: Page, standing: str) -> Iterator[str]:
    if page.taken is None:
        yield f"{kind}: none from the platform"
    else:
        yield f"{kind}: {page.taken.number} from the platform, {standing} {page.taken.at}"
    if page.refused is not None:
        yield f"{kind}: {page.refused.number} refused at {page.refused.at}: {page.refused.reason}"


def _withdrawn(revoked: Revocations) -> dict[str, list[Any]]:
    return {
        "envelope_keys": sorted(revoked.envelope_keys),
        "bundles": sorted(revoked.bundles),
        "signers": sorted(revoked.signers),
        "matters": [f"{item}@{version}" for item, version in sorted(revoked.matters)],
    }


def _revocations(settings: Settings) -> Revocations:
    word = PlatformWord.load(settings.platform.receipt_key)
    try:
        return read_revocations(word, (settings.terminal.state_dir / REVOCATIONS).read_bytes())
    except (OSError, NotOfTheContract):
        return NOTHING_REVOKED


def _end(line: str, *, as_json: bool) -> NoReturn:
    if as_json:
        typer.echo(json.dumps({"error": line}, ensure_ascii=False))
    else:
        typer.echo(line, err=True)
    raise typer.Exit(_UNUSABLE)
