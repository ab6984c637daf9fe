"""Puts one session together from its settings: drivers, face worker, pipe, what the hall is called."""

from __future__ import annotations

import resource
from collections.abc import Sequence

from config.hall_time import hall_now, hall_today
from config.item import Item, Text
from config.settings import Settings
from devices.contracts import IdCardReader, ReceiptPrinter
from devices.escpos.printer import EscPosPrinter
from devices.eyes.client import FaceWorkerEyes
from devices.sam_v.reader import SamVReader
from kiosk.session.errands.context import Equipment
from kiosk.session.link import TerminalLink
from kiosk.session.runner import Runner
from kiosk.session.sealing import load_platform_key
from kiosk.session.services import OnPreview, OnSession, SessionServices
from kiosk.session.stages import Hall


def session_services(
    settings: Settings, items: tuple[Item, ...], link_fd: int, face_worker: Sequence[str]
) -> SessionServices:
    """Give the services of a session whose pipe to the terminal is `link_fd`.

    `face_worker` is the command line of the face worker. Raises `UnreadableKey`.
    """
    # A core dump of this process would hold a person's data.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    platform_key = load_platform_key(settings.platform.envelope_key)

    def assemble(on_session: OnSession, on_preview: OnPreview) -> Runner:
        equipment = Equipment(
            reader=id_card_reader(settings),
            printer=receipt_printer(settings),
            eyes=FaceWorkerEyes(face_worker),
            link=TerminalLink(link_fd),
            platform_key=platform_key,
            settings=settings,
            clock=hall_now,
        )
        return Runner(hall(settings, items), equipment, on_session=on_session, on_preview=on_preview)

    return SessionServices(assemble)


def hall(settings: Settings, items: tuple[Item, ...]) -> Hall:
    """What a session knows of its hall before it has probed anything."""
    terminal = settings.terminal
    return Hall(
        terminal_id=terminal.id,
        name=Text(zh=terminal.hall_name_zh, en=terminal.hall_name_en),
        phone=terminal.hall_phone,
        items=items,
        today=hall_today(),
    )


def id_card_reader(settings: Settings) -> IdCardReader | None:
    """The configured driver; None when there is no reader."""
    chosen = settings.id_reader
    return SamVReader(chosen.port, chosen.baud) if chosen.driver == "sam_v" else None


def receipt_printer(settings: Settings) -> ReceiptPrinter | None:
    """The configured driver; None when there is no printer."""
    chosen = settings.printer
    return EscPosPrinter(chosen.port, chosen.baud) if chosen.driver == "escpos" else None
