"""Every configured device asked once, a line each: what a technician wants to know before leaving."""

from __future__ import annotations

from collections.abc import Sequence

from config.problems import problems
from config.settings import Settings
from devices.eyes.client import FaceWorkerEyes
from devices.statuses import AnyHealth, PrinterHealth
from kiosk.session.assembly import barcode_scanner, fingerprint_matcher, id_card_reader, receipt_printer


async def device_lines(
    settings: Settings, face_worker: Sequence[str], vendor_host: Sequence[str]
) -> tuple[list[str], bool]:
    """Lines for the technician, and whether all is well; command lines as in `session_services`."""
    machine = [f"problem  {problem}" for problem in problems(settings)]
    healths: dict[str, AnyHealth | None] = {"id_reader": None, "printer": None}
    reader, printer = id_card_reader(settings, vendor_host), receipt_printer(settings)
    eyes, fingerprints = FaceWorkerEyes(face_worker), fingerprint_matcher(settings, vendor_host)
    scanner = barcode_scanner(settings)
    if reader is not None:
        healths["id_reader"] = await reader.health()
        await reader.close()
    if printer is not None:
        healths["printer"] = await printer.health()
        await printer.close()
    healths["camera"] = await eyes.health()
    await eyes.close()
    if scanner is not None:
        healths["scanner"] = await scanner.health()
        await scanner.close()
    if fingerprints is not None:
        healths["fingerprint"] = await fingerprints.health()
        await fingerprints.close()
    devices = [_line(device, health) for device, health in healths.items()]
    sound = not machine and all(health is None or health.usable for health in healths.values())
    return machine + devices, sound


def _line(device: str, health: AnyHealth | None) -> str:
    if health is None:
        return f"device   {device}: not configured"
    paper = f", paper {health.paper.value}" if isinstance(health, PrinterHealth) else ""
    reason = "" if health.usable else f" ({health.reason.value})"
    return f"device   {device}: {health.state.value}{reason}{paper}"
