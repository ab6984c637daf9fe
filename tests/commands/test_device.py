"""What a technician types at a device: one answer, one complaint, and the status that says how it ended."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from devices.simulators.escpos_printer import EscPosSimulator
from devices.simulators.sam_v import SamVSimulator
from kiosk.terminal.boot import only_terminal
from tests.devices.documents import FOREIGN_2023, PERMIT, RESIDENT

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "deploy" / "terminal.example.toml"
KEYS = {
    "type", "name", "name_en", "sex", "ethnicity", "birth", "valid_from", "valid_to", "long_term", "address",
    "additional_address", "id_number", "authority", "nationality", "pass_number", "issue_count", "photo",
    "problems",
}  # fmt: skip


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, str(ROOT / "main.py"), "device", *map(str, arguments)]


def device(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(*arguments), capture_output=True, text=True, timeout=60, check=False)


def answer(done: subprocess.CompletedProcess[str], status: int) -> dict[str, Any]:
    """The one object on standard output."""
    assert done.returncode == status, done
    assert "Traceback" not in done.stderr
    (line,) = done.stdout.splitlines()
    found: dict[str, Any] = json.loads(line)
    if status:
        assert done.stderr.splitlines()[-1] == found["error"]
        assert set(found) == {"error", "reason"}
    return found


@pytest.fixture
def port(tmp_path: Path) -> Path:
    return tmp_path / "reader"


@pytest.fixture
def sam(port: Path) -> Iterator[SamVSimulator]:
    simulator = SamVSimulator(port)
    yield simulator
    simulator.close()


def test_a_card_is_one_object_and_the_rate_is_found(sam: SamVSimulator, port: Path) -> None:
    sam.lay(RESIDENT)
    card = answer(device("read-card", "--port", port, "--timeout", "20", "--json"), 0)
    assert set(card) == KEYS
    assert card == card | {
        "type": "resident", "name": "测试甲", "name_en": None, "sex": "male", "ethnicity": "汉",
        "birth": "1990-03-07", "valid_from": "2020-01-01", "valid_to": None, "long_term": True,
        "id_number": "110101199003070011", "photo": "not-decodable", "problems": [],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("card", "says"),
    [
        (FOREIGN_2023, {"type": "foreign-2023", "nationality": "GBR", "address": None}),
        (replace(PERMIT, id_number="810000198812310000"), {"type": "permit", "problems": ["bad_checksum"]}),
    ],
    ids=["foreign", "a wrong number"],
)
def test_every_kind_of_card_is_the_same_object(
    sam: SamVSimulator, port: Path, card: Any, says: dict[str, Any]
) -> None:
    sam.lay(card)
    read = answer(device("read-card", "--port", port, "--baud", "115200", "--json"), 0)
    assert set(read) == KEYS
    assert read == read | says


def test_a_person_reads_a_table(sam: SamVSimulator, port: Path) -> None:
    sam.lay(RESIDENT)
    done = device("read-card", "--port", port, "--baud", "115200")
    assert done.returncode == 0
    assert "number               110101199003070011\n" in done.stdout
    assert "valid to             长期 (no end)\n" in done.stdout
    assert "nationality" not in done.stdout


def test_no_card_in_time_is_not_a_fault(sam: SamVSimulator, port: Path) -> None:
    assert sam
    done = device("read-card", "--port", port, "--baud", "115200", "--timeout", "0.3", "--json")
    assert answer(done, 4) == {"error": f"{port}: no card within 0.3 s", "reason": "no_card"}


def test_a_card_that_begins_in_time_is_read_to_its_end(tmp_path: Path) -> None:
    sim = SamVSimulator(tmp_path / "slow", 9600)
    try:
        sim.lay(RESIDENT)  # its record alone takes 1.35 s
        done = device(
            "read-card", "--port", tmp_path / "slow", "--baud", "9600", "--timeout", "0.6", "--json"
        )
        assert answer(done, 0)["name"] == "测试甲"
    finally:
        sim.close()


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ({"silent": True}, "silent"),
        ({"statuses": {"status": 0x66, "find": 0x66}}, "sam_refused"),
        ({"statuses": {"read": 0x41}}, "read_failed"),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else "",
)
def test_a_fault_says_why(sam: SamVSimulator, port: Path, fault: dict[str, Any], reason: str) -> None:
    for name, value in fault.items():
        setattr(sam, name, value)
    sam.lay(RESIDENT)
    done = device("read-card", "--port", port, "--baud", "115200", "--json")
    assert answer(done, 3)["reason"] == reason


def test_a_port_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    done = device("read-card", "--port", tmp_path / "none", "--json")
    assert answer(done, 3) == {"error": f"{tmp_path}/none: does not exist", "reason": "port_missing"}


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["read-card", "--json"], "--port"),
        (["read-card", "--port", "x", "--baud", "1200", "--json"], "--baud 1200"),
        (["record", "--port", "x", "--json"], "--output"),
        (["replay", "/nowhere/x.trace", "--json"], "/nowhere/x.trace"),
    ],
    ids=["no port", "a rate of none", "no file", "no trace"],
)
def test_what_cannot_be_done_is_refused_before_any_port_is_opened(arguments: list[str], named: str) -> None:
    assert answer(device(*arguments), 2)["error"].startswith(named)


def test_a_technician_who_stops_waiting_gets_the_port_back(sam: SamVSimulator, port: Path) -> None:
    waiting = subprocess.Popen(
        command("read-card", "--port", port, "--baud", "115200", "--json"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    sam.wait_for("find", within_s=20)
    waiting.send_signal(signal.SIGINT)
    said, complained = waiting.communicate(timeout=20)
    assert (waiting.returncode, json.loads(said)["reason"]) == (130, "stopped")
    assert "Traceback" not in complained


def test_a_port_in_use_names_who_has_it(sam: SamVSimulator, port: Path) -> None:
    holder = subprocess.Popen(
        command("read-card", "--port", port, "--baud", "115200"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        sam.wait_for("find", within_s=20)
        done = device("read-card", "--port", port, "--json")
        refused = answer(done, 3)
        assert refused["reason"] == "port_denied"
        assert f"(process {holder.pid})" in refused["error"]
    finally:
        holder.kill()
        holder.communicate()


def test_beside_a_running_terminal_no_device_is_touched(tmp_path: Path) -> None:
    with only_terminal(tmp_path):
        done = device("probe", "--config", EXAMPLE, "--set", f"terminal.state_dir={tmp_path}", "--json")
    assert "another terminal is running" in answer(done, 2)["error"]


def test_what_is_found_can_be_pasted_into_the_settings(
    sam: SamVSimulator, port: Path, tmp_path: Path
) -> None:
    assert sam
    printer = EscPosSimulator(tmp_path / "printer")
    try:
        done = device("probe", port, tmp_path / "printer")
        assert done.returncode == 0
        found = tomllib.loads(done.stdout)
        at_printer = {"port": str(tmp_path / "printer"), "baud": 115_200}
        assert found["id_reader"] == {"driver": "sam_v", "port": str(port), "baud": 115_200}
        assert found["printer"] == {"driver": "escpos", **at_printer, "profile": "generic-80"}
        assert "SAM 05.03-20200101-0000000001-0123456789" in done.stdout
        assert not printer.slips
        assert printer.hanging.blank
    finally:
        printer.close()


def test_reading_a_card_loads_neither_pictures_nor_windows(sam: SamVSimulator, port: Path) -> None:
    sam.lay(RESIDENT)
    loading = [sys.executable, "-X", "importtime", *command("read-card", "--port", port, "--json")[1:]]
    done = subprocess.run(loading, capture_output=True, text=True, timeout=60, check=True)
    loaded = {line.rsplit("|")[-1].strip() for line in done.stderr.splitlines()}
    assert loaded & {"cv2", "numpy", "dlib", "PySide6", "PIL", "reportlab", "httpx", "fastapi"} == set()


def test_a_recorder_does_not_take_a_port_from_another_program(sam: SamVSimulator, port: Path) -> None:
    output = port.with_name("fault.trace")
    holder = subprocess.Popen(
        command("read-card", "--port", port, "--baud", "115200"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        sam.wait_for("find", within_s=20)
        done = device("record", "--port", port, "--kind", "sam_v", "--output", output, "--json")
        assert answer(done, 3)["reason"] == "port_denied"
        assert not output.exists()
    finally:
        holder.kill()
        holder.communicate()
