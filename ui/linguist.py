"""A translators' file of Qt Linguist (`.ts`), read as it stands: no step between editor and screen.

Source: Qt's own description of the format (ts.dtd, version 2.1). A message that is unfinished or vanished
says nothing: then the Chinese stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

ENGLISH = Path(__file__).with_name("translations") / "hall_en.ts"

SENTENCES = "Sentences"
"""The context of everything that Python says; QML's contexts are the names of its files."""


class BrokenCatalogue(ValueError):
    """A translators' file cannot be read; one line that says which and why."""


@dataclass(frozen=True)
class Message:
    """One sentence in one context. `state` is "" for a finished one, else Qt's word for it."""

    context: str
    source: str
    translation: str
    state: str
    comment: str = ""


def read_messages(file: Path) -> Iterator[Message]:
    """Everything in a file, in its order."""
    try:
        root = ET.fromstring(file.read_bytes())  # noqa: S314 - a file of the terminal's own
    except (OSError, ET.ParseError) as error:
        raise BrokenCatalogue(f"{file}: {error}") from error
    for context in root.iterfind("context"):
        name = context.findtext("name", "")
        for message in context.iterfind("message"):
            said = message.find("translation")
            yield Message(
                name,
                message.findtext("source", ""),
                "" if said is None else said.text or "",
                "unfinished" if said is None else said.get("type", ""),
                message.findtext("extracomment", ""),
            )


Catalogue = Mapping[str, Mapping[str, str]]
"""By context, then by sentence of the source."""


def read_catalogue(file: Path) -> Catalogue:
    """Every finished sentence of a file."""
    catalogue: dict[str, dict[str, str]] = {}
    for message in read_messages(file):
        if message.state == "" and message.translation:
            catalogue.setdefault(message.context, {})[message.source] = message.translation
    return catalogue


def checked(file: Path = ENGLISH) -> str:
    """One line for who checks a terminal: how much of a file is said. Raises `BrokenCatalogue`."""
    said = [message.state == "" and message.translation != "" for message in read_messages(file)]
    chinese = f", {said.count(False)} unfinished stay Chinese" if False in said else ""
    return f"english  {said.count(True)} sentences{chinese}"
