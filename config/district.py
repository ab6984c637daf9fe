"""A district as its hall knows it: departments with windows, hours and telephones, and what each handles.

`config/district` holds the invented one that comes with the product; a hall puts its own in its place:

- `district.yaml`: who it is, its hours, its table of task types (`District`);
- `themes.yaml`: life events and themes for browsing (`Themes`);
- `papers.yaml`: papers that people bring, each written once;
- `departments/*.yaml`: one file a department, with its windows and its matters (`Department`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError

from config.data_files import DataFile, files_in, read_model
from config.item_basics import Basis, DataModel, Identifier
from config.listing import Listing, ListingEntry, Name
from config.opening_hours import Hours
from config.plain import Loc, meant
from config.plain_values import Digits

SHIPPED = Path(__file__).with_name("district")
"""The invented district."""


class DistrictWindow(DataModel):
    """A counter of the hall, or an office elsewhere that people are sent to."""

    id: Identifier
    name: Name
    floor: int | None = None
    number: str | None = Field(default=None, min_length=1)
    """As it stands above the counter."""
    place: Name | None = None
    """Where it is, if not in this hall."""
    hours: Hours | None = None
    """Its own, where they differ from the hall's."""
    phone: str | None = Field(default=None, min_length=1)


class Department(DataModel):
    """Who handles the matters of one file."""

    id: Identifier
    name: Name
    phone: str | None = Field(default=None, min_length=1)
    windows: tuple[DistrictWindow, ...] = ()

    def window(self, window_id: str | None) -> DistrictWindow | None:
        """The window of that id; None where none is named."""
        return next((window for window in self.windows if window.id == window_id), None)


class _DepartmentFile(Department):
    basis: Basis | None = None
    listings: tuple[ListingEntry, ...] = ()


class _DistrictFile(DataModel):
    invented: bool
    """Whether all of it is made up, to show the product with."""
    area_code: Annotated[str, Digits(6, 12)] | None
    name: Name
    hall: Name | None = None
    phone: str | None = Field(default=None, min_length=1)
    hours: Hours | None = None
    """Of every counter that has none of its own."""
    guide_url: str | None = Field(default=None, pattern=r"^https://[^\s/]+$")
    """The hall's site, to which a printed guide's QR code leads."""
    task_types: Mapping[str, Name] = Field(default_factory=dict)
    """Code of a catalogue to its meaning."""


class Themes(DataModel):
    """The shelves to browse, id and name, in the order in which they are offered."""

    life_events: Mapping[Identifier, Name] = Field(default_factory=dict)
    themes: Mapping[Identifier, Name] = Field(default_factory=dict)


class _Papers(DataModel):
    papers: Mapping[Identifier, Name]


@dataclass(frozen=True)
class Place:
    """Where a person goes or calls with one entry; None where nobody has said."""

    department: Department
    window: DistrictWindow | None
    hours: Hours | None
    phone: str | None


@dataclass(frozen=True)
class District:
    """Everything in one value."""

    invented: bool
    area_code: str | None
    name: Name
    hall: Name | None
    phone: str | None
    hours: Hours | None
    guide_url: str | None
    task_types: Mapping[str, Name]
    departments: tuple[Department, ...]
    listings: tuple[Listing, ...]
    """In the order of the files, and within a file in its own."""
    themes: Themes

    def department(self, department_id: str) -> Department:
        """The department of that id. Raises `KeyError`."""
        return self._departments[department_id]

    def listing(self, listing_id: str) -> Listing | None:
        """The entry of that id."""
        return self._listings.get(listing_id)

    def place(self, listing: Listing) -> Place:
        """Where `listing` is handled, with the nearest hours and telephone that are known."""
        department = self.department(listing.department)
        window = department.window(listing.window)
        hours = window.hours if window is not None and window.hours is not None else self.hours
        phone = window.phone if window is not None else None
        return Place(department, window, hours, phone or department.phone or self.phone)

    @cached_property
    def _departments(self) -> dict[str, Department]:
        return {department.id: department for department in self.departments}

    @cached_property
    def _listings(self) -> dict[str, Listing]:
        return {listing.id: listing for listing in self.listings}


NOWHERE = District(
    invented=False,
    area_code=None,
    name=Name(zh="未知"),
    hall=None,
    phone=None,
    hours=None,
    guide_url=None,
    task_types={},
    departments=(),
    listings=(),
    themes=Themes(),
)
"""Nothing is known of the district."""


def load_district(directory: Path = SHIPPED, taken: Iterable[str] = ()) -> District:
    """The district in `directory`. Raises `config.plain.BadFile`.

    `taken` are the ids of the matters that are done on the terminal: no entry may have one of them.
    """
    top = read_model(directory / "district.yaml", _DistrictFile).value
    shelves, papers = directory / "themes.yaml", directory / "papers.yaml"
    # Another hall's list has no shelves and no papers, and so no such files.
    themes = read_model(shelves, Themes).value if shelves.exists() else Themes()
    names = read_model(papers, _Papers).value.papers if papers.exists() else {}
    readers = _Entries(themes, names, frozenset(top.task_types), frozenset(taken))
    departments: dict[str, DataFile[_DepartmentFile]] = {}
    for path in files_in(directory / "departments", "department"):
        file = read_model(path, _DepartmentFile)
        first = departments.setdefault(file.value.id, file)
        if first is not file:
            raise file.mistake(("id",), f'"{file.value.id}" is already the id in {first.path.name}')
        readers.read(file)
    return District(
        **{name: getattr(top, name) for name in _DistrictFile.model_fields},
        departments=tuple(
            Department(**{name: getattr(file.value, name) for name in Department.model_fields})
            for file in departments.values()
        ),
        listings=tuple(readers.found.values()),
        themes=themes,
    )


class _Entries:
    """Reads the entries of one department after another, and knows what they may refer to."""

    def __init__(
        self, themes: Themes, papers: Mapping[str, Name], task_types: frozenset[str], taken: frozenset[str]
    ) -> None:
        self.found: dict[str, Listing] = {}
        self._files: dict[str, str] = {}
        self._shelves = {
            "life_events": frozenset(themes.life_events),
            "themes": frozenset(themes.themes),
        }
        self._papers, self._task_types, self._taken = papers, task_types, taken

    def read(self, file: DataFile[_DepartmentFile]) -> None:
        """Check and add what `file` lists. Raises `BadFile`."""
        windows = [window.id for window in file.value.windows]
        for position, window in enumerate(windows):
            if window in windows[:position]:
                raise file.mistake(("windows", position, "id"), f'"{window}" is there twice')
        for position, entry in enumerate(file.value.listings):
            self._check(file, position, entry)
            self._files[entry.id] = file.path.name
            self.found[entry.id] = Listing(
                **{name: getattr(entry, name) for name in ListingEntry.model_fields if name != "bring"},
                department=file.value.id,
                bring=self._bring(file, position, entry),
                basis=file.value.basis,
            )

    def _check(self, file: DataFile[_DepartmentFile], position: int, entry: ListingEntry) -> None:
        here = ("listings", position)
        if entry.id in self._taken:
            raise file.mistake((*here, "id"), f'"{entry.id}" is a matter that the terminal does itself')
        if entry.id in self._files:
            raise file.mistake((*here, "id"), f'"{entry.id}" is already the id in {self._files[entry.id]}')
        windows = [window.id for window in file.value.windows]
        if entry.window is not None and entry.window not in windows:
            raise file.mistake((*here, "window"), _unknown("window of this file", entry.window, windows))
        if entry.task_type is not None and entry.task_type not in self._task_types:
            raise file.mistake(
                (*here, "task_type"), _unknown("code in district.yaml", entry.task_type, self._task_types)
            )
        for key, known in self._shelves.items():
            for place, shelf in enumerate(getattr(entry, key)):
                if shelf not in known:
                    raise file.mistake((*here, key, place), _unknown("id in themes.yaml", shelf, known))

    def _bring(
        self, file: DataFile[_DepartmentFile], position: int, entry: ListingEntry
    ) -> tuple[Name, ...] | None:
        if entry.bring is None:
            return None
        return tuple(
            self._paper(file, ("listings", position, "bring", place), paper)
            for place, paper in enumerate(entry.bring)
        )

    def _paper(self, file: DataFile[_DepartmentFile], loc: Loc, paper: str) -> Name:
        """An id has no Chinese in it, words always have."""
        if not paper.isascii():
            try:
                return Name.model_validate(paper)
            except ValidationError as error:
                raise file.mistake(loc, error.errors()[0]["msg"]) from None
        if paper not in self._papers:
            raise file.mistake(loc, _unknown("id in papers.yaml", paper, self._papers))
        return self._papers[paper]


def _unknown(what: str, word: str, known: Iterable[str]) -> str:
    return f'"{word}" is no {what}{meant(word, known)}'
