"""A slip for the technician: everything that goes wrong on a new printer, on a hand's length of paper."""

from __future__ import annotations

from config.printer_profile import PrinterProfile
from printing.document import Cut, Document, Gap, Line, Notice, Pair, Qr, Rule, Table

QR_TEXT = "TEST-SLIP"


def trial_document(profile: PrinterProfile, baud: int) -> Document:
    """Chinese, rare names, amounts, columns, a QR code and a cut; each line says what must be seen."""
    return (
        Line("测试 TEST", size=2, align="center"),
        Line("仅供调试，不是凭证", align="center"),
        Rule(),
        Pair("型号 Profile", profile.id),
        Pair("速率 Baud", str(baud)),
        Pair("罕用姓名 Rare names", "䶮 𠮷 㐀"),
        Pair("民族姓名 Long name", "吾买尔江·买买提"),
        Gap(12),
        Table((("项目 Item", "金额 ¥"), ("水费 Water", "¥86.40"), ("电费 Electricity", "¥1,234.50"))),
        Notice("请核对以上文字与金额"),
        Gap(24),
        Qr(QR_TEXT, module_dots=8),
        Gap(24),
        Line("以下应切纸 The knife cuts below", align="center"),
        Cut(),
    )
