"""`python main.py enrol CODE --into DIR`: this machine becomes a terminal that the platform has invited."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from commands.refusing import refuse


def enrol(
    code: Annotated[str, typer.Argument(metavar="CODE", help="What “platform invite” printed.")],
    into: Annotated[Path, typer.Option(metavar="DIR", help="Where keys and platform.toml go.")],
    signing_token: Annotated[
        str, typer.Option(metavar="URI", help="The signing key lies in this PKCS#11 token.")
    ] = "",
) -> None:
    """Make this machine's keys, have the platform vouch for them, and write the settings to start with."""
    from offline_queue.enrolment import enrol as become_terminal
    from offline_queue.enrolment_wire import EnrolmentFailed

    try:
        done = become_terminal(code, into, signing_token=signing_token, now=lambda: datetime.now(UTC))
    except EnrolmentFailed as failed:
        refuse(str(failed))
    typer.echo(f"This machine is {done.terminal}. Settings to start with: {done.layer}")
    if done.unconfirmed:
        typer.echo(
            f"The platform does not know yet that all is here ({done.unconfirmed}); that does no harm."
        )
