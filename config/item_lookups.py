"""What a matter asks of others than the citizen: shared data, told for this person and this case only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, model_validator

from config.item_basics import Basis, DataModel, Identifier, Text, Window
from config.item_conditions import Condition


class FactOption(DataModel):
    """One value of a fact that conditions ask for."""

    value: str = Field(min_length=1, max_length=64)
    label: Text
    window: Window | None = None
    """If it ends here: why, and what to bring. Nobody is asked whether the register is right."""


class Fact(DataModel):
    """One thing that is told. A fact nobody could tell is not empty: it is not there."""

    id: Identifier
    label: Text
    kind: Literal["text", "date", "amount", "choice", "case"]
    """`date`: YYYY-MM-DD. `amount`: yuan with a point and at most two decimals. `case`: how far one
    application is, for an enquiry: it stands under the name of its matter."""
    options: tuple[FactOption, ...] = ()
    """With `choice`, and only then: every value it can have."""
    shown: bool = True
    """A line of the form and of the check page; otherwise it only decides or fills."""
    masked: bool = False
    """Somebody else's name or number: told masked by the platform, and never whole."""

    @model_validator(mode="after")
    def _has_options_if_a_choice(self) -> Fact:
        if (self.kind == "choice") != bool(self.options):
            raise ValueError("needs options if it is a choice, and only then")
        return self


class Lookup(DataModel):
    """One question to the platform about the verified person, and what it tells."""

    id: Identifier
    data: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$", max_length=64)]
    """The platform's name of the data set."""
    name: Text
    """What is looked up, in plain words: said while it is fetched."""
    holder: Text
    """Who has it."""
    basis: Basis
    needs: tuple[Identifier, ...] = ()
    """Earlier questions whose answers are sent with it, beside the verified person's document number."""
    relevant: Condition | None = None
    facts: tuple[Fact, ...] = Field(min_length=1)
    missing: Literal["ask", "window"] = "ask"
    """If nobody can tell: the fields it would have filled are asked, or the matter goes on at the window."""
    window: Window | None = None
    no_record: Text | None = None
    """What an enquiry says where the holder has no record of the person; not where nobody could be asked."""

    @model_validator(mode="after")
    def _has_a_window_if_it_must(self) -> Lookup:
        if (self.missing == "window") != (self.window is not None):
            raise ValueError("needs a window if missing is window, and only then")
        return self

    def refused(self, told: Mapping[str, str]) -> Window | None:
        """Where a person goes whom this sends away; None for everybody else. The first fact speaks."""
        for fact in self.facts:
            for option in fact.options:
                if option.window is not None and told.get(fact.id) == option.value:
                    return option.window
        return None
