"""Every kind of slip that the product prints, for one invented citizen."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Final

from printing.document import Document
from printing.guide import GuideSlip, guide_document
from printing.slip import SlipFacts, slip_document

KEPT: Final = SlipFacts(
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
        "zh": "3个工作日内可凭本机流水号电话查询。",
        "en": "You can ask by telephone within 3 working days.",
    },
    office_phone="0571-87280114",
)

RECEIVED: Final = replace(
    KEPT,
    filing_no="330102202607010000421",
    received_at=datetime(2026, 7, 1, 16, 5, 9, tzinfo=UTC),
    clock_trust="platform",
)

GUIDE: Final = GuideSlip(
    terminal_id=KEPT.terminal_id,
    hall_name=KEPT.hall_name,
    hall_phone=KEPT.hall_phone,
    title={"zh": "领结婚证", "en": "Get married"},
    name={"zh": "结婚登记", "en": "Registration of a marriage"},
    lines=(
        (
            {"zh": "要带什么", "en": "What to bring"},
            {"zh": "身份证\n二寸双人合影照片", "en": "Identity card\nPhotograph of both of you, two inches"},
        ),
        ({"zh": "电话", "en": "Telephone"}, {"zh": "0571-00001019", "en": "0571-00001019"}),
    ),
    code="330199-00131-000",
    url="https://hall.example/guide/marriage_registration",
    printed_on=date(2026, 7, 2),
)

KINDS: Final[dict[str, tuple[Document, bool]]] = {
    f"{name}-{language}{'-large' if large else ''}": (
        slip_document(replace(facts, large=large), language),
        large,
    )
    for name, facts in (("kept", KEPT), ("received", RECEIVED))
    for language in ("zh", "en")
    for large in (False, True)
} | {
    "guide-zh": (guide_document(GUIDE, "zh"), False),
    "guide-en-large": (guide_document(replace(GUIDE, large=True), "en"), True),
}
"""Name → what is said, and whether in large print."""
