"""What hands can do in the hall: lay a card, step before the camera, cut the cable, open the printer.

The bench window and written scenes do the same things by the same names. Nothing here reaches into the
product: every one of them is a change at a simulated device, at the cable, or a signal to a process.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import os
import signal
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import cv2
import numpy as np

from bench.cast import CAST
from bench.hall import Hall
from bench.papers import seen_on_table
from bench.people import Person, card_of, face_of, finger_of
from bench.turning import turns_as_asked
from devices.eyes.photo_decoders import SimulatorPhotoDecoder
from devices.simulators.barcode_honeywell import HoneywellSimulator
from devices.simulators.camera import CameraSimulator
from devices.simulators.escpos_printer import EscPosSimulator
from devices.simulators.sam_v import SamVSimulator
from kiosk.terminal.control import NoTerminal, ask

SOMEBODY_ELSE = "somebody_else"
NOBODY = "nobody"
PHOTO = "photo:"

DEVICES = ("reader", "camera", "printer", "scanner")

MID_READ_S = 0.4
"""How long a card's radio takes when somebody is about to pull it away: long enough to be pulled away in."""

ASKED_FOR_S = 6.0
"""How long a card that nobody reads lies there, before it is taken again."""


class Hands:
    """Hands in one hall; `today` dates the cards."""

    def __init__(self, hall: Hall, today: date) -> None:
        self._hall = hall
        self._today = today
        self.unplugged: set[str] = set()
        """Devices whose cable lies on the floor."""
        self.on_reader: str | None = None
        """Whose card lies on the reader."""
        self.before_camera = NOBODY
        """Who stands before the camera; `photo:` and a name for a flat print."""
        self.deeds: Mapping[str, Callable[[], None]] = {
            "network cut": hall.cable.cut,
            "network heal": hall.cable.heal,
            "network lose_next_answer": hall.cable.lose_next_answer,
            "printer cover_open": lambda: self._paper(cover_open=True),
            "printer cover_closed": lambda: self._paper(cover_open=False),
            "printer paper_out": lambda: self._paper(paper_out=True),
            "printer near_end": lambda: self._paper(near_end=True),
            "printer refill": lambda: self._paper(paper_out=False, near_end=False),
            "camera freezes": lambda: self._lens(frozen=True),
            "camera goes_black": lambda: self._lens(black=True),
            "camera stalls": lambda: self._lens(stalled=True),
            "camera recovers": lambda: self._lens(frozen=False, black=False, stalled=False),
        } | {
            f"{verb} {device}": functools.partial(do, device)
            for verb, do in (("unplug", self._unplug), ("plug", self._plug))
            for device in DEVICES
        }
        """What needs no person, by its name in a scene."""

    def person(self, role: str) -> Person:
        """Who plays a role of `bench.cast.CAST`, dated from today."""
        return CAST[role].made(self._today)

    # ---- card and face -----------------------------------------------------------------------------------

    def lay_card(self, role: str) -> None:
        """Lay this person's card on the reader."""
        self._hall.lays_down_card(self.person(role))
        self.on_reader = role

    def take_card(self) -> None:
        """Take the card off the reader."""
        self._hall.takes_card()
        self.on_reader = None

    def pull_card_mid_read(self, role: str) -> bool:
        """Lay the card down and pull it away while it is read; whether anybody read it. Blocks meanwhile."""
        reader = self._hall.reader
        since = len(reader.events)
        reader.radio_s = MID_READ_S
        try:
            self.lay_card(role)
            with contextlib.suppress(TimeoutError):
                reader.wait_for("read", since, ASKED_FOR_S)
                return True
            return False
        finally:
            self.take_card()
            reader.radio_s = 0.0

    def show_face(self, role: str) -> None:
        """Let a person, `SOMEBODY_ELSE` or `NOBODY` stand before the camera."""
        if role == NOBODY:
            self._hall.walks_away()
        elif role == SOMEBODY_ELSE:
            self._hall.camera.step_up("other")
        else:
            self._hall.steps_up(self.person(role))
        self.before_camera = role

    async def turn_as_asked(self) -> None:
        """Have whoever stands there answer a face check that is on screen, or about to be."""
        await turns_as_asked(self._hall.sight, self._hall.camera)

    def hold_up_photo_of(self, role: str) -> None:
        """Let nobody stand there: a flat print of this person's card photo is held up to the camera."""
        path = self._hall.runtime_dir / f"photo-of-{role}.png"
        if not path.exists():
            flat_photo(self.person(role), path)
        self._hall.holds_up(path)
        self.before_camera = f"{PHOTO}{role}"

    # ---- finger and code ---------------------------------------------------------------------------------

    def lay_finger(self, role: str) -> bool:
        """Lay this person's first finger on the sensor, or `SOMEBODY_ELSE`'s; whether there is a sensor."""
        sensor = self._hall.sensor
        if sensor is None:
            return False
        if role == SOMEBODY_ELSE:
            sensor.lay(SOMEBODY_ELSE)
        else:
            person = self.person(role)
            sensor.lay(finger_of(person, person.fingers[0]) if person.fingers else f"{role}'s")
        return True

    def lift_finger(self) -> None:
        """Lift it."""
        if self._hall.sensor is not None:
            self._hall.sensor.lift()

    def scan(self, code: str) -> bool:
        """Hold a code before the scanner until it is read; whether anybody asked for it. Blocks meanwhile."""
        scanner = self._hall.scanner
        since = len(scanner.events)
        scanner.show(code.encode())
        try:
            with contextlib.suppress(TimeoutError):
                scanner.wait_for("code sent", since, ASKED_FOR_S)
                return True
            return False
        finally:
            scanner.take_away()

    # ---- papers ------------------------------------------------------------------------------------------

    def lay_paper(self, paper: str | None) -> bool:
        """Lay one of `bench.papers.PAPERS` on the table, or take everything away; whether there is one."""
        table = self._hall.table
        if table is None:
            return False
        table.lay(seen_on_table(paper))
        return True

    # ---- processes ---------------------------------------------------------------------------------------

    async def kill_session(self) -> bool:
        """Kill the session that the citizen stands before, as a crash would; whether there was one."""
        try:
            status = await asyncio.to_thread(ask, self._hall.runtime_dir, "status")
        except NoTerminal:
            return False
        for session in status["sessions"]:
            if session["state"] == "visible":
                with contextlib.suppress(ProcessLookupError):
                    os.kill(session["pid"], signal.SIGKILL)
                    return True
        return False

    async def kill_terminal(self) -> bool:
        """Kill the terminal as a crash would; its keeper starts it again."""
        try:
            status = await asyncio.to_thread(ask, self._hall.runtime_dir, "status")
        except NoTerminal:
            return False
        with contextlib.suppress(ProcessLookupError):
            os.kill(status["pid"], signal.SIGKILL)
        return True

    def _unplug(self, device: str) -> None:
        if device not in self.unplugged:
            self.unplugged.add(device)
            self._device(device).unplug()

    def _plug(self, device: str) -> None:
        if device in self.unplugged:
            self.unplugged.discard(device)
            self._device(device).replug()

    def _device(self, device: str) -> SamVSimulator | CameraSimulator | EscPosSimulator | HoneywellSimulator:
        match device:
            case "reader":
                return self._hall.reader
            case "camera":
                return self._hall.camera
            case "scanner":
                return self._hall.scanner
            case _:
                return self._hall.printer

    def _paper(self, **faults: bool) -> None:
        for name, present in faults.items():
            setattr(self._hall.printer, name, present)

    def _lens(self, **faults: bool) -> None:
        for name, present in faults.items():
            setattr(self._hall.camera, name, present)


def flat_photo(person: Person, path: Path) -> None:
    """Write what a camera sees of a person's card photo, printed and held up a little tilted."""
    coded = np.frombuffer(SimulatorPhotoDecoder().decode(card_of(person).photo), np.uint8)
    photo = cv2.imdecode(coded, cv2.IMREAD_COLOR)
    person_high = cv2.imread(str(face_of(person)), cv2.IMREAD_COLOR)
    if photo is None or person_high is None:
        raise ValueError(f"{person.face}: no picture")
    height, width = person_high.shape[:2]
    printed = cv2.copyMakeBorder(photo, 6, 6, 6, 6, cv2.BORDER_CONSTANT, value=(250, 250, 250))
    scale = 0.72 * height / printed.shape[0]
    turn = cv2.getRotationMatrix2D((printed.shape[1] / 2, printed.shape[0] / 2), 3, scale)
    turn[:, 2] += (width / 2 - printed.shape[1] / 2, height / 2 - printed.shape[0] / 2)
    wall = np.full((height, width, 3), (176, 182, 186), np.uint8)
    held = cv2.warpAffine(printed, turn, (width, height), dst=wall, borderMode=cv2.BORDER_TRANSPARENT)
    cv2.imwrite(str(path), held)
