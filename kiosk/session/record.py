"""The application record: everything that is sealed, and only that.

Its form is the contract's `record.schema.json`; a field there and a line here go together.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import structlog

from config.item import CaptureQuestion, Choice, MobileQuestion, Question
from devices.contracts import Page
from kiosk.messages import ClockTrust, PlatformReach
from kiosk.session.answering import window_of
from kiosk.session.card_facts import own_name
from kiosk.session.form import FormLine, form_lines
from kiosk.session.known import (
    answers_as_sent,
    relevant_materials,
    relevant_pages,
    relevant_questions,
)
from kiosk.session.record_card import ID_TYPE, card_record
from kiosk.session.stages import SIGNING_ASPECT, Journey, Sending, Stroke
from kiosk.session.verification import Consent, FaceEvidence
from kiosk.session.words_of_form import moment_label
from printing.fonts import FORM_FONTS, GlyphMissing
from printing.form_pdf import form_pdf

log = structlog.get_logger()


@dataclass(frozen=True)
class Provenance:
    """Where, when and under what circumstances a record is made. `salt` is 64 hexadecimal digits."""

    terminal_id: str
    area_code: str
    local_no: str
    clock_trust: ClockTrust
    reach: PlatformReach
    made_at: datetime
    salt: str


@dataclass(frozen=True, repr=False)
class Form:
    """The form that the person saw over the signature: lines in Chinese, as they are sent."""

    lines: tuple[FormLine, ...]
    sha256: str
    """Of the canonical JSON of the lines; the platform computes it again."""


def signed_form(journey: Journey, today: date) -> Form:
    """The form of this journey and the hash that is signed."""
    lines = form_lines(journey, "zh", today)
    return Form(lines, hashlib.sha256(_canonical(_form_lines(lines))).hexdigest())


def record_bytes(stage: Sending, origin: Provenance, today: date) -> bytes:
    """The record as canonical JSON, UTF-8: what is sealed. `today` is the day the form was shown for."""
    journey = stage.journey
    if journey.verified is None:
        raise ValueError("an application without a verified person")
    item = journey.item
    form, pages = signed_form(journey, today), relevant_pages(journey, today)
    record = {
        "v": 1,
        "salt": origin.salt,
        "application_id": stage.application_id,
        "terminal": origin.terminal_id,
        "area_code": origin.area_code,
        "local_no": origin.local_no,
        "filing_no": None,
        "case_no": None,
        "state": "kept",
        "clock_trust": origin.clock_trust,
        "made_at": _moment(origin.made_at),
        "item": {"id": item.id, "version": item.version, "code": item.item_code, "name_zh": item.name.zh},
        "catalogue_version": item.version,
        "offline_policy": {
            "policy": item.offline.policy,
            "reach": origin.reach,
            "max_age_days": item.offline.max_age_days,
        },
        "identity_method": journey.verified.method,
        "assurance_level": journey.verified.level,
        "verified_by": journey.verified.staff_no,
        "verified_reason": journey.verified.reason,
        "verified_module": journey.verified.module,
        "verified_party": 0 if journey.guardian is None else 1,
        "face_check": _face_check(journey.verified.face),
        "parties": _parties(journey, today),
        "card": card_record(journey.card),
        "consents": [
            _consent(consent) for consent in (*journey.consents, *_licence_consents(stage, journey, today))
        ],
        "answers": _answers(journey, today),
        "materials": [
            {
                "id": material.id,
                "name_zh": material.name.zh,
                "obtained": material.obtained,
                "trust": material.trust,
                "pages": [_page(page) for page in pages.get(material.id, ())],
            }
            for material in relevant_materials(journey, today)
        ],
        "form": {
            "sha256": form.sha256,
            "lines": _form_lines(form.lines),
            "pdf_base64": _form_pdf(stage, origin, form),
        },
        "signatures": [
            {
                "party": 0 if journey.guardian is None else 1,
                "kind": "handwritten_image",
                "strokes": _strokes(stage.signature),
                "form_sha256": form.sha256,
                "signed_at": _moment(stage.signed_at),
            }
        ],
    }
    return _canonical(record)


def _form_pdf(stage: Sending, origin: Provenance, form: Form) -> str | None:
    """The signed form as a page; None where no font has a character of it: the lines still say it all."""
    try:
        page = form_pdf(
            stage.journey.item.name.zh,
            [(line.label, line.value) for line in form.lines],
            stage.journey.item.declaration.zh,
            stage.signature,
            (
                f"本机流水号 {origin.local_no} · 终端 {origin.terminal_id} · {moment_label(origin.made_at)}",
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


def _face_check(face: FaceEvidence | None) -> Mapping[str, Any] | None:
    """What a face check rests on, in numbers and names; a picture or an encoding is in no record."""
    if face is None:
        return None
    judged = face.liveness
    return {
        "distance": round(face.distance, 4),
        "threshold": face.threshold,
        "calibration": face.calibration,
        "liveness": judged
        and {
            "module": judged.module,
            "assurance_level": judged.assurance_level.value,
            "verdict": judged.verdict.value,
        },
    }


def _page(page: Page) -> Mapping[str, Any]:
    return {
        "sha256": hashlib.sha256(page.jpeg).hexdigest(),
        "width_px": page.width_px,
        "height_px": page.height_px,
        "dpi": page.dpi,
        "jpeg_base64": base64.b64encode(page.jpeg).decode(),
    }


def _parties(journey: Journey, today: date) -> list[Mapping[str, Any]]:
    """The applicant; and for a child the guardian, who was verified, signs and is called."""
    applicant = _applicant(journey, today)
    if journey.guardian is None:
        return [applicant]
    guardian = {
        **applicant,
        "role": "guardian",
        "name": own_name(journey.guardian),
        "id_number": journey.guardian.id_number,
        "id_type": ID_TYPE[journey.guardian.type],
        "authority": {"basis": "guardianship", "material_id": None},
    }
    return [{**applicant, "mobile": None, "signature_ref": None}, guardian]


def _applicant(journey: Journey, today: date) -> Mapping[str, Any]:
    sent = answers_as_sent(journey, today)
    mobiles = [
        sent[asked.id]
        for asked in journey.item.questions
        if isinstance(asked, MobileQuestion) and asked.id in sent
    ]
    return {
        "role": "applicant",
        "name": own_name(journey.card),
        "id_number": journey.card.id_number,
        "id_type": ID_TYPE[journey.card.type],
        "mobile": mobiles[0] if mobiles else None,
        "authority": None,
        "signature_ref": 0,
    }


def _licence_consents(stage: Sending, journey: Journey, today: date) -> tuple[Consent, ...]:
    """One for each electronic licence the person allowed to be fetched, dated by the signature."""
    sent = answers_as_sent(journey, today)
    return tuple(
        Consent("licence_use", journey.item.version, given=True, at=stage.signed_at)
        for asked in relevant_questions(journey, today)
        if asked.source == "e_licence" and window_of(asked, sent[asked.id]) is None
    )


def _consent(consent: Consent) -> Mapping[str, Any]:
    return {
        "text_id": consent.text_id,
        "version": consent.version,
        "given": consent.given,
        "at": _moment(consent.at),
    }


def _answers(journey: Journey, today: date) -> list[Mapping[str, Any]]:
    sent = answers_as_sent(journey, today)
    return [
        {
            "id": asked.id,
            "label_zh": asked.label.zh,
            "value": sent[asked.id],
            "value_label_zh": _option_label(asked, sent[asked.id]),
            "source": _source(asked, journey),
        }
        for asked in relevant_questions(journey, today)
    ]


def _source(asked: Question, journey: Journey) -> str:
    if asked.id not in journey.answers:
        return "default"
    if isinstance(asked, CaptureQuestion):
        return "captured"
    return "scanned" if asked.id in journey.scanned else asked.source


def _option_label(asked: Question, value: str) -> str | None:
    if isinstance(asked, Choice):
        return next(option.label.zh for option in asked.options if option.value == value)
    return None


def _form_lines(lines: Sequence[FormLine]) -> list[Mapping[str, str]]:
    return [{"label_zh": line.label, "value": line.value} for line in lines]


def _strokes(strokes: Sequence[Stroke]) -> list[list[list[float]]]:
    """Points to a ten-thousandth of the signing area: finer than any finger."""
    return [[[round(x, 4), round(y, 4)] for x, y in stroke] for stroke in strokes]


def _moment(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def _canonical(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
