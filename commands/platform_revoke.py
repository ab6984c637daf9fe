"""`python main.py platform revoke DIR CERTIFICATE`: the terminal that has it is let in no more."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import typer

from central_platform.keys import BadDirectory
from central_platform.revocation import revoke, revoke_terminal
from commands.refusing import refuse

_FROM_NOW_ON = "A running platform refuses that from now on."


def answer(directory: Path, certificate: Path | None, terminal: str | None) -> None:
    """Put one, or all of a terminal, on the list. Exit status 2 with one line where that cannot be."""
    now = datetime.now(UTC)
    try:
        if terminal is not None and certificate is None:
            count = revoke_terminal(directory, terminal, now)
            said = f"Revoked: what {terminal} has, {count} in number."
        elif certificate is not None and terminal is None:
            said = f"Revoked: {revoke(directory, certificate, now)} in all."
        else:
            refuse("either the file of a certificate, or --terminal")
    except BadDirectory as error:
        refuse(str(error))
    typer.echo(f"{said} {_FROM_NOW_ON}")
