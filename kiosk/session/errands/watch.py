"""Probing the devices while nobody uses them, and emptying a printer that may hold somebody's slip."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable

import structlog

from devices.contracts import ReceiptPrinter
from devices.statuses import AnyHealth, DeviceFault, PrinterHealth, ReaderHealth, Reason
from kiosk.messages import DeviceHealth, HealthReport, PrinterFlushed
from kiosk.session.errands.context import Context, Equipment
from kiosk.session.events import DevicesChanged, TimeUp

log = structlog.get_logger()

PROBE_S = 3.0
"""Seconds between two rounds of probes on the welcome and matter pages."""

HANDOVER_S = 2.0
"""The session before is killed, not asked: for so long after a promotion it may still hold a port."""

HANDOVER_RETRY_S = 0.1

KEPT_NOTICE_S = 60.0
"""How long the welcome page tells of an application whose outcome no screen has shown."""


async def watch_devices(context: Context) -> None:
    """Probe for ever, and report what changed."""
    loop = asyncio.get_running_loop()
    tell_kept_until = loop.time() + KEPT_NOTICE_S
    handed_over_by = loop.time() + HANDOVER_S
    equipment = context.equipment
    while True:
        if context.flush_printer and equipment.printer is not None:
            reason = await flush(context, equipment.printer)
            if reason is Reason.PORT_DENIED and loop.time() < handed_over_by:
                await asyncio.sleep(HANDOVER_RETRY_S)
                continue
        healths = await _healths(equipment)
        denied = any(health.reason is Reason.PORT_DENIED for health in healths.values())
        if denied and loop.time() < handed_over_by:
            await asyncio.sleep(HANDOVER_RETRY_S)
            continue
        _report(context, healths)
        if loop.time() > tell_kept_until:
            context.post(TimeUp())
        await asyncio.sleep(PROBE_S)


async def _healths(equipment: Equipment) -> dict[str, AnyHealth]:
    """Every configured device, all asked at once."""
    asked: dict[str, Awaitable[AnyHealth]] = {"camera": equipment.eyes.health()}
    if equipment.reader is not None:
        asked["id_reader"] = equipment.reader.health()
    if equipment.printer is not None:
        asked["printer"] = equipment.printer.health()
    return dict(zip(asked, await asyncio.gather(*asked.values()), strict=True))


async def flush(context: Context, printer: ReceiptPrinter) -> Reason:
    """Empty the printer: nobody may receive the slip of the person before, whose session died printing.

    Gives why it could not be emptied.
    """
    try:
        await printer.flush()
    except DeviceFault as fault:
        log.warning("printer_not_flushed", device="printer", reason=fault.reason.value)
        return fault.reason
    context.flush_printer = False
    context.equipment.link.send(PrinterFlushed())
    return Reason.NONE


def _report(context: Context, healths: dict[str, AnyHealth]) -> None:
    def usable(device: str) -> bool:
        return device in healths and healths[device].usable

    # A round that found nothing new changes nothing: the machine sees to that.
    context.post(
        DevicesChanged(
            reader_usable=usable("id_reader"),
            printer_usable=usable("printer") and not context.flush_printer,
            camera_usable=usable("camera"),
        )
    )
    report = HealthReport(devices={device: _told(health) for device, health in healths.items()})
    if report != context.reported:
        context.reported = report
        context.equipment.link.send(report)


def _told(health: AnyHealth) -> DeviceHealth:
    return DeviceHealth(
        state=health.state.value,
        reason=health.reason.value,
        paper=health.paper.value if isinstance(health, PrinterHealth) else "",
        media=health.media.value if isinstance(health, PrinterHealth | ReaderHealth) else "",
    )
