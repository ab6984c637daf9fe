"""What stands beside every screen: help offered, a guide called, a cover, the end of the visit; pure."""

from __future__ import annotations

from dataclasses import replace

from kiosk.session import events as ev
from kiosk.session.helping import CallState
from kiosk.session.place import place_of
from kiosk.session.stages import Ended, LinkLost, NotKept, Sending, Session, Stage, Standby, Thanks, Welcome
from kiosk.session.struggle import noticed


def may_be_hidden(stage: Stage) -> bool:
    """Whether there can be anything on the screen that is somebody's own."""
    return not isinstance(stage, Standby | Welcome | Ended | LinkLost)


def may_call(session: Session) -> bool:
    """Whether a guide can be called from here: one at a time."""
    return session.call in {None, "not_told"} and not isinstance(session.stage, Standby | Ended | LinkLost)


def at_hand(session: Session, event: ev.Event) -> Session:
    """`session`, which `event` has led to, with what stands beside its screen."""
    stage = session.stage
    if isinstance(stage, Standby | Ended | LinkLost):
        return replace(session, hidden=False, offer=None, call=None, ends_in_min=None)
    struggle = noticed(session.struggle, event, place_of(stage))
    call = _called(session, event)
    # At the end nothing is left to do that help could help with; and who comes is help enough.
    in_vain = isinstance(stage, Sending | NotKept | Thanks) or call in {"asking", "told", "coming"}
    return replace(
        session,
        struggle=struggle,
        offer=None if in_vain else struggle.offered,
        call=call,
        hidden=may_be_hidden(stage) and _hidden(session, event),
        ends_in_min=None if isinstance(stage, Welcome) else _ends(session, event),
    )


def _hidden(session: Session, event: ev.Event) -> bool:
    return isinstance(event, ev.HideWanted) or (session.hidden and not isinstance(event, ev.ShowAgain))


def _ends(session: Session, event: ev.Event) -> int | None:
    return event.minutes if isinstance(event, ev.VisitEnds) else session.ends_in_min


def _called(session: Session, event: ev.Event) -> CallState | None:
    match event:
        case ev.GuideCalled() if may_call(session):
            return "asking"
        case ev.CallAnswered(state="done"):
            return None
        case ev.CallAnswered(state="told" | "coming" | "not_told" as state) if session.call is not None:
            return state
        case ev.CallNoted() if session.call != "asking":
            return None
        case _:
            return session.call
