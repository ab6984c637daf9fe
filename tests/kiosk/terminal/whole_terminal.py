"""A whole terminal in a process of its own, sessions at the wire: `whole_terminal.py STAGE_DIR SETTINGS…`.

It is what `main.py run` does, but for the sessions it starts.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from config.layers import load
from kiosk.log import configure
from kiosk.terminal.app import run_terminal
from kiosk.terminal.boot import BootRefused
from tests.kiosk.terminal.stage import Stage


def main() -> None:
    stage_dir, *files = (Path(argument) for argument in sys.argv[1:])
    settings = load(files).settings
    configure("terminal", settings.log.file)
    try:
        sys.exit(asyncio.run(run_terminal(settings, Stage(stage_dir).argv())))
    except BootRefused as refused:
        sys.exit(str(refused))


if __name__ == "__main__":
    main()
