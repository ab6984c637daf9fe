"""How much each matter asks of people, as figures that two halls can compare; pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from statistics import median

from config.item import Item
from config.lint.effort import Effort, efforts


@dataclass(frozen=True)
class Range:
    """Over all paths."""

    least: float
    usual: float
    """The median."""
    most: float

    def __str__(self) -> str:
        return (
            f"{self.least:g}" if self.least == self.most else f"{self.least:g}/{self.usual:g}/{self.most:g}"
        )


@dataclass(frozen=True)
class Figures:
    """One matter's. What counts as what: `config.lint.effort.Effort`."""

    id: str
    version: str
    paths: int
    """Paths that differ in what is asked; with `sampled`, so many of more."""
    sampled: bool
    fields: Range
    filled: Range
    touched: Range
    typed: Range
    typed_without_data: Range
    """Typed where no lookup tells anything."""
    shown_codes: Range
    papers: Range
    pages: Range


def figures(item: Item) -> Figures:
    """Count every path of `item`; a joint one put together."""
    told, silent = efforts(item), efforts(item, told=False)
    return Figures(
        id=item.id,
        version=item.version,
        paths=len(told.paths),
        sampled=told.sampled,
        typed_without_data=_range(each.typed for each in silent.paths),
        **{field.name: _range(getattr(each, field.name) for each in told.paths) for field in fields(Effort)},
    )


def _range(values: Iterable[int]) -> Range:
    found = list(values)
    return Range(min(found), median(found), max(found))


COLUMNS: tuple[str, ...] = tuple(
    field.name for field in fields(Figures) if field.name not in {"id", "version", "paths", "sampled"}
)


def as_data(found: Figures) -> dict[str, object]:
    """For a program."""
    return asdict(found)


def as_row(found: Figures) -> dict[str, object]:
    """Flat, for a table: `typed_least`, `typed_usual`, `typed_most`."""
    row: dict[str, object] = {
        "id": found.id,
        "version": found.version,
        "paths": found.paths,
        "sampled": found.sampled,
    }
    for name in COLUMNS:
        each: Range = getattr(found, name)
        row |= {f"{name}_{end}": value for end, value in asdict(each).items()}
    return row


@dataclass(frozen=True)
class Difference:
    """One matter in two halls' versions; None where a hall does not have it."""

    id: str
    here: Figures | None
    there: Figures | None

    @property
    def changed(self) -> tuple[str, ...]:
        """The figures that differ."""
        if self.here is None or self.there is None:
            return ()
        return tuple(name for name in COLUMNS if getattr(self.here, name) != getattr(self.there, name))


def differences(here: Mapping[str, Figures], there: Mapping[str, Figures]) -> tuple[Difference, ...]:
    """Every matter that one of two has, and what differs."""
    return tuple(Difference(name, here.get(name), there.get(name)) for name in dict.fromkeys((*here, *there)))
