"""Every parser of bytes that come from outside, by the name of its fuzzing target."""

from __future__ import annotations

from tests.devices.fuzz.targets import black_box, envelopes, pipes, sam_v, serial_devices, smart_card

TARGETS = {
    target.name: target
    for module in (sam_v, serial_devices, pipes, black_box, smart_card, envelopes)
    for target in module.TARGETS
}
