"""An invented person, the shipped matters, and a hall in which everything works."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from config.item import Item, Text
from devices.contracts.id_cards import ResidentCard, Sex
from kiosk.session.hall import Hall
from tests import shipped

TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="session")
def items() -> tuple[Item, ...]:
    """The matters that ship with the product."""
    return tuple(item for item in shipped.ITEMS if not item.only_in_joint)


@pytest.fixture(scope="session")
def certificate(items: tuple[Item, ...]) -> Item:
    """The matter of the main journey."""
    return next(item for item in items if item.id == "no_criminal_record_certificate")


@pytest.fixture(scope="session")
def endorsement(items: tuple[Item, ...]) -> Item:
    """A matter that may not be kept offline."""
    return next(item for item in items if item.id == "residence_permit_endorsement")


@pytest.fixture(scope="session")
def renewal(items: tuple[Item, ...]) -> Item:
    """The matter for people whose card has run out."""
    return next(item for item in items if item.id == "id_card_renewal")


@pytest.fixture
def card() -> ResidentCard:
    """An invented woman of an invented district."""
    return ResidentCard(
        name="沈测试",
        sex=Sex.FEMALE,
        ethnicity="汉",
        birth=date(1955, 3, 7),
        address="浙江省临溪区测试路1号",
        id_number="330199195503070024",
        authority="临溪区公安分局",
        valid_from=date(2016, 1, 1),
        valid_to=None,
        long_term=True,
        photo=bytes(1024),
    )


@pytest.fixture
def hall(items: tuple[Item, ...]) -> Hall:
    """Everything works and the platform answers."""
    return Hall(
        terminal_id="LX-0001",
        name=Text(zh="临溪区政务服务中心", en="Linxi District Service Hall"),
        phone="0571-00001000",
        items=items,
        today=TODAY,
        reach="online",
        reader_usable=True,
        printer_usable=True,
        camera_usable=True,
        fingerprint_usable=True,
        scanner_usable=True,
        page_camera_usable=True,
    )


@pytest.fixture
def ending_soon(card: ResidentCard) -> ResidentCard:
    """The same person; her card has forty days left."""
    return replace(card, valid_to=date(2026, 12, 31), long_term=False)


@pytest.fixture
def expired(card: ResidentCard) -> ResidentCard:
    """The same person; her card ran out yesterday."""
    return replace(card, valid_to=date(2026, 11, 20), long_term=False)
