"""The hall around one terminal: platform, cable, devices, screen, and the keeper that restarts the terminal.

Everything is real but the hardware: the platform and the terminal are processes of their own, the devices are
simulated at the wire, the cable can be cut. All of it goes when the hall closes, or when the bench dies.
"""

from __future__ import annotations

import asyncio
import fcntl
import json
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.display import BenchDisplay, BenchError
from bench.leash import Leash
from bench.network import CuttableProxy
from bench.people import AREA_CODE, Person, card_of
from bench.sight import Sight
from bench.touch import Finger
from central_platform import keys
from devices.simulators.barcode_honeywell import HoneywellSimulator
from devices.simulators.escpos_printer import EscPosSimulator
from devices.simulators.sam_v import SamVSimulator
from devices.simulators.turning_camera import TurningCamera
from devices.simulators.vendor_modules import FingerprintSimulator
from kiosk.terminal.guides import pin_scrypt

ROOT = Path(__file__).resolve().parent.parent
TERMINAL_ID = "DEMO-0001"
GUIDE = ("0417", "260815")
"""Number and PIN of the hall's guide."""

PLATFORM_START_S = 20.0


@dataclass
class Hall:
    """One hall; its fields are what a scene may do to it."""

    folder: Path
    runtime_dir: Path
    platform_dir: Path
    configuration: tuple[Path, ...]
    display: BenchDisplay
    sight: Sight
    finger: Finger
    cable: CuttableProxy
    reader: SamVSimulator
    printer: EscPosSimulator
    camera: TurningCamera
    scanner: HoneywellSimulator
    platform: Leash
    sensor: FingerprintSimulator | None = None
    """The fingerprint sensor, in a hall that has one."""
    terminal: Leash | None = None

    def start_terminal(self) -> None:
        """Start the terminal under its keeper, which restarts it as systemd does."""
        files = [option for file in self.configuration for option in ("--config", str(file))]
        with (self.folder / "terminal.log").open("ab") as log:
            self.terminal = Leash(
                [sys.executable, str(ROOT / "main.py"), "run", *files],
                environment=self.display.environment(),
                output=log,
                restart=True,
            )

    def kill_terminal(self) -> None:
        """Kill it as a crash would; its keeper starts it again."""
        if self.terminal is not None:
            os.kill(self.terminal.started(), signal.SIGKILL)

    def stop_terminal(self) -> None:
        """Stop it and its keeper; its sessions go with it."""
        if self.terminal is not None:
            self.terminal.close()
            self.terminal = None

    def steps_up(self, person: Person) -> None:
        """Let a person stand before the camera."""
        self.camera.step_up(person.face)

    def walks_away(self) -> None:
        """Leave the place before the camera empty."""
        self.camera.show(None)

    def lays_down_card(self, person: Person) -> None:
        """Put a person's card on the reader."""
        self.reader.lay(card_of(person))

    def takes_card(self) -> None:
        """Take the card off the reader."""
        self.reader.remove()


@asynccontextmanager
async def open_hall(
    folder: Path, open_display: Callable[[], BenchDisplay] = BenchDisplay, *, sensor: bool = False
) -> AsyncIterator[Hall]:
    """A hall whose files are in `folder` (state, keys, logs), which is emptied of an earlier hall's first.

    `open_display` gives the terminal its screen; `sensor` says whether it has a fingerprint sensor, which
    costs each session a process more. The terminal is not started yet. Raises `BenchError`.
    """
    async with AsyncExitStack() as stack:
        stack.enter_context(_alone(folder))
        _empty(folder)
        display = await asyncio.to_thread(open_display)
        stack.callback(display.close)
        # The accessibility bus has to be there before the first program that wants to be read.
        sight = await stack.enter_async_context(await Sight.open(display))
        finger = stack.enter_context(Finger(display))
        # Under the display's own scratch directory: on tmpfs, and gone with it.
        runtime_dir = Path(tempfile.mkdtemp(prefix="run-", dir=display.scratch))
        platform_dir = folder / "platform"
        platform_settings = keys.init(platform_dir, terminal_id=TERMINAL_ID)
        platform, port = await _start_platform(platform_dir, folder / "platform.log")
        stack.callback(platform.close)
        cable = await stack.enter_async_context(CuttableProxy("127.0.0.1", port))
        reader = SamVSimulator(runtime_dir / "id_reader")
        stack.callback(reader.close)
        printer = EscPosSimulator(runtime_dir / "printer")
        stack.callback(printer.close)
        camera = stack.enter_context(TurningCamera())
        scanner = HoneywellSimulator(runtime_dir / "scanner")
        stack.callback(scanner.close)
        hall = Hall(
            folder=folder,
            runtime_dir=runtime_dir,
            platform_dir=platform_dir,
            configuration=(platform_settings, folder / "hall.toml"),
            display=display,
            sight=sight,
            finger=finger,
            cable=cable,
            reader=reader,
            printer=printer,
            camera=camera,
            scanner=scanner,
            sensor=stack.enter_context(FingerprintSimulator(runtime_dir / "sensor")) if sensor else None,
            platform=platform,
        )
        (folder / "hall.toml").write_text(_site_file(hall), encoding="utf-8")
        stack.callback(hall.stop_terminal)
        yield hall


LEFT_BY_A_HALL = ("events.jsonl", "hall.toml", "platform", "platform.log", "state", "terminal.log")


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep a second hall out of this folder; the kernel forgets with the process."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("wb") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BenchError(f"{folder}: another demo is using this folder") from None
        yield


def _empty(folder: Path) -> None:
    """Make room for a hall; whatever is no hall's stays."""
    for name in LEFT_BY_A_HALL:
        path = folder / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    (folder / "state").mkdir()


async def _start_platform(directory: Path, log_file: Path) -> tuple[Leash, int]:
    """Start the platform on a free port, and wait until it has written down which."""
    command = [sys.executable, str(ROOT / "main.py"), "platform", "serve", str(directory), "--port", "0"]
    with log_file.open("ab") as log:
        leash = Leash(command, output=log)
    where = directory / "port"
    deadline = time.monotonic() + PLATFORM_START_S
    while not where.exists():
        if not leash.alive or time.monotonic() > deadline:
            leash.close()
            raise BenchError(f"the platform did not start: see {log_file}")
        await asyncio.sleep(0.05)
    return leash, int(where.read_text(encoding="ascii"))


def _sensor(hall: Hall) -> str:
    if hall.sensor is None:
        return 'driver = "none"'
    path = json.dumps(str(hall.runtime_dir / "sensor"), ensure_ascii=False)
    return f'driver = "simulator"\nlibrary = {path}\nthreshold = 0.5'


def _site_file(hall: Hall) -> str:
    """This hall's settings, a layer over the shipped ones and over what the platform made."""

    def text(value: object) -> str:
        return json.dumps(str(value), ensure_ascii=False)

    staff_no, pin = GUIDE
    return f"""\
# Written by the bench for one demo; a real hall's file looks like deploy/terminal.example.toml.

[terminal]
area_code = "{AREA_CODE}"
hall_name_zh = "临溪区政务服务中心"
hall_name_en = "Linxi District Government Service Centre"
hall_phone = "0571-00001000"
state_dir = {text(hall.folder / "state")}
runtime_dir = {text(hall.runtime_dir)}
free_space_floor_mb = 50
# A developer's desk has swap; nobody's data is real here.
allow_swap = true

[platform]
# By way of the bench's cable, which can be cut.
url = "https://127.0.0.1:{hall.cable.port}"
probe_interval_s = 0.5
request_timeout_s = 5
retry_cap_s = 2

[id_reader]
driver = "sam_v"
port = {text(hall.runtime_dir / "id_reader")}

[printer]
driver = "escpos"
port = {text(hall.runtime_dir / "printer")}
profile = "epson-tm-t82iii"

[camera]
source = {text(hall.camera.url)}

[face]
photo_decoder = "simulator"

[scanner]
driver = "honeywell"
port = {text(hall.runtime_dir / "scanner")}
baud = 115200
suffix = "cr"

[fingerprint]
{_sensor(hall)}

[log]
file = {text(hall.folder / "events.jsonl")}

[[guides]]
staff_no = "{staff_no}"
pin_scrypt = "{pin_scrypt(pin, os.urandom(16))}"
"""
