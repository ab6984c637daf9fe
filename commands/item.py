"""`python main.py item …`: check, compare, show and begin service files.

Exit status: 0 when nothing is wrong, 1 for findings that are errors, 2 for files and options that cannot be
used.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(no_args_is_help=True, help="The service files of a hall: check, compare, show, begin.")

AsJson = Annotated[bool, typer.Option("--json", help="Answer with one JSON value.")]


@app.command()
def lint(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Files or directories; without one, the shipped matters.")
    ] = None,
    *,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings count as errors.")] = False,
    notes: Annotated[bool, typer.Option("--notes", help="List every note, not only how many.")] = False,
    district: Annotated[
        Path | None, typer.Option(metavar="DIR", help="The district, for telephones and shelves.")
    ] = None,
    seed: Annotated[int, typer.Option(help="For samples, where there are too many paths.")] = 1,
    as_json: AsJson = False,
) -> None:
    """Prove every path of the matters, and say where they fall short."""
    from commands.item_lint import answer

    answer(paths or [], district, seed, strict=strict, notes=notes, as_json=as_json)


@app.command("import")
def import_list(
    file: Annotated[Path, typer.Argument(help="The list of another hall, JSON.")],
    output: Annotated[
        Path | None, typer.Option(metavar="DIR", help="A new directory for the district; else only checked.")
    ] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Take over another hall's list of matters as a district. What it does not say stays unknown."""
    from commands.item_import import answer

    answer(file, output, as_json=as_json)


@app.command()
def report(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Files or directories; exactly two are compared; without one, the shipped."),
    ] = None,
    *,
    as_csv: Annotated[bool, typer.Option("--csv", help="Answer with a table for a spreadsheet.")] = False,
    as_json: AsJson = False,
) -> None:
    """Count what each matter asks: fields, typed, touched, papers to bring, pages."""
    from commands.item_report import answer

    answer(paths or [], as_json=as_json, as_csv=as_csv)


@app.command()
def show(
    matter: Annotated[str, typer.Argument(metavar="ID|FILE", help="A shipped matter, or a file.")],
) -> None:
    """Read a matter as a page, in both languages, with every path through it."""
    from commands.item_show import answer

    answer(matter)


@app.command()
def new(
    item_id: Annotated[str, typer.Argument(metavar="ID", help="Its id; the file is named after it.")],
    directory: Annotated[Path, typer.Option("--output", metavar="DIR", help="Where it goes.")] = Path(),
    members: Annotated[
        list[str] | None,
        typer.Option("--member", metavar="ID", help="Makes it a joint matter; once for each member."),
    ] = None,
) -> None:
    """Begin a service file: a commented template."""
    from commands.item_new import answer

    answer(item_id, directory, tuple(members or ()))


@app.command()
def schema(
    output: Annotated[Path | None, typer.Option(metavar="FILE", help="Write it there.")] = None,
) -> None:
    """The JSON Schema of a service file, for editors."""
    from commands.item_schema import answer

    answer(output)


@app.command()
def search(
    catalogue: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Another hall's list, JSON; else the shipped matters.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=100, help="How many names at most for a query.")] = 5,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="A JSON list of names a line.")] = False,
) -> None:
    """Find matters as the terminal does: a query a line on standard input. Needs no configuration."""
    from commands.item_search import answer

    answer(catalogue, limit, as_json=as_json)


@app.command()
def words(
    file: Annotated[
        Path | None, typer.Argument(help="A terminal's tallies.json, or a query a line; else standard input.")
    ] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Propose everyday words for the vocabulary, from queries that found nothing."""
    from commands.item_words import answer

    answer(file, as_json=as_json)
