"""`item schema`: the JSON Schema of a service file, for editors."""

from __future__ import annotations

from pathlib import Path

from commands.item_files import refuse, say
from config.item_schema import text


def answer(output: Path | None) -> None:
    """Print it, or write it."""
    if output is None:
        say(text().rstrip("\n"))
        return
    try:
        output.write_text(text(), "utf-8")
    except OSError as error:
        refuse(f"{output}: cannot be written: {error.strerror}")
