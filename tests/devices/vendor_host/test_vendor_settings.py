"""From a line in the settings to the vendor's library: the drivers that a session puts together."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
import pytest_asyncio

from config.layers import load
from config.settings import Settings
from devices.contracts.eyes import PhotoNotDecodable
from devices.contracts.liveness import LivenessLevel
from devices.simulators.vendor_modules import FingerprintSimulator, LivenessSimulator
from devices.statuses import Ready, Reason
from kiosk.session.assembly import eyes, fingerprint_matcher, id_card_reader, liveness_module
from tests.devices.vendor_host.vendors import RUN_HOST, Compiled, Desk

EXAMPLE = Path("deploy/terminal.example.toml")
NOTHING = ("id_reader.driver=none", "printer.driver=none")


def settings(*said: str) -> Settings:
    return load([EXAMPLE], [*NOTHING, *said]).settings


@pytest_asyncio.fixture
async def stack() -> AsyncIterator[AsyncExitStack]:
    """What is pushed here is closed when the test is over."""
    async with AsyncExitStack() as stack:
        yield stack


async def test_a_named_photo_decoder_decodes(compiled: Compiled, stack: AsyncExitStack) -> None:
    said = settings("face.photo_decoder=vendor", f"face.photo_library={compiled('wlt')}")
    seeing = eyes(said, (), RUN_HOST)
    stack.push_async_callback(seeing.close)
    assert (await seeing.decode_photo(bytes([7]) * 1024)).startswith(b"\x89PNG")
    with pytest.raises(PhotoNotDecodable):
        await seeing.decode_photo(b"")


async def test_a_named_card_reader_is_asked(
    compiled: Compiled, stack: AsyncExitStack, tmp_path: Path
) -> None:
    said = settings("id_reader.driver=sdt", f"id_reader.library={compiled('sdt')}", "id_reader.sdt_port=1016")
    reader = id_card_reader(said, Desk(tmp_path).argv)
    assert reader is not None
    stack.push_async_callback(reader.close)
    assert (await reader.health()).device == Ready()


async def test_a_port_between_serial_and_usb_does_not_exist(
    compiled: Compiled, stack: AsyncExitStack, tmp_path: Path
) -> None:
    said = settings("id_reader.driver=sdt", f"id_reader.library={compiled('sdt')}", "id_reader.sdt_port=500")
    reader = id_card_reader(said, Desk(tmp_path).argv)
    assert reader is not None
    stack.push_async_callback(reader.close)
    assert (await reader.health()).reason is Reason.PORT_MISSING


async def test_a_simulated_sensor_is_asked(stack: AsyncExitStack, tmp_path: Path) -> None:
    sensor = stack.enter_context(FingerprintSimulator(tmp_path / "sensor"))
    said = settings(
        "fingerprint.driver=simulator", f"fingerprint.library={tmp_path}/sensor", "fingerprint.threshold=0.5"
    )
    matcher = fingerprint_matcher(said, RUN_HOST)
    assert matcher is not None
    stack.push_async_callback(matcher.close)
    assert await matcher.health() == Ready()
    assert sensor.asked == ("open",)


async def test_a_simulated_module_is_never_certified(stack: AsyncExitStack, tmp_path: Path) -> None:
    cameras = stack.enter_context(LivenessSimulator(tmp_path / "cameras", b"a face"))
    cameras.verdict = 1
    said = settings("liveness_module.driver=simulator", f"liveness_module.library={tmp_path}/cameras")
    module = liveness_module(said, RUN_HOST)
    assert module is not None
    stack.push_async_callback(module.close)
    assert (await module.judge(5.0)).reached is LivenessLevel.BASIC


def test_without_a_setting_there_is_no_sensor_and_no_module() -> None:
    assert fingerprint_matcher(settings(), RUN_HOST) is None
    assert liveness_module(settings(), RUN_HOST) is None
