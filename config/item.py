"""A service item: one matter, one form, one flow, as data.

`config.items` reads these from YAML files. The journey knows the kinds below and no matter by name.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=64)]
AssuranceLevel = Literal["card", "card_and_face", "staff_checked"]
"""How surely the person is the card's holder. `staff_checked` and `card_and_face` both satisfy the latter."""


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class Text(_Model):
    """One text in both languages of the screen."""

    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def __call__(self, language: str) -> str:
        """Give the words in `language` ("zh" or "en")."""
        return self.en if language == "en" else self.zh


class Basis(_Model):
    """A fact somebody else decides: where it comes from, and whether anybody has checked it."""

    source: str
    verified: bool


class Time(_Model):
    """How long a case takes, in working days; 0 is "at once"."""

    statutory_days: int = Field(ge=0)
    promised_days: int = Field(ge=0)
    note: Text | None = None
    basis: Basis


class Fee(_Model):
    """What it costs, in yuan."""

    yuan: float = Field(ge=0)
    basis: Basis


class Office(_Model):
    """Who handles the matter, and where a person goes when the terminal cannot help."""

    department: Text
    window: Text
    hours: Text
    phone: str


class Offline(_Model):
    """What may happen when the platform cannot be reached."""

    policy: Literal["keep_with_notice", "forbidden"]
    max_age_days: int | None = Field(default=None, ge=1)
    """With `keep_with_notice`, and only then: how long it may wait on this terminal."""
    reason: Text | None = None
    """With `forbidden`, and only then: why, and which way is open; shown to the citizen."""


class Equals(_Model):
    """True when question `field` was answered with one of `values`."""

    field: Identifier
    values: tuple[str, ...] = Field(min_length=1)


class Window(_Model):
    """An answer that this terminal cannot go on with: why, and what to bring to the window."""

    why: Text
    bring: tuple[Text, ...] = ()


class Option(_Model):
    """One answer of a choice."""

    value: str = Field(min_length=1, max_length=64)
    label: Text
    note: Text | None = None
    window: Window | None = None


class _Question(_Model):
    id: Identifier
    label: Text
    """The short name on form and check page."""
    ask: Text
    """The question as a person would put it."""
    reason: Text | None = None
    """Why the authority wants to know."""
    relevant: Equals | None = None
    """Asked, shown and sent only if this holds."""
    default: str | None = None
    """An answer most people would give: not asked in the flow, but shown and changeable on the check page."""
    source: Literal["asked", "shared_data", "e_licence"] = "asked"
    """`e_licence`: this question *is* the licence-use authorisation, and an answer that goes on grants it."""


class Choice(_Question):
    """One of a few answers, a button each."""

    kind: Literal["choice"]
    options: tuple[Option, ...] = Field(min_length=2, max_length=6)


class TextQuestion(_Question):
    """A short text, typed."""

    kind: Literal["text"]
    max_length: int = Field(default=50, ge=1, le=200)


class MobileQuestion(_Question):
    """A mainland mobile telephone number, eleven digits."""

    kind: Literal["mobile"]


class DateQuestion(_Question):
    """A day, entered as eight digits. `birth` and `today` are allowed as default and bounds."""

    kind: Literal["date"]
    not_before: Identifier | None = None
    """`birth`, `today`, or the id of an earlier date question: a period ends after it begins."""
    not_after: Literal["today"] | None = None


Question = Annotated[Choice | TextQuestion | MobileQuestion | DateQuestion, Field(discriminator="kind")]

CardFact = Literal["name", "sex", "ethnicity", "birth", "id_number", "address"]


class CardField(_Model):
    """A line of the form that the identity card fills; "as on the card", never typed."""

    fact: CardFact
    label: Text


class Material(_Model):
    """A paper or its substitute, how it is obtained, and how far it is trusted (A issuer … D declared)."""

    id: Identifier
    name: Text
    obtained: Literal["chip", "generated", "e_licence", "scan"]
    trust: Literal["A", "B", "C", "D"]
    relevant: Equals | None = None


class Item(_Model):
    """One matter as this terminal offers it."""

    id: Identifier
    version: str = Field(pattern=r"^[0-9]+$")
    item_code: str | None
    """Shaped as in the province's catalogue; None where nobody has confirmed it."""
    name: Text
    """The official name."""
    title: Text
    """What a person would call it."""
    summary: Text
    audience: Literal["natural_person", "legal_person"]
    depth: Literal["guide", "appointment", "application", "enquiry_print", "concluded_here"]
    case_type: Literal["instant", "promised"]
    office: Office
    time: Time
    fee: Fee
    offline: Offline
    assurance_level: AssuranceLevel
    confidential_result: bool
    renewal: bool = False
    """Whether a person whose card has expired may do this here: renewal matters only."""
    good_to_know: tuple[Text, ...] = ()
    card_fields: tuple[CardField, ...] = Field(min_length=1)
    situations: tuple[Choice, ...] = ()
    """Plain questions asked first: they select fields and materials, or send a person to the window."""
    fields: tuple[Question, ...] = ()
    materials: tuple[Material, ...] = ()
    declaration: Text
    """What the person signs."""
    next_steps: Text
    """What happens after the platform has received it."""
    basis: tuple[Basis, ...] = ()

    @property
    def questions(self) -> tuple[Choice | TextQuestion | MobileQuestion | DateQuestion, ...]:
        """Situations first, then fields: the order in which they are asked."""
        return (*self.situations, *self.fields)
