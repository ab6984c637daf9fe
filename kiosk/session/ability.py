"""Whether this terminal can finish a matter now, before anybody lays down a card; pure."""

from __future__ import annotations

from config.item import CaptureQuestion, Item, ScanQuestion
from config.item_flow import NOT_YET
from kiosk.session.hall import Ability, Hall, Obstacle, Reservation
from kiosk.session.timeline import is_sent
from kiosk.session.withdrawing import is_withdrawn


def ability(item: Item, hall: Hall) -> Ability:
    """Whether it can, and if so what will be different from other days."""
    obstacle = _obstacle(item, hall)
    return Ability(obstacle) if obstacle is not None else Ability(None, _reservations(item, hall))


def _obstacle(item: Item, hall: Hall) -> Obstacle | None:
    if item.depth == "guide" or item.audience == "legal_person":
        return Obstacle.NOT_OFFERED
    if is_withdrawn(item, hall):
        return Obstacle.WITHDRAWN
    if any(step.kind in NOT_YET for step in item.flow):
        return Obstacle.NOT_ON_THIS_TERMINAL_YET
    if hall.reader_usable is False:
        return Obstacle.NO_READER
    if hall.reach != "online" and item.offline.policy == "forbidden":
        return Obstacle.OFFLINE_FORBIDDEN
    if is_sent(item) and hall.keeping.limit == "no_key":
        return Obstacle.NO_KEY
    if is_sent(item) and (hall.keeping.limit is not None or _would_wait_too_long(item, hall)):
        return Obstacle.KEEPS_NO_MORE
    scans = [asked for asked in item.questions if isinstance(asked, ScanQuestion)]
    if hall.scanner_usable is False and any(
        asked.relevant is None and asked.typed is None for asked in scans
    ):
        return Obstacle.NO_SCANNER
    papers = [asked for asked in item.questions if isinstance(asked, CaptureQuestion)]
    if hall.page_camera_usable is False and any(asked.relevant is None for asked in papers):
        return Obstacle.NO_DOCUMENT_CAMERA
    return None


def _would_wait_too_long(item: Item, hall: Hall) -> bool:
    """Nothing gets through, and others wait for longer than this matter may."""
    most = item.offline.max_age_days
    return hall.reach != "online" and most is not None and hall.keeping.waiting_days >= most


def _reservations(item: Item, hall: Hall) -> tuple[Reservation, ...]:
    reservations = []
    if hall.reach != "online":
        reservations.append(Reservation.KEPT_UNTIL_ONLINE)
    if not hall.judges(item.liveness):
        reservations.append(Reservation.OTHER_WAY_THAN_FACE)
    elif hall.camera_usable is False and not hall.module_judges(item.liveness):
        reservations.append(
            Reservation.FINGERPRINT_INSTEAD_OF_FACE
            if hall.fingerprint_usable
            else Reservation.GUIDE_INSTEAD_OF_FACE
        )
    questions = item.questions
    if hall.scanner_usable is False and any(
        isinstance(asked, ScanQuestion) and asked.typed is not None for asked in questions
    ):
        reservations.append(Reservation.TYPE_INSTEAD_OF_SCAN)
    if hall.page_camera_usable is False and any(isinstance(asked, CaptureQuestion) for asked in questions):
        reservations.append(Reservation.BRING_PAPERS)
    if hall.printer_usable is False:
        reservations.append(Reservation.NO_SLIP)
    return tuple(reservations)
