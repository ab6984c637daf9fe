"""Taking pages of papers: the document camera and its process are there inside this errand only."""

from __future__ import annotations

import asyncio
from contextlib import aclosing

import structlog

from devices.contracts.pages import Page, PageCamera, Paper
from devices.statuses import DeviceFault
from kiosk.session.errands.context import Context
from kiosk.session.events import PageCameraFailed, PageTaken
from kiosk.session.stages import InJourney, QuestionStep
from kiosk.session.work import TakePages

log = structlog.get_logger()


async def take_pages(context: Context, work: TakePages) -> None:
    """Show what lies there and tell every clean page until the question has been answered or left."""
    camera = context.equipment.page_camera
    if camera is None:
        context.post(PageCameraFailed(work.question_id))
        return
    touched = asyncio.create_task(_take_when_touched(context, camera))
    try:
        async with aclosing(camera.watch(Paper(work.paper))) as events:
            async for event in events:
                if isinstance(event, Page):
                    context.post(PageTaken(work.question_id, event))
                else:
                    context.preview(event)
    except DeviceFault as fault:
        log.warning("device_failed", device="document_camera", reason=fault.reason.value)
        context.post(PageCameraFailed(work.question_id))
    finally:
        touched.cancel()
        context.preview(None)


async def _take_when_touched(context: Context, camera: PageCamera) -> None:
    done = _takes(context)
    while True:
        context.changed.clear()
        if (takes := _takes(context)) != done:
            done = takes
            await camera.take()
        await context.changed.wait()


def _takes(context: Context) -> int:
    stage = context.session().stage
    step = stage.step if isinstance(stage, InJourney) else None
    return step.takes if isinstance(step, QuestionStep) else 0
