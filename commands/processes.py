"""The command lines that start the product's own processes."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

VENDOR_HOST = [sys.executable, str(ROOT / "main.py"), "vendor-host"]
"""Holds one vendor's library, named behind it."""


def own(command: str, config: list[Path] | None, overrides: list[str] | None) -> list[str]:
    """What starts `command` with the same settings."""
    given = [option for file in config or [] for option in ("--config", str(file.resolve()))]
    given += [option for override in overrides or [] for option in ("--set", override)]
    return [sys.executable, str(ROOT / "main.py"), command, *given]
