"""`python main.py slip …`: look at slips without a printer, and check whether they are genuine.

Exit status: 0 when it is done, 2 for files and options that cannot be used. `verify`: 0 genuine, 3 not
genuine, 5 nobody can tell, because no platform key was given.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from commands.options import AsJson

app = typer.Typer(no_args_is_help=True, help="Look at slips without a printer, and check them.")


@app.callback()
def _slip() -> None:
    """Look at slips without a printer, and check them."""


@app.command()
def preview(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE…", help="What is said (.yaml, .json), or printer's bytes (.bin)."),
    ],
    profile: Annotated[
        str, typer.Option(metavar="NAME", help="The printer: a name of config/printers, or a file.")
    ] = "generic-80",
    output: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Where the pictures go; beside each file if not said.")
    ] = None,
    *,
    large: Annotated[bool, typer.Option("--large", help="In large print.")] = False,
    as_json: AsJson = False,
) -> None:
    """Make a PNG, one pixel a dot, of what the printer gets for each FILE. Needs no configuration."""
    from commands.slip_preview import answer

    answer(files, profile, output, large=large, as_json=as_json)


@app.command()
def verify(
    sources: Annotated[
        list[str],
        typer.Argument(metavar="PICTURE|TEXT…", help="Photographs of slips, or what their QR code says."),
    ],
    platform_key: Annotated[
        Path | None, typer.Option("--platform-key", metavar="FILE", help="The platform's public key, PEM.")
    ] = None,
    envelope: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Also say whether the slip is for this envelope.")
    ] = None,
    config: Annotated[
        list[Path] | None,
        typer.Option("--config", metavar="FILE", help="A terminal's settings, for its platform key."),
    ] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Say whether slips are genuine, who said what and when. Asks nothing of the network."""
    from commands.slip_verify import answer

    answer(sources, platform_key, envelope, config, as_json=as_json)
