"""One citizen's slip, kept and received; fonts as Debian ships them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from printing.fonts import Glyphs
from printing.slip import SlipFacts


@pytest.fixture(scope="session")
def glyphs() -> Glyphs:
    return Glyphs()


@pytest.fixture
def kept() -> SlipFacts:
    return SlipFacts(
        terminal_id="HZ-SC-0012",
        hall_name={"zh": "杭州市上城区政务服务中心", "en": "Shangcheng District Service Hall, Hangzhou"},
        hall_phone="0571-87800000",
        item_name={"zh": "申请无犯罪记录证明", "en": "Certificate of no criminal record"},
        masked_name="欧*䶮",
        masked_id_number="110***********0011",
        local_no="0012-260701-0042",
        filing_no=None,
        kept_at=datetime(2026, 7, 1, 16, 5, tzinfo=UTC),
        received_at=None,
        clock_trust="system",
        next_steps={
            "zh": "网络恢复后本机自动提交。3个工作日内可凭本机流水号电话查询。",
            "en": "This terminal submits it by itself. You can ask by telephone within 3 working days.",
        },
        office_phone="0571-87280114",
    )


@pytest.fixture
def received(kept: SlipFacts) -> SlipFacts:
    return replace(
        kept,
        filing_no="330102202607010000421",
        received_at=datetime(2026, 7, 1, 16, 5, 9, tzinfo=UTC),
        clock_trust="platform",
    )
