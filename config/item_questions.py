"""The kinds of question a matter can ask: a closed union, each with what makes an answer a good one."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from config.item_basics import Basis, CardFact, DataModel, Identifier, Text, Window
from config.item_conditions import Condition

Source = Literal["asked", "id_card", "shared_data", "e_licence", "previous_answer"]
"""Where an answer comes from first. `e_licence`: the question *is* the licence-use authorisation, and an
answer that goes on grants it. What the source could not tell is asked."""


class Option(DataModel):
    """One answer of a choice."""

    value: str = Field(min_length=1, max_length=64)
    label: Text
    note: Text | None = None
    window: Window | None = None


class Prefill(DataModel):
    """What stands in the field before anybody has touched it: one of three."""

    card: CardFact | None = None
    answer: Identifier | None = None
    """An earlier question of the same kind."""
    fact: Identifier | None = None
    """What a lookup told."""

    @model_validator(mode="after")
    def _is_one(self) -> Prefill:
        if sum(part is not None for part in (self.card, self.answer, self.fact)) != 1:
            raise ValueError("needs exactly one of card, answer and fact")
        return self


class _Question(DataModel):
    id: Identifier
    label: Text
    """The short name on form and check page."""
    ask: Text
    """The question as a person would put it."""
    reason: Text | None = None
    """Why the authority wants to know."""
    legal_basis: Basis | None = None
    """What lets it ask."""
    relevant: Condition | None = None
    """Asked, shown and sent only if this holds."""
    default: str | None = None
    """An answer most people would give: not asked in the flow, but shown and changeable on the check page."""
    prefill: Prefill | None = None
    """Like a default, from what is known already. Where nothing is known the question is asked."""
    source: Source = "asked"
    wrong: Text | None = None
    """What to do next after an answer that does not fit; without it, the kind's own words."""


class Choice(_Question):
    """One of a few answers, a button each."""

    kind: Literal["choice"]
    options: tuple[Option, ...] = Field(min_length=2, max_length=8)


class TextQuestion(_Question):
    """A short text, typed."""

    kind: Literal["text"]
    max_length: int = Field(default=50, ge=1, le=200)


class MobileQuestion(_Question):
    """A mainland mobile telephone number, eleven digits."""

    kind: Literal["mobile"]


class DateQuestion(_Question):
    """A day, picked from a calendar. `birth` and `today` are allowed as default and bounds."""

    kind: Literal["date"]
    not_before: Identifier | None = None
    """`birth`, `today`, or the id of an earlier date question: a period ends after it begins."""
    not_after: Literal["today"] | None = None


class AddressQuestion(_Question):
    """A place in the country: province, city, district and street are picked, the rest is typed."""

    kind: Literal["address"]
    max_length: int = Field(default=60, ge=4, le=100)
    """Characters of what is typed after the street or district: road, number, flat."""


class NumberQuestion(_Question):
    """A number: an amount of money, an area, a count."""

    kind: Literal["number"]
    unit: Text | None = None
    decimals: int = Field(default=0, ge=0, le=2)
    at_least: float = Field(default=0, ge=0)
    at_most: float | None = None
    at_most_calculated: Identifier | None = None
    """A calculation of the matter, shown with its formula."""


class CodeQuestion(_Question):
    """A number or code that somebody else has given: an account, a meter, a licence."""

    kind: Literal["code"]
    pattern: str
    """What the whole code looks like, a regular expression. Spaces and hyphens are dropped first."""
    keys: Literal["digits", "letters_and_digits"] = "digits"
    example: str
    """Invented; it fits the pattern."""
    where: Text
    """Where the person finds it."""
    max_length: int = Field(default=32, ge=1, le=64)


class CitizenIdQuestion(_Question):
    """Another person's citizen number (GB 11643), with its check character."""

    kind: Literal["citizen_id"]


class ScanQuestion(_Question):
    """A code that the person holds before the scanner."""

    kind: Literal["scan"]
    code: Literal["plain", "payment_notice", "opaque"]
    """`opaque`: a token of an app or an insurance that the platform resolves; nobody reads it on a screen."""
    where: Text
    """What to hold before the scanner, and where the code is on it."""
    pattern: str | None = None
    """What the whole code looks like, a regular expression: for `plain` codes, and for typed ones.

    With a group named `value`, that part of the code is the answer.
    """
    typed: Text | None = None
    """If it may be typed instead: which characters, and where they stand."""
    max_length: int = Field(default=64, ge=1, le=400)


class CaptureQuestion(_Question):
    """A paper that is laid beneath the document camera. Its answer is the number of pages."""

    kind: Literal["capture"]
    material: Identifier
    """The material, obtained by scan, whose pages these are."""
    paper: Literal["a4", "id_1", "other"] = "a4"
    """`id_1`: a card, both sides of it; `other`: any rectangle up to A4."""
    most_pages: int = Field(default=3, ge=1, le=6)
    where: Text
    """What to lay down, and how."""
    window: Window
    """The other way: where the paper is taken instead."""


Question = Annotated[
    Choice | TextQuestion | MobileQuestion | DateQuestion | AddressQuestion | NumberQuestion | CodeQuestion
    | CitizenIdQuestion | ScanQuestion | CaptureQuestion,
    Field(discriminator="kind"),
]  # fmt: skip
