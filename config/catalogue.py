"""The catalogue of a hall: matters and district, from a directory of sources or compiled into one file.

Reading it all from YAML takes seconds, from JSON some milliseconds: the terminal compiles it once, and
every session opens the compiled file. A compiled file is never edited and never shipped.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Final

from pydantic import Field, ValidationError

from config.district import District, load_district
from config.item import Item
from config.item_basics import DataModel
from config.items import load_items
from config.joint_items import JoinedItem
from config.plain import BadFile
from config.working_days import WorkingDays, load_working_days

SHIPPED: Final = Path(__file__).parent
"""The sources that come with the product."""

SHIPPED_VERSION: Final = "shipped"
ITEMS: Final = "items"
DISTRICT: Final = "district"
CALENDAR: Final = "calendar"
SOURCES: Final = (ITEMS, DISTRICT, CALENDAR)
"""The folders of a catalogue's sources. What a hall has no folder of its own for comes from the product."""

COMPILED: Final = "catalogue.json"


class Catalogue(DataModel):
    """Everything that is data about matters, as one version."""

    version: str
    """What an application names: the bundle's number, or "shipped"."""
    items: tuple[Annotated[JoinedItem | Item, Field(union_mode="left_to_right")], ...]
    """What is done on this terminal."""
    district: District
    """Everything else that the hall handles, and where."""
    working_days: WorkingDays


def load_catalogue(directory: Path, version: str, items_dir: Path | None = None) -> Catalogue:
    """Read and check the sources in `directory`, with the matters of `items_dir` in place of its own.

    Raises `config.plain.BadFile`.
    """
    items = load_items(items_dir or directory / ITEMS)
    return Catalogue(
        version=version,
        items=items,
        district=load_district(own_or_shipped(directory, DISTRICT), (item.id for item in items)),
        working_days=load_working_days(own_or_shipped(directory, CALENDAR)),
    )


def own_or_shipped(directory: Path, source: str) -> Path:
    """The hall's own folder of that name, or the product's."""
    own = directory / source
    return own if own.is_dir() else SHIPPED / source


def compile_into(catalogue: Catalogue, path: Path) -> None:
    """Write `catalogue` for sessions to open, wholly and on the disk, or not at all. Raises `OSError`."""
    beside = path.with_suffix(".new")
    with beside.open("wb") as file:
        file.write(catalogue.model_dump_json().encode())
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def open_compiled(path: Path) -> Catalogue:
    """Open what `compile_into` wrote. Raises `config.plain.BadFile`."""
    try:
        return Catalogue.model_validate_json(path.read_bytes())
    except OSError as error:
        raise BadFile(path, None, "", f"cannot be read: {error.strerror}") from None
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        why = f"is not what this version compiles ({first['msg']}): start the terminal anew"
        raise BadFile(path, None, where, why) from None
