"""The ways in which a person can be verified here and now: offered side by side, none in front of another."""

from __future__ import annotations

from collections.abc import Mapping

from config.assurance import IdentityMethod, is_enough
from kiosk.session.hall import Hall
from kiosk.session.stages import Journey
from kiosk.session.verification import MOST_FAILURES, Way

METHOD: Mapping[Way, IdentityMethod] = {
    Way.FACE: "card_and_face",
    Way.FINGERPRINT: "fingerprint",
    Way.GUIDE: "staff",
}


def ways(journey: Journey, hall: Hall) -> tuple[Way, ...]:
    """Every way that leads to the end of this matter for this document at this terminal.

    A fingerprint needs a sensor and a finger on the chip. The face check needs what the matter asks of it;
    it is there even while the camera is out of order, so that nobody wonders where it has gone (see
    `open_now`). A guide is there always.
    """
    fingers = any(each.usable for each in journey.holder.fingerprints or ())
    there = {
        Way.FACE: hall.judges(journey.item.liveness),
        Way.FINGERPRINT: fingers and hall.fingerprint_usable is True,
        Way.GUIDE: True,
    }
    needed = journey.item.assurance_level
    return tuple(way for way in Way if there[way] and is_enough(METHOD[way], needed))


def open_now(way: Way, journey: Journey, hall: Hall) -> bool:
    """Whether this way can be gone now: its device works, and it has not failed too often."""
    by_module = hall.module_judges(journey.item.liveness)
    if way is Way.FACE and hall.camera_usable is False and not by_module:
        return False
    return journey.failures.get(way, 0) < MOST_FAILURES


def other_ways(way: Way, journey: Journey, hall: Hall) -> tuple[Way, ...]:
    """What is offered beside another try at `way`."""
    return tuple(
        other for other in ways(journey, hall) if other is not way and open_now(other, journey, hall)
    )
