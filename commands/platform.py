"""`platform`: the reference central platform: its keys and certificates, and the server itself."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from commands.refusing import refuse
from config.envelope_suites import HPKE

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
        refuse(str(error))
    typer.echo(f"The terminal's keys and settings: {settings.parent}\nSettings to start with: {settings}")


@app.command()
def serve(
    directory: Directory,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port; 0 takes a free one.")] = 8443,
    shared_data: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Data sets (docs/shared-data.md).")
    ] = None,
    enrolment_port: Annotated[
        int | None, typer.Option(metavar="PORT", help="Let invited terminals enrol here.")
    ] = None,
) -> None:
    """Receive applications until told to stop."""
    from central_platform import server
    from central_platform.keys import BadDirectory

    try:
        server.serve(directory, host, port, shared_data, enrolment_port)
    except BadDirectory as error:
        refuse(str(error))


@app.command()
def invite(
    directory: Directory,
    terminal: Annotated[str, typer.Option(metavar="ID", help="The terminal's number.")],
    valid_for: Annotated[str, typer.Option(metavar="TIME", help="30m, 24h or 7d.")] = "24h",
    *,
    again: Annotated[
        bool, typer.Option("--again", help="The terminal is known; whoever enrols now takes its place.")
    ] = False,
) -> None:
    """Print a code with which one terminal can enrol once."""
    from commands.platform_invite import answer

    answer(directory, terminal, valid_for, again=again)


@app.command()
def invitations(
    directory: Directory,
    withdraw: Annotated[
        str | None, typer.Option(metavar="ID", help="Take this terminal's invitation back.")
    ] = None,
) -> None:
    """List the terminals that can still enrol."""
    from commands.platform_invite import show

    show(directory, withdraw)


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
    certificate: Annotated[
        Path | None, typer.Argument(metavar="CERTIFICATE", help="One of a terminal's, as PEM.")
    ] = None,
    terminal: Annotated[
        str | None, typer.Option(metavar="ID", help="Instead: every certificate of this terminal.")
    ] = None,
) -> None:
    """Let a terminal in no more, also where the platform runs."""
    from commands.platform_revoke import answer

    answer(directory, certificate, terminal)


@app.command()
def move(
    directory: Directory,
    filing_no: Annotated[str, typer.Argument(metavar="FILING_NO", help="申报号, as the slip has it.")],
    state: Annotated[str, typer.Argument(metavar="STATE", help="accepted, in_progress, concluded, …")],
    reason: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Why it is returned, in Chinese.")
    ] = None,
) -> None:
    """Say how far an application is, for whoever asks at a terminal."""
    from commands.platform_move import answer

    answer(directory, filing_no, state, reason)


@app.command()
def publish(
    directory: Directory,
    catalogue: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A signed bundle (docs/catalogue.md).")
    ] = None,
    configuration: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Settings, TOML (docs/technicians.md says which).")
    ] = None,
    area_code: Annotated[
        str | None, typer.Option("--area", metavar="CODE", help="With --configuration: this area only.")
    ] = None,
    terminal_id: Annotated[
        str | None, typer.Option("--terminal", metavar="ID", help="This terminal only.")
    ] = None,
) -> None:
    """Give terminals a catalogue, or settings; they fetch it and put it to use between two citizens."""
    from commands.platform_publish import publish as answer

    answer(directory, catalogue, configuration, area_code, terminal_id)


@app.command()
def withdraw(
    directory: Directory,
    envelope_key: Annotated[
        list[str] | None, typer.Option(metavar="KID", help="Nothing is sealed to this key any more.")
    ] = None,
    bundle: Annotated[
        list[int] | None, typer.Option(metavar="VERSION", help="This catalogue is used no more.")
    ] = None,
    signer: Annotated[
        list[Path] | None, typer.Option(metavar="PEM", help="No bundle of this signer is taken any more.")
    ] = None,
    matter: Annotated[
        list[str] | None, typer.Option(metavar="ID@VERSION", help="Nobody begins or signs this any more.")
    ] = None,
) -> None:
    """Tell every terminal what it may not use any more; this is never taken back."""
    from commands.platform_publish import withdraw_all

    withdraw_all(directory, envelope_key or [], bundle or [], signer or [], matter or [])


@app.command()
def published(directory: Directory) -> None:
    """Say what was published to terminals, and withdrawn, and what became of it there."""
    from commands.platform_publish import published as answer

    answer(directory)
