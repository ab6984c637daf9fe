"""The weakened variant: a terminal whose session serves everybody, as kiosks usually do.

`python one_session_for_all.py run …` is `main.py run …`, only that the end of a citizen leads back to the
welcome screen in the same process. The product cannot be told to do this: the change is made here, in this
process's own copy. The residue scan must find what it leaves behind, or the scan is worth nothing.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import main  # noqa: E402 - the path to it has to be set first
from commands.processes import own  # noqa: E402 - see above
from kiosk.session import runner  # noqa: E402 - see above
from kiosk.session.events import Event  # noqa: E402 - see above
from kiosk.session.machine import advance  # noqa: E402 - see above
from kiosk.session.stages import Ended, Session, Welcome  # noqa: E402 - see above


def _advance_without_end(session: Session, event: Event) -> Session:
    after = advance(session, event)
    if isinstance(after.stage, Ended):
        return replace(after, stage=Welcome(), language="zh", card_read=False)
    return after


def _own_weakened(command: str, config: list[Path] | None, overrides: list[str] | None) -> list[str]:
    python, _program, *rest = own(command, config, overrides)
    return [python, __file__, *rest]


if __name__ == "__main__":
    main.own = _own_weakened  # type: ignore[attr-defined]  # weakening a program means reaching into it
    runner.advance = _advance_without_end  # type: ignore[attr-defined]  # see above
    main.app()
