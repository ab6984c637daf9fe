"""Noticing that somebody struggles, from counts alone: what they do is seen, never who they are; pure.

Four causes, each of which offers help once: touches that hit nothing, a card or a face that is not
recognised, standing still for long, coming back to the same screen again and again. Who refuses is left alone
for the rest of the visit.
"""

from __future__ import annotations

from dataclasses import replace

from kiosk.session import events as ev
from kiosk.session.helping import Cause, Struggle

MISSES = 4
"""Touches on one screen that hit nothing."""

NOT_RECOGNISED = 2
"""Faces and fingers of one visit that were not recognised."""

CARDS_NOT_READ = 3
"""Cards that were pulled away or not read; once or twice happens to everybody."""

RETURNS = 3
"""Times that somebody comes back to a screen they had left."""


def noticed(before: Struggle, event: ev.Event, place: str) -> Struggle:
    """What is known after `event` has led to the screen `place`."""
    if isinstance(event, ev.HelpRefused):
        return replace(before, offered=None, refused=True)
    if isinstance(event, ev.EaseChosen | ev.GuideCalled):
        return replace(before, offered=None)
    counted = _counted(before, event, place)
    cause = _cause(counted, event)
    if cause is None or counted.refused or cause in counted.spent:
        return counted
    return replace(counted, offered=cause, spent=counted.spent | {cause})


def _counted(before: Struggle, event: ev.Event, place: str) -> Struggle:
    after = before
    match event:
        case ev.TouchMissed():
            after = replace(after, misses=after.misses + 1)
        case ev.FaceFailed() | ev.FingerprintFailed():
            after = replace(after, failures=after.failures + 1)
        case ev.CardFailed():
            after = replace(after, cards=after.cards + 1)
    if place == before.place:
        return after
    # An offer belongs to the screen it was made on: whoever goes on has found their way.
    after = replace(after, place=place, misses=0, offered=None, left=after.left | {before.place})
    if isinstance(event, ev.Back | ev.ChangeLine) and place in before.left:
        after = replace(after, returns={**after.returns, place: after.returns.get(place, 0) + 1})
    return after


def _cause(counted: Struggle, event: ev.Event) -> Cause | None:
    """The cause that this very event makes; an old count makes none anew."""
    match event:
        case ev.TouchMissed() if counted.misses >= MISSES:
            return Cause.MISSED
        case ev.FaceFailed() | ev.FingerprintFailed() if counted.failures >= NOT_RECOGNISED:
            return Cause.NOT_RECOGNISED
        case ev.CardFailed() if counted.cards >= CARDS_NOT_READ:
            return Cause.NOT_RECOGNISED
        case ev.Hesitated():
            return Cause.HESITATION
        case ev.Back() | ev.ChangeLine() if counted.returns.get(counted.place, 0) >= RETURNS:
            return Cause.RETURNS
        case _:
            return None
