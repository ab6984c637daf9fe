"""The harness in its short form: what is cheap is taken once, and the page is written from it."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bench.hall import Hall, open_hall
from bench.sight import Node
from benchmarks import bare, envelope, face, keeping
from benchmarks.at_rest import SESSIONS, TERMINAL, WORKERS, AtRest
from benchmarks.bare import Bare
from benchmarks.browser import page
from benchmarks.chapters import chapters
from benchmarks.document import TakenPart, renewed
from benchmarks.face_chapter import chapter
from benchmarks.glass import Glass
from benchmarks.machine import machine, software
from benchmarks.run import Drawn, Measured
from benchmarks.visit import Taken


async def test_what_is_cheap_is_measured_and_the_page_is_written(tmp_path: Path) -> None:
    async with open_hall(tmp_path) as hall:
        kept = await keeping.keep(hall, count=2)
        plain = await _bare(hall)
    assert {len(taken) for taken in kept.values()} == {2}
    assert all(kept["keep"][n] > 0 and kept["send"][n] > kept["keep"][n] for n in range(2))
    assert (len(plain.start), len(plain.touch)) == (1, 3)
    # A touch that nobody answered would have raised; one that was never made would be seen before its time.
    assert all(0 < taken < 1000 for taken in plain.touch)
    weighed = await asyncio.to_thread(envelope.weigh)
    assert weighed.sealed > weighed.record > weighed.pdf > weighed.sealed_without_pdf
    faces = await asyncio.to_thread(face.stages, 1)
    measured = Measured(
        software=Drawn(plain, [1000.0], Taken([10.0], [130.0], [20.0], [10.0]), _at_rest()),
        opengl=None,
        slow_card=[1500.0],
        send=[150.0],
        keep=kept,
        envelope=weighed,
    )
    figures = [*chapters(measured), chapter(faces)]
    taken = TakenPart("terminal", figures, {"command": "`make bench`"}, machine(tmp_path), software())
    text = renewed("", taken, ("terminal",))
    for figure in (
        "start to welcome", "leave to clean screen", "crash to clean screen", "touch to next screen",
        "card to fields at 115200 baud", "card to fields at 9600 baud",
        "encode the live face, as it is and mirrored",
        "handed over to “kept”", "memory: terminal and both sessions", "idle: all processes",
        "envelope without the PDF",
    ):  # fmt: skip
        assert f"| {figure} |" in text


def test_the_browsers_page_has_the_words_of_the_terminals_at_their_places() -> None:
    nodes = [
        Node("heading", "您要办什么事？", 64, 190, 900, 90, enabled=True, checked=False, pid=1),
        Node("push button", "<续>", 64, 400, 300, 100, enabled=True, checked=False, pid=1),
        Node("frame", "临溪区", 0, 0, 1080, 1920, enabled=True, checked=False, pid=1),
    ]
    text = page(nodes)
    assert '<h1 style="left:64px;top:190px;width:900px;min-height:90px">您要办什么事？</h1>' in text
    assert "&lt;续&gt;</button>" in text
    assert "临溪区" not in text


async def _bare(hall: Hall) -> Bare:
    with Glass(hall.display) as glass:
        return await bare.bare_window(hall, glass, count=1)


def _at_rest() -> AtRest:
    names = (TERMINAL, *SESSIONS, *WORKERS)
    return AtRest({name: [70.0] for name in names}, {name: [0.3] for name in names}, [400.0], [0.2])
