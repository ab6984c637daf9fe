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
        state_dir = loaded.settings.terminal.state_dir
        revoked = _revocations(state_dir, loaded.settings.platform.receipt_key)
    except (BadConfiguration, UnreadableFile) as error:
        _end(str(error), as_json=as_json)
    book = Book(state_dir, lambda: datetime.now(UTC))
    in_use = Catalogues(state_dir, loaded.settings.items_dir).current.name
    settings = {key: origin for key, origin in loaded.provenance.items() if origin.startswith("platform ")}
    if as_json:
        said = {
            "catalogue": in_use,
            "downstream": book.shown(),
            "settings": settings,
            "withdrawn": _withdrawn(revoked),
        }
        typer.echo(json.dumps(said, ensure_ascii=False))
        return
    typer.echo(f"catalogue in use: {in_use}")
    for kind in get_args(Kind):
        page = book.page(kind)
        left = kind == "catalogue" and page.taken is not None and in_use != str(page.taken.number)
        for line in _lines(kind, page, "no longer in use, taken" if left else "in force since"):
            typer.echo(line)
    for key, origin in settings.items():
        typer.echo(f"set        {key}  ({origin})")
    for what, names in _withdrawn(revoked).items():
        for name in names:
            typer.echo(f"withdrawn  {what}: {name}")


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


def _revocations(state_dir: Path, receipt_key: Path) -> Revocations:
    try:
        return read_revocations(PlatformWord.load(receipt_key), (state_dir / REVOCATIONS).read_bytes())
    except (OSError, NotOfTheContract):
        return NOTHING_REVOKED


def _end(line: str, *, as_json: bool) -> NoReturn:
    if as_json:
        typer.echo(json.dumps({"error": line}, ensure_ascii=False))
    else:
        typer.echo(line, err=True)
    raise typer.Exit(_UNUSABLE)
