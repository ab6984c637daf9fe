"""The steps a matter is made of: a closed union. Some are declared before any terminal can do them."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field

from config.item_basics import DataModel, Identifier


class Situations(DataModel):
    """The plain questions that select everything else."""

    kind: Literal["situations"]


class Licences(DataModel):
    """The authorisations to fetch electronic licences."""

    kind: Literal["licences"]


class Form(DataModel):
    """The fields, one question a page; lookups run as soon as they have what they need."""

    kind: Literal["form"]


class Materials(DataModel):
    """The papers: codes before the scanner, pages under the document camera."""

    kind: Literal["materials"]


class Enquire(DataModel):
    """Show what a lookup tells, to the verified person."""

    kind: Literal["enquire"]
    lookup: Identifier


class Parties(DataModel):
    """The others who sign: here, or later."""

    kind: Literal["parties"]


class Pay(DataModel):
    """The fee, through the state's unified payment platform."""

    kind: Literal["pay"]


class Confirm(DataModel):
    """Check everything; each line can be changed."""

    kind: Literal["confirm"]


class Sign(DataModel):
    """The form as it will be sent, and a place to sign."""

    kind: Literal["sign"]


class Deliver(DataModel):
    """Sealed, kept, sent; a slip."""

    kind: Literal["deliver"]


class PrintEnquiry(DataModel):
    """Print what the enquiry showed as a slip of its own: information, not a certificate."""

    kind: Literal["print_enquiry"]


class PrintResult(DataModel):
    """Print a result that the platform sealed, after verifying it, on A4."""

    kind: Literal["print_result"]
    result: Identifier


class CollectResult(DataModel):
    """Hand out a result from a drawer of the terminal."""

    kind: Literal["collect_result"]
    result: Identifier


class Queue(DataModel):
    """Draw a queue ticket for the window."""

    kind: Literal["queue"]


FlowStep = Annotated[
    Situations | Licences | Form | Materials | Enquire | Parties | Pay | Confirm | Sign | Deliver
    | PrintEnquiry | PrintResult | CollectResult | Queue,
    Field(discriminator="kind"),
]  # fmt: skip

StepKind = Literal[
    "situations", "licences", "form", "materials", "enquire", "parties", "pay", "confirm", "sign", "deliver",
    "print_enquiry", "print_result", "collect_result", "queue",
]  # fmt: skip

APPLICATION: Final[tuple[FlowStep, ...]] = (
    Situations(kind="situations"),
    Licences(kind="licences"),
    Form(kind="form"),
    Materials(kind="materials"),
    Parties(kind="parties"),
    Confirm(kind="confirm"),
    Sign(kind="sign"),
    Deliver(kind="deliver"),
)
"""How an application goes, unless its file says otherwise."""

NOT_YET: Final[frozenset[StepKind]] = frozenset({"pay", "print_result", "collect_result", "queue"})
"""Kinds that no terminal of this version can do: a matter that uses one is "not on this terminal yet"."""
