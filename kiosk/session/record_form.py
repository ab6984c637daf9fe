"""The forms of an application record: the one that was signed, each member's own, and what was agreed to.

The lines are in Chinese, as they are sent; a hash is of canonical JSON, so that the platform can compute it
again.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import structlog

from config.item import Agreement, Item
from kiosk.session.form import FormLine, form_lines
from kiosk.session.journey import Journey, Stroke
from kiosk.session.known import concerns, known
from kiosk.session.shown import Member, agreements, member_lines, members
from kiosk.session.stages import SIGNING_ASPECT, Sending
from printing.fonts import FORM_FONTS, GlyphMissing
from printing.form_pdf import form_pdf

log = structlog.get_logger()


@dataclass(frozen=True, repr=False)
class Form:
    """The form that the person saw over the signature: lines in Chinese, as they are sent."""

    lines: tuple[FormLine, ...]
    sha256: str
    """Of the canonical JSON of the lines; the platform computes it again."""


@dataclass(frozen=True, repr=False)
class Footing:
    """What stands at the foot of every page of it."""

    local_no: str
    terminal_id: str
    made_at: str


def signed_form(journey: Journey, today: date) -> Form:
    """The form of this journey and the hash that is signed."""
    return _form(form_lines(journey, "zh", today))


def shown_sha256(journey: Journey, today: date) -> str | None:
    """The hash over everything that was signed in one act; None where that is the form alone."""
    parts = _members(journey, today)
    agreed = agreements(journey, today)
    if not parts and not agreed:
        return None
    shown = {
        "form": signed_form(journey, today).sha256,
        "members": [form.sha256 for _, form in parts],
        "agreements": [_text_sha256(each) for each in agreed],
    }
    return hashlib.sha256(canonical(shown)).hexdigest()


def form_record(form: Form, item: Item, stage: Sending, foot: Footing) -> Mapping[str, Any]:
    """A form with its page."""
    return {
        "sha256": form.sha256,
        "lines": _lines(form.lines),
        "pdf_base64": _page(form, item, stage, foot),
    }


def member_records(stage: Sending, foot: Footing, today: date) -> list[Mapping[str, Any]]:
    """Each member of a joint matter with its own form, or why it is left out."""
    journey = stage.journey
    forms = {member.item.id: form for member, form in _members(journey, today)}
    return [
        {
            "item": item_record(each.item),
            "company": each.item.office.company,
            "office_zh": each.item.office.department.zh,
            "left_out_zh": None if each.left_out is None else each.left_out.zh,
            "form": None
            if each.left_out is not None
            else form_record(forms[each.item.id], each.item, stage, foot),
            "materials": [] if each.left_out is not None else _needed(each.item, journey, today),
            "agreements": [] if each.left_out is not None else _agreed(each.item, journey, today),
        }
        for each in members(journey, today)
    ]


def agreement_records(journey: Journey, today: date) -> list[Mapping[str, Any]]:
    """Every text that was signed beside the form, as it stood there."""
    return [
        {"id": each.id, "name_zh": each.name.zh, "text_zh": each.text.zh, "sha256": _text_sha256(each)}
        for each in agreements(journey, today)
    ]


def item_record(item: Item) -> Mapping[str, Any]:
    """Which matter, in which version."""
    return {"id": item.id, "version": item.version, "code": item.item_code, "name_zh": item.name.zh}


def canonical(value: Any) -> bytes:
    """The one way to write a value: keys sorted, no spaces, UTF-8, no escapes for non-ASCII."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def strokes_record(strokes: Sequence[Stroke]) -> list[list[list[float]]]:
    """Points to a ten-thousandth of the signing area: finer than any finger."""
    return [[[round(x, 4), round(y, 4)] for x, y in stroke] for stroke in strokes]


def _form(lines: tuple[FormLine, ...]) -> Form:
    return Form(lines, hashlib.sha256(canonical(_lines(lines))).hexdigest())


def _members(journey: Journey, today: date) -> list[tuple[Member, Form]]:
    return [
        (each, _form(member_lines(journey, each.item, "zh", today)))
        for each in members(journey, today)
        if each.left_out is None
    ]


def _needed(item: Item, journey: Journey, today: date) -> list[str]:
    now = known(journey, today)
    return [each.id for each in item.materials if concerns(each.relevant, journey, now)]


def _agreed(item: Item, journey: Journey, today: date) -> list[str]:
    now = known(journey, today)
    return [each.id for each in item.agreements if concerns(each.relevant, journey, now)]


def _text_sha256(agreement: Agreement) -> str:
    return hashlib.sha256(agreement.text.zh.encode()).hexdigest()


def _lines(lines: Sequence[FormLine]) -> list[Mapping[str, str]]:
    return [{"label_zh": line.label, "value": line.value} for line in lines]


def _page(form: Form, item: Item, stage: Sending, foot: Footing) -> str | None:
    """The signed form as a page; None where no font has a character of it: the lines still say it all."""
    try:
        page = form_pdf(
            item.name.zh,
            [(line.label, line.value) for line in form.lines],
            item.declaration.zh,
            stage.signature,
            (
                f"本机流水号 {foot.local_no} · 终端 {foot.terminal_id} · {foot.made_at}",
                f"表单摘要 SHA-256 {form.sha256}",
                "签名为手写签名图像。",
            ),
            FORM_FONTS,
            signing_aspect=SIGNING_ASPECT,
        )
    except GlyphMissing:
        # Which character it was would be part of a name.
        log.warning("form_not_drawn", reason="glyph_missing")
        return None
    return base64.b64encode(page).decode()
