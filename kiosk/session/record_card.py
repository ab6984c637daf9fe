"""The identity document in the application record: what its chip said, and nothing that it did not say."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from devices.contracts.id_cards import (
    DocumentType,
    ForeignResidentCard,
    IdCard,
    ResidencePermit,
    ResidentCard,
)

ID_TYPE: Final[Mapping[DocumentType, str]] = {
    DocumentType.RESIDENT: "resident_identity_card",
    DocumentType.PERMIT: "hmt_residence_permit",
    DocumentType.FOREIGN_2017: "foreigner_permanent_residence",
    DocumentType.FOREIGN_2023: "foreigner_permanent_residence",
}
"""What the contract calls the number of each kind of document."""


def card_record(card: IdCard) -> Mapping[str, Any]:
    """The document as the contract's `card`: without photo and fingerprints, with the keys its kind has."""
    return {
        "type": card.type.value,
        "name": card.name,
        "sex": card.sex.value,
        "birth": day(card.birth),
        "id_number": card.id_number,
        "valid_from": day(card.valid_from),
        "valid_to": day(card.valid_to),
        "long_term": card.long_term,
        "problems": [problem.value for problem in card.problems],
        **_of_its_kind(card),
    }


def day(day: date | None) -> str | None:
    """A day as the contract has it."""
    return None if day is None else day.isoformat()


def _of_its_kind(card: IdCard) -> Mapping[str, Any]:
    match card:
        case ResidentCard():
            return {
                "ethnicity": card.ethnicity,
                "address": card.address,
                "additional_address": card.additional_address or None,
                "authority": card.authority,
            }
        case ResidencePermit():
            return {
                "address": card.address,
                "additional_address": card.additional_address or None,
                "authority": card.authority,
                "pass_number": card.pass_number,
                "issue_count": card.issue_count,
            }
        case ForeignResidentCard():
            about_edition = {
                "authority": card.authority,
                "version": card.version,
                "renewal_count": card.renewal_count,
                "old_number_link": card.old_number_link,
            }
            return {
                "name_en": card.name_en,
                "nationality": card.nationality,
                **{key: value for key, value in about_edition.items() if value is not None},
            }
