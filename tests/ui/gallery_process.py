"""The gallery drawn in a process of its own, for tests: Qt draws alike only where no other window is open.

Draws into the folder that is named: every sheet once, one sheet in all modes twice, and none that there is
not, of which it says what it was told. What Qt says goes to standard error.
"""

from __future__ import annotations

import sys
from pathlib import Path

from ui.gallery import MODES, draw
from ui.stage_view import BrokenScreen


def main(folder: Path) -> None:
    """Draw."""
    draw(folder / "all", ("default",), ("zh",))
    for run in ("first", "second"):
        draw(folder / run, MODES, ("en",), ("Notices",))
    sys.stderr.write("then no such sheet\n")
    sys.stderr.flush()
    try:
        draw(folder / "none", ("default",), ("zh",), ("NoSuch",))
    except BrokenScreen as error:
        sys.stdout.write(f"{error}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
