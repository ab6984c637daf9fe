"""Options that several groups of commands take, each said once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

ConfigFiles = Annotated[
    list[Path] | None,
    typer.Option("--config", metavar="FILE", help="Settings over the shipped defaults; later files win."),
]
Overrides = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="KEY=VALUE", help="One setting over every file: patience.card_s=60."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Answer with one JSON object.")]
