"""The people of an application record: parties, how each was verified, what each agreed to, who signed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from config.item import MobileQuestion, Party
from kiosk.session.answering import window_of
from kiosk.session.card_facts import own_name
from kiosk.session.journey import Journey, Present
from kiosk.session.known import Known, known
from kiosk.session.record_card import ID_TYPE
from kiosk.session.record_form import shown_sha256, signed_form, strokes_record
from kiosk.session.signing import signatures_of, signers
from kiosk.session.stages import Sending
from kiosk.session.verification import Consent, FaceEvidence, Verified


def people_records(stage: Sending, today: date) -> Mapping[str, Any]:
    """Parties, consents and signatures of a record."""
    journey = stage.journey
    now = known(journey, today)
    return {
        **verified_record(journey.verified),
        "verified_party": _first(journey),
        "parties": [
            *_own(journey, now),
            *(_beside(journey, now, party, today) for party in now.parties if party.id in journey.parties),
        ],
        "consents": [
            *(_consent(each) for each in (*journey.consents, *_licence_consents(stage, journey, now))),
            *_consents_beside(journey, now),
        ],
        "signatures": _signatures(stage, now, today),
    }


def verified_record(verified: Verified | None) -> Mapping[str, Any]:
    """How somebody was verified. Raises `ValueError` for nobody."""
    if verified is None:
        raise ValueError("an application without a verified person")
    return {
        "identity_method": verified.method,
        "assurance_level": verified.level,
        "verified_by": verified.staff_no,
        "verified_reason": verified.reason,
        "verified_module": verified.module,
        "face_check": _face_check(verified.face),
    }


def moment(at: datetime) -> str:
    """A moment as the contract has it."""
    return at.isoformat(timespec="seconds")


def _first(journey: Journey) -> int:
    """Index of who stood here for the matter itself: the applicant, or a child's guardian."""
    return 0 if journey.guardian is None else 1


def _index(journey: Journey, now: Known, party_id: str | None) -> int:
    if party_id is None:
        return _first(journey)
    beside = [party.id for party in now.parties if party.id in journey.parties]
    return _first(journey) + 1 + beside.index(party_id)


def _own(journey: Journey, now: Known) -> list[Mapping[str, Any]]:
    """The applicant; and for a child the guardian, who was verified, signs and is called."""
    mobiles = [
        now.answers[asked.id]
        for asked in now.questions
        if isinstance(asked, MobileQuestion) and asked.id in now.answers
    ]
    applicant = {
        "role": "applicant",
        "name": own_name(journey.card),
        "id_number": journey.card.id_number,
        "id_type": ID_TYPE[journey.card.type],
        "mobile": mobiles[0] if mobiles else None,
        "authority": None,
        "signature_ref": 0,
    }
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


_AUTHORITY: Mapping[str, str | None] = {
    "agent": "power_of_attorney",
    "legal_person": "legal_representative",
    "co_signatory": None,
}


def _beside(journey: Journey, now: Known, party: Party, today: date) -> Mapping[str, Any]:
    """Somebody else who signs: verified here, or awaited."""
    found, basis = journey.parties[party.id], _AUTHORITY[party.role]
    common = {
        "id": party.id,
        "relation_zh": party.name.zh,
        "role": party.role,
        "mobile": None,
        "authority": None if basis is None else {"basis": basis, "material_id": None},
    }
    if isinstance(found, Present):
        return {
            **common,
            "name": found.person.name,
            "id_number": found.person.id_number,
            "id_type": ID_TYPE[found.person.id_type],
            "signature_ref": signers(journey, today).index(party.id),
            "awaited_zh": None,
            "verified": verified_record(found.verified),
        }
    number = now.value_of(party.number_field or "")
    whole = number is not None and "*" not in number
    return {
        **common,
        "name": now.value_of(party.name_field or ""),
        "id_number": number if whole else None,
        "id_type": "resident_identity_card" if whole else None,
        "signature_ref": None,
        "awaited_zh": party.later.zh,
        "verified": None,
    }


def _consents_beside(journey: Journey, now: Known) -> list[Mapping[str, Any]]:
    given: list[Mapping[str, Any]] = []
    for party in now.parties:
        found = journey.parties.get(party.id)
        if isinstance(found, Present):
            index = _index(journey, now, party.id)
            given += [{**_consent(each), "party": index} for each in found.consents]
    return given


def _signatures(stage: Sending, now: Known, today: date) -> list[Mapping[str, Any]]:
    journey = stage.journey
    form, shown = signed_form(journey, today).sha256, shown_sha256(journey, today)
    return [
        {
            "party": _index(journey, now, each.party_id),
            "kind": "handwritten_image",
            "strokes": strokes_record(each.strokes),
            "form_sha256": form,
            **({} if shown is None else {"shown_sha256": shown}),
            "signed_at": moment(each.at),
        }
        for each in signatures_of(stage)
    ]


def _licence_consents(stage: Sending, journey: Journey, now: Known) -> tuple[Consent, ...]:
    """One for each electronic licence the person allowed to be fetched, dated by the signature."""
    return tuple(
        Consent("licence_use", journey.item.version, given=True, at=stage.signed_at)
        for asked in now.questions
        if asked.source == "e_licence" and window_of(asked, now.answers[asked.id]) is None
    )


def _consent(consent: Consent) -> Mapping[str, Any]:
    return {
        "text_id": consent.text_id,
        "version": consent.version,
        "given": consent.given,
        "at": moment(consent.at),
    }


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
