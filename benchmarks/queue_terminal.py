"""A real terminal whose sessions are `queue_session.py`: `queue_terminal.py COUNT SETTINGS…`.

It is what `main.py run` does, but for the sessions it starts and the screen it does not need.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from config.layers import load
from kiosk.log import configure
from kiosk.terminal.app import run_terminal

SESSION = Path(__file__).with_name("queue_session.py")


def main() -> int:
    """Run until told to stop."""
    settings = load([Path(file) for file in sys.argv[2:]]).settings
    configure("terminal", settings.log.file)
    return asyncio.run(run_terminal(settings, [sys.executable, str(SESSION), *sys.argv[1:]]))


if __name__ == "__main__":
    sys.exit(main())
