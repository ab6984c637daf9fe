"""`device probe`: asks ports what is there, and gives the settings that go with the answer.

The order of the questions is what makes this safe on a port about which nothing is known:

1. **Printers first, at every rate** (`DLE EOT 1`: nothing that a printer prints, at no wrong rate either).
   Whoever answers is known, and hears nothing else. So no printer that can answer ever hears a question that
   is meant for others.
2. **Card readers**, then **Newland and GM65 scanners**: questions that change nothing, without a line end,
   and heard without one at a wrong rate; so a printer that cannot answer (its way back is cut) has nothing to
   print.
3. **Honeywell scanners**, whose every command holds a carriage return: such a printer would print a line. So
   only where USB says that the maker is Honeywell, or when asked to (`--honeywell`).

Ports are asked at the same time, each alone; one that hangs is left after `PORT_S`.
"""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import typer

from commands.device_common import FAULT, Voice
from commands.device_ports import SerialPort, configured, fault_words, serial_ports
from config.settings import Settings
from devices.escpos.probing import FoundPrinter, find_printer
from devices.sam_v.probe import FoundReader
from devices.sam_v.probe import probe as find_reader
from devices.scanners.families import FAMILIES
from devices.scanners.probe import find_scanner
from devices.statuses import DeviceFault, Reason

PORT_S = 90.0
"""The longest that one port may take: five rates, at each of which something talks without end."""

_HONEYWELL_USB = frozenset({"0c2e", "0536"})
"""Honeywell, and Hand Held Products, which it bought."""


@dataclass
class Found:
    """What is known of one port after asking."""

    port: str
    device: str = "nothing"
    """`id_reader`, `printer`, `scanner`, `nothing` that answers, or `fault`."""
    reason: Reason = Reason.NONE
    words: str = ""
    settings: dict[str, Any] = field(default_factory=dict)
    details: dict[str, Any] = field(default_factory=dict)

    @property
    def toml(self) -> str:
        """The section for the configuration file; empty where nothing answers."""
        if not self.settings:
            return ""
        values = {**self.settings, "port": self.port}
        lines = [f"{key} = {json.dumps(values[key], ensure_ascii=False)}" for key in _ORDER if key in values]
        return "\n".join([f"[{self.device}]", *lines])


_ORDER = ("driver", "port", "baud", "profile")


def answer(voice: Voice, ports: Sequence[str], settings: Settings | None, *, honeywell: bool) -> None:
    """Ask, and say what is where."""
    known = {os.path.realpath(port.path): port for port in serial_ports()}
    wanted = list(ports) or [port.best for port in known.values()]
    if not ports and settings is not None:
        seen = set(map(os.path.realpath, wanted))
        wanted += [port for _, port, _ in configured(settings) if os.path.realpath(port) not in seen]
    if wanted:
        voice.note(
            f"Asking {len(wanted)} {'port' if len(wanted) == 1 else 'ports'}; this takes up to half a minute."
        )
    found = voice.run(
        _all([(port, known.get(os.path.realpath(port))) for port in wanted], honeywell=honeywell)
    )
    voice.result(
        {"ports": [_json(one) for one in found]},
        "\n\n".join(map(_words, found)) or "# No serial port on this machine.",
    )
    if ports and any(one.device == "fault" for one in found):
        raise typer.Exit(FAULT)


async def _all(ports: Sequence[tuple[str, SerialPort | None]], *, honeywell: bool) -> list[Found]:
    async with asyncio.TaskGroup() as group:
        asked = [group.create_task(_one(port, known, honeywell=honeywell)) for port, known in ports]
    return [task.result() for task in asked]


async def _one(port: str, known: SerialPort | None, *, honeywell: bool) -> Found:
    usb_maker = known.usb.split(":")[0] if known is not None and known.usb is not None else ""
    try:
        async with asyncio.timeout(PORT_S):
            return await _asked(port, honeywell=honeywell or usb_maker in _HONEYWELL_USB)
    except TimeoutError:
        return Found(
            port, "fault", Reason.GARBLED, f"{port}: does not come to an end; is something chattering?"
        )
    except DeviceFault as fault:
        return Found(port, "fault", fault.reason, fault_words(port, fault))


async def _asked(port: str, *, honeywell: bool) -> Found:
    if (printer := await find_printer(port)) is not None:
        return _printer(port, printer)
    if (reader := await find_reader(port)) is not None:
        return _reader(port, reader)
    families = [name for name in FAMILIES if name != "honeywell"] + (["honeywell"] if honeywell else [])
    if (scanner := await find_scanner(port, families)) is not None:
        return Found(
            port,
            "scanner",
            words=f"barcode scanner, {scanner.driver}, {scanner.baud} baud",
            settings={"driver": scanner.driver, "baud": scanner.baud},
        )
    hint = "" if honeywell else "; a Honeywell scanner is asked with --honeywell only"
    return Found(port, words=f"nothing that we know answers (no power, or another device{hint})")


def _reader(port: str, reader: FoundReader) -> Found:
    sam = f", SAM {reader.sam_id}" if reader.sam_id else ""
    trouble = "; it says that its SAM cannot be used" if reader.reason is Reason.SAM_REFUSED else ""
    return Found(
        port,
        "id_reader",
        reader.reason,
        f"identity-card reader, SAM_V, {reader.baud} baud{sam}{trouble}",
        {"driver": "sam_v", "baud": reader.baud},
        {"sam_id": reader.sam_id},
    )


def _printer(port: str, printer: FoundPrinter) -> Found:
    health = printer.health
    name = " ".join(filter(None, (printer.maker, printer.model))) or "maker not told"
    state = health.state.value if health.usable else f"{health.state.value} ({health.reason.value})"
    return Found(
        port,
        "printer",
        health.reason,
        f"receipt printer, ESC/POS, {printer.baud} baud, {name}; {state}, paper {health.paper.value}",
        {"driver": "escpos", "baud": printer.baud, "profile": _profile(printer)},
        {
            "maker": printer.maker,
            "model": printer.model,
            "firmware": printer.firmware,
            "state": health.state.value,
            "paper": health.paper.value,
        },
    )


def _profile(printer: FoundPrinter) -> str:
    """The shipped profile of this model; else the one that suits any printer with 80 mm paper."""
    from config.printer_profile import shipped_profiles

    model = _plain(printer.model or "")
    for profile in shipped_profiles().values():
        if model and _plain(profile.title).endswith(model):
            return profile.id
    return "generic-80"


def _plain(name: str) -> str:
    return "".join(filter(str.isalnum, name.casefold()))


def _json(found: Found) -> dict[str, Any]:
    return {
        "port": found.port,
        "device": found.device,
        "reason": found.reason.value,
        "words": found.words,
        "settings": found.settings,
        "toml": found.toml,
    } | found.details


def _words(found: Found) -> str:
    """Lines that can be pasted into the configuration as they are: what is no setting is a comment."""
    words = found.words.removeprefix(f"{found.port}: ")
    lines = [f"# {found.port}", f"# {words}"]
    if found.settings.get("profile") == "generic-80":
        lines.append('# 58 mm paper: profile = "generic-58"')
    return "\n".join([*lines, *([found.toml] if found.toml else [])])
