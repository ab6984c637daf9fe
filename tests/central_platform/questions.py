"""Questions for shared data, made by hand from the schema's text and not by the session's builder."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from kiosk.session.suites import SealingKey, sealing_key
from tests.kiosk.session.lookups import RESIDENT
from tests.offline_queue.samples import TERMINAL, envelope_kid


def framed(question_id: str, question: object, terminal: Path, key: SealingKey) -> dict[str, Any]:
    """Seal a question to the platform, in the frame that terminals pass on."""
    header: dict[str, str | int] = {
        "v": 1,
        "kind": "question",
        "id": question_id,
        "kid": envelope_kid(terminal),
        "suite": key.suite,
        "terminal": TERMINAL,
    }
    return {
        **header,
        "ciphertext": base64.b64encode(key.seal(json.dumps(question).encode(), header)).decode(),
    }


def a_question(question_id: str, reply_key: X25519PrivateKey) -> dict[str, Any]:
    """Made by hand from the schema's text, not by the session's builder."""
    return {
        "v": 1,
        "question_id": question_id,
        "terminal": TERMINAL,
        "area_code": "330199",
        "item": "insurance_proof",
        "item_version": "1",
        "data": "social_insurance.persons",
        "facts": ["insured_employer"],
        "person": {
            "id_type": "resident_identity_card",
            "id_number": RESIDENT.id_number,
            "identity_method": "card_and_face",
            "assurance_level": "card_and_face",
            "verified_by": None,
        },
        "needs": {},
        "consents": [{"text_id": "processing_notice", "version": "1", "at": "2026-11-21T20:00:00+08:00"}],
        "reply_key": base64.b64encode(reply_key.public_key().public_bytes_raw()).decode(),
        "asked_at": "2026-11-21T20:00:00+08:00",
    }


def sealed_question(terminal: Path, question_id: str) -> bytes:
    """One as a terminal passes it on; nobody will read the answer."""
    question = a_question(question_id, X25519PrivateKey.generate())
    key = sealing_key((terminal / "envelope.pem").read_bytes())
    return json.dumps(framed(question_id, question, terminal, key)).encode()
