"""How a command that cannot do what it was asked for says so: one line, and exit status 2."""

from __future__ import annotations

from typing import NoReturn

import typer

_REFUSED = 2


def refuse(line: str) -> NoReturn:
    """Say why, and end."""
    typer.echo(line, err=True)
    raise typer.Exit(_REFUSED)
