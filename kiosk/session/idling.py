"""How long a person is waited for: what happens next when nobody touches anything, and when; pure.

Times are seconds of a monotonic clock: a wall clock that jumps changes nothing. WCAG 2.2.1: whoever seems to
have gone is asked, and stays with one touch, as often as they like. Time in which a device works is nobody's.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

from config.settings import PatienceSettings
from kiosk.session import events as ev
from kiosk.session.ease import Ease
from kiosk.session.place import place_of
from kiosk.session.stages import (
    AwaitingCard,
    CardTrouble,
    Ended,
    Enquired,
    GuardianStep,
    GuidePage,
    InJourney,
    LinkLost,
    LookUpStep,
    Outcome,
    PartyStep,
    RatingPage,
    Sending,
    Session,
    Standby,
    Thanks,
    Welcome,
)
from kiosk.session.verification import FaceStep, FingerprintStep, GuideStep, VerifiedStep

UNHURRIED = 2
"""How much longer whoever wants larger text or the voice is waited for."""

EXTENSIONS = 10
"""WCAG 2.2.1: so often at least a person can stay, whatever the settings say of a visit."""

MOUTH_S = 150.0
"""How long a slip may hang in the printer's mouth: longer than any presenter holds one out (120 s)."""

CALLED_S = 300.0
"""How long somebody who has called a guide is left to wait in peace."""

HESITATION_S = 60.0
"""So long on one screen, and …"""

STILLNESS_S = 20.0
"""… so long without a touch: a person who does not know how to go on."""


@dataclass(frozen=True)
class Presence:
    """What the clock knows of whoever is at the screen. Moments are monotonic seconds."""

    seen_s: float
    """Their last touch, the last moment of the terminal's own work, or when this screen came up."""
    worked_s: float = -math.inf
    """The last moment of the terminal's own work."""
    place: str = ""
    place_s: float = 0.0
    """Which screen stands, and since when."""
    hesitated: bool = False
    """It was said of this screen."""
    asked_s: float | None = None
    """Since when the screen asks whether they are there."""
    visit_s: float | None = None
    """When they left the welcome page."""
    told_s: float | None = None
    """When they were told that the visit ends."""
    touched: bool = False
    """Somebody has touched this session at all."""
    working: bool = False


@dataclass(frozen=True)
class Deadline:
    """What is to happen when nothing else does before `at_s`."""

    at_s: float
    event: ev.Event


def is_there(event: ev.Event | None) -> bool:
    """Whether this tells that somebody is at the screen."""
    match event:
        case ev.CardRead() | ev.CodeScanned() | ev.PageTaken() | ev.SlipMoved(place="taken"):
            return True
        case ev.CardFailed(trouble=trouble):
            return trouble is not CardTrouble.READER_FAILED
        case _:
            return isinstance(event, ev.Touch)


def at_work(session: Session) -> bool:
    """Whether the terminal itself is at work: nobody could hurry it, so nobody is hurried."""
    match session.stage:
        case InJourney(step=FaceStep(trouble=None) | FingerprintStep(trouble=None)):
            return True
        case InJourney(step=GuideStep(entered=(_, _)) | LookUpStep() | VerifiedStep(arriving=True)):
            return True
        case (
            Outcome(slip_state="waiting" | "started")
            | Enquired(slip_state="waiting" | "started")
            | GuidePage(slip_state="waiting" | "started")
        ):
            return True
        case _:
            return isinstance(session.stage, Sending) or session.call == "asking"


def unhurried(ease: Ease) -> int:
    """How many times as long this person is waited for."""
    return UNHURRIED if ease.elder or ease.text_size > 0 or ease.spoken else 1


def paced(patience: PatienceSettings, ease: Ease) -> PatienceSettings:
    """The hall's patience with this person; and a visit never too short for its extensions."""
    times = unhurried(ease)
    each_s = patience.idle_warning_s + patience.idle_grace_s
    visit_s = max(patience.visit_s, EXTENSIONS * each_s + patience.visit_notice_s)
    return patience.model_copy(
        update={
            "idle_warning_s": patience.idle_warning_s * times,
            "idle_grace_s": patience.idle_grace_s * times,
            "card_s": patience.card_s * times,
            "done_s": patience.done_s * times,
            "visit_s": visit_s * times,
        }
    )


def noted(before: Presence, session: Session, now_s: float, event: ev.Event | None = None) -> Presence:
    """What the clock knows after `event` has made `session`."""
    place, working = place_of(session.stage), at_work(session)
    there = is_there(event)
    fresh = place != before.place
    after = replace(
        before,
        place=place,
        working=working,
        touched=before.touched or isinstance(event, ev.Touch),
        hesitated=isinstance(event, ev.Hesitated) or (before.hesitated and not fresh),
        told_s=(before.told_s or now_s) if session.ends_in_min is not None else None,
    )
    if fresh:
        after = replace(after, place_s=now_s)
    if there or fresh or working or before.working:
        after = replace(after, seen_s=now_s)
    if working or before.working:
        after = replace(after, worked_s=now_s)
    if not session.idle_warning or there or working:
        after = replace(after, asked_s=None)
    if session.idle_warning and after.asked_s is None:
        after = replace(after, asked_s=now_s)
    if isinstance(session.stage, Standby | Welcome):
        return replace(after, visit_s=None)
    return after if after.visit_s is not None else replace(after, visit_s=now_s)


def next_deadline(presence: Presence, session: Session, patience: PatienceSettings) -> Deadline | None:
    """The first thing that is to happen by itself; None while everything waits for something else.

    `patience` is `paced`.
    """
    return min(_deadlines(presence, session, patience), key=lambda deadline: deadline.at_s, default=None)


def _deadlines(presence: Presence, session: Session, patience: PatienceSettings) -> Iterator[Deadline]:
    idle_s = _idle_s(session, patience)
    match session.stage:
        case Standby() | Thanks() | Ended() | LinkLost():
            return
        case Welcome():
            # Nothing is lost, so nobody is asked: what a passer-by has touched is undone.
            if presence.touched:
                yield Deadline(presence.seen_s + idle_s, ev.Leave())
            return
        case _:
            yield from _end_of_visit(presence, session, patience, idle_s)
    if presence.working:
        return
    if presence.asked_s is not None:
        yield Deadline(presence.asked_s + patience.idle_grace_s, ev.IdleExpired())
        return
    yield Deadline(presence.seen_s + idle_s, ev.IdleWarned())
    if not presence.hesitated:
        still_s = max(presence.place_s + HESITATION_S, presence.seen_s + STILLNESS_S)
        yield Deadline(still_s, ev.Hesitated())


def _end_of_visit(
    presence: Presence, session: Session, patience: PatienceSettings, idle_s: float
) -> Iterator[Deadline]:
    """Told minute by minute; and no end while the terminal works, or before its work was looked at."""
    if presence.visit_s is None:
        return
    notice_s = patience.visit_notice_s
    if presence.told_s is None or session.ends_in_min is None:
        yield Deadline(presence.visit_s + patience.visit_s - notice_s, ev.VisitEnds(math.ceil(notice_s / 60)))
        return
    end_s = presence.told_s + notice_s
    if session.ends_in_min > 1:
        left = session.ends_in_min - 1
        yield Deadline(end_s - 60 * left, ev.VisitEnds(left))
    if not presence.working:
        yield Deadline(max(end_s, presence.worked_s + idle_s + patience.idle_grace_s), ev.VisitOver())


def _idle_s(session: Session, patience: PatienceSettings) -> float:
    """How long nobody need touch this screen before they are asked."""
    idle_s = patience.idle_warning_s
    match session.stage:
        case _ if session.call in {"told", "coming"}:
            return max(idle_s, CALLED_S)
        case AwaitingCard() | InJourney(step=GuardianStep()):
            return patience.card_s
        case InJourney(step=PartyStep(laying=True)):
            return patience.card_s + idle_s  # which has a time of its own, after which it is asked again
        case Outcome(slip_place="in_mouth") | Enquired(slip_place="in_mouth"):
            return max(idle_s, MOUTH_S)
        case Outcome(slip_state="not_printed" | "unknown" | "no_printer"):
            return 2 * idle_s  # the numbers are on the screen only, and are written down
        case RatingPage():
            return 2 * patience.done_s  # nothing is lost here, and the next person waits
        case _:
            return idle_s
