"""`device list`: what is plugged into this machine, without opening any of it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from commands.device_common import Voice
from commands.device_ports import SerialPort, configured, holders, serial_ports
from config.settings import Settings


def answer(voice: Voice, settings: Settings | None) -> None:
    """Say it."""
    rows = [_row(port) for port in serial_ports()]
    known = {os.path.realpath(row["port"]): row for row in rows}
    for section, port, baud in configured(settings) if settings is not None else ():
        row = known.get(os.path.realpath(port))
        if row is None:
            row = _row(SerialPort(port, None, None, None)) | {"exists": Path(port).exists()}
            rows.append(row)
            known[os.path.realpath(port)] = row
        row["configured"].append({"section": section, "port": port, "baud": baud})
    voice.result({"ports": rows}, "\n".join(map(_words, rows)) or "No serial port on this machine.")


def _row(port: SerialPort) -> dict[str, Any]:
    return {
        "port": port.path,
        "by_id": port.by_id,
        "usb": port.usb,
        "product": port.product,
        "exists": True,
        "permitted": os.access(port.path, os.R_OK | os.W_OK),
        "held_by": [{"program": holder.program, "pid": holder.pid} for holder in holders(port.path)],
        "configured": [],
    }


def _words(row: dict[str, Any]) -> str:
    lines = [row["by_id"] or row["port"]]
    if row["by_id"]:
        lines.append(f"  is          {row['port']}")
    if row["usb"]:
        lines.append(f"  USB         {row['usb']}" + (f"  {row['product']}" if row["product"] else ""))
    if not row["exists"]:
        lines.append("  missing     the settings name it, and it does not exist")
    elif not row["permitted"]:
        lines.append("  permission  this user may not open it")
    lines += [f"  open in     {holder['program']} (process {holder['pid']})" for holder in row["held_by"]]
    for place in row["configured"]:
        by_another_name = place["port"] not in {row["port"], row["by_id"]}
        as_name = f", as {place['port']}" if by_another_name else ""
        lines.append(f"  settings    [{place['section']}] at {place['baud']} baud{as_name}")
    return "\n".join(lines)
