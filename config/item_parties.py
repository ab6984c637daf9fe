"""Who has a part in a matter beside the applicant, and who signs."""

from __future__ import annotations

from typing import Literal

from pydantic import model_validator

from config.item_basics import Basis, DataModel, Identifier, Text
from config.item_conditions import Condition


class Party(DataModel):
    """Somebody else who signs: a spouse, the other parent, a co-owner."""

    id: Identifier
    role: Literal["co_signatory", "agent", "legal_person"]
    name: Text
    """Who they are, in plain words: "your spouse"."""
    reason: Text
    """Why their signature is needed."""
    signs: Literal["here_or_later", "later"]
    """`here`: with their own card, face and finger, in this sitting. `later`: at the platform's request; the
    application is sent with the signature awaited, and says so."""
    later: Text
    """How they sign later."""
    relevant: Condition | None = None
    name_field: Identifier | None = None
    number_field: Identifier | None = None
    """The questions or facts that hold name and citizen number of a party who is not here."""
    basis: Basis | None = None

    @model_validator(mode="after")
    def _has_both_fields_or_none(self) -> Party:
        if (self.name_field is None) != (self.number_field is None):
            raise ValueError("needs name_field and number_field, or neither")
        return self


class Agreement(DataModel):
    """A text that is signed beside the form: it can be read before, and is named on the signing page."""

    id: Identifier
    name: Text
    text: Text
    relevant: Condition | None = None
