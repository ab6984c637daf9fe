"""Which serial ports a machine has is read, not tried: no port is opened to list it."""

from __future__ import annotations

import os
import pty
from pathlib import Path

from commands.device_ports import Holder, SerialPort, holders, serial_ports


def plug(root: Path, tty: str, device: str, usb: dict[str, str] | None = None, kind: str = "") -> None:
    """A tty as the kernel shows it beneath /sys and /dev."""
    place = root / "sys/devices" / device
    (place / "interface").mkdir(parents=True)
    for name, value in (usb or {}).items():
        (place / name).write_text(value + "\n")
    here = root / "sys/class/tty" / tty
    here.mkdir(parents=True)
    (here / "device").symlink_to(place / "interface")
    if kind:
        (here / "type").write_text(kind + "\n")
    (root / "dev").mkdir(exist_ok=True)
    (root / "dev" / tty).write_text("")


def test_ports_have_the_name_that_stays_and_what_usb_says(tmp_path: Path) -> None:
    ch340 = {"idVendor": "1a86", "idProduct": "7523", "product": "USB Serial"}
    plug(tmp_path, "ttyUSB0", "usb1/1-1", ch340)
    plug(tmp_path, "ttyS0", "pnp0/00:05", kind="4")
    plug(tmp_path, "ttyS1", "platform/serial8250", kind="0")  # kept ready by the kernel, without a chip
    by_id = tmp_path / "dev/serial/by-id"
    by_id.mkdir(parents=True)
    (by_id / "usb-1a86_USB_Serial-if00-port0").symlink_to("../../ttyUSB0")
    (tmp_path / "sys/class/tty/tty1").mkdir()
    name = str(by_id / "usb-1a86_USB_Serial-if00-port0")
    dev = str(tmp_path / "dev")
    assert serial_ports(tmp_path / "sys", tmp_path / "dev") == [
        SerialPort(f"{dev}/ttyS0", None, None, None),
        SerialPort(f"{dev}/ttyUSB0", name, "1a86:7523", "USB Serial"),
    ]


def test_a_machine_without_serial_ports_has_none(tmp_path: Path) -> None:
    assert serial_ports(tmp_path, tmp_path) == []


def test_who_has_a_port_open_is_found_by_any_of_its_names(tmp_path: Path) -> None:
    master, slave = pty.openpty()
    try:
        link = tmp_path / "reader"
        link.symlink_to(os.ttyname(slave))
        for pid, opened in (("41", os.ttyname(slave)), ("42", "/dev/null")):
            (tmp_path / "proc" / pid / "fd").mkdir(parents=True)
            (tmp_path / "proc" / pid / "fd" / "3").symlink_to(opened)
            (tmp_path / "proc" / pid / "comm").write_text("vendor\n")
        assert holders(str(link), tmp_path / "proc") == [Holder("vendor", 41)]
    finally:
        os.close(master)
        os.close(slave)
