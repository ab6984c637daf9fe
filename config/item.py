"""A service item: one matter, one form, one flow, as data.

`config.items` reads these from YAML files. The journey knows the kinds below and no matter by name.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from config.assurance import AssuranceLevel
from config.item_amounts import Calculation
from config.item_basics import (
    Basis,
    CardFact,
    DataModel,
    DocumentKind,
    Due,
    Fee,
    Identifier,
    Office,
    Offline,
    Result,
    Retention,
    Text,
    Time,
    Window,
)
from config.item_conditions import DOCUMENT, Condition, Equals
from config.item_flow import APPLICATION, FlowStep
from config.item_lookups import Lookup
from config.item_parties import Agreement, Party
from config.item_questions import (
    AddressQuestion,
    CaptureQuestion,
    Choice,
    CitizenIdQuestion,
    CodeQuestion,
    DateQuestion,
    MobileQuestion,
    NumberQuestion,
    Option,
    Question,
    ScanQuestion,
    TextQuestion,
)

__all__ = [
    "DOCUMENT", "AddressQuestion", "Agreement", "Basis", "CaptureQuestion", "CardFact", "CardField", "Choice",
    "CitizenIdQuestion", "CodeQuestion", "Condition", "DateQuestion", "DocumentKind", "Due", "Elsewhere",
    "Equals", "Fee", "Identifier", "Item", "JointMember", "LeftOut", "LivenessNeed", "Lookup", "Material",
    "MobileQuestion", "NumberQuestion", "Office", "Offline", "Option", "Party", "Question", "Result",
    "ScanQuestion", "Text", "TextQuestion", "Time", "Window",
]  # fmt: skip

LivenessNeed = Literal["none", "basic", "certified"]
"""How surely a living person has to stand before the camera (docs/liveness.md): not looked at, judged by the
terminal itself, judged by a certified module."""


class Elsewhere(DataModel):
    """Identity documents that this terminal does not take for the matter, and where their holders go."""

    documents: tuple[DocumentKind, ...] = Field(min_length=1)
    holders: Text
    """Who they are, in plain words: it stands on the matter's page, for those without a chip, too."""
    window: Window
    office: Office | None = None
    """Another counter than the matter's own."""


class CardField(DataModel):
    """A line of the form that the identity document fills; "as on the card", never typed.

    A document without such a fact, or with an empty one, has no such line.
    """

    fact: CardFact
    label: Text
    documents: tuple[DocumentKind, ...] | None = None
    """The line is for these documents only."""


class Material(DataModel):
    """A paper or its substitute, how it is obtained, and how far it is trusted (A issuer … D declared)."""

    id: Identifier
    name: Text
    obtained: Literal["chip", "generated", "e_licence", "data_sharing", "scan", "commitment"]
    """`commitment`: the person declares it (notice and commitment) instead of proving it."""
    trust: Literal["A", "B", "C", "D"]
    lookup: Identifier | None = None
    """With `data_sharing`, and only then: the lookup that stands for the paper."""
    relevant: Condition | None = None


class LeftOut(DataModel):
    """Why a member of a joint matter is not done this time: said on the check page and on the slip."""

    relevant: Condition
    why: Text


class JointMember(DataModel):
    """One matter of a joint matter, by the id of its own file."""

    item: Identifier
    relevant: Condition | None = None
    """Left out where this does not hold; the other members go on."""
    left_out: tuple[LeftOut, ...] = ()
    """The first that holds is said."""


class Item(DataModel):
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
    level: Literal["national", "province", "city", "county", "township"] | None = None
    """Whose power it is."""
    area_code: str | None = Field(default=None, pattern=r"^[0-9]{6}$")
    handling_scope: Literal["nationwide", "province", "city", "county"] | None = None
    """通办范围: where in the country it can be handled whoever lives where."""
    visits: int | None = Field(default=None, ge=0)
    """How often a person has to come, this terminal not counted."""
    life_events: tuple[Identifier, ...] = ()
    themes: tuple[Identifier, ...] = ()
    """Both from the hall's own lists, for browsing."""
    office: Office
    complaint_phone: str | None = None
    time: Time
    fee: Fee
    conditions: tuple[Text, ...] = ()
    """Who may ask for it."""
    offline: Offline
    assurance_level: AssuranceLevel
    liveness: LivenessNeed = "basic"
    """What a face check has to find out beside likeness. A guide and a finger are there in person."""
    under_14: Literal["guardian", "window"] = "window"
    """Who is under fourteen: a guardian applies here, with their own card and consent; or at the window."""
    confidential_result: bool
    results: tuple[Result, ...] = ()
    retention: Retention | None = None
    documents: tuple[DocumentKind, ...] = Field(default=("resident",), min_length=1)
    """The identity documents it is done with here."""
    elsewhere: tuple[Elsewhere, ...] = ()
    """For every other one: where its holders go."""
    renewal: bool = False
    """Whether a person whose card has expired may do this here: renewal matters only."""
    due: Due | None = None
    good_to_know: tuple[Text, ...] = ()
    flow: tuple[FlowStep, ...] = APPLICATION
    card_fields: tuple[CardField, ...] = Field(min_length=1)
    situations: tuple[Choice, ...] = ()
    """Plain questions asked first: they select fields and materials, or send a person to the window."""
    lookups: tuple[Lookup, ...] = ()
    fields: tuple[Question, ...] = ()
    calculations: tuple[Calculation, ...] = ()
    materials: tuple[Material, ...] = ()
    parties: tuple[Party, ...] = ()
    """Who signs beside the applicant."""
    agreements: tuple[Agreement, ...] = ()
    members: tuple[JointMember, ...] = ()
    """Makes it a joint matter: its members' questions are asked once, each member's form is its own."""
    only_in_joint: bool = False
    """A member that nobody can choose by itself."""
    declaration: Text
    """What the person signs."""
    next_steps: Text
    """What happens after the platform has received it."""
    basis: tuple[Basis, ...] = ()

    @property
    def questions(self) -> tuple[Question, ...]:
        """The order in which they are asked: situations, authorisations, fields, codes and papers."""
        licences = tuple(asked for asked in self.fields if asked.source == "e_licence")
        papers = tuple(asked for asked in self.fields if isinstance(asked, ScanQuestion | CaptureQuestion))
        rest = tuple(asked for asked in self.fields if asked not in licences and asked not in papers)
        return (*self.situations, *licences, *rest, *papers)
