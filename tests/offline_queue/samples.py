"""An invented application, as a session would make it, and the values around it."""

from __future__ import annotations

import hashlib
import json
import os
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

from kiosk.session.sealing import page_content, seal, sealed_name
from kiosk.session.suites import sealing_key
from offline_queue.clock import Clock, Moment, system_clock
from offline_queue.delivery import Leased
from offline_queue.outbox import Outbox
from offline_queue.queue_values import CommitResult
from offline_queue.signing import TerminalKey

TERMINAL = "HALL-0001"
ITEM = "no_criminal_record_certificate"
NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def a_record(application_id: str, local_no: str = "0001-261121-0001") -> dict[str, Any]:
    """Made by hand from the schema's text, not by the session's builder."""
    lines = [{"label_zh": "姓名", "value": "吾买尔江·买买提"}, {"label_zh": "申请事由", "value": "就业"}]
    text = json.dumps(lines, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    form_sha256 = hashlib.sha256(text.encode()).hexdigest()
    return {
        "v": 1,
        "salt": os.urandom(32).hex(),
        "application_id": application_id,
        "terminal": TERMINAL,
        "area_code": "330106",
        "local_no": local_no,
        "filing_no": None,
        "case_no": None,
        "state": "kept",
        "clock_trust": "system",
        "made_at": "2026-11-21T20:00:00+08:00",
        "item": {"id": ITEM, "version": "1", "code": None, "name_zh": "申请无犯罪记录证明"},
        "catalogue_version": "1",
        "offline_policy": {"policy": "keep_with_notice", "reach": "offline", "max_age_days": 3},
        "identity_method": "card_and_face",
        "assurance_level": "card_and_face",
        "verified_by": None,
        "verified_reason": None,
        "verified_module": "face",
        "verified_party": 0,
        "face_check": {"distance": 0.31, "threshold": 0.45, "calibration": None, "liveness": None},
        "parties": [
            {
                "role": "applicant",
                "name": "吾买尔江·买买提",
                "id_number": "11010519491231002X",
                "id_type": "resident_identity_card",
                "mobile": "13900000000",
                "authority": None,
                "signature_ref": 0,
            }
        ],
        "card": {
            "type": "resident",
            "name": "吾买尔江·买买提",
            "sex": "1",
            "ethnicity": "维吾尔",
            "birth": "1949-12-31",
            "address": "杭州市西湖区某路1号",
            "additional_address": None,
            "id_number": "11010519491231002X",
            "authority": "杭州市公安局西湖分局",
            "valid_from": "2010-01-01",
            "valid_to": None,
            "long_term": True,
            "problems": [],
        },
        "consents": [
            {"text_id": "processing_notice", "version": "1", "given": True, "at": "2026-11-21T19:58:00+08:00"}
        ],
        "answers": [
            {
                "id": "purpose",
                "label_zh": "申请事由",
                "value": "employment",
                "value_label_zh": "就业",
                "source": "asked",
            }
        ],
        "materials": [
            {"id": "identity_card", "name_zh": "居民身份证", "obtained": "chip", "trust": "A", "pages": []}
        ],
        "form": {"sha256": form_sha256, "lines": lines, "pdf_base64": None},
        "signatures": [
            {
                "party": 0,
                "kind": "handwritten_image",
                "strokes": [[[0.1, 0.5], [0.2, 0.6]], [[0.5, 0.5]]],
                "form_sha256": form_sha256,
                "signed_at": "2026-11-21T19:59:30+08:00",
            }
        ],
    }


def new_id() -> str:
    return str(uuid.uuid4())


def sealed(
    record: dict[str, Any],
    terminal_directory: Path,
    *,
    kid: str | None = None,
    content: bytes | None = None,
    parts: Sequence[bytes] = (),
    header: Mapping[str, str] = MappingProxyType({}),
) -> bytes:
    """Seal a record as the session does, or a page's `content`; `header` overrides what the header says."""
    said = {
        "application_id": record["application_id"],
        "item": record["item"]["id"],
        "item_version": record["item"]["version"],
        "terminal": record["terminal"],
        **header,
    }
    return seal(
        json.dumps(record).encode() if content is None else content,
        application_id=said["application_id"],
        item=said["item"],
        item_version=said["item_version"],
        terminal=said["terminal"],
        platform_key=sealing_key((terminal_directory / "envelope.pem").read_bytes()),
        kid=kid or envelope_kid(terminal_directory),
        parts=parts,
        is_part=content is not None,
    )


def envelope_kid(terminal_directory: Path) -> str:
    about = (terminal_directory.parent / "platform" / "platform.json").read_bytes()
    return str(json.loads(about)["envelope_kid"])


def terminal_key(terminal_directory: Path) -> TerminalKey:
    return TerminalKey.load(TERMINAL, terminal_directory / "signing.key")


def page(page_bytes: int = 3000) -> bytes:
    """What a document camera gives; nobody looks at it here."""
    return os.urandom(page_bytes)


def with_pages(
    record: dict[str, Any], terminal_directory: Path, *jpegs: bytes
) -> tuple[bytes, dict[str, bytes]]:
    """Seal pages, and a record that names them, as the session does; gives envelope and parts."""
    parts = [sealed(record, terminal_directory, content=page_content(jpeg)) for jpeg in jpegs]
    pages = [
        {
            "sha256": hashlib.sha256(jpeg).hexdigest(),
            "width_px": 1654,
            "height_px": 2339,
            "dpi": 200,
            "part": sealed_name(part),
        }
        for jpeg, part in zip(jpegs, parts, strict=True)
    ]
    material = {"id": "lease", "name_zh": "租赁合同", "obtained": "scan", "trust": "C", "pages": pages}
    whole = {**record, "materials": [*record["materials"], material]}
    return sealed(whole, terminal_directory, parts=parts), {sealed_name(part): part for part in parts}


def written_down(folder: Path, name: str, terminal_directory: Path, pages: int) -> None:
    """An application as files: its envelope under its id, its parts in a folder beside."""
    envelope, parts = with_pages(a_record(name), terminal_directory, *(page(700) for _ in range(pages)))
    (folder / name).write_bytes(envelope)
    beside = _parts_beside(folder)
    beside.mkdir(exist_ok=True)
    for sha256, part in parts.items():
        (beside / sha256).write_bytes(part)


def commit_written(outbox: Outbox, path: Path) -> CommitResult:
    """Keep what was written down."""
    envelope = path.read_bytes()
    parts = {each: (_parts_beside(path.parent) / each).read_bytes() for each in manifest(envelope)}
    return commit(outbox, path.name, envelope, parts=parts)


def manifest(envelope: bytes) -> list[str]:
    """The names of an application's parts."""
    return [each["sha256"] for each in json.loads(envelope).get("parts", ())]


def _parts_beside(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}-parts")


class HandClock:
    """A clock that a test turns."""

    def __init__(self) -> None:
        self.now = Moment(NOON, 1000.0, "boot-1")

    def __call__(self) -> Moment:
        return self.now


@dataclass
class Citizens:
    """Applies, again and again, at one terminal."""

    terminal_directory: Path

    def envelope(self, application_id: str | None = None) -> tuple[str, bytes]:
        application_id = application_id or new_id()
        return application_id, sealed(a_record(application_id), self.terminal_directory)

    def apply(self, outbox: Outbox, application_id: str | None = None) -> CommitResult:
        return commit(outbox, *self.envelope(application_id))


def commit(
    outbox: Outbox,
    application_id: str,
    envelope: bytes,
    local_no: str | None = None,
    parts: Mapping[str, bytes] = MappingProxyType({}),
) -> CommitResult:
    return outbox.commit(
        application_id=application_id,
        envelope=envelope,
        envelope_sha256=hashlib.sha256(envelope).hexdigest(),
        item=ITEM,
        item_version="1",
        local_no=local_no or outbox.next_local_no(NOON.date()),
        offline_policy="keep_with_notice",
        clock_trust="system",
        parts=parts,
    )


def delivery_of(outbox: Outbox, application_id: str) -> Leased:
    """What a sync would hold of an application that is being sent."""
    row = outbox._store.row(
        "SELECT number, this.attempts FROM deliveries AS this JOIN applications USING (place)"
        " WHERE application_id = ? AND kind = 'application'",
        [application_id],
    )
    assert row is not None
    return Leased(row["number"], application_id, row["attempts"], outbox.delivery.sealed(application_id))


def open_outbox(
    path: Path, terminal_directory: Path, clock: Clock = system_clock, queue_limit: int = 1000
) -> Outbox:
    return Outbox.open(path, key=terminal_key(terminal_directory), clock=clock, queue_limit=queue_limit)
