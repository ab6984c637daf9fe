"""Contact sheets: every screen as a small picture with its name, a few sheets for each arrangement.

`python -m tests.ui.sheets` writes var/sheets/<mode>-<language>-<orientation>-<page>.png for all sixteen;
`--mode`, `--language`, `--orientation` and `--only` (a part of a scene's name) choose, `--check` prints what
the checks find on the way, `--whole` keeps each picture in its full size.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from PySide6.QtGui import QGuiApplication, QImage

from tests.ui.arrangements import ALL, Arrangement, all_scenes, arrange, findings
from tests.ui.conftest import Stage, opened_stage
from ui import qt_messages
from ui.immortal import keep_singletons

SHEETS = Path(__file__).resolve().parents[2] / "var" / "sheets"
GRID = {"portrait": (9, 5), "landscape": (5, 8)}
"""Thumbnails across and down a sheet."""
THUMB = {"portrait": (178, 316), "landscape": (320, 180)}
GAP, NAME = 6, 18
FONT = "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc"


def thumb(picture: QImage, size: tuple[int, int]) -> Image.Image:
    """The picture, small."""
    plain = picture.convertToFormat(QImage.Format.Format_RGB888)
    whole = Image.frombuffer(
        "RGB",
        (plain.width(), plain.height()),
        bytes(plain.constBits()),
        "raw",
        "RGB",
        plain.bytesPerLine(),
        1,
    )
    return whole.resize(size, Image.Resampling.LANCZOS)


def sheets(named: Sequence[tuple[str, Image.Image]], orientation: str) -> Iterator[Image.Image]:
    """Grids of thumbnails with their names beneath."""
    across, down = GRID[orientation]
    width, height = THUMB[orientation]
    letters = ImageFont.truetype(FONT, 13)
    for first in range(0, len(named), across * down):
        page = named[first : first + across * down]
        rows = -(-len(page) // across)
        sheet = Image.new(
            "RGB", (across * (width + GAP) + GAP, rows * (height + NAME + GAP) + GAP), "#888888"
        )
        pen = ImageDraw.Draw(sheet)
        for place, (name, small) in enumerate(page):
            left = GAP + place % across * (width + GAP)
            top = GAP + place // across * (height + NAME + GAP)
            sheet.paste(small, (left, top))
            pen.text((left + 2, top + height + 1), name[: width // 7], fill="white", font=letters)
        yield sheet


def photograph(stage: Stage, hows: Iterable[Arrangement], args: argparse.Namespace) -> list[str]:
    """Write the sheets; gives what the checks find."""
    found: list[str] = []
    args.out.mkdir(parents=True, exist_ok=True)
    for how in hows:
        named = []
        for name, session in all_scenes().items():
            if args.only not in name:
                continue
            arrange(stage, name, session, how)
            picture = stage.window.grabWindow()
            named.append((name, thumb(picture, THUMB[how.orientation])))
            if args.whole:
                picture.save(str(args.out / f"{name}.{how}.png"))
            if args.check:
                lines = [f"{how} {name}: {line}" for line in findings(stage, how, picture)]
                sys.stdout.writelines(f"{line}\n" for line in lines)
                sys.stdout.flush()
                found += lines
        if not args.whole:
            for number, sheet in enumerate(sheets(named, how.orientation), start=1):
                sheet.save(args.out / f"{how}-{number}.png", optimize=True)
    return found


def main() -> int:
    """Read the options and photograph."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--mode", choices=sorted({how.mode for how in ALL}))
    parser.add_argument("--language", choices=sorted({how.language for how in ALL}))
    parser.add_argument("--orientation", choices=sorted({how.orientation for how in ALL}))
    parser.add_argument("--only", default="", help="a part of the scenes' names")
    parser.add_argument("--out", type=Path, default=SHEETS)
    parser.add_argument("--check", action="store_true", help="print what the checks find")
    parser.add_argument("--whole", action="store_true", help="each picture in its full size, no sheets")
    args = parser.parse_args()
    hows = [
        how
        for how in ALL
        if args.mode in {None, how.mode}
        and args.language in {None, how.language}
        and args.orientation in {None, how.orientation}
    ]
    keep_singletons()
    application = QGuiApplication.instance() or QGuiApplication(["sheets"])
    qt_messages.install(print)
    with opened_stage() as stage:
        found = photograph(stage, hows, args)
    del application
    return 1 if found else 0


if __name__ == "__main__":
    status = main()
    os._exit(status)  # Qt's own types are taken down in no order at the interpreter's end
