"""What technicians read is what the code does: the settings' table, and the complaints it quotes."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.layers import BadConfiguration, leaf_keys, load
from config.reference import table, written

ROOT = Path(__file__).parents[2]
DOCUMENT = (ROOT / "docs" / "technicians.md").read_text("utf-8")
EXAMPLE = ROOT / "deploy" / "terminal.example.toml"


def test_the_table_of_settings_is_the_one_made_from_the_models() -> None:
    remedy = "run `python -m config.reference docs/technicians.md`"
    assert written(DOCUMENT) == DOCUMENT, remedy


def test_every_setting_is_explained() -> None:
    sections = {part.split("\n")[0]: part for part in table().split("### ")[1:]}
    for key in leaf_keys():
        section, _, name = key.rpartition(".")
        if key == "guides":
            continue
        part = sections[f"`[{section}]`" if section else "Before the first section"]
        (row,) = (line for line in part.split("\n") if line.startswith(f"| `{name}` |"))
        assert all(cell.strip() for cell in row.strip("|").split(" | ")), row


def test_a_stale_table_is_noticed() -> None:
    assert written(DOCUMENT.replace("| `card_s` | `90` |", "| `card_s` | `60` |")) == DOCUMENT
    assert "| `card_s` | `90` |" in DOCUMENT


@pytest.mark.parametrize(
    ("override", "said"),
    [
        ("patience.idle_grace_s=10", "patience.idle_grace_s: must be at least 20 (it says 10)"),
        ("terminal.id=", "terminal.id: must be 4 to 32 capital letters, digits and hyphens, no hyphen first"),
    ],
)
def test_a_complaint_reads_as_documented(override: str, said: str) -> None:
    with pytest.raises(BadConfiguration) as caught:
        load([EXAMPLE], [override])
    assert str(caught.value) == f"--set: {said}"


def test_the_example_site_file_keeps_its_keys_beside_itself() -> None:
    settings = load([EXAMPLE]).settings
    assert settings.terminal.signing_key == EXAMPLE.parent / "keys" / "terminal_signing.pem"
