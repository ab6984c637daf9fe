"""`python main.py platform invite|invitations DIR`: which terminals may enrol, once, with a code."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import typer
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from central_platform.invitations import invite, waiting, withdraw
from central_platform.keys import BadDirectory
from central_platform.records import DATABASE
from central_platform.tables import open_database
from commands.refusing import refuse

_UNITS = {"m": "minutes", "h": "hours", "d": "days"}


def answer(directory: Path, terminal: str, valid_for: str, *, again: bool) -> None:
    """Invite a terminal and show the code, once. Exit status 2 with one line where that cannot be."""
    engine = _database(directory)
    try:
        invited = invite(
            engine, directory, terminal, datetime.now(UTC), valid_for=_span(valid_for), again=again
        )
    except BadDirectory as error:
        refuse(str(error))
    typer.echo(
        f"{invited.code}\n\nOn the terminal, until {invited.ends_at:%Y-%m-%d %H:%M} UTC, once:\n"
        f"python main.py enrol {invited.code} --into /etc/hall-terminal/keys"
    )


def show(directory: Path, withdrawn: str | None) -> None:
    """List whoever can still enrol, or take one's invitation back."""
    engine = _database(directory)
    if withdrawn is not None:
        if not withdraw(engine, withdrawn):
            refuse(f"{withdrawn} has no open invitation")
        typer.echo(f"withdrawn: {withdrawn}")
        return
    for each in waiting(engine, datetime.now(UTC)):
        tries = f", {each.wrong_tries} wrong tries" if each.wrong_tries else ""
        typer.echo(f"{each.terminal}  {each.state}, until {each.ends_at[:16].replace('T', ' ')} UTC{tries}")


def _database(directory: Path) -> Engine:
    if not (directory / "platform").is_dir():
        refuse(f'{directory}: not what "platform init" made')
    os.umask(0o077)
    try:
        return open_database(directory / DATABASE)
    except OperationalError:
        refuse(f"{directory / DATABASE}: cannot be opened")


def _span(text: str) -> timedelta:
    found = re.fullmatch(r"([1-9][0-9]{0,3})([mhd])", text)
    if found is None:
        refuse(f"--valid-for {text}: a number and m, h or d, for example 24h")
    return timedelta(**{_UNITS[found[2]]: int(found[1])})
