"""`python main.py platform revoke DIR CERTIFICATE`: the terminal that has it is let in no more."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import typer

from central_platform.keys import BadDirectory
from central_platform.revocation import revoke

_REFUSED = 2


def answer(directory: Path, certificate: Path) -> None:
    """Put it on the list. Exit status 2 with one line where that cannot be."""
    try:
        count = revoke(directory, certificate, datetime.now(UTC))
    except BadDirectory as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(_REFUSED) from None
    typer.echo(f"Revoked: {count} in all. Start the platform anew.")
