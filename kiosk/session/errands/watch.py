"""Probing the devices while nobody uses them."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Mapping
from functools import partial

import structlog

from devices.contracts.receipt_printer import ReceiptPrinter
from devices.probing import Pauses, Probing, Question
from devices.statuses import AnyHealth, DeviceState, PrinterHealth, ReaderHealth, Reason
from kiosk.messages import DeviceHealth, HealthReport
from kiosk.session.errands.context import Context
from kiosk.session.events import DevicesChanged, TimeUp

log = structlog.get_logger()

HANDOVER_S = 2.0
"""The session before is killed, not asked: for so long after a promotion it may still hold a port."""

HANDOVER_RETRY_S = 0.1

STOPPED = frozenset({DeviceState.OFFLINE, DeviceState.HARDWARE_ERROR})
"""A printer that said so has been opened when it is usable again."""

KEPT_NOTICE_S = 60.0
"""How long the welcome page tells of an application whose outcome no screen has shown."""

NOTICE_CHECK_S = 3.0
"""After that: a person may come back to the welcome page from a matter."""


async def watch_devices(context: Context) -> None:
    """Probe for ever."""
    loop = asyncio.get_running_loop()
    handed_over_by = loop.time() + HANDOVER_S
    probing = probing_of(context)
    try:
        while True:
            healths = await probing.ask_all()
            if _let_go(healths) or loop.time() > handed_over_by:
                break
            await asyncio.sleep(HANDOVER_RETRY_S)
    finally:
        context.handed_over = True
    _report(context)
    async with asyncio.TaskGroup() as group:
        group.create_task(probing.run())
        group.create_task(_end_of_notice(context))


def probing_of(context: Context) -> Probing:
    """The one asker of this session's devices; every answer reaches the machine and the terminal."""
    if context.probing is None:
        context.probing = Probing(
            _questions(context),
            jitter=lambda: random.uniform(0.5, 1.0),  # noqa: S311  nothing is to be kept secret
            told=lambda: _report(context),
            pauses=Pauses(),
        )
    return context.probing


def _questions(context: Context) -> dict[str, Question]:
    """Every configured device."""
    equipment = context.equipment
    questions: dict[str, Question] = {"camera": equipment.eyes.health}
    if equipment.reader is not None:
        questions["id_reader"] = equipment.reader.health
    if equipment.fingerprints is not None:
        questions["fingerprint"] = equipment.fingerprints.health
    if equipment.scanner is not None:
        questions["scanner"] = equipment.scanner.health
    if equipment.page_camera is not None:
        questions["document_camera"] = equipment.page_camera.health
    if (printer := equipment.printer) is not None:
        questions["printer"] = partial(_printer_health, context, printer)
    return questions


async def _printer_health(context: Context, printer: ReceiptPrinter) -> AnyHealth:
    """How the printer is, after it was emptied where that is due.

    It is due, too, when a printer is usable again: what a refill lets out of it belongs to the clerk who
    stands there now, not to whoever prints next.
    """
    due = context.flush_printer
    if due:
        await context.emptying.a_try(context, printer)
    health = await printer.health()
    was = None if context.probing is None else context.probing.healths.get("printer")
    mended = not due and was is not None and was.state in STOPPED
    if health.usable and (mended or context.flush_printer):
        context.flush_printer = True
        await context.emptying.a_try(context, printer)
        health = await printer.health()
    return health


def _let_go(healths: Mapping[str, AnyHealth]) -> bool:
    return not any(health.reason is Reason.PORT_DENIED for health in healths.values())


async def _end_of_notice(context: Context) -> None:
    await asyncio.sleep(KEPT_NOTICE_S)
    while True:
        context.post(TimeUp())
        await asyncio.sleep(NOTICE_CHECK_S)


def _report(context: Context) -> None:
    probing = probing_of(context)
    if not (context.handed_over and probing.complete):
        return
    healths = probing.healths

    def usable(device: str) -> bool:
        return device in healths and healths[device].usable

    # An answer that says nothing new changes nothing: the machine sees to that.
    context.post(
        DevicesChanged(
            reader_usable=usable("id_reader"),
            printer_usable=usable("printer") and not context.flush_printer,
            camera_usable=usable("camera"),
            fingerprint_usable=usable("fingerprint"),
            scanner_usable=usable("scanner"),
            page_camera_usable=usable("document_camera"),
        )
    )
    report = HealthReport(devices={device: told_to_terminal(health) for device, health in healths.items()})
    if report != context.reported:
        context.reported = report
        context.equipment.link.send(report)


def told_to_terminal(health: AnyHealth) -> DeviceHealth:
    """One device's health as the terminal hears of it."""
    return DeviceHealth(
        state=health.state.value,
        reason=health.reason.value,
        paper=health.paper.value if isinstance(health, PrinterHealth) else None,
        media=health.media.value if isinstance(health, PrinterHealth | ReaderHealth) else None,
    )
