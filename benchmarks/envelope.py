"""What an application weighs: the sealed record with and without its PDF; and how long its making takes."""

from __future__ import annotations

import base64
import json
import os
import time
import uuid
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from reportlab.pdfbase.ttfonts import TTFont

from benchmarks.signed import signed_session
from config.catalogue import SHIPPED_VERSION
from config.hall_time import hall_now, hall_today
from kiosk.session.record import Provenance, record_bytes
from kiosk.session.sealing import seal
from kiosk.session.suites import HpkeKey
from printing.fonts import FORM_FONTS

TERMINAL_ID = "DEMO-0001"


@dataclass(frozen=True)
class Envelope:
    """Bytes of the main matter's application; milliseconds of its making."""

    sealed: int
    sealed_without_pdf: int
    record: int
    record_without_pdf: int
    pdf: int
    first_record_ms: float
    """The first record of a process, which loads the form's font."""
    seal_ms: float
    font_ms: float
    """Reading the first of the form's fonts, alone: every PDF does it once."""


def weigh() -> Envelope:
    """Make one application, as a session makes its only one, and weigh it."""
    _, stage = signed_session(str(uuid.uuid4()), TERMINAL_ID, hall_today())
    origin = Provenance(
        terminal_id=TERMINAL_ID,
        area_code="330199",
        local_no="0001-260101-0001",
        clock_trust="platform",
        reach="online",
        made_at=hall_now(),
        salt=os.urandom(32).hex(),
        catalogue_version=SHIPPED_VERSION,
    )
    began_s = time.perf_counter()
    record = record_bytes(stage, origin, hall_today())
    made_s = time.perf_counter()
    sealed = _sealed(record, stage.application_id)
    sealed_s = time.perf_counter()
    font_s = _timed_font()
    content = json.loads(record)
    pdf = base64.b64decode(content["form"]["pdf_base64"])
    content["form"]["pdf_base64"] = None
    plain = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    return Envelope(
        sealed=len(sealed),
        sealed_without_pdf=len(_sealed(plain, stage.application_id)),
        record=len(record),
        record_without_pdf=len(plain),
        pdf=len(pdf),
        first_record_ms=1000 * (made_s - began_s),
        seal_ms=1000 * (sealed_s - made_s),
        font_ms=1000 * font_s,
    )


def _timed_font() -> float:
    began_s = time.perf_counter()
    TTFont("measured", FORM_FONTS[0], subfontIndex=0)
    return time.perf_counter() - began_s


def _sealed(record: bytes, application_id: str) -> bytes:
    return seal(
        record,
        application_id=application_id,
        item="no_criminal_record_certificate",
        item_version="1",
        terminal=TERMINAL_ID,
        platform_key=HpkeKey(X25519PrivateKey.generate().public_key()),
        kid="nobody",
    )
