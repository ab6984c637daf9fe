"""A finger on the sensor, a code before the scanner: real drivers, simulated devices, a waiting session."""

from __future__ import annotations

import asyncio
import json
import socket
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
import structlog
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from config.item import Item
from config.layers import load
from devices.contracts.fingerprints import FingerprintGuidance
from devices.contracts.id_cards import ResidentCard
from devices.eyes.client import FaceWorkerEyes
from devices.sam_v.fingerprints import fingerprints_in
from devices.sam_v.reader import SamVReader
from devices.scanners.codes import CodePatterns
from devices.scanners.families import FAMILIES
from devices.scanners.scanner import SerialScanner
from devices.simulators.barcode_honeywell import HoneywellSimulator
from devices.simulators.sam_v import SamVSimulator
from devices.simulators.vendor_modules import FingerprintSimulator
from devices.vendor_host.client import VendorHost
from devices.vendor_host.fingerprint import VendorFingerprintMatcher
from devices.vendor_host.libraries.simulated import simulated_template
from devices.vendor_host.operations import ModuleKind
from kiosk import messages as msg
from kiosk.packets import PacketEnd
from kiosk.session import events as ev
from kiosk.session.errands.card import read_card
from kiosk.session.errands.context import Context, Equipment
from kiosk.session.errands.fingerprint import compare_fingerprint
from kiosk.session.errands.scan import await_code
from kiosk.session.errands.watch import watch_devices
from kiosk.session.hall import Hall
from kiosk.session.link import TerminalLink
from kiosk.session.sights import Sight
from kiosk.session.stages import AwaitingCard, InJourney, Journey, Session
from kiosk.session.suites import HpkeKey
from kiosk.session.verification import FingerprintStep, FingerprintTrouble
from tests.devices.documents import RESIDENT
from tests.devices.vendor_host.vendors import RUN_HOST
from tests.devices.waiting import soon
from tests.kiosk.session.conftest import NOW

SITE = (
    "terminal.id=LX-0001", "terminal.area_code=330199", "terminal.hall_name_zh=厅",
    "terminal.hall_name_en=Hall",
    "terminal.hall_phone=0571-00001000", "platform.url=https://127.0.0.1:1", "platform.envelope_kid=k1",
    "fingerprint.driver=simulator", "fingerprint.library=sensor", "fingerprint.threshold=0.5",
)  # fmt: skip
RIGHT_THUMB = 0x0B
CODE = b"33019900-20251121-000017"


@dataclass
class Counter:
    """A session before a counter full of simulated devices, and everything it was told."""

    context: Context
    session: list[Session]
    reader: SamVSimulator
    sensor: FingerprintSimulator
    scanner: HoneywellSimulator
    terminal: PacketEnd
    told: asyncio.Queue[ev.Event]
    seen: list[Sight | None] = field(default_factory=list)

    async def hears(self) -> ev.Event:
        return await soon(self.told.get())


@pytest.fixture
async def counter(
    hall: Hall, certificate: Item, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Counter]:
    monkeypatch.setenv("PYTHONPATH", str(Path.cwd()))  # the vendor host is a program of the tests here
    sam = SamVSimulator(tmp_path / "reader")
    sensor = FingerprintSimulator(tmp_path / "sensor")
    codes = HoneywellSimulator(tmp_path / "scanner", baud=9600)
    reader = SamVReader(str(tmp_path / "reader"), 115_200)
    host = VendorHost(ModuleKind.FINGERPRINT, sensor.library, RUN_HOST)
    matcher = VendorFingerprintMatcher(host, threshold=0.5, least_quality=40, scanner_type=0)
    scanner = SerialScanner(
        str(tmp_path / "scanner"), 9600, FAMILIES["honeywell"], "cr", CodePatterns(None, None)
    )
    eyes = FaceWorkerEyes([sys.executable, "-c", "raise SystemExit"])
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    link, terminal = TerminalLink(theirs.detach()), PacketEnd(ours)
    told: asyncio.Queue[ev.Event] = asyncio.Queue()
    session = [Session(AwaitingCard(certificate), hall)]
    seen: list[Sight | None] = []
    equipment = Equipment(
        reader=reader,
        printer=None,
        eyes=eyes,
        link=link,
        platform_key=HpkeKey(X25519PrivateKey.generate().public_key()),
        platform_word=Ed25519PrivateKey.generate().public_key(),
        settings=load([], list(SITE)).settings,
        clock=lambda: NOW,
        fingerprints=matcher,
        scanner=scanner,
    )
    context = Context(
        equipment=equipment,
        session=lambda: session[0],
        post=told.put_nowait,
        preview=seen.append,
        give_up=lambda: None,
    )
    yield Counter(context, session, sam, sensor, codes, terminal, told, seen)
    for device in (reader, matcher, scanner, eyes):
        await device.close()
    link.close()
    terminal.close()
    for simulator in (sam, sensor, codes):
        await asyncio.to_thread(simulator.close)


def waits_for_finger(counter: Counter, item: Item, card: ResidentCard, finger: str) -> None:
    """Let a person stand there whose chip has this finger as right thumb."""
    prints = fingerprints_in(simulated_template(finger, RIGHT_THUMB))
    journey = Journey(item, replace(card, fingerprints=prints))
    counter.session[0] = replace(counter.session[0], stage=InJourney(journey, FingerprintStep()))


# ---- the finger -------------------------------------------------------------------------------------------


async def test_a_finger_that_is_on_the_chip_verifies_and_the_sensor_goes_dark(
    counter: Counter, certificate: Item, card: ResidentCard
) -> None:
    waits_for_finger(counter, certificate, card, "hers")
    comparing = asyncio.create_task(compare_fingerprint(counter.context))
    await asyncio.to_thread(counter.sensor.wait_for, "look")
    assert counter.sensor.on
    counter.sensor.lay("hers")
    assert await counter.hears() == ev.FingerprintMatched("simulator:sensor")
    await soon(comparing)
    assert not counter.sensor.on
    assert counter.seen[0] is FingerprintGuidance.LAY_FINGER
    assert counter.seen[-1] is None


async def test_another_finger_may_be_laid_on_better_once_and_then_the_attempt_has_failed(
    counter: Counter, certificate: Item, card: ResidentCard
) -> None:
    waits_for_finger(counter, certificate, card, "hers")
    counter.sensor.lay("a stranger's")
    comparing = asyncio.create_task(compare_fingerprint(counter.context))
    while FingerprintGuidance.LIFT_FINGER not in counter.seen:  # noqa: ASYNC110  told the screen, not a test
        await asyncio.sleep(0.02)
    assert counter.told.empty()
    counter.sensor.lift()
    while FingerprintGuidance.LAY_FINGER not in counter.seen:  # noqa: ASYNC110  as above
        await asyncio.sleep(0.02)
    counter.sensor.lay("a stranger's")
    assert await counter.hears() == ev.FingerprintFailed(FingerprintTrouble.NOT_RECOGNISED)
    await soon(comparing)
    assert not counter.sensor.on


async def test_a_sensor_that_is_pulled_out_is_its_own_trouble_and_nobody_s_fault(
    counter: Counter, certificate: Item, card: ResidentCard
) -> None:
    waits_for_finger(counter, certificate, card, "hers")
    comparing = asyncio.create_task(compare_fingerprint(counter.context))
    await asyncio.to_thread(counter.sensor.wait_for, "look")
    await asyncio.to_thread(counter.sensor.unplug)
    assert await counter.hears() == ev.FingerprintFailed(FingerprintTrouble.SENSOR_FAILED)
    await soon(comparing)


@pytest.mark.parametrize("has_sensor", [True, False])
async def test_fingerprints_leave_the_chip_only_where_there_is_a_sensor(
    counter: Counter, *, has_sensor: bool
) -> None:
    context = counter.context
    if not has_sensor:
        context = replace(context, equipment=replace(context.equipment, fingerprints=None))
    chip = simulated_template("hers", RIGHT_THUMB)
    counter.reader.lay(replace(RESIDENT, fingerprints=chip))
    await soon(read_card(context))
    event = await counter.hears()
    assert isinstance(event, ev.CardRead)
    prints = event.card.fingerprints
    if has_sensor:
        assert prints is not None
        assert [each.template for each in prints] == [chip]
    else:
        assert prints is None


# ---- the code ---------------------------------------------------------------------------------------------


async def test_the_light_is_on_for_the_question_and_off_behind_it(counter: Counter) -> None:
    waiting = asyncio.create_task(await_code(counter.context, "q"))
    since = await asyncio.to_thread(counter.scanner.wait_for, "light on")
    await asyncio.to_thread(counter.scanner.show, CODE)
    event = await counter.hears()
    assert isinstance(event, ev.CodeScanned)
    assert (event.question_id, event.scan.text) == ("q", CODE.decode())
    await asyncio.to_thread(counter.scanner.wait_for, "light off", since)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    assert not counter.scanner.lit


async def test_a_code_that_lay_there_before_the_question_is_no_answer(counter: Counter) -> None:
    counter.scanner.unasked = True
    await asyncio.to_thread(counter.scanner.show, b"the last citizen's")
    counter.scanner.unasked = False
    await asyncio.to_thread(counter.scanner.take_away)
    waiting = asyncio.create_task(await_code(counter.context, "q"))
    await asyncio.to_thread(counter.scanner.wait_for, "light on")
    await asyncio.to_thread(counter.scanner.show, CODE)
    event = await counter.hears()
    assert isinstance(event, ev.CodeScanned)
    assert event.scan.text == CODE.decode()
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)


async def test_a_smudged_code_is_said_and_the_next_one_taken_and_no_log_has_either(counter: Counter) -> None:
    with structlog.testing.capture_logs() as log:
        counter.scanner.noise_before = b"\xff\xfe"
        waiting = asyncio.create_task(await_code(counter.context, "q"))
        await asyncio.to_thread(counter.scanner.wait_for, "light on")
        await asyncio.to_thread(counter.scanner.show, CODE)
        assert await counter.hears() == ev.ScanFailed("q", "unreadable_code")
        counter.scanner.noise_before = b""
        event = await counter.hears()
        assert isinstance(event, ev.CodeScanned)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
    assert [each["event"] for each in log if each["event"] == "code_unreadable"]
    assert CODE.decode() not in json.dumps(log)


async def test_a_scanner_that_is_pulled_out_and_put_back_goes_on(counter: Counter) -> None:
    waiting = asyncio.create_task(await_code(counter.context, "q"))
    await asyncio.to_thread(counter.scanner.wait_for, "light on")
    await asyncio.to_thread(counter.scanner.unplug)
    assert await counter.hears() == ev.ScanFailed("q", "scanner_failed")
    await asyncio.to_thread(counter.scanner.replug)
    while (event := await counter.hears()) != ev.ScanFailed("q", None):
        assert isinstance(event, ev.DevicesChanged)
    await asyncio.to_thread(counter.scanner.show, CODE)
    while not isinstance(event := await counter.hears(), ev.CodeScanned):
        assert isinstance(event, ev.DevicesChanged)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)


# ---- what is told of both ---------------------------------------------------------------------------------


async def test_sensor_and_scanner_are_in_the_health_report_and_on_the_pages(counter: Counter) -> None:
    watching = asyncio.create_task(watch_devices(counter.context))
    event = await counter.hears()
    assert isinstance(event, ev.DevicesChanged)
    assert (event.fingerprint_usable, event.scanner_usable) == (True, True)
    packet = await soon(counter.terminal.receive())
    assert packet is not None
    report = msg.decode_from_session(packet)
    assert isinstance(report, msg.HealthReport)
    assert {report.devices[device].state for device in ("fingerprint", "scanner")} == {"online"}
    watching.cancel()
    await asyncio.gather(watching, return_exceptions=True)
