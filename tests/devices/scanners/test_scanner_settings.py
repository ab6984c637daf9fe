"""What a technician writes about scanners and smart cards: built as written, or complained about by line."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.layers import BadConfiguration, load
from config.settings import Settings
from devices.scanners.scanner import SerialScanner
from devices.smart_card.reader import PcscReader
from kiosk.session.assembly import barcode_scanner, social_security_reader

EXAMPLE = Path(__file__).parents[3] / "deploy" / "terminal.example.toml"


def settings(*said: str) -> Settings:
    return load([EXAMPLE], said).settings


def test_a_terminal_has_neither_unless_it_is_told() -> None:
    assert barcode_scanner(settings()) is None
    assert social_security_reader(settings()) is None


def test_what_is_written_is_built() -> None:
    told = settings(
        "scanner.driver=gm65",
        "scanner.port=/dev/ttyUSB7",
        "scanner.opaque_pattern=yb:.+",
        "scanner.suffix=lf",
    )
    assert isinstance(barcode_scanner(told), SerialScanner)
    assert isinstance(social_security_reader(settings("smart_card.driver=pcsc")), PcscReader)


@pytest.mark.parametrize(
    ("said", "complaint"),
    [
        ("scanner.driver=gm65", 'scanner.port: driver "gm65" needs a port'),
        ("scanner.driver=gm56", 'did you mean "gm65"'),
        (
            "scanner.payment_notice_pattern=[0-9{20}",
            "payment_notice_pattern: is no regular expression: unterm",
        ),
    ],
)
def test_a_mistake_is_one_clear_line(said: str, complaint: str) -> None:
    with pytest.raises(BadConfiguration, match=complaint) as caught:
        settings(said)
    assert "\n" not in str(caught.value)
