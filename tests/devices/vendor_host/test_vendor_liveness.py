"""A certified liveness module: its own cameras, its own verdict, our level for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from devices.contracts.liveness import Finding, LivenessLevel, LivenessReason
from devices.simulators.vendor_modules import LivenessSimulator
from devices.statuses import DeviceFault, Reason
from devices.vendor_host.client import VendorHost
from devices.vendor_host.liveness import VendorLivenessModule
from devices.vendor_host.operations import ModuleKind
from tests.devices.vendor_host.vendors import Compiled, Hosts


def module(host: VendorHost) -> VendorLivenessModule:
    return VendorLivenessModule(host, LivenessLevel.CERTIFIED)


async def fault_of(host: VendorHost) -> DeviceFault:
    with pytest.raises(DeviceFault) as caught:
        await module(host).judge(1.0)
    return caught.value


async def test_a_living_person_is_found_at_the_level_of_the_certificate(
    compiled: Compiled, hosts: Hosts
) -> None:
    judged = await module(hosts(ModuleKind.LIVENESS, compiled("liveness"))).look(1.0)
    verdict = judged.verdict
    assert (verdict.module, verdict.verdict, verdict.reason) == (
        "Irides/3.1",
        Finding.LIVE,
        LivenessReason.NONE,
    )
    assert verdict.reached is LivenessLevel.CERTIFIED
    assert judged.jpeg == b"\xff\xd8 a face"


async def test_an_attack_says_why_in_our_words(compiled: Compiled, hosts: Hosts) -> None:
    verdict = await module(hosts(ModuleKind.LIVENESS, compiled("liveness", "VERDICT=2"))).judge(1.0)
    assert (verdict.verdict, verdict.reason) == (Finding.ATTACK, LivenessReason.FLAT)
    assert verdict.reached is LivenessLevel.NONE


async def test_whoever_cannot_be_judged_in_time_is_undecided(hosts: Hosts, tmp_path: Path) -> None:
    with LivenessSimulator(tmp_path / "cameras", b"a face") as cameras:
        verdict = await module(hosts(ModuleKind.LIVENESS, cameras.library)).judge(0.1)
        assert cameras.asked[-1] == "close"
    assert (verdict.module, verdict.verdict) == ("simulated/1", Finding.UNDECIDED)
    assert verdict.reason is LivenessReason.MODULE


async def test_the_simulated_cameras_say_what_they_are_told(hosts: Hosts, tmp_path: Path) -> None:
    with LivenessSimulator(tmp_path / "cameras", b"a face") as cameras:
        cameras.verdict = 1
        found = module(hosts(ModuleKind.LIVENESS, cameras.library))
        judged = await found.look(5.0)
        assert (judged.verdict.live, judged.jpeg) == (True, b"a face")
        cameras.verdict, cameras.reason = 2, "no-motion"
        assert (await found.judge(5.0)).reason is LivenessReason.NO_MOTION


@pytest.mark.parametrize(
    ("macros", "reason", "said"),
    [
        (("VERDICT=7",), Reason.VENDOR_GARBLED, "hall_liveness_look gives verdict 7"),
        (("NO_PICTURE",), Reason.VENDOR_GARBLED, "hall_liveness_look says live without a picture"),
        (
            ("LIES_ABOUT_LENGTHS",),
            Reason.VENDOR_GARBLED,
            "look: hall_liveness_look says that it wrote -7 bytes, at most 524288 can be",
        ),
        (("HANGS",), Reason.VENDOR_HUNG, "look: no answer within 2.5 s"),
        (("OF_TOMORROW",), Reason.VENDOR_MISSING, "hall_liveness_version is 2, 1 is spoken here"),
        (("NO_CAMERA",), Reason.PORT_MISSING, "hall_liveness_open returned 4"),
    ],
    ids=lambda each: each[0] if isinstance(each, tuple) else "",
)
async def test_a_failure_is_never_a_verdict(
    compiled: Compiled, hosts: Hosts, macros: tuple[str, ...], reason: Reason, said: str
) -> None:
    fault = await fault_of(hosts(ModuleKind.LIVENESS, compiled("liveness", *macros)))
    assert fault.reason is reason
    assert fault.detail.endswith(said)
