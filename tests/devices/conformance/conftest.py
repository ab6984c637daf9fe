"""One suite a device class, on every driver and simulator; on real hardware with `--port`.

For example: pytest tests/devices/conformance/test_scanner_conformance.py --port /dev/ttyUSB0 --baud 9600
--driver newland. Tests that need somebody to move cards, codes or cables are skipped then.
"""

from __future__ import annotations

import pytest

from tests.devices.conformance.hardware import Hardware


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--port", help="run on the real device on this port, not on simulators")
    parser.addoption("--baud", type=int, default=115_200, help="that device's baud rate")
    parser.addoption("--driver", help="that device's driver, where a class has several")


@pytest.fixture(scope="session")
def hardware(pytestconfig: pytest.Config) -> Hardware | None:
    # The options exist only when this folder is named on the command line.
    port = pytestconfig.getoption("--port", default=None)
    if port is None:
        return None
    return Hardware(port, pytestconfig.getoption("--baud"), pytestconfig.getoption("--driver"))
