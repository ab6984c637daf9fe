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
from collections.abc import AsyncIterator, Callable, Collection, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.display import BenchDisplay, BenchError
from bench.leash import Leash
from bench.network import CuttableProxy
from bench.papers import seen_on_table
from bench.people import AREA_CODE, Person, card_of, face_of
from bench.shared_data import write_shared_data
from bench.sight import Sight
from bench.touch import Finger
from central_platform import keys
from central_platform.server import SHARED_DATA
from config.hall_time import hall_today
from devices.simulators.barcode_honeywell import HoneywellSimulator
from devices.simulators.document_camera import DocumentCameraSimulator
from devices.simulators.escpos_printer import EscPosSimulator
from devices.simulators.sam_v import SamVSimulator
from devices.simulators.turning_camera import TurningCamera
from devices.simulators.vendor_modules import FingerprintSimulator, LivenessSimulator
from kiosk.terminal.guides import pin_scrypt

ROOT = Path(__file__).resolve().parent.parent
TERMINAL_ID = "DEMO-0001"
GUIDE = ("0417", "260815")
"""Number and PIN of the hall's guide."""

PLATFORM_START_S = 20.0

EXTRAS = ("fingerprint", "document_camera", "liveness_module")
"""What not every hall has: each costs its sessions something."""


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
    table: DocumentCameraSimulator | None = None
    """The document camera and the table beneath it, in a hall that has them."""
    module: LivenessSimulator | None = None
    """The module that judges liveness with cameras of its own, in a hall that has one."""
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
        """Let a person stand before the camera, and before the module's cameras."""
        self.camera.step_up(person.face)
        self._module_sees(face_of(person), _LIVE)

    def platform_knows(self, person: Person, data: str, **facts: str) -> None:
        """Let the platform know this of a person; asked from now on, it tells it."""
        record = {"person": person.id_number, "told": facts}
        with (self.platform_dir / SHARED_DATA / f"{data}.yaml").open("a", encoding="utf-8") as file:
            # A line of JSON is YAML, and the records are a data set's last part.
            file.write(f"  - {json.dumps(record, ensure_ascii=False)}\n")

    def walks_away(self) -> None:
        """Leave the place before the camera empty."""
        self.camera.show(None)
        self._module_sees(None, _UNDECIDED)

    def holds_up(self, picture: Path) -> None:
        """Let nobody stand there: this picture is held up to the camera."""
        self.camera.show(picture)
        self._module_sees(picture, _ATTACK)

    def _module_sees(self, picture: Path | None, verdict: int) -> None:
        """Show the module what is before its cameras. It is a perfect judge: only real ones err."""
        if self.module is not None:
            self.module.jpeg = b"" if picture is None else picture.read_bytes()
            self.module.reason = "flat" if verdict == _ATTACK else "looking"
            self.module.verdict = verdict

    def lays_down_card(self, person: Person) -> None:
        """Put a person's card on the reader."""
        self.reader.lay(card_of(person))

    def takes_card(self) -> None:
        """Take the card off the reader."""
        self.reader.remove()


@asynccontextmanager
async def open_hall(
    folder: Path, open_display: Callable[[], BenchDisplay] = BenchDisplay, extras: Collection[str] = ()
) -> AsyncIterator[Hall]:
    """A hall whose files are in `folder` (state, keys, logs), which is emptied of an earlier hall's first.

    `open_display` gives the terminal its screen; `extras` are those of `EXTRAS` that the hall has. The
    terminal is not started yet. Raises `BenchError`.
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
        write_shared_data(platform_dir / SHARED_DATA, hall_today())
        platform, port = await start_platform(platform_dir, folder / "platform.log")
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
            platform=platform,
        )
        if "fingerprint" in extras:
            hall.sensor = stack.enter_context(FingerprintSimulator(runtime_dir / "sensor"))
        if "document_camera" in extras:
            hall.table = stack.enter_context(DocumentCameraSimulator())
            await asyncio.to_thread(hall.table.lay, seen_on_table(None))
        if "liveness_module" in extras:
            hall.module = stack.enter_context(LivenessSimulator(runtime_dir / "module", b""))
        (folder / "hall.toml").write_text(_site_file(hall), encoding="utf-8")
        stack.callback(hall.stop_terminal)
        yield hall


_UNDECIDED, _LIVE, _ATTACK = 0, 1, 2
"""What the module says of whatever is before its cameras."""

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


async def start_platform(directory: Path, log_file: Path) -> tuple[Leash, int]:
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


def _text(value: object) -> str:
    return json.dumps(str(value), ensure_ascii=False)


def _extras(hall: Hall) -> str:
    """The sections of what not every hall has."""
    sections = []
    if hall.sensor is not None:
        path = _text(hall.runtime_dir / "sensor")
        sections.append(f'[fingerprint]\ndriver = "simulator"\nlibrary = {path}\nthreshold = 0.5\n')
    if hall.table is not None:
        sections.append(f"[document_camera]\nsource = {_text(hall.table.url)}\n")
    if hall.module is not None:
        path = _text(hall.runtime_dir / "module")
        sections.append(f'[liveness_module]\ndriver = "simulator"\nlibrary = {path}\n')
    return "\n".join(sections)


def _site_file(hall: Hall) -> str:
    """This hall's settings, a layer over the shipped ones and over what the platform made."""
    staff_no, pin = GUIDE
    return f"""\
# Written by the bench for one demo; a real hall's file looks like deploy/terminal.example.toml.

[terminal]
area_code = "{AREA_CODE}"
hall_name_zh = "临溪区政务服务中心"
hall_name_en = "Linxi District Government Service Centre"
hall_phone = "0571-00001000"
state_dir = {_text(hall.folder / "state")}
runtime_dir = {_text(hall.runtime_dir)}
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
port = {_text(hall.runtime_dir / "id_reader")}

[printer]
driver = "escpos"
port = {_text(hall.runtime_dir / "printer")}
profile = "epson-tm-t82iii"

[camera]
source = {_text(hall.camera.url)}

[face]
photo_decoder = "simulator"

[scanner]
driver = "honeywell"
port = {_text(hall.runtime_dir / "scanner")}
baud = 115200
suffix = "cr"

{_extras(hall)}
[log]
file = {_text(hall.folder / "events.jsonl")}

[[guides]]
staff_no = "{staff_no}"
pin_scrypt = "{pin_scrypt(pin, os.urandom(16))}"
"""
