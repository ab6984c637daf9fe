"""Amounts that a matter computes and shows with their formula: exact decimals, no code in a file."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_DOWN, Decimal
from typing import Annotated, Any, Final, assert_never

from pydantic import Discriminator, Field, Tag

from config.item_basics import DataModel, Identifier, Text

CENT: Final = Decimal("0.01")


class Value(DataModel):
    """A number of the rule itself."""

    value: Annotated[str, Field(pattern=r"^[0-9]{1,12}(\.[0-9]{1,4})?$")]


class OfField(DataModel):
    """What was answered, or what a lookup said."""

    of: Identifier


class Least(DataModel):
    """The smallest of them."""

    least: tuple[Amount, ...] = Field(min_length=2)


class Total(DataModel):
    """All of them together."""

    total: tuple[Amount, ...] = Field(min_length=2)


class Less(DataModel):
    """The first without the others; never below nothing."""

    less: tuple[Amount, ...] = Field(min_length=2)


class Share(DataModel):
    """The first times the second, in hundredths: a share in per cent."""

    share: tuple[Amount, Amount]


_FORMS: Final = ("value", "of", "least", "total", "less", "share")


def _form(value: Any) -> str | None:
    keys = value if isinstance(value, dict) else getattr(type(value), "model_fields", {})
    return next((form for form in _FORMS if form in keys), None)


Amount = Annotated[
    Annotated[Value, Tag("value")]
    | Annotated[OfField, Tag("of")]
    | Annotated[Least, Tag("least")]
    | Annotated[Total, Tag("total")]
    | Annotated[Less, Tag("less")]
    | Annotated[Share, Tag("share")],
    Discriminator(_form),
]

for _each in (Least, Total, Less, Share):
    _each.model_rebuild()


class Calculation(DataModel):
    """An amount in yuan that follows from others."""

    id: Identifier
    label: Text
    formula: Text
    """The same in words, as it stands beside the amount."""
    amount: Amount


def computed(amount: Amount, number_of: Callable[[str], Decimal | None]) -> Decimal | None:
    """The amount, rounded down to the cent; None while something it needs is not known."""
    exact = _exact(amount, number_of)
    return None if exact is None else exact.quantize(CENT, rounding=ROUND_DOWN)


def _exact(amount: Amount, number_of: Callable[[str], Decimal | None]) -> Decimal | None:
    match amount:
        case Value():
            return Decimal(amount.value)
        case OfField():
            return number_of(amount.of)
        case Least():
            terms = _terms(amount.least, number_of)
            return None if terms is None else min(terms)
        case Total():
            terms = _terms(amount.total, number_of)
            return None if terms is None else sum(terms, Decimal(0))
        case Less():
            terms = _terms(amount.less, number_of)
            return None if terms is None else max(terms[0] - sum(terms[1:], Decimal(0)), Decimal(0))
        case Share():
            terms = _terms(amount.share, number_of)
            return None if terms is None else terms[0] * terms[1] / 100
        case _:
            assert_never(amount)


def _terms(amounts: tuple[Amount, ...], number_of: Callable[[str], Decimal | None]) -> list[Decimal] | None:
    terms = [_exact(each, number_of) for each in amounts]
    known = [term for term in terms if term is not None]
    return known if len(known) == len(terms) else None


def needed(amount: Amount) -> frozenset[str]:
    """The ids of everything it needs."""
    match amount:
        case Value():
            return frozenset()
        case OfField():
            return frozenset({amount.of})
        case Least():
            inner = amount.least
        case Total():
            inner = amount.total
        case Less():
            inner = amount.less
        case Share():
            inner = amount.share
        case _:
            assert_never(amount)
    return frozenset[str]().union(*(needed(each) for each in inner))
