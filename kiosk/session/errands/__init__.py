"""The work behind each stage, done: the only place of the session that waits on devices and terminal.

An errand ends by posting events; a cancelled one posts nothing. Device faults become an event for the citizen
and a log line for the technician.
"""

from __future__ import annotations

import asyncio
from typing import assert_never

from kiosk.messages import Leaving, PinAttempt
from kiosk.session.errands.card import read_card
from kiosk.session.errands.context import Context
from kiosk.session.errands.face import look_at_face, show_photo
from kiosk.session.errands.fingerprint import compare_fingerprint
from kiosk.session.errands.looking_up import look_up
from kiosk.session.errands.pages import take_pages
from kiosk.session.errands.paper import paper_done, print_slip
from kiosk.session.errands.scan import await_code
from kiosk.session.errands.sending import send_application
from kiosk.session.errands.watch import watch_devices
from kiosk.session.events import TimeUp
from kiosk.session.work import (
    AwaitCode,
    CheckPin,
    CompareFingerprint,
    Finish,
    GiveUp,
    LookAtFace,
    LookUp,
    PrintEnquiry,
    PrintGuide,
    PrintSlip,
    ReadCard,
    SendApplication,
    ShowPhoto,
    TakePages,
    Wait,
    WatchDevices,
    Work,
)


async def do(work: Work, context: Context) -> None:
    """Do one work to its end, or until cancelled."""
    match work:
        case WatchDevices():
            await watch_devices(context)
        case ReadCard():
            await read_card(context)
        case LookAtFace():
            await look_at_face(context)
        case CompareFingerprint():
            await compare_fingerprint(context)
        case AwaitCode():
            await await_code(context, work.question_id)
        case TakePages():
            await take_pages(context, work)
        case LookUp():
            await look_up(context, work)
        case ShowPhoto():
            await show_photo(context)
        case CheckPin():
            context.equipment.link.send(PinAttempt(staff_no=work.staff_no, pin=work.pin))
        case SendApplication():
            await send_application(context)
        case PrintSlip() | PrintEnquiry() | PrintGuide():
            await print_slip(context)
        case Wait():
            await asyncio.sleep(work.seconds)
            context.post(TimeUp())
        case Finish():
            await paper_done(context)
            context.equipment.link.send(Leaving(reason=work.reason))
        case GiveUp():
            await asyncio.sleep(work.seconds)
            await paper_done(context)
            context.give_up()
        case _:
            assert_never(work)
