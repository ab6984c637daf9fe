"""The serial ports of this machine: their names, what is plugged into them, which program has them open."""

from __future__ import annotations

import grp
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from config.settings import Settings
from devices.statuses import DeviceFault, Reason

_UART_UNKNOWN = "0"
"""`type` of a ttyS that the kernel keeps ready without a chip behind it."""


@dataclass(frozen=True)
class SerialPort:
    """One serial port."""

    path: str
    """The kernel's name, `/dev/ttyUSB0`."""
    by_id: str | None
    """The name that stays with the device, `/dev/serial/by-id/…`; to be put into the configuration."""
    usb: str | None
    """Vendor and product, `1a86:7523`; None for a port that is not USB."""
    product: str | None
    """What the device calls itself on USB."""

    @property
    def best(self) -> str:
        """The name to configure."""
        return self.by_id or self.path


@dataclass(frozen=True)
class Holder:
    """A program that has a port open."""

    program: str
    pid: int


def serial_ports(sys: Path = Path("/sys"), dev: Path = Path("/dev")) -> list[SerialPort]:
    """Every serial port that has hardware behind it, in the order of their names. Opens none."""
    names = {}
    links = dev / "serial" / "by-id"
    for link in sorted(links.iterdir()) if links.is_dir() else ():
        names[os.path.realpath(link)] = str(link)
    found = []
    for tty in sorted((sys / "class" / "tty").glob("tty*")):
        device = tty / "device"
        path = dev / tty.name
        if not device.exists() or not path.exists() or _read(tty / "type") == _UART_UNKNOWN:
            continue
        usb = _usb_device(device)
        ids = None if usb is None else f"{_read(usb / 'idVendor')}:{_read(usb / 'idProduct')}"
        product = (
            None
            if usb is None
            else " ".join(filter(None, (_read(usb / "manufacturer"), _read(usb / "product"))))
        )
        found.append(SerialPort(str(path), names.get(os.path.realpath(path)), ids, product or None))
    return found


def _usb_device(device: Path) -> Path | None:
    """The USB device that a tty belongs to: the next one up with a vendor number."""
    here = device.resolve()
    return next((one for one in (here, *here.parents) if (one / "idVendor").is_file()), None)


def _read(path: Path) -> str | None:
    try:
        return path.read_text("utf-8", "replace").strip() or None
    except OSError:
        return None


def holders(path: str, proc: Path = Path("/proc")) -> list[Holder]:
    """The programs that have `path` open, as far as this user may see them. Ourselves are none."""
    wanted = os.path.realpath(path)
    found = []
    for process in proc.glob("[0-9]*"):
        if int(process.name) == os.getpid():
            continue
        try:
            opened = {str(one.readlink()) for one in (process / "fd").iterdir()}
        except OSError:  # ended meanwhile, or somebody else's
            continue
        if wanted in opened:
            found.append(Holder(_read(process / "comm") or "?", int(process.name)))
    return sorted(found, key=lambda holder: holder.pid)


class _SerialSection(Protocol):
    @property
    def driver(self) -> str: ...
    @property
    def port(self) -> str: ...
    @property
    def baud(self) -> int: ...


def configured(settings: Settings) -> Iterator[tuple[str, str, int]]:
    """Section, port and baud of every serial device that the settings name."""
    for section, device in _sections(settings):
        if device.driver != "none" and device.port:
            yield section, device.port, device.baud


def _sections(settings: Settings) -> Iterator[tuple[str, _SerialSection]]:
    for section in ("id_reader", "printer", "scanner"):
        device = getattr(settings, section, None)
        if device is not None:
            yield section, device


def fault_words(port: str, fault: DeviceFault) -> str:
    """One line: what is wrong with the device on `port`, and what to look at first."""
    from devices.handbook import HANDBOOK

    meaning = HANDBOOK[fault.reason].meaning
    match fault.reason:
        case Reason.PORT_DENIED if others := holders(port):
            who = ", ".join(f"{other.program} (process {other.pid})" for other in others)
            return f"{port}: is in use by {who}"
        case Reason.PORT_DENIED if not os.access(port, os.R_OK | os.W_OK):
            return f"{port}: no permission; {_permission(port)}"
        case Reason.PORT_DENIED | Reason.PORT_MISSING:
            detail = fault.detail.removeprefix(port).lstrip(": ") or meaning
            return f"{port}: {detail}"
        case _:
            extra = fault.detail.removeprefix(port).lstrip(": ")
            return f"{port}: {fault.reason.value}: {meaning}" + (f" ({extra})" if extra else "")


def _permission(port: str) -> str:
    try:
        group = grp.getgrgid(Path(port).stat().st_gid).gr_name
    except (OSError, KeyError):
        return "ask its owner"
    return f"it belongs to the group {group}: `sudo usermod -aG {group} $USER`, then log in again"
