"""`platform`: the reference central platform: its keys and certificates, and the server itself."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, NoReturn

import typer

from config.envelope_suites import HPKE

_REFUSED = 2

app = typer.Typer(no_args_is_help=True, help="The reference central platform.")

Directory = Annotated[Path, typer.Argument(metavar="DIR", help='What "platform init" made.')]
Suite = Annotated[str, typer.Option(metavar="SUITE", help="How terminals seal.")]


@app.command()
def init(
    directory: Annotated[Path, typer.Argument(help="A new directory for keys and database.")],
    terminal_id: Annotated[str, typer.Option("--terminal", help="The first terminal's number.")] = "LX-0001",
    host: Annotated[str, typer.Option(help="The name or address terminals will use.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port terminals will use.")] = 8443,
    suite: Suite = HPKE,
) -> None:
    """Make the platform's keys and certificates, and enrol one terminal."""
    from central_platform import keys
    from commands.platform_rotate import known_suite

    try:
        settings = keys.init(
            directory, terminal_id=terminal_id, host=host, port=port, suite=known_suite(suite)
        )
    except keys.BadDirectory as error:
        _refuse(str(error))
    typer.echo(f"The terminal's keys and settings: {settings.parent}\nSettings to start with: {settings}")


@app.command()
def serve(
    directory: Directory,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port; 0 takes a free one.")] = 8443,
    shared_data: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Data sets (docs/shared-data.md).")
    ] = None,
) -> None:
    """Receive applications until told to stop."""
    from central_platform import server
    from central_platform.keys import BadDirectory

    try:
        server.serve(directory, host, port, shared_data)
    except BadDirectory as error:
        _refuse(str(error))


@app.command()
def rotate(
    directory: Directory,
    suite: Suite = HPKE,
    token: Annotated[
        str | None, typer.Option(metavar="URI", help="The key lies in this PKCS#11 token.")
    ] = None,
) -> None:
    """Make a new envelope key; the earlier ones go on opening."""
    from commands.platform_rotate import answer

    answer(directory, suite, token)


@app.command()
def revoke(
    directory: Directory,
    certificate: Annotated[Path, typer.Argument(metavar="CERTIFICATE", help="The terminal's, as PEM.")],
) -> None:
    """Let the terminal that has this certificate in no more."""
    from commands.platform_revoke import answer

    answer(directory, certificate)


def _refuse(line: str) -> NoReturn:
    typer.echo(line, err=True)
    raise typer.Exit(_REFUSED)
