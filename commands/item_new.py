"""`item new`: a commented template, in which everything that is to be filled in says so."""

from __future__ import annotations

import os
import re
from pathlib import Path

import config.item_schema
from commands.item_files import refuse, say

_TEMPLATES = Path(config.item_schema.__file__).with_name("templates")
_ID = re.compile(r"[a-z][a-z0-9_]{0,63}")


def answer(item_id: str, directory: Path, members: tuple[str, ...]) -> None:
    """Write `item_id`.yaml into `directory`, never over another file."""
    for name in (item_id, *members):
        if _ID.fullmatch(name) is None:
            refuse(f"{name}: must be small letters, digits and underscores, a letter first, 64 at most")
    if len(set(members)) == 1:
        refuse("--member: needs at least two: one matter is not joint")
    path = directory / f"{item_id}.yaml"
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(template(item_id, members, os.path.relpath(config.item_schema.SHIPPED, directory)))
    except OSError as error:
        refuse(f"{path}: cannot be written: {error.strerror}")
    say(f"{path}\nFill in what says 待填 and TODO, then: python main.py item lint {path}")


def template(item_id: str, members: tuple[str, ...], schema: str) -> str:
    """The text of a new file."""
    text = (_TEMPLATES / ("joint.yaml" if members else "item.yaml")).read_text("utf-8")
    text = text.replace("ITEM_ID", item_id)
    if members:
        first, second, *rest = members
        text = text.replace("FIRST_MEMBER", first).replace("SECOND_MEMBER", second)
        more = "".join(f"  - item: {name}\n" for name in rest)
        text = text.replace(f"  - item: {first}\n", f"  - item: {first}\n{more}", 1)
    return f"# yaml-language-server: $schema={schema}\n{text}"
