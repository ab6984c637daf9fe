"""Simulated devices for a desk: reader, printer and camera that a terminal is pointed at by hand."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from datetime import date
from pathlib import Path

from bench import people
from config.hall_time import hall_today
from devices.simulators.escpos_printer import EscPosSimulator, Slip
from devices.simulators.sam_v import SamVSimulator
from devices.simulators.turning_camera import TurningCamera

PEOPLE: Mapping[str, people.Made] = {
    "zhou": people.resident,
    "shen": people.neighbour,
    "ending": people.ending_soon,
    "expired": people.expired,
}

Order = tuple[str, Callable[[], None]]
"""What it does, and the doing."""


def simulate_devices(directory: Path, baud: int) -> int:
    """Simulate in `directory` until the end of standard input; orders come a line each. The exit status."""
    today = hall_today()
    try:
        directory.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        sys.stderr.write(f"{directory}: {error.strerror}\n")
        return 1
    with ExitStack() as stack:
        reader = SamVSimulator(directory / "id_reader", baud)
        stack.callback(reader.close)
        printer = EscPosSimulator(directory / "printer", baud)
        stack.callback(printer.close)
        camera = stack.enter_context(TurningCamera())
        sys.stdout.write(_settings(directory, baud, camera.url))
        orders = _orders(reader, printer, camera, today)
        _say("Orders: " + ", ".join(orders) + ". End with Ctrl-D.")
        kept = 0
        for line in sys.stdin:
            known = orders.get(line.strip())
            if known is None:
                _say("Orders:\n" + "\n".join(f"  {name:<16}{does}" for name, (does, _) in orders.items()))
                continue
            known[1]()
            kept = _keep_slips(printer.slips, kept, directory)
    return 0


def _settings(directory: Path, baud: int, camera_url: str) -> str:
    return f"""\
[id_reader]
driver = "sam_v"
port = "{directory / "id_reader"}"
baud = {baud}

[printer]
driver = "escpos"
port = "{directory / "printer"}"
profile = "epson-tm-t82iii"
baud = {baud}

[camera]
source = "{camera_url}"

[face]
photo_decoder = "simulator"

"""


def _orders(
    reader: SamVSimulator, printer: EscPosSimulator, camera: TurningCamera, today: date
) -> dict[str, Order]:
    def arrive(made: people.Made) -> Callable[[], None]:
        def do() -> None:
            person = made(today)
            camera.step_up(person.face)
            reader.lay(people.card_of(person))

        return do

    def leave() -> None:
        camera.show(None)
        reader.remove()

    def paper(*, out: bool) -> Callable[[], None]:
        def do() -> None:
            printer.paper_out = out

        return do

    def cover(*, is_open: bool) -> Callable[[], None]:
        def do() -> None:
            printer.cover_open = is_open

        return do

    arriving: dict[str, Order] = {
        name: (f"{name} steps before the camera and lays down the card", arrive(made))
        for name, made in PEOPLE.items()
    }
    return arriving | {
        "leave": ("take the card, walk away", leave),
        "paper out": ("the roll is empty", paper(out=True)),
        "paper in": ("a new roll", paper(out=False)),
        "cover open": ("open the printer", cover(is_open=True)),
        "cover closed": ("close the printer", cover(is_open=False)),
        "unplug reader": ("pull the reader's cable", reader.unplug),
        "plug reader": ("plug it in", reader.replug),
        "unplug printer": ("pull the printer's cable", printer.unplug),
        "plug printer": ("plug it in", printer.replug),
        "unplug camera": ("pull the camera's cable", camera.unplug),
        "plug camera": ("plug it in", camera.replug),
        "slips": ("write the slips cut so far as pictures", lambda: None),
    }


def _keep_slips(slips: list[Slip], kept: int, directory: Path) -> int:
    for number, slip in enumerate(slips[kept:], start=kept + 1):
        path = directory / f"slip-{number:02d}.png"
        slip.picture().save(path)
        _say(str(path))
    return len(slips)


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
