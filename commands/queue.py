"""`python main.py queue …`: what waits for the platform.

Exit status: 0 when it is done, 2 when it cannot be done as asked, 3 when `restore` or `salvage` did not bring
everything back, or nothing can be told of an application's `progress`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from commands.options import AsJson, ConfigFiles, Overrides

app = typer.Typer(no_args_is_help=True, help="What waits for the platform.")


@app.callback()
def queue() -> None:
    """What waits for the platform."""


Application = Annotated[
    str, typer.Argument(help="An application's id, its local number, or its filing number.")
]


@app.command("list")
def list_(
    state: Annotated[
        str | None, typer.Option(metavar="STATE", help="kept, quarantined, or delivered.")
    ] = None,
    config: ConfigFiles = None,
    overrides: Overrides = None,
    *,
    as_json: AsJson = False,
) -> None:
    """What waits and what was set aside, oldest first. Nothing personal: it is sealed."""
    from commands.device_common import Voice
    from commands.queue_lines import show_list

    show_list(Voice(as_json=as_json), state, config, overrides)


@app.command()
def show(
    application: Application,
    config: ConfigFiles = None,
    overrides: Overrides = None,
    *,
    as_json: AsJson = False,
) -> None:
    """All that is known here of one application."""
    from commands.device_common import Voice
    from commands.queue_lines import show_one

    show_one(Voice(as_json=as_json), application, config, overrides)


@app.command()
def progress(
    application: Application,
    config: ConfigFiles = None,
    overrides: Overrides = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Ask the platform what became of an application, and of each of its matters. Nothing personal."""
    from commands.device_common import Voice
    from commands.queue_progress import answer

    answer(Voice(as_json=as_json), application, config, overrides)


@app.command()
def retry(
    application: Annotated[str, typer.Argument(help="An id, a local number, or “all” that was set aside.")],
    config: ConfigFiles = None,
    overrides: Overrides = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Let what was set aside wait for the platform again, and try it at once."""
    from commands.device_common import Voice
    from commands.queue_lines import retry as retry_

    retry_(Voice(as_json=as_json), application, config, overrides)


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(help="A new file.")],
    config: ConfigFiles = None,
    overrides: Overrides = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Copy the whole queue to a file, also while the terminal runs. Never copy the database itself."""
    from commands.device_common import Voice
    from commands.queue_copying import back_up

    back_up(Voice(as_json=as_json), file, config, overrides)


@app.command()
def export(
    directory: Annotated[Path, typer.Argument(help="A new folder.")],
    config: ConfigFiles = None,
    overrides: Overrides = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Write all that is not delivered as files, with a signed manifest, to be carried to the platform."""
    from commands.device_common import Voice
    from commands.queue_copying import export as export_

    export_(Voice(as_json=as_json), directory, config, overrides)


@app.command()
def restore(
    pictures: Annotated[
        list[str],
        typer.Argument(metavar="PICTURE|TEXT…", help="Photographs of slips, or what their QR codes say."),
    ],
    config: ConfigFiles = None,
    overrides: Overrides = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Bring applications back from the restore codes on their slips. They are delivered like any other."""
    from commands.device_common import Voice
    from commands.queue_restore import answer

    answer(Voice(as_json=as_json), pictures, config, overrides)


@app.command()
def salvage(config: ConfigFiles = None, overrides: Overrides = None, *, as_json: AsJson = False) -> None:
    """Make a new queue of what can be read of a damaged one; the damaged file is kept beside it."""
    from commands.device_common import Voice
    from commands.queue_salvage import answer

    answer(Voice(as_json=as_json), config, overrides)
