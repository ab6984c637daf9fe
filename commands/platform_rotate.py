"""`python main.py platform rotate DIR`: a new key for new envelopes; the earlier ones go on opening."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

import typer

from central_platform.envelope_keys import BadKey, rotate
from central_platform.suites import SuiteName
from commands.refusing import refuse


def answer(directory: Path, suite: str, token: str | None) -> None:
    """Make it, and say its name. Exit status 2 with one line where that cannot be."""
    chosen = known_suite(suite)
    try:
        kid = rotate(directory, chosen, datetime.now(UTC), token)
    except BadKey as error:
        refuse(str(error))
    except (OSError, ValueError, KeyError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "not what init made"
        refuse(f"{directory}: {reason}")
    typer.echo(f"New envelopes: {kid} ({chosen}). Start the platform anew; terminals learn the key from it.")


def known_suite(name: str) -> SuiteName:
    """The suite of that name. Exit status 2 with one line where there is none."""
    known: dict[str, SuiteName] = {suite: suite for suite in get_args(SuiteName)}
    if name not in known:
        refuse(f"--suite: {name}: known are {', '.join(known)}")
    return known[name]
