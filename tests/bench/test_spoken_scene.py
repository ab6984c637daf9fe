"""A whole visit aloud, at the real terminal: every screen is said whole, and two people sound the same."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.voice.pack import BUILT_IN, open_pack
from kiosk.voice.sound import read
from tests.ui.sound_device import Recorder

ROOT = Path(__file__).resolve().parents[2]
SCENE = ROOT / "bench" / "scenes" / "02-nothing-differs.yaml"
ITS_QUESTIONS = 5
FIRST = "  - sees: 您要办什么事？\n"
ALOUD = f"{FIRST}  - touches: 出声\n"
FACE = "  - touches: 同意并刷脸核验\n  - shows_face\n"
GUIDE = (
    "  - touches: 请工作人员核验\n  - sees: 请工作人员来核验\n"
    '  - types: "0417260815"\n  - touches: 确认是本人\n'
)
"""A guide verifies: to which sides a head is turned, and so what is said of it, is by chance."""


@pytest.mark.long
def test_a_visit_aloud_says_every_screen_and_sounds_the_same_for_everybody(tmp_path: Path) -> None:
    scene = tmp_path / "aloud.yaml"
    written = SCENE.read_text("utf-8")
    assert written.count(FACE) == 1
    scene.write_text(written.replace(FACE, GUIDE).replace(FIRST, ALOUD, 1), "utf-8")
    device = Recorder(tmp_path)
    played = subprocess.run(
        [sys.executable, "main.py", "demo", "--script", str(scene), "--output", str(tmp_path / "played")],
        cwd=ROOT,
        env={**os.environ, "ALSA_CONFIG_PATH": str(device.configuration)},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert played.returncode == 0, played.stdout[-2000:]
    said = [prompt_of(sound) for sound in device.heard()]
    visits: list[list[str]] = []
    for name in said:
        if name == "welcome":
            visits.append([])
        visits[-1].append(name)
    first, second = visits
    assert first == second
    assert {"card.documents", "consent", "guide", "review", "sign", "outcome.received", "thanks"} <= set(
        first
    )
    assert sum(name.startswith("ask.") for name in first) == ITS_QUESTIONS


def prompt_of(sound: bytes) -> str:
    """The recording that was heard; of one that a next screen has cut off, its beginning."""
    pack = open_pack(BUILT_IN)
    for file in pack.manifest.recordings:
        whole = read(BUILT_IN / file).samples.astype("<i2").tobytes().strip(b"\0")
        if whole.startswith(sound):
            return Path(file).stem
    raise AssertionError("nothing that the pack has")
