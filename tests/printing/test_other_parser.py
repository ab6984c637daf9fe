"""Our reading of ESC/POS beside another's: npos, an independent parser for node, on the same bytes."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from config.printer_profile import PrinterProfile, profile_named
from devices.simulators.escpos_paper import on_paper
from devices.simulators.escpos_picture import PrintedLine, PrintedQr, PrintedRaster
from printing.escpos import receipt_job
from printing.fonts import Glyphs
from tests.printing.slips import KINDS

ROOT = Path(__file__).resolve().parents[2]
NPOS = ROOT / "var" / "npm" / "node_modules" / "npos"
"""Where `tools/setup-extras` puts it."""
SPLIT = """
const npos = process.argv[1];
require(npos + "/lib/parser/rules")[0x1d]["(k"] = [0, "d16"];
const found = require(npos).parser().analyze(require("fs").readFileSync(0));
if (found.error) { throw found.error; }
process.stdout.write(JSON.stringify(found.tree));
"""
"""npos cuts the bytes into commands and runs of text, each with its place. `GS ( k` is younger than its table
and gets its own rule for commands with a length."""


def commands(job: bytes) -> list[dict[str, Any]]:
    done = subprocess.run(
        ["node", "-e", SPLIT, str(NPOS)], input=job, capture_output=True, check=True, timeout=30
    )
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


@pytest.mark.extra
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["generic-80", "generic-58", "epson-tm-t82iii"])
def test_another_parser_finds_the_same_words_pictures_and_codes(name: str, kind: str) -> None:
    profile: PrinterProfile = profile_named(name)
    document, large = KINDS[kind]
    portions = [data for data, _ in receipt_job(document, profile, Glyphs(), large=large)]
    job = b"".join(portions)
    words, rasters, codes = b"", [], []
    for node in commands(job):
        body = job[node["offset"] : node["offset"] + node["length"]]
        if node["ascii"] == "STX":
            words += body
        elif body.startswith(b"\x1dv0"):
            rasters.append(body)
        elif body.startswith(b"\x1d(k") and body[6] == 0x50:
            codes.append(body[8:].decode("ascii"))
    [slip] = on_paper(job, profile.width_dots)
    lines = [part.text for part in slip.printed if isinstance(part, PrintedLine)]
    ours = [part for part in slip.printed if isinstance(part, PrintedRaster)]
    assert words.decode("gb18030").split("\n")[:-1] == lines
    assert [len(raster) - 8 for raster in rasters] == [part.width_bytes * part.height for part in ours]
    assert [raster[8:] for raster in rasters] == [part.data for part in ours]
    assert codes == [part.text for part in slip.printed if isinstance(part, PrintedQr)]
