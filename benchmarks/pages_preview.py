"""The document camera's live picture: how even it is while the outline is searched, and pages are made."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Sequence
from contextlib import aclosing
from dataclasses import replace

from cv2.typing import MatLike

from benchmarks.figures import Aim, Chapter, Figure, Peer, Samples
from config.settings import DocumentCameraSettings
from devices.contracts.pages import PagePreview, Paper
from devices.pages.client import page_camera
from devices.simulators.camera import FRAME_S
from devices.simulators.document_camera import DocumentCameraSimulator
from devices.simulators.paper import Sheet, render
from devices.simulators.paper_photo import Scene, Table, photograph

_SCENE = Scene(Table.WOOD, size=(2592, 1944), px_per_mm=6.3, turn_deg=2.0)
_WATCHED_S = 6.0
_BEGINNING = 5
"""Frames left out, while the process settles."""


def preview() -> Chapter:
    """Watch an empty table, a paper that lies still and becomes a page, and one that is pushed about."""
    photos = {
        "nothing on the table": [_photo(3000.0)],
        "a paper that lies still": [_photo(0.0)],
        "a paper that is pushed about": [_photo(4.0 * step) for step in (-2, -1, 0, 1, 2, 1, 0, -1)],
    }
    camera = Peer("the camera's own interval", Samples.of([1000 * FRAME_S], "ms"))
    return Chapter(
        "Paper: the live picture",
        "The simulated document camera streams five megapixels at 30 frames a second; a real page worker "
        "searches outlines, judges and cleans; each preview is timed where the session receives it. 40 ms is "
        "25 frames a second.",
        [
            Figure(
                f"from one picture to the next, {name}",
                Samples.of(asyncio.run(_gaps_ms(shown)), "ms"),
                peer=camera,
                aim=Aim(40, as_ratio=False),
            )
            for name, shown in photos.items()
        ],
    )


def _photo(aside_mm: float) -> MatLike:
    return photograph(render(Sheet.TEXT), replace(_SCENE, shift_mm=(aside_mm, aside_mm / 2))).picture


async def _gaps_ms(photos: Sequence[MatLike]) -> list[float]:
    moments: list[float] = []
    with DocumentCameraSimulator() as table:
        table.play(photos) if len(photos) > 1 else table.lay(photos[0])
        height, width = photos[0].shape[:2]
        settings = DocumentCameraSettings(
            source=table.url, width_px=width, height_px=height, page_limit_kb=400
        )
        async with aclosing(page_camera(settings).watch(Paper.A4)) as events:
            async for event in events:
                if isinstance(event, PagePreview):
                    moments.append(time.perf_counter())
                if moments and time.perf_counter() - moments[0] > _WATCHED_S:
                    break
    return [1000 * (later - one) for one, later in itertools.pairwise(moments[_BEGINNING:])]
