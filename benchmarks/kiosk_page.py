"""A Chromium kiosk beside the terminal: the same screens as web pages, on the same X server."""

from __future__ import annotations

import html
import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench.display import BenchDisplay
from bench.leash import Leash
from bench.sight import Node
from benchmarks.browser import FLAGS, PROGRAM, STYLE, placed
from benchmarks.glass import Region

_WHOLE = ("--kiosk", "--window-position=0,0")

_SCRIPT = """
const screens = document.querySelectorAll("section"), ways = %s;
const go = name => screens.forEach(one => one.hidden = one.id !== name);
document.addEventListener("click", event => {
  const said = event.target.closest("button")?.textContent, typed = document.getElementById("typed");
  if (said === undefined) return;
  if (ways[said]) go(ways[said]);
  else if (/^[0-9]$/.test(said)) typed.textContent = said;
  else typed.textContent = "";
});
go(location.hash.slice(1));
"""

_MOVING = """
@keyframes move {{ from {{ transform: translateY(0) }} to {{ transform: translateY(40px) }} }}
#moving {{ left: {0.x}px; top: {0.y}px; width: {0.width}px; height: {0.height}px; background: #D98B54;
           animation: move 2s ease-in-out infinite alternate; }}
#typed {{ left: {1.x}px; top: {1.y}px; font-size: 60px; }}
"""


def pages(
    screens: Mapping[str, Sequence[Node]], ways: Mapping[str, str], moving: tuple[str, Region], typed: Region
) -> str:
    """One page of several screens: `ways` leads from a button to a screen, digits are typed at `typed`.

    `moving` is the screen on which a rectangle of that size goes up and down for ever.
    """
    style = STYLE + _MOVING.format(moving[1], typed) + "section > * { position: absolute; margin: 0; }"
    sections = []
    for name, nodes in screens.items():
        extra = '<div id="moving"></div>' if name == moving[0] else '<p id="typed"></p>' * (name == "form")
        sections.append(f'<section id="{html.escape(name)}">\n{placed(nodes)}\n{extra}</section>')
    script = _SCRIPT % json.dumps(dict(ways), ensure_ascii=False)
    body = "\n".join(sections)
    return f'<!doctype html><meta charset="utf-8"><style>{style}</style>\n{body}\n<script>{script}</script>\n'


class Kiosk:
    """Chromium over the whole of a bench display, with a profile of its own."""

    def __init__(self, folder: Path, display: BenchDisplay, page: str, screen: str) -> None:
        """Start it on a screen of `page`. Raises `FileNotFoundError` when there is no Chromium."""
        program = shutil.which(PROGRAM)
        if program is None:
            raise FileNotFoundError(f"{PROGRAM} is missing: run tools/setup-bench")
        shown, profile = folder / "screens.html", folder / "profile"
        shown.write_text(page, encoding="utf-8")
        flags = [flag for flag in FLAGS if not flag.startswith("--headless")]
        with (folder / "browser.log").open("ab") as log:
            self._leash = Leash(
                [program, *flags, *_WHOLE, f"--user-data-dir={profile}", f"{shown.as_uri()}#{screen}"],
                environment=display.environment(),
                output=log,
                remove=profile,
            )
        self.leader = self._leash.started()

    def close(self) -> None:
        """End it."""
        self._leash.close()
