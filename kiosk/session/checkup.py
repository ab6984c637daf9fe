"""Every configured device asked once, a line each: what a technician wants to know before leaving."""

from __future__ import annotations

from collections.abc import Sequence

from config.problems import problems
from config.settings import Settings
from devices.eyes.client import FaceWorkerEyes
from devices.statuses import AnyHealth, PrinterHealth
from kiosk.session.assembly import id_card_reader, receipt_printer


async def device_lines(settings: Settings, face_worker: Sequence[str]) -> tuple[list[str], bool]:
    """Lines for the technician, and whether all is well. `face_worker` is that process's command line."""
    machine = [f"problem  {problem}" for problem in problems(settings)]
    healths: dict[str, AnyHealth | None] = {"id_reader": None, "printer": None}
    reader, printer, eyes = id_card_reader(settings), receipt_printer(settings), FaceWorkerEyes(face_worker)
    if reader is not None:
        healths["id_reader"] = await reader.health()
        await reader.close()
    if printer is not None:
        healths["printer"] = await printer.health()
        await printer.close()
    healths["camera"] = await eyes.health()
    await eyes.close()
    devices = [_line(device, health) for device, health in healths.items()]
    sound = not machine and all(health is None or health.usable for health in healths.values())
    return machine + devices, sound


def _line(device: str, health: AnyHealth | None) -> str:
    if health is None:
        return f"device   {device}: not configured"
    paper = f", paper {health.paper.value}" if isinstance(health, PrinterHealth) else ""
    reason = "" if health.usable else f" ({health.reason.value})"
    return f"device   {device}: {health.state.value}{reason}{paper}"
