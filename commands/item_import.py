"""`python main.py item import`: another hall's list as a district of ours."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import NoReturn

import typer

from config.district import load_district
from config.foreign_list import NotAList, read_foreign_list
from config.plain import BadFile

EXIT_ODD, EXIT_UNUSABLE = 1, 2


def answer(file: Path, output: Path | None, *, as_json: bool) -> None:
    """Read the list, write the district if asked to, and tell every oddity."""
    try:
        found = read_foreign_list(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        _end(f"{file}: cannot be read: {error.strerror}", as_json=as_json)
    except UnicodeDecodeError:
        _end(f"{file}: is not UTF-8 text; save the file as UTF-8", as_json=as_json)
    except NotAList as bad:
        _end(f"{file}: {bad}", as_json=as_json)
    if output is not None:
        try:
            _write(found.files, output)
            load_district(output)
        except OSError as error:
            _end(f"{error.filename or output}: {error.strerror}", as_json=as_json)
        except BadFile as bad:
            _end(str(bad), as_json=as_json)
    if as_json:
        told = {
            "entries": found.taken + found.refused,
            "taken": found.taken,
            "refused": found.refused,
            "departments": len(found.files) - 1,
            "oddities": [asdict(oddity) for oddity in found.oddities],
        }
        typer.echo(json.dumps(told, ensure_ascii=False))
    else:
        for oddity in found.oddities:
            left = "refused" if oddity.refused else "taken"
            typer.echo(f"{file}: entry {oddity.position}: {oddity.key}: {oddity.reason} ({left})", err=True)
        where = "" if output is None else f", written to {output}"
        typer.echo(
            f"{found.taken + found.refused} entries: {found.taken} taken, {found.refused} refused; "
            f"{len(found.files) - 1} departments{where}"
        )
    raise typer.Exit(EXIT_ODD if found.refused else 0)


def _write(files: dict[str, str], output: Path) -> None:
    """Never over something that is there: a district that was reviewed must not be lost."""
    if output.exists() and any(output.iterdir()):
        raise FileExistsError(0, "is there already and not empty", str(output))
    for name, text in files.items():
        path = output / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _end(line: str, *, as_json: bool) -> NoReturn:
    if as_json:
        typer.echo(json.dumps({"error": line}, ensure_ascii=False))
    else:
        typer.echo(line, err=True)
    raise typer.Exit(EXIT_UNUSABLE)
