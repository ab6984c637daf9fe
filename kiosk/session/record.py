"""The application record: everything that is sealed but the pages it names, and only that.

Its form is the contract's `record.schema.json`; a field there and a line here go together. What only some
matters have (lookups, members, agreements, others who sign) is in the record of those only.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from config.item import CaptureQuestion, Choice, Question
from devices.contracts.pages import Page
from kiosk.messages import ClockOffset, ClockTrust, PlatformReach
from kiosk.session.journey import Journey, Told
from kiosk.session.known import Known, known, relevant_materials, relevant_pages
from kiosk.session.record_card import card_record
from kiosk.session.record_form import (
    Footing,
    agreement_records,
    canonical,
    form_record,
    item_record,
    member_records,
    signed_form,
)
from kiosk.session.record_people import moment, people_records
from kiosk.session.stages import Sending
from kiosk.session.words_of_form import moment_label

_NO_PARTS: Mapping[str, str] = MappingProxyType({})


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
    catalogue_version: str
    """Of the catalogue that the session began with."""
    clock_offset: ClockOffset | None = None


def sent_pages(journey: Journey, today: date) -> dict[str, bytes]:
    """The pages that go with the record, in their order, by the SHA-256 of their JPEGs."""
    return {_sha256(page): page.jpeg for pages in relevant_pages(journey, today).values() for page in pages}


def record_bytes(
    stage: Sending, origin: Provenance, today: date, parts: Mapping[str, str] = _NO_PARTS
) -> bytes:
    """The record as canonical JSON, UTF-8: what is sealed. `today` is the day the form was shown for.

    `parts` names the sealed part of each of its pages (`sent_pages`), which are sealed before it.
    """
    journey = stage.journey
    item, now = journey.item, known(journey, today)
    pages = relevant_pages(journey, today)
    foot = Footing(origin.local_no, origin.terminal_id, moment_label(origin.made_at))
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
        "clock_offset": None if origin.clock_offset is None else origin.clock_offset.model_dump(),
        "made_at": moment(origin.made_at),
        "item": item_record(item),
        "catalogue_version": origin.catalogue_version,
        "offline_policy": {
            "policy": item.offline.policy,
            "reach": origin.reach,
            "max_age_days": item.offline.max_age_days,
        },
        **people_records(stage, today),
        "card": card_record(journey.card),
        "answers": _answers(journey, now),
        "materials": [
            {
                "id": material.id,
                "name_zh": material.name.zh,
                "obtained": material.obtained,
                "trust": material.trust,
                "pages": [_page(page, parts) for page in pages.get(material.id, ())],
            }
            for material in relevant_materials(journey, today)
        ],
        "form": form_record(signed_form(journey, today), item, stage, foot),
    }
    more = {
        "lookups": _lookups(journey, now),
        "agreements": agreement_records(journey, today),
        "members": member_records(stage, foot, today),
    }
    return canonical({**record, **{key: value for key, value in more.items() if value}})


def _page(page: Page, parts: Mapping[str, str]) -> Mapping[str, Any]:
    sha256 = _sha256(page)
    return {
        "sha256": sha256,
        "width_px": page.width_px,
        "height_px": page.height_px,
        "dpi": page.dpi,
        "part": parts[sha256],
    }


def _sha256(page: Page) -> str:
    return hashlib.sha256(page.jpeg).hexdigest()


def _answers(journey: Journey, now: Known) -> list[Mapping[str, Any]]:
    return [
        {
            "id": asked.id,
            "label_zh": asked.label.zh,
            "value": now.answers[asked.id],
            "value_label_zh": _option_label(asked, now.answers[asked.id]),
            "source": _source(asked, journey, now),
        }
        for asked in now.questions
    ]


def _source(asked: Question, journey: Journey, now: Known) -> str:
    """Where the answer came from: what is known already, or the person."""
    if asked.id not in journey.answers:
        return _filled(asked, now)
    if isinstance(asked, CaptureQuestion):
        return "captured"
    if asked.id in journey.scanned:
        return "scanned"
    return "e_licence" if asked.source == "e_licence" else "asked"


def _filled(asked: Question, now: Known) -> str:
    prefill = asked.prefill
    if prefill is None:
        return "default"
    if prefill.card is not None:
        return "card"
    if prefill.fact is not None:
        return "shared_data" if prefill.fact in now.facts else "default"
    return "previous_answer" if prefill.answer in now.answers else "default"


def _option_label(asked: Question, value: str) -> str | None:
    if isinstance(asked, Choice):
        return next(option.label.zh for option in asked.options if option.value == value)
    return None


def _lookups(journey: Journey, now: Known) -> list[Mapping[str, Any]]:
    """What was told, by whom and when, with the platform's own word for it; and what nobody could tell."""
    records: list[Mapping[str, Any]] = []
    for lookup in now.lookups:
        found = journey.looked_up.get(lookup.id)
        told = found if isinstance(found, Told) else None
        records.append(
            {
                "id": lookup.id,
                "data": lookup.data,
                "told_at": None if told is None else moment(told.told_at),
                "facts": {} if told is None else dict(told.facts),
                "proof": None if told is None else told.proof,
            }
        )
    return records
