"""Papers under the document camera: pages taken, looked at, taken anew, removed; all pure."""

from __future__ import annotations

from dataclasses import replace

from config.item import CaptureQuestion
from config.item_captures import SIDES
from devices.contracts.pages import Page
from kiosk.session import events as ev
from kiosk.session.stages import InJourney, Journey, QuestionStep

MOST_BYTES = 3_000_000
"""All pages of one application, as JPEG. Sealed they grow to 4 MB; with the record a terminal takes 8 MB."""

_WHITE_BYTES = 40_000
"""What the white of an A4 page takes around two sides of a card."""


def at_papers(stage: InJourney, step: QuestionStep, asked: CaptureQuestion, event: ev.Event) -> InJourney:
    """What becomes of the pages, and which of them is looked at."""
    pages = stage.journey.pages.get(asked.id, ())
    match event:
        case ev.PageTaken(question_id=asked.id, page=page):
            return _taken(stage, step, asked, page)
        case ev.PageCameraFailed(question_id=asked.id):
            return replace(stage, step=replace(step, problem="page_camera_failed", retaking=False))
        case ev.TryAgain() if step.problem == "page_camera_failed":
            return replace(stage, step=replace(step, problem=None))
        case ev.TakePage() if step.page is None or step.retaking:
            return replace(stage, step=replace(step, takes=step.takes + 1))
        case ev.PageOpened(number=number) if number is None or 0 <= number < len(pages):
            return replace(stage, step=replace(step, page=number, retaking=False, problem=None))
        case ev.RetakePage() if step.page is not None:
            return replace(stage, step=replace(step, retaking=True, problem=None))
        case ev.DropPage() if step.page is not None:
            kept = (*pages[: step.page], *pages[step.page + 1 :])
            journey = with_pages(stage.journey, asked.id, kept)
            return InJourney(journey, replace(step, page=None, retaking=False, problem=None))
        case _:
            return stage


def with_pages(journey: Journey, question_id: str, pages: tuple[Page, ...]) -> Journey:
    """These pages instead; an answer that counted the others is none any more."""
    answers = {key: value for key, value in journey.answers.items() if key != question_id}
    return replace(journey, pages={**journey.pages, question_id: pages}, answers=answers)


def _taken(stage: InJourney, step: QuestionStep, asked: CaptureQuestion, page: Page) -> InJourney:
    journey, pages = stage.journey, stage.journey.pages.get(asked.id, ())
    if step.page is not None and not step.retaking:
        return stage  # an old page is being looked at: what lies there is not wanted now
    if step.page is not None:
        changed = (*pages[: step.page], page, *pages[step.page + 1 :])
    elif len(pages) < asked.most_pages:
        changed = (*pages, page)
    else:
        return replace(stage, step=replace(step, problem="pages_full"))
    changed_journey = with_pages(journey, asked.id, changed)
    if size_bytes(changed_journey) > MOST_BYTES:
        return replace(stage, step=replace(step, problem="pages_full"))
    return InJourney(changed_journey, replace(step, page=None, retaking=False, problem=None))


def as_sent(asked: CaptureQuestion, pages: tuple[Page, ...]) -> tuple[Page, ...]:
    """The pages as the platform gets them: both sides of a card on one."""
    if asked.paper != "id_1" or len(pages) != SIDES:
        return pages
    # OpenCV costs a process 0.3 s and 30 MB, and most sessions never see a card under the document camera.
    from devices.pages.material import both_sides  # noqa: PLC0415

    front, back = pages
    sheet = both_sides(front, back, len(front.jpeg) + len(back.jpeg) + _WHITE_BYTES)
    # No coarser than the sides themselves are; should it not fit even so, they go as they were taken.
    return (sheet,) if isinstance(sheet, Page) else pages


def size_bytes(journey: Journey) -> int:
    """All pages together."""
    return sum(len(page.jpeg) for pages in journey.pages.values() for page in pages)
