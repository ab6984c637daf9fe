"""`python main.py platform publish|withdraw|published DIR …`: what the province gives to its terminals."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import typer

from central_platform.downstream import DOWNSTREAM, Published, publications, reports
from central_platform.keys import BadDirectory
from central_platform.publishing import (
    NotPublished,
    Withdrawn,
    publish_catalogue,
    publish_configuration,
    withdraw,
)
from commands.refusing import refuse
from config.plain import BadFile
from config.published import read_published

_MATTER = re.compile(r"([a-z][a-z0-9_]*)@([0-9]+)")


def publish(
    directory: Path,
    catalogue: Path | None,
    configuration: Path | None,
    area_code: str | None,
    terminal: str | None,
) -> None:
    """Publish one thing, and say its number. Exit status 2 with one line where that cannot be."""
    now = datetime.now(UTC)
    try:
        match catalogue, configuration:
            case Path(), None if area_code is None:
                entry = publish_catalogue(directory, catalogue, terminal, now)
            case Path(), None:
                refuse("--area: a bundle names its area itself")
            case None, Path():
                _refuse_unfit(configuration)
                entry = publish_configuration(directory, configuration, area_code, terminal, now)
            case _:
                refuse("--catalogue or --configuration: one of them")
    except (NotPublished, BadDirectory) as error:
        refuse(str(error))
    typer.echo(_line(entry))


def withdraw_all(
    directory: Path, envelope_keys: list[str], bundles: list[int], signers: list[Path], matters: list[str]
) -> None:
    """Withdraw what is named. Exit status 2 with one line where that cannot be."""
    named = [_MATTER.fullmatch(matter) for matter in matters]
    if None in named:
        refuse(f"--matter: {matters[named.index(None)]}: write id@version, for example id_card_renewal@3")
    pairs = [(each[1], each[2]) for each in named if each is not None]
    try:
        entry = withdraw(directory, Withdrawn(envelope_keys, bundles, signers, pairs), datetime.now(UTC))
    except (NotPublished, BadDirectory) as error:
        refuse(str(error))
    typer.echo(_line(entry))


def published(directory: Path) -> None:
    """Say what was published, in its order, and what became of it on each terminal that has told."""
    for entry in publications(directory / DOWNSTREAM):
        typer.echo(_line(entry))
    for report in reports(directory / DOWNSTREAM):
        here = ", ".join(f"{each['kind']} {each['number']}" for each in report["in_force"])
        typer.echo(f"{report['terminal']}: {here or 'nothing'} in force")
        for each in report["refused"]:
            typer.echo(f"{report['terminal']}: {each['kind']} {each['number']} refused: {each['reason']}")


def _refuse_unfit(file: Path) -> None:
    """What every terminal would refuse is not sent to any."""
    try:
        read_published(file.read_text("utf-8"), file)
    except BadFile as bad:
        refuse(str(bad))
    except OSError as error:
        refuse(f"{file}: cannot be read: {error.strerror}")
    except UnicodeDecodeError:
        refuse(f"{file}: is not UTF-8 text")


def _line(entry: Published) -> str:
    whom = entry.terminal or (f"area {entry.area_code}" if entry.area_code else "everybody")
    return f"{entry.kind} {entry.number} for {whom}: {entry.bytes} bytes, {entry.sha256[:16]}, {entry.at}"
