"""Conditions of a service file: on earlier choices, shared data, the identity document; pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Annotated, Any, Final, assert_never

from pydantic import Discriminator, Field, Tag

from config.item_basics import DataModel, Identifier

DOCUMENT: Final = "document"
"""Stands where the id of an earlier question would: a condition on the kind of document."""


class Equals(DataModel):
    """True when `field` is one of `values`: an earlier choice, a fact of a lookup, or the document.

    What was not answered, or what nobody could tell, equals nothing.
    """

    field: Identifier
    values: tuple[str, ...] = Field(min_length=1)


class AllOf(DataModel):
    """True when every one of them is."""

    all_of: tuple[Condition, ...] = Field(min_length=1)


class AnyOf(DataModel):
    """True when at least one of them is."""

    any_of: tuple[Condition, ...] = Field(min_length=1)


class NoneOf(DataModel):
    """True when none of them is."""

    none_of: tuple[Condition, ...] = Field(min_length=1)


_FORMS: Final = ("all_of", "any_of", "none_of")


def _form(value: Any) -> str:
    keys = value if isinstance(value, dict) else getattr(type(value), "model_fields", {})
    return next((form for form in _FORMS if form in keys), "equals")


Condition = Annotated[
    Annotated[Equals, Tag("equals")]
    | Annotated[AllOf, Tag("all_of")]
    | Annotated[AnyOf, Tag("any_of")]
    | Annotated[NoneOf, Tag("none_of")],
    Discriminator(_form),
]

AllOf.model_rebuild()
AnyOf.model_rebuild()
NoneOf.model_rebuild()


def holds(condition: Condition | None, value_of: Callable[[str], str | None]) -> bool:
    """Whether it holds, where `value_of` gives the value of a field or None. No condition always holds."""
    match condition:
        case None:
            return True
        case Equals():
            return value_of(condition.field) in condition.values
        case AllOf():
            return all(holds(each, value_of) for each in condition.all_of)
        case AnyOf():
            return any(holds(each, value_of) for each in condition.any_of)
        case NoneOf():
            return not any(holds(each, value_of) for each in condition.none_of)
        case _:
            assert_never(condition)


def comparisons(condition: Condition | None) -> Iterator[Equals]:
    """Every comparison in it, in the order of the file."""
    match condition:
        case None:
            return
        case Equals():
            yield condition
        case AllOf():
            inner = condition.all_of
        case AnyOf():
            inner = condition.any_of
        case NoneOf():
            inner = condition.none_of
        case _:
            assert_never(condition)
    if not isinstance(condition, Equals):
        for each in inner:
            yield from comparisons(each)


def both(one: Condition | None, other: Condition | None) -> Condition | None:
    """A condition that holds when both do."""
    if one is None or other is None:
        return one or other
    return AllOf(all_of=(one, other))
