"""The settings as a table for `docs/technicians.md`, made from the models, so that it cannot lag behind.

`python -m config.reference docs/technicians.md` writes it between the two marks; a test compares.
"""

from __future__ import annotations

import ast
import datetime as dt
import sys
import tomllib
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

import config.settings
from config.layers import DEFAULTS
from config.plain import SHAPES
from config.platform_may_set import PlatformMaySet
from config.settings import FaceCalibration, GuideSettings, Settings

BEGIN, END = "<!-- settings: begin -->", "<!-- settings: end -->"

_SIGNS = {"gt": "> {:g}", "ge": "≥ {:g}", "lt": "< {:g}", "le": "≤ {:g}"}


def table() -> str:
    """Every setting in Markdown, a table for each section: key, default, what is allowed, what it means."""
    shipped = tomllib.loads(DEFAULTS.read_text("utf-8"))
    meanings = _meanings()
    parts = []
    for name, field in Settings.model_fields.items():
        kind: Any = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            parts.append(_section(f"[{name}]", kind, shipped.get(name, {}), meanings))
    parts.append(_section("[face.calibration]", FaceCalibration, {}, meanings))
    parts.append(_section("[[guides]]", GuideSettings, {}, meanings))
    row = _row("items_dir", Settings.model_fields["items_dir"], {}, meanings["Settings"]["items_dir"])
    parts.append("\n".join(("### Before the first section", "", *_HEAD, row)))
    return "\n\n".join(parts) + "\n"


def written(document: str) -> str:
    """`document` with the table between its marks."""
    before, _, rest = document.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{table()}\n{END}{after}"


_HEAD = ("| key | default | allowed | meaning |", "|---|---|---|---|")


def _section(title: str, model: type[BaseModel], shipped: dict[str, Any], meanings: _Meanings) -> str:
    about, own = (model.__doc__ or "").strip(), meanings[model.__name__]
    rows = [_row(key, field, shipped, own[key]) for key, field in model.model_fields.items()]
    return "\n".join((f"### `{title}`", "", about, "", *_HEAD, *rows))


def _row(key: str, field: FieldInfo, shipped: dict[str, Any], meaning: str) -> str:
    if key in shipped:
        default = f"`{_toml(shipped[key])}`"
    elif field.is_required():
        default = "**yours**"
    elif field.default in {None, ""}:
        default = "not set"
    else:
        default = f"`{_toml(field.default)}`"
    cells = (f"`{key}`", default, _allowed(field), " ".join(meaning.split()) + _by_platform(field))
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


_FROM_WHEN = {"session": "from the next session on", "start": "from the terminal's next start on"}


def _by_platform(field: FieldInfo) -> str:
    """That the platform may set it too, how far, and from when on."""
    for mark in field.metadata:
        if isinstance(mark, PlatformMaySet):
            bounded = mark.least is not None and mark.most is not None
            span = f" ({mark.least:g} to {mark.most:g})" if bounded else ""
            return f" *The platform may set it{span}, {_FROM_WHEN[mark.effect]}.*"
    return ""


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{value}"' if isinstance(value, str) else str(value)


def _allowed(field: FieldInfo) -> str:
    kind: Any = field.annotation
    if get_origin(kind) is Literal:
        return ", ".join(f"`{_toml(value)}`" for value in get_args(kind))
    words = " or ".join(_kind(each) for each in _alternatives(kind))
    limits = []
    for rule in field.metadata:
        limits += [
            sign.format(getattr(rule, bound)) for bound, sign in _SIGNS.items() if hasattr(rule, bound)
        ]
        if getattr(rule, "pattern", None):
            limits.append(SHAPES[rule.pattern])
        if getattr(rule, "max_length", None):
            limits.append(f"at most {rule.max_length} characters")
    return ", ".join((words, *limits))


def _alternatives(kind: Any) -> list[Any]:
    return (
        [each for each in get_args(kind) if each is not NoneType] if isinstance(kind, UnionType) else [kind]
    )


def _kind(kind: Any) -> str:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return "a section of its own"
    words = {bool: "`true`, `false`", int: "whole number", float: "number", str: "text", Path: "path"}
    return {**words, dt.date: "date"}[kind]


_Meanings = dict[str, dict[str, str]]


def _meanings() -> _Meanings:
    """The text beneath each field of the models' source: Python itself does not keep it."""
    tree = ast.parse(Path(config.settings.__file__).read_text("utf-8"))
    found: _Meanings = {}
    for each in tree.body:
        if isinstance(each, ast.ClassDef):
            own = found.setdefault(each.name, {})
            for field, text in zip(each.body, each.body[1:], strict=False):
                match field, text:
                    case (
                        ast.AnnAssign(target=ast.Name(id=key)),
                        ast.Expr(value=ast.Constant(value=str(words))),
                    ):
                        own[key] = words
    return found


if __name__ == "__main__":
    path = Path(sys.argv[1])
    path.write_text(written(path.read_text("utf-8")), "utf-8")
