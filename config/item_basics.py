"""The small parts that every service file is made of: texts, sources, times, fees, offices, results."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=64)]

DocumentKind = Literal["resident", "permit", "foreign-2017", "foreign-2023"]
"""An identity document with a chip: resident card; residence permit for people of Hong Kong, Macau and
Taiwan; permanent resident cards for foreigners of 2017 and 2023."""

CardFact = Literal[
    "name", "name_zh", "sex", "ethnicity", "birth", "nationality", "id_number", "pass_number", "address"
]
"""`name`: in the document's own letters; `name_zh`: the Chinese one beside it, on foreigners' cards."""

Delivery = Literal["electronic", "self_print", "window", "post", "visit"]
"""How a result reaches the person; `visit`: somebody comes to the home."""


class DataModel(BaseModel):
    """A part of a file: nothing unknown in it, nothing changed after it was read."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class Text(DataModel):
    """One text in both languages of the screen."""

    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def __call__(self, language: str) -> str:
        """Give the words in `language` ("zh" or "en")."""
        return self.en if language == "en" else self.zh


class Basis(DataModel):
    """A fact somebody else decides: where it comes from, and whether anybody has checked it."""

    source: str
    verified: bool


class Time(DataModel):
    """How long a case takes, in working days; 0 is "at once"."""

    statutory_days: int = Field(ge=0)
    promised_days: int = Field(ge=0)
    note: Text | None = None
    basis: Basis


class Fee(DataModel):
    """What it costs, in yuan."""

    yuan: float = Field(ge=0)
    note: Text | None = None
    basis: Basis


class Office(DataModel):
    """Who handles the matter, and where a person goes when the terminal cannot help."""

    department: Text
    window: Text
    hours: Text
    phone: str
    company: bool = False
    """Not an authority: it takes a matter over (已接收), and nobody there accepts it (受理)."""


class Window(DataModel):
    """An answer that this terminal cannot go on with: why, and what to bring to the window."""

    why: Text
    bring: tuple[Text, ...] = ()


class Offline(DataModel):
    """What may happen when the platform cannot be reached."""

    policy: Literal["keep_with_notice", "forbidden"]
    max_age_days: int | None = Field(default=None, ge=1)
    """With `keep_with_notice`, and only then: how long it may wait on this terminal."""
    reason: Text | None = None
    """With `forbidden`, and only then: why, and which way is open; shown to the citizen."""


class Result(DataModel):
    """What comes out of a matter, and how the person gets it."""

    id: Identifier
    name: Text
    delivered: tuple[Delivery, ...] = Field(min_length=1)
    confidential: bool = False
    """Nothing on screen, slip, in voice or waiting time may tell it from the matter's other results."""


class Retention(DataModel):
    """How long the authority keeps what is sent. The terminal keeps nothing that it has delivered."""

    years: int | None = Field(ge=1)
    """None: for good."""
    basis: Basis


class Due(DataModel):
    """Whom this matter is offered to by itself, once, after the card was read; one of the two conditions."""

    reason: Text
    card_expires_within_days: int | None = Field(default=None, ge=1)
    age_from: int | None = Field(default=None, ge=1)
    """Whole years. The screen never says the age."""
    age_to: int | None = Field(default=None, ge=1)

    @model_validator(mode="after")
    def _has_one_condition(self) -> Due:
        if (self.card_expires_within_days is None) == (self.age_from is None):
            raise ValueError("needs card_expires_within_days or age_from, and not both")
        if self.age_to is not None and (self.age_from is None or self.age_to < self.age_from):
            raise ValueError("age_to needs an age_from that is not above it")
        return self
