"""A finger against the chip, through a vendor's library and through the simulated sensor."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import aclosing
from pathlib import Path

import pytest

from devices.contracts.fingerprints import FingerprintCompared, FingerprintEvent, FingerprintGuidance
from devices.contracts.id_cards import Finger, Fingerprint
from devices.sam_v.fingerprints import fingerprints_in
from devices.simulators.vendor_modules import FingerprintSimulator
from devices.statuses import DeviceFault, DeviceState, NotReady, Ready, Reason
from devices.vendor_host.client import VendorHost
from devices.vendor_host.fingerprint import VendorFingerprintMatcher
from devices.vendor_host.libraries.simulated import simulated_template
from devices.vendor_host.operations import ModuleKind
from tests.devices.vendor_host.vendors import Compiled, Hosts

CHIP = fingerprints_in(
    simulated_template("zhou, right thumb", 0x0B) + simulated_template("zhou, left index", 0x11)
)


def matcher(host: VendorHost, threshold: float = 0.5) -> VendorFingerprintMatcher:
    return VendorFingerprintMatcher(host, threshold=threshold, least_quality=40, scanner_type=0x17)


async def until(
    found: VendorFingerprintMatcher,
    wanted: FingerprintGuidance | type[FingerprintCompared],
    chip: tuple[Fingerprint, ...] = CHIP,
) -> FingerprintEvent:
    """Compare until the wanted event comes."""
    async with asyncio.timeout(20), aclosing(found.compare(chip)) as events:
        async for event in events:
            if event is wanted or (isinstance(wanted, type) and isinstance(event, wanted)):
                return event
    raise AssertionError("it ended by itself")


async def compared(
    found: VendorFingerprintMatcher, chip: tuple[Fingerprint, ...] = CHIP
) -> FingerprintCompared:
    event = await until(found, FingerprintCompared, chip)
    assert isinstance(event, FingerprintCompared)
    return event


# ---- the simulated sensor --------------------------------------------------------------------------------


@pytest.fixture
def sensor(tmp_path: Path) -> Iterator[FingerprintSimulator]:
    with FingerprintSimulator(tmp_path / "sensor") as sensor:
        yield sensor


@pytest.fixture
def simulated(hosts: Hosts, sensor: FingerprintSimulator) -> VendorFingerprintMatcher:
    return matcher(hosts(ModuleKind.FINGERPRINT, sensor.library))


async def test_the_holders_finger_is_the_same(
    simulated: VendorFingerprintMatcher, sensor: FingerprintSimulator
) -> None:
    sensor.lay("zhou, left index")
    found = await compared(simulated)
    assert found.same
    assert found.finger is Finger.LEFT_INDEX


async def test_somebody_elses_finger_is_not(
    simulated: VendorFingerprintMatcher, sensor: FingerprintSimulator
) -> None:
    sensor.lay("shen, left index")
    assert not (await compared(simulated)).same


async def test_a_person_is_told_what_to_do_and_each_finger_is_compared_once(
    simulated: VendorFingerprintMatcher, sensor: FingerprintSimulator
) -> None:
    told: list[FingerprintGuidance | bool] = []
    async with asyncio.timeout(20), aclosing(simulated.compare(CHIP)) as events:
        async for event in events:
            said = event.same if isinstance(event, FingerprintCompared) else event
            if told and told[-1] == said:
                continue
            told.append(said)
            match said:
                case FingerprintGuidance.LAY_FINGER if True not in told:
                    sensor.lay("zhou, right thumb", quality=10)
                case FingerprintGuidance.LAY_BETTER:
                    sensor.lay("zhou, right thumb")
                case FingerprintGuidance.LIFT_FINGER:
                    sensor.lift()
                case FingerprintGuidance.LAY_FINGER:
                    break
                case _:
                    pass
    lay, better, lift = (
        FingerprintGuidance.LAY_FINGER,
        FingerprintGuidance.LAY_BETTER,
        FingerprintGuidance.LIFT_FINGER,
    )
    assert told == [lay, better, True, lift, lay]


async def test_the_sensors_light_burns_only_while_somebody_is_compared(
    simulated: VendorFingerprintMatcher, sensor: FingerprintSimulator
) -> None:
    assert await simulated.health() == Ready()
    assert not sensor.on
    async with aclosing(simulated.compare(CHIP)) as events:
        await anext(events)
        assert sensor.on
        assert await simulated.health() == Ready()
    assert not sensor.on


async def test_the_light_goes_out_when_the_session_stops_waiting(
    simulated: VendorFingerprintMatcher, sensor: FingerprintSimulator
) -> None:
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(1):
            await until(simulated, FingerprintCompared)
    assert not sensor.on


async def test_only_registered_fingers_are_compared(
    simulated: VendorFingerprintMatcher, sensor: FingerprintSimulator
) -> None:
    not_registered = b"SIM\0\x03" + simulated_template("zhou, right thumb", 0x0B)[5:]
    sensor.lay("zhou, right thumb")
    with pytest.raises(ValueError, match="no registered fingerprint"):
        await compared(simulated, fingerprints_in(not_registered))
    assert "begin" not in sensor.asked


async def test_a_sensor_pulled_out_is_lost_and_comes_back(
    simulated: VendorFingerprintMatcher, sensor: FingerprintSimulator
) -> None:
    async with asyncio.timeout(20), aclosing(simulated.compare(CHIP)) as events:
        await anext(events)
        sensor.unplug()
        with pytest.raises(DeviceFault) as caught:
            async for _ in events:
                pass
    assert caught.value.reason is Reason.PORT_MISSING
    assert not (await simulated.health()).usable
    sensor.replug()
    sensor.lay("zhou, right thumb")
    assert await simulated.health() == Ready()
    assert (await compared(simulated)).same


async def test_a_sensor_that_answers_nonsense_is_said_to(
    simulated: VendorFingerprintMatcher, sensor: FingerprintSimulator
) -> None:
    sensor.garbled = True
    with pytest.raises(DeviceFault) as caught:
        await compared(simulated)
    assert caught.value.reason is Reason.VENDOR_GARBLED


# ---- a vendor's library ----------------------------------------------------------------------------------


LayOn = Callable[[int, int], None]
"""Lay a finger, which is a number here, with so good a picture."""


@pytest.fixture
def lay_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LayOn:
    finger = tmp_path / "finger"
    monkeypatch.setenv("VENDOR_FINGER", str(finger))

    def lay(which: int, quality: int) -> None:
        finger.write_bytes(bytes([which, quality]))

    return lay


HOLDERS = CHIP[1].template[6]
STRANGERS = HOLDERS ^ 0xFF


@pytest.mark.parametrize(("laid", "similarity"), [(HOLDERS, 0.8), (STRANGERS, 0.1)])
async def test_a_librarys_similarity_decides_with_the_configured_threshold(
    compiled: Compiled, hosts: Hosts, lay_on: LayOn, laid: int, similarity: float
) -> None:
    lay_on(laid, 90)
    found = await compared(matcher(hosts(ModuleKind.FINGERPRINT, compiled("fingerprint"))))
    assert found.same == (laid == HOLDERS)
    assert found.similarity == pytest.approx(similarity)


async def test_a_poor_picture_is_never_compared(compiled: Compiled, hosts: Hosts, lay_on: LayOn) -> None:
    lay_on(HOLDERS, 39)
    found = matcher(hosts(ModuleKind.FINGERPRINT, compiled("fingerprint")))
    assert await until(found, FingerprintGuidance.LAY_BETTER)


@pytest.mark.parametrize(
    ("mood", "quality", "said"),
    [
        ("NOT_A_NUMBER", 90, "compare: FP_FeatureMatch gives a similarity that is no number"),
        ("GOOD", 101, "look: FP_GetQualityScore says 101 of 100"),
    ],
)
async def test_a_score_that_cannot_be_is_garbage(
    compiled: Compiled, hosts: Hosts, lay_on: LayOn, mood: str, quality: int, said: str
) -> None:
    lay_on(HOLDERS, quality)
    with pytest.raises(DeviceFault) as caught:
        await compared(matcher(hosts(ModuleKind.FINGERPRINT, compiled("fingerprint", mood))))
    assert (caught.value.reason, caught.value.detail) == (Reason.VENDOR_GARBLED, said)


@pytest.mark.parametrize(
    ("mood", "health"),
    [
        ("NO_SENSOR", NotReady(DeviceState.NO_DEVICE, Reason.PORT_MISSING)),
        ("NO_LICENCE", NotReady(DeviceState.HARDWARE_ERROR, Reason.UNRECOVERABLE)),
        ("CANNOT_MATCH", NotReady(DeviceState.NO_DEVICE, Reason.VENDOR_MISSING)),
    ],
)
async def test_what_is_missing_is_a_health(
    compiled: Compiled, hosts: Hosts, mood: str, health: NotReady
) -> None:
    assert await matcher(hosts(ModuleKind.FINGERPRINT, compiled("fingerprint", mood))).health() == health
