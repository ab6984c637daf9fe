"""An identity document as one flat JSON object, the same keys for every kind: what `device read-card` prints.

A key whose field the kind of document does not have is null. Dates are ISO 8601; text is as the chip says it.
"""

from __future__ import annotations

from datetime import date

from devices.contracts.id_cards import ForeignResidentCard, IdCard, ResidencePermit, ResidentCard, Sex

_SEX = {Sex.MALE: "male", Sex.FEMALE: "female", Sex.UNKNOWN: "unknown", Sex.NOT_STATED: "unstated"}


def document_json(card: IdCard, *, photo_decoded: bool) -> dict[str, object]:
    """Give `card` as keys and values for `json.dumps`; `photo_decoded` says whether a decoder took its photo.

    `problems` holds the values of `CardProblem`, and is empty when the record is sound. `valid_to` is null
    with `long_term` true for 长期. `additional_address` is null, too, where none is on the chip.
    """
    return {
        "type": card.type.value,
        "name": card.name,
        "name_en": card.name_en,
        "sex": _SEX[card.sex],
        "ethnicity": card.ethnicity if isinstance(card, ResidentCard) else None,
        "birth": _day(card.birth),
        "valid_from": _day(card.valid_from),
        "valid_to": _day(card.valid_to),
        "long_term": card.long_term,
        "address": None if isinstance(card, ForeignResidentCard) else card.address,
        "additional_address": None
        if isinstance(card, ForeignResidentCard)
        else card.additional_address or None,
        "id_number": card.id_number,
        "authority": card.authority,
        "nationality": card.nationality if isinstance(card, ForeignResidentCard) else None,
        "pass_number": card.pass_number if isinstance(card, ResidencePermit) else None,
        "issue_count": card.issue_count if isinstance(card, ResidencePermit) else None,
        "photo": "decoded" if photo_decoded else "not-decodable",
        "problems": [problem.value for problem in card.problems],
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
