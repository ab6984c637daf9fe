"""A real terminal whose sessions are `brief_session.py`: `soak_terminal.py SETTINGS…`.

It is what `main.py run` does, but for the sessions it starts and the screen it does not need.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from config.layers import load
from kiosk.log import configure
from kiosk.terminal.app import run_terminal

SESSION = Path(__file__).with_name("brief_session.py")


def main() -> int:
    """Run until told to stop."""
    settings = load([Path(file) for file in sys.argv[1:]]).settings
    configure("terminal", settings.log.file)
    return asyncio.run(run_terminal(settings, [sys.executable, str(SESSION)]))


if __name__ == "__main__":
    sys.exit(main())
