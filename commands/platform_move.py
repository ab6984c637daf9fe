"""`python main.py platform move DIR FILING_NO STATE`: an authority has gone on with an application."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

import typer
from sqlalchemy.exc import OperationalError

from central_platform.cases import Cases
from central_platform.keys import BadDirectory
from central_platform.opening import Keyring
from central_platform.records import DATABASE
from central_platform.tables import open_database

_REFUSED = 2


def answer(directory: Path, filing_no: str, state: str, reason: str | None) -> None:
    """Move one. Exit status 2 with one line where that cannot be; then nothing has changed."""
    try:
        keyring = Keyring.load(directory)
        engine = open_database(directory / DATABASE)
        Cases(engine, keyring, lambda: datetime.now(UTC)).move_numbered(filing_no, state, reason)
    except BadDirectory as error:
        _refuse(str(error))
    except OperationalError:
        _refuse(f"{directory / DATABASE}: cannot be opened or written")
    except KeyError:
        _refuse(f"{filing_no}: no application that was received here has this filing number")
    except ValueError as error:
        _refuse(f"{filing_no}: {error}")
    typer.echo(f"{filing_no}: {state}. A running platform tells it from now on.")


def _refuse(line: str) -> NoReturn:
    typer.echo(line, err=True)
    raise typer.Exit(_REFUSED)
