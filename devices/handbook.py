"""The technician's handbook: one row for each `Reason`, and the page docs/reasons.md made of them.

The page is written anew by `python -m devices.handbook docs/reasons.md`.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from devices.statuses import Reason


@dataclass(frozen=True)
class Row:
    """One reason: what it means, what to look at first, what the citizen sees and what still works."""

    meaning: str
    look_first: str
    citizen: str


_THE_CITIZEN = {
    "any": "As if the terminal did not have this device; every matter that can do without it goes on.",
    "reader": "The terminal says that it cannot read cards and points to the counter; nothing else is lost.",
    "slip": "The application goes on; the local number stays on the screen to be written down.",
    "face": "A guide compares the person with the card instead; everything else goes on.",
    "vendor": "The way that needs the module is not offered, or ends with another try; all other ways go on.",
}

HANDBOOK: Mapping[Reason, Row] = {
    Reason.NONE: Row(
        "Nothing is wrong, or nothing more is known than the state says.",
        "The state `unknown`: nobody has asked the device yet. Any other: the device's own display.",
        "Nothing, unless the state is other than `online`.",
    ),
    Reason.NOT_CONFIGURED: Row(
        "The settings name no port or source for this device.",
        "The device's section in the settings. If there is no such device, all is well.",
        _THE_CITIZEN["any"],
    ),
    Reason.PORT_MISSING: Row(
        "The device file does not exist, or is no working port.",
        "Is the cable in? Is the name in the settings the one beneath `/dev/serial/by-id/`?",
        _THE_CITIZEN["any"],
    ),
    Reason.PORT_DENIED: Row(
        "The port is there, but may not be opened: no permission, or another program has it.",
        "Is the terminal's user in the group `dialout` (serial) or `video` (camera)? Does `fuser` name"
        " another program? ModemManager and brltty take serial ports.",
        _THE_CITIZEN["any"],
    ),
    Reason.PORT_LOST: Row(
        "The device went away while it was in use. It is taken back by itself when it returns.",
        "Plug, hub and power supply. Many in the log: change the cable, then the hub.",
        _THE_CITIZEN["any"],
    ),
    Reason.SILENT: Row(
        "The port opens, and nothing answers.",
        "Is the device switched on? Is it the right port? Does the baud rate in the settings agree with the"
        " device's switches or its test page?",
        _THE_CITIZEN["any"],
    ),
    Reason.NOT_UNDERSTOOD: Row(
        "Something answers, but since the port was opened not one answer in this device's language.",
        "The baud rate first, then whether another device is on this port.",
        _THE_CITIZEN["any"],
    ),
    Reason.GARBLED: Row(
        "The device has answered properly before, and now answers nonsense or does not fall silent.",
        "Cable and plug; a power cable or a motor beside the line. Then switch the device off and on.",
        _THE_CITIZEN["any"],
    ),
    Reason.SAM_REFUSED: Row(
        "The card reader's security module refuses to work: not authorised, or its self-test failed.",
        "Switch the reader off and on. If it stays so, the reader or its module must be exchanged.",
        _THE_CITIZEN["reader"],
    ),
    Reason.COVER_OPEN: Row("The printer's cover is open.", "Close it until it clicks.", _THE_CITIZEN["slip"]),
    Reason.PAPER_OUT: Row(
        "The printer has no paper.",
        "A new roll, the right way round. Then look for half a slip that may hang there.",
        _THE_CITIZEN["slip"],
    ),
    Reason.CUTTER: Row(
        "The printer's knife is stuck. A slip may hang there, whole but uncut.",
        "Open the cover, take out the paper at the knife, close it: the knife then tries again.",
        _THE_CITIZEN["slip"],
    ),
    Reason.PAPER_JAM: Row(
        "Paper is jammed on its way from the print head to the mouth.",
        "Open the cover, take out all paper between roll and mouth, cut the roll straight, close it.",
        _THE_CITIZEN["slip"],
    ),
    Reason.PRESENTER: Row(
        "The mechanism that holds the slip out has failed.",
        "Look into the mouth for a torn slip; switch the printer off and on. If it stays, exchange it.",
        _THE_CITIZEN["slip"],
    ),
    Reason.STOPPED: Row(
        "The printer says that it is off line, and not why.",
        "Its pause or feed key; its own lamps. Switch it off and on.",
        _THE_CITIZEN["slip"],
    ),
    Reason.UNRECOVERABLE: Row(
        "The printer reports an error that it cannot recover from.",
        "Switch it off and on. If the error stays, exchange the printer.",
        _THE_CITIZEN["slip"],
    ),
    Reason.RECOVERABLE: Row(
        "The printer reports an error that passes by itself, most often a head that is too hot.",
        "Wait a few minutes. Often: is there air around the printer?",
        _THE_CITIZEN["slip"],
    ),
    Reason.FRAME_STALLED: Row(
        "The camera is there and delivers nothing. It is opened again and again by itself.",
        "The camera's plug and cable. Often: a port of its own, or another camera.",
        _THE_CITIZEN["face"],
    ),
    Reason.FRAME_FROZEN: Row(
        "The camera delivers the same picture again and again. It is opened again by itself.",
        "Unplug it and plug it in. Often: another camera.",
        _THE_CITIZEN["face"],
    ),
    Reason.FRAME_BLACK: Row(
        "The camera delivers black pictures.",
        "A lid, a sticker or a hand on the lens. Otherwise: another camera.",
        _THE_CITIZEN["face"],
    ),
    Reason.WORKER_DIED: Row(
        "The process that looks through the camera ended or fell silent. The next use starts a new one.",
        "`crashed` just before it in the log; memory. Often with one camera: change that camera.",
        _THE_CITIZEN["face"],
    ),
    Reason.VENDOR_MISSING: Row(
        "A vendor's library that the settings name cannot be loaded.",
        "The path in the settings; whether the library was made for this processor; its licence file.",
        _THE_CITIZEN["vendor"],
    ),
    Reason.VENDOR_HUNG: Row(
        "A call into a vendor's library did not come back; its process was ended. The next use starts one.",
        "The device behind the library. Often: report it to the vendor with the lines of the log.",
        _THE_CITIZEN["vendor"],
    ),
    Reason.VENDOR_CRASHED: Row(
        "A vendor's library brought its own process down. The next use starts a new one.",
        "The library's version. Often: report it to the vendor with the lines of the log.",
        _THE_CITIZEN["vendor"],
    ),
    Reason.VENDOR_GARBLED: Row(
        "A vendor's library answered something that its contract does not allow.",
        "Whether the library is the one the settings mean, and in the version they mean.",
        _THE_CITIZEN["vendor"],
    ),
    Reason.OTHER_DEVICE: Row(
        "Another kind of device answers on this port than the settings say; the log says which.",
        "The `driver` in the device's section of the settings, or which cable is in which port.",
        _THE_CITIZEN["any"],
    ),
    Reason.COMMAND_REFUSED: Row(
        "The device answers, and refuses to do what it was told: it is set up for something else.",
        "The device's own set-up: a scanner must be set to be triggered by serial commands.",
        _THE_CITIZEN["any"],
    ),
    Reason.PART_MISSING: Row(
        "The software for this kind of device is an optional part and is not installed.",
        "`make extras` on the terminal installs it.",
        _THE_CITIZEN["any"],
    ),
    Reason.SERVICE_MISSING: Row(
        "The system's smart-card service does not run, or does not let the terminal in.",
        "`systemctl status pcscd.socket`; is the package `pcscd` installed? Where polkit is, it must allow"
        " the terminal's user.",
        _THE_CITIZEN["any"],
    ),
}
"""Every reason's row."""


def page() -> str:
    """Give docs/reasons.md."""
    head = (
        "# Why a device is not all right\n\n"
        "Every `reason` that `python main.py check`, `python main.py status` and the log can give for a\n"
        "device. Made from the code by `python -m devices.handbook docs/reasons.md`.\n\n"
        "| reason | what it means | look at first | what the citizen sees |\n"
        "|---|---|---|---|\n"
    )
    return head + "".join(
        f"| `{reason.value}` | {row.meaning} | {row.look_first} | {row.citizen} |\n"
        for reason, row in HANDBOOK.items()
    )


def main() -> None:
    """Write the page to the file that the command line names."""
    match sys.argv[1:]:
        case [file]:
            Path(file).write_text(page(), "utf-8")
        case _:
            sys.exit("usage: python -m devices.handbook FILE")


if __name__ == "__main__":
    main()
