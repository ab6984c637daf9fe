"""A guide-level entry: a matter that this hall handles and this terminal does not, with what is known of it.

Unknown stays None: a list from another hall may say no more than a name and a department. A matter that is
done on the terminal is a `config.item.Item`.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from config.item_basics import Basis, DataModel, Identifier
from config.plain_values import Digits

Audience = Literal["natural_person", "legal_person", "both"]
Depth = Literal["guide", "appointment", "enquiry_print"]
"""How far a telephone call brings a person who reads the entry: they hear what to bring, they get a time to
come, or they get their answer. On the terminal each of the three is a guide."""
Level = Literal["national", "province", "city", "county", "township"]


class Name(DataModel):
    """A name that may be known in Chinese only. In files it is one text: `中文 | English`, or `中文`."""

    zh: str = Field(min_length=1)
    en: str | None = Field(default=None, min_length=1)

    @model_validator(mode="before")
    @classmethod
    def _one_text(cls, given: Any) -> Any:
        if isinstance(given, dict | Name):
            return given
        parts = [part.strip() for part in re.split("[|｜]", given)] if isinstance(given, str) else []
        if len(parts) not in {1, 2} or not all(parts):
            raise PydanticCustomError("name", "must be Chinese, or Chinese | English")
        return dict(zip(("zh", "en"), parts, strict=False))

    def __call__(self, language: str) -> str:
        """Give the name in `language` ("zh" or "en"), or in Chinese where there is no other."""
        return self.en if language == "en" and self.en is not None else self.zh

    def __str__(self) -> str:
        """As it stands in files."""
        return self.zh if self.en is None else f"{self.zh} | {self.en}"


class ListingFacts(DataModel):
    """What a file says of one entry."""

    id: Identifier
    version: Annotated[str, Digits()] | None = None
    name: Name
    """The official name."""
    title: Name | None = None
    """What a person would call it."""
    summary: Name | None = None
    words: tuple[Annotated[str, Field(min_length=1, max_length=40)], ...] = ()
    """Further words of this matter alone under which a person may look for it."""
    audience: Audience | None = None
    depth: Depth | None = None
    case_type: Literal["instant", "promised"] | None = None
    level: Level | None = None
    """Whose power it is."""
    window: Identifier | None = None
    """Of its department."""
    item_code: str | None = Field(default=None, min_length=1)
    main_item: str | None = Field(default=None, min_length=1)
    """The matter of which the catalogue counts this one as a part."""
    task_type: Annotated[str, Digits()] | None = None
    """A code of the district's table."""
    area_code: Annotated[str, Digits(6, 12)] | None = None
    """Where a list says it of each entry; else it is the district's."""
    dept_code: str | None = Field(default=None, min_length=1)
    life_events: tuple[Identifier, ...] = ()
    themes: tuple[Identifier, ...] = ()


class ListingEntry(ListingFacts):
    """An entry as it stands in a department's file."""

    bring: tuple[Annotated[str, Field(min_length=1)], ...] | None = None
    """Papers by their id, or in words of their own: `中文 | English`."""


class Listing(ListingFacts):
    """An entry with all that its file says around it."""

    department: Identifier
    bring: tuple[Name, ...] | None = None
    """None: nobody has said. Empty: nothing."""
    basis: Basis | None = None
    """Where case type, level and papers come from."""

    @property
    def plain(self) -> Name:
        """The words for a screen: the title, or the official name where nobody has written one."""
        return self.title or self.name
