"""Headless Chromium showing what the terminal shows: the same words, places and letters."""

from __future__ import annotations

import asyncio
import html
import shutil
import time
from collections.abc import Sequence
from pathlib import Path

from bench.display import HEIGHT, WIDTH
from bench.leash import Leash
from bench.sight import Node
from benchmarks.processes import family, pss_mb

PROGRAM = "chromium"
SETTLED_S = 3.0
WITHIN_S = 40.0
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--window-size={WIDTH},{HEIGHT}",
)

STYLE = """
body { margin: 0; background: #FAF6EE; color: #1B1F2A; font-family: "Noto Sans CJK SC"; font-size: 36px; }
h1 { font-size: 60px; }
body > * { position: absolute; margin: 0; box-sizing: border-box; white-space: pre-line; }
button { font: inherit; border: 3px solid #CFC6B4; border-radius: 18px; background: #FFFFFF; text-align: left;
         padding: 28px; }
"""
_TAGS = {"heading": "h1", "push button": "button", "label": "p"}


def page(nodes: Sequence[Node]) -> str:
    """A page of what a citizen sees."""
    head = f'<!doctype html><html lang="zh"><meta charset="utf-8"><style>{STYLE}</style>'
    return f"{head}\n{placed(nodes)}\n</html>\n"


def placed(nodes: Sequence[Node]) -> str:
    """Every heading, text and button where it stands on the terminal."""
    lines = []
    for node in nodes:
        tag = _TAGS.get(node.role)
        if tag and node.name:
            place = f"left:{node.x}px;top:{node.y}px;width:{node.width}px;min-height:{node.height}px"
            lines.append(f'<{tag} style="{place}">{html.escape(node.name)}</{tag}>')
    return "\n".join(lines)


class Browser:
    """A running Chromium with a profile of its own; `leader` is its first process."""

    def __init__(self, folder: Path, nodes: Sequence[Node]) -> None:
        """Start it; what it shows is written to `folder/welcome.html`."""
        program = shutil.which(PROGRAM)
        if program is None:
            raise FileNotFoundError(f"{PROGRAM} is missing: run tools/setup-bench")
        self.shown = folder / "welcome.html"
        self.shown.write_text(page(nodes), encoding="utf-8")
        profile = folder / "profile"
        with (folder / "browser.log").open("ab") as log:
            self._leash = Leash(
                [program, *FLAGS, f"--user-data-dir={profile}", self.shown.as_uri()],
                output=log,
                remove=profile,
            )
        self.leader = self._leash.started()

    async def settled(self) -> None:
        """Wait until its memory has not grown or shrunk by a hundredth for a while."""
        give_up_s = time.monotonic() + WITHIN_S
        before, since_s = 0.0, time.monotonic()
        while time.monotonic() < give_up_s:
            now = self.pss_mb()
            if abs(now - before) > 0.01 * now:
                before, since_s = now, time.monotonic()
            elif time.monotonic() - since_s >= SETTLED_S:
                return
            await asyncio.sleep(0.5)
        raise TimeoutError("the browser does not come to rest")

    def pss_mb(self) -> float:
        """All its processes together."""
        return pss_mb(family(self.leader))

    def close(self) -> None:
        """End it."""
        self._leash.close()
