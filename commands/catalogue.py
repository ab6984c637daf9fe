"""`python main.py catalogue …`: sign a hall's matters as one bundle, look into a bundle, put it to use.

Exit status: 0 when done, 1 for a bundle that is refused, 2 for files and options that cannot be used.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from commands.options import AsJson, ConfigFiles, Overrides

app = typer.Typer(no_args_is_help=True, help="The matters of a hall as one signed bundle.")


@app.command()
def keys(
    directory: Annotated[Path, typer.Argument(help="Where the pair goes: catalogue.key, catalogue.pem.")],
) -> None:
    """Make the pair of keys that signs bundles: the private one stays here, terminals get the other."""
    from commands.catalogue_bundle import make_keys

    make_keys(directory)


@app.command()
def make(
    directory: Annotated[Path, typer.Argument(help="The sources: items/ and what else a catalogue has.")],
    key: Annotated[Path, typer.Option(help="The private key that signs, PEM.")],
    version: Annotated[int, typer.Option(min=1, help="Above that of every bundle before.")],
    area_code: Annotated[str, typer.Option(help="The district that it is for, six digits.")],
    output: Annotated[Path, typer.Option(metavar="FILE", help="The bundle.")],
) -> None:
    """Check the sources and sign them as one bundle."""
    from commands.catalogue_bundle import make_bundle

    make_bundle(directory, key, version, area_code, output)


@app.command()
def verify(
    bundle: Annotated[Path, typer.Argument(help="The bundle.")],
    key: Annotated[Path, typer.Option(help="The public key, PEM.")],
    *,
    as_json: AsJson = False,
) -> None:
    """Say whether a bundle is whole and signed, and what is in it."""
    from commands.catalogue_bundle import verify_bundle

    verify_bundle(bundle, key, as_json=as_json)


@app.command()
def apply(
    bundle: Annotated[Path, typer.Argument(help="The bundle.")],
    config: ConfigFiles = None,
    overrides: Overrides = None,
) -> None:
    """Give the running terminal a new catalogue; whoever is being served ends with the old one."""
    from commands.catalogue_bundle import apply_bundle

    apply_bundle(bundle, config, overrides)


@app.command()
def show(
    config: ConfigFiles = None,
    overrides: Overrides = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Say what is in use here, what came from the platform and when, and what was refused and why."""
    from commands.catalogue_show import show as answer

    answer(config, overrides, as_json=as_json)
