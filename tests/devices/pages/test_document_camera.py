"""The document camera as a session uses it: a real process, a real stream, papers that come and go."""

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path

import pytest
from cv2.typing import MatLike

from config.settings import DocumentCameraSettings
from devices.contracts.pages import Page, PageEvent, PageHint, PagePreview, PageProblem, PageRefused, Paper
from devices.pages.client import PageWorkerCamera, page_camera
from devices.pages.outline import SURE
from devices.simulators.document_camera import DocumentCameraSimulator
from devices.simulators.paper import Sheet, render
from devices.simulators.paper_photo import Scene, Table, photograph
from devices.statuses import DeviceFault, DeviceState, NotReady, Ready, Reason
from tests.devices.lateness import Lateness

SCENE = Scene(Table.DARK, size=(480, 640), px_per_mm=3.6, noise=2.0)
"""A small camera close above a card: frames are made and judged quickly."""


def seen(sheet: Sheet, number: int = 0, scene: Scene = SCENE) -> MatLike:
    return photograph(render(sheet, number), scene).picture


EMPTY = replace(SCENE, shift_mm=(3000.0, 0.0))


@pytest.fixture
def table() -> Iterator[DocumentCameraSimulator]:
    with DocumentCameraSimulator() as simulator:
        simulator.lay(seen(Sheet.CARD_FRONT))
        yield simulator


@pytest.fixture
async def camera(table: DocumentCameraSimulator) -> AsyncIterator[PageWorkerCamera]:
    settings = DocumentCameraSettings(source=table.url, width_px=640, height_px=480, page_limit_kb=400)
    camera = page_camera(settings)
    yield camera
    await camera.close()


async def next_of(events: AsyncIterator[PageEvent], *kinds: type[PageEvent]) -> PageEvent:
    async with asyncio.timeout(30):
        async for event in events:
            if isinstance(event, kinds):
                return event
    raise AssertionError("the watch ended by itself")


async def until_hint(events: AsyncIterator[PageEvent], hint: PageHint) -> PagePreview:
    """The first preview with this hint; no page may come meanwhile."""
    async with asyncio.timeout(30):
        async for event in events:
            assert isinstance(event, PagePreview)
            if event.hint is hint:
                return event
    raise AssertionError("the watch ended by itself")


async def test_pages_are_taken_one_by_one_as_papers_are_changed(
    camera: PageWorkerCamera, table: DocumentCameraSimulator
) -> None:
    assert await camera.health() == Ready()
    assert table.watchers == 0, "no paper step has begun"
    async with aclosing(camera.watch(Paper.ID_1)) as events:
        preview = await next_of(events, PagePreview)
        assert isinstance(preview, PagePreview)
        assert preview.jpeg.startswith(b"\xff\xd8")
        page = await next_of(events, Page)
        assert isinstance(page, Page)
        assert (page.width_px, page.height_px, page.dpi) == (1011, 638, 300)
        assert repr(page) == "Page(…)"
        shown = await until_hint(events, PageHint.TAKE_AWAY)
        assert shown.outline is not None
        assert shown.outline.confidence > 0.9
        table.lay(seen(Sheet.CARD_BACK))
        second = await next_of(events, Page)
        assert second != page
        await until_hint(events, PageHint.TAKE_AWAY)
        await camera.take()
        assert isinstance(await next_of(events, Page), Page), "asked for once more, it is taken once more"
        table.lay(seen(Sheet.CARD_FRONT, 0, EMPTY))
        empty = await until_hint(events, PageHint.LAY_PAPER)
        assert empty.outline is None or empty.outline.confidence < SURE
    assert table.wait_for_watchers(0, 5.0)


async def test_a_paper_that_moves_is_not_taken_before_it_lies(
    camera: PageWorkerCamera, table: DocumentCameraSimulator
) -> None:
    places = [replace(SCENE, shift_mm=(10.0 * step, 0.0)) for step in (-1, 0, 1)]
    table.play([seen(Sheet.CARD_FRONT, 0, place) for place in places])
    async with aclosing(camera.watch(Paper.ID_1)) as events:
        for _ in range(25):
            assert isinstance(await anext(events), PagePreview)
        table.lay(seen(Sheet.CARD_FRONT))
        assert isinstance(await next_of(events, Page), Page)


async def test_a_refused_paper_is_judged_again_after_it_was_moved(
    camera: PageWorkerCamera, table: DocumentCameraSimulator
) -> None:
    table.lay(seen(Sheet.CARD_FRONT, 0, replace(SCENE, glare_mm=12.0)))
    async with aclosing(camera.watch(Paper.ID_1)) as events:
        refused = await next_of(events, PageRefused, Page)
        assert isinstance(refused, PageRefused)
        assert [each.problem for each in refused.findings] == [PageProblem.GLARE]
        assert refused.findings[0].measure > refused.findings[0].limit
        for _ in range(20):
            assert isinstance(await anext(events), PagePreview), "the same defect is said once"
        table.lay(seen(Sheet.CARD_FRONT))
        assert isinstance(await next_of(events, Page, PageRefused), Page)


@pytest.mark.parametrize("fault", ["stalled", "frozen", "black"])
async def test_a_camera_that_only_pretends_is_reported_within_two_seconds(
    camera: PageWorkerCamera, table: DocumentCameraSimulator, fault: str
) -> None:
    async with aclosing(camera.watch(Paper.ID_1)) as events:
        await next_of(events, PagePreview)
        setattr(table, fault, True)
        begun_s = time.monotonic()
        with Lateness() as machine, pytest.raises(DeviceFault) as raised:
            await next_of(events, PageRefused)
        after_s = time.monotonic() - begun_s - machine.late_s
    assert raised.value.reason.value == f"frame_{fault}"
    assert after_s < 2.0
    assert table.wait_for_watchers(0, 5.0)


async def test_a_camera_that_is_pulled_out_is_reported_and_used_again(
    camera: PageWorkerCamera, table: DocumentCameraSimulator
) -> None:
    async with aclosing(camera.watch(Paper.ID_1)) as events:
        await next_of(events, PagePreview)
        table.unplug()
        with pytest.raises(DeviceFault) as raised:
            await next_of(events, PageRefused)
    assert raised.value.reason is Reason.PORT_LOST
    assert await camera.health() == NotReady(DeviceState.NO_DEVICE, Reason.PORT_MISSING)
    table.replug()
    async with aclosing(camera.watch(Paper.ID_1)) as events:
        assert isinstance(await next_of(events, PagePreview), PagePreview)


async def test_a_hung_worker_is_killed_and_reported(
    camera: PageWorkerCamera, table: DocumentCameraSimulator
) -> None:
    async with aclosing(camera.watch(Paper.ID_1)) as events:
        await next_of(events, PagePreview)
        [pid] = _workers()
        assert os.getpgid(pid) == os.getpgrp(), "what kills the session kills it"
        os.kill(pid, signal.SIGSTOP)
        with pytest.raises(DeviceFault) as raised:
            await next_of(events, PageRefused)
    assert raised.value.reason is Reason.WORKER_DIED
    assert _workers() == []
    assert table.wait_for_watchers(0, 5.0)


async def test_a_terminal_without_a_document_camera_says_so() -> None:
    camera = page_camera(DocumentCameraSettings(width_px=640, height_px=480, page_limit_kb=400))
    assert await camera.health() == NotReady(DeviceState.NO_DEVICE, Reason.NOT_CONFIGURED)
    with pytest.raises(DeviceFault) as raised:
        await next_of(camera.watch(Paper.ID_1), PagePreview)
    assert raised.value.reason is Reason.NOT_CONFIGURED


def _workers() -> list[int]:
    children = Path(f"/proc/{os.getpid()}/task").glob("*/children")
    pids = [int(pid) for listed in children for pid in listed.read_text().split()]
    return [pid for pid in pids if b"devices.pages.worker" in Path(f"/proc/{pid}/cmdline").read_bytes()]
