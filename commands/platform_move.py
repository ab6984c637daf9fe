"""`python main.py platform move DIR FILING_NO STATE`: an authority has gone on with an application."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import typer
from sqlalchemy.exc import OperationalError

from central_platform.cases import Cases
from central_platform.keys import BadDirectory
from central_platform.opening import Keyring
from central_platform.records import DATABASE
from central_platform.tables import open_database
from commands.refusing import refuse


def answer(directory: Path, filing_no: str, state: str, reason: str | None) -> None:
    """Move one. Exit status 2 with one line where that cannot be; then nothing has changed."""
    try:
        keyring = Keyring.load(directory)
        engine = open_database(directory / DATABASE)
        Cases(engine, keyring, lambda: datetime.now(UTC)).move_numbered(filing_no, state, reason)
    except BadDirectory as error:
        refuse(str(error))
    except OperationalError:
        refuse(f"{directory / DATABASE}: cannot be opened or written")
    except KeyError:
        refuse(f"{filing_no}: no application that was received here has this filing number")
    except ValueError as error:
        refuse(f"{filing_no}: {error}")
    typer.echo(f"{filing_no}: {state}. A running platform tells it from now on.")
