"""A service item: one matter, one form, one flow, as data.

`config.items` reads these from YAML files. The journey knows the kinds below and no matter by name.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from config.assurance import AssuranceLevel

Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=64)]
DocumentKind = Literal["resident", "permit", "foreign-2017", "foreign-2023"]
"""An identity document with a chip: resident card; residence permit for people of Hong Kong, Macau and
Taiwan; permanent resident cards for foreigners of 2017 and 2023."""

LivenessNeed = Literal["none", "basic", "certified"]
"""How surely a living person has to stand before the camera (docs/liveness.md): not looked at, judged by the
terminal itself, judged by a certified module."""

DOCUMENT: Final = "document"
"""Stands where the id of an earlier question would: a condition on the kind of document."""


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
    """True when question `field` was answered with one of `values`, or the document is one of them."""

    field: Identifier
    values: tuple[str, ...] = Field(min_length=1)


class Window(_Model):
    """An answer that this terminal cannot go on with: why, and what to bring to the window."""

    why: Text
    bring: tuple[Text, ...] = ()


class Elsewhere(_Model):
    """Identity documents that this terminal does not take for the matter, and where their holders go."""

    documents: tuple[DocumentKind, ...] = Field(min_length=1)
    holders: Text
    """Who they are, in plain words: it stands on the matter's page, for those without a chip, too."""
    window: Window
    office: Office | None = None
    """Another counter than the matter's own."""


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
    Choice | TextQuestion | MobileQuestion | DateQuestion | ScanQuestion | CaptureQuestion,
    Field(discriminator="kind"),
]

CardFact = Literal[
    "name", "name_zh", "sex", "ethnicity", "birth", "nationality", "id_number", "pass_number", "address"
]
"""`name`: in the document's own letters; `name_zh`: the Chinese one beside it, on foreigners' cards."""


class CardField(_Model):
    """A line of the form that the identity document fills; "as on the card", never typed.

    A document without such a fact, or with an empty one, has no such line.
    """

    fact: CardFact
    label: Text
    documents: tuple[DocumentKind, ...] | None = None
    """The line is for these documents only."""


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
    liveness: LivenessNeed = "basic"
    """What a face check has to find out beside likeness. A guide and a finger are there in person."""
    under_14: Literal["guardian", "window"] = "window"
    """Who is under fourteen: a guardian applies here, with their own card and consent; or at the window."""
    confidential_result: bool
    documents: tuple[DocumentKind, ...] = Field(default=("resident",), min_length=1)
    """The identity documents it is done with here."""
    elsewhere: tuple[Elsewhere, ...] = ()
    """For every other one: where its holders go."""
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
    def questions(self) -> tuple[Question, ...]:
        """Situations first, then fields: the order in which they are asked."""
        return (*self.situations, *self.fields)
