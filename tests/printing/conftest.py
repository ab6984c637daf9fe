"""One citizen's slip, kept and received; fonts as Debian ships them."""

from __future__ import annotations

import pytest

from printing.fonts import Glyphs
from printing.slip import SlipFacts
from tests.printing.slips import KEPT, RECEIVED


@pytest.fixture(scope="session")
def glyphs() -> Glyphs:
    return Glyphs()


@pytest.fixture
def kept() -> SlipFacts:
    return KEPT


@pytest.fixture
def received() -> SlipFacts:
    return RECEIVED
