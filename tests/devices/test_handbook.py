"""A technician who reads a reason anywhere finds one row for it, and no row is of the past."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from devices.handbook import HANDBOOK, page
from devices.statuses import Reason

ROOT = Path(__file__).resolve().parents[2]
NOT_RAISING = {"statuses.py", "handbook.py"}


def named_in_drivers() -> Iterator[str]:
    """Every `Reason.X` in the devices' code, the tables of reasons left out."""
    for path in (ROOT / "devices").rglob("*.py"):
        if path.name in NOT_RAISING or "simulators" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.Attribute(value=ast.Name(id="Reason"), attr=member):
                    yield member


def test_every_reason_has_its_row_in_the_handbook() -> None:
    assert list(HANDBOOK) == list(Reason)
    for row in HANDBOOK.values():
        assert row.meaning.endswith(".")
        assert row.look_first.endswith((".", "?"))
        assert row.citizen.endswith(".")


def test_every_reason_is_said_by_a_driver() -> None:
    assert set(named_in_drivers()) == set(Reason.__members__)


def test_the_page_is_what_the_code_says() -> None:
    written = (ROOT / "docs" / "reasons.md").read_text("utf-8")
    assert written == page(), "run: python -m devices.handbook docs/reasons.md"
