"""Finding a matter before anybody is known: with one's own words, on shelves, by what is used most; pure."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from kiosk.session import events as ev
from kiosk.session.hall import Hall
from kiosk.session.stages import FindPage, GuidePage, MatterPage, Stage, Welcome

PRINTABLE: Final = frozenset({None, "not_printed", "unknown", "no_printer"})
"""What may have become of a guide for it to be printed again: nobody has it."""


def at_welcome(stage: Welcome, hall: Hall, event: ev.Event) -> Stage:
    """A matter, or a way to look for one."""
    match event:
        case ev.MatterChosen(item_id=item_id):
            return page_of(item_id, hall, None) or stage
        case ev.FindWanted():
            return FindPage()
        case ev.ShelvesWanted(kind=kind):
            return FindPage(kind=kind)
        case ev.TimeUp():
            return Welcome()
        case _:
            return stage


def in_words(stage: Stage) -> bool:
    """Whether a matter is looked for in one's own words, not on the shelves."""
    return isinstance(stage, FindPage) and stage.kind is None


def at_find_page(stage: FindPage, hall: Hall, event: ev.Event) -> Stage:
    """Words and shelves exclude each other: whoever types has left the shelves."""
    match event:
        case ev.QueryTyped(query=query):
            return FindPage(query=query)
        case ev.FindWanted():
            return FindPage()
        case ev.ShelvesWanted(kind=kind):
            return FindPage(kind=kind)
        case ev.ShelfChosen(shelf=shelf) if stage.kind is not None:
            return replace(stage, shelf=shelf)
        case ev.MatterChosen(item_id=item_id):
            return page_of(item_id, hall, stage) or stage
        case ev.Back() if stage.shelf is not None:
            return replace(stage, shelf=None)
        case ev.Back():
            return Welcome()
        case _:
            return stage


def at_guide_page(stage: GuidePage, event: ev.Event) -> Stage:
    """Read it, print it once, or go back."""
    match event:
        case ev.PrintGuide() if stage.slip_state in PRINTABLE:
            return replace(stage, slip_state="waiting")
        case ev.SlipEnded(state=state) if stage.slip_state in {"waiting", "started"}:
            return replace(stage, slip_state=state)
        case ev.GuidesEnough():
            return replace(stage, slip_state="enough")
        case ev.Back() if stage.slip_state not in {"waiting", "started"}:
            return stage.found_in or Welcome()
        case _:
            return stage


def page_of(matter_id: str, hall: Hall, found_in: FindPage | None) -> MatterPage | GuidePage | None:
    """The page of a matter; None for an id that this hall does not have."""
    for item in hall.items:
        if item.id == matter_id and not item.only_in_joint:
            return MatterPage(item, found_in)
    listing = hall.district.listing(matter_id)
    return None if listing is None else GuidePage(listing, found_in)
