"""Data sets that can be told: YAML files of records, and the platform's own list of who may ask for what.

A directory holds one file a data set, and `purposes.yaml`: which items get which data sets, and at which
levels of assurance. What a file may say is in `docs/shared-data.md`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from central_platform.keys import BadDirectory

PERSON = "person"
"""Stands in `by` and in records for the number of the verified person's document."""

PURPOSES = "purposes.yaml"

CASES_OF_PERSON = "cases.of_person"
"""The data set that the platform has itself, and no file: what became of a person's applications."""

Level = Literal["card", "card_and_face", "card_and_fingerprint", "staff_checked"]
_SURE: tuple[Level, ...] = ("card_and_face", "card_and_fingerprint", "staff_checked")
_Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=64)]
_DataName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$", max_length=64)]
_Value = Annotated[str, Field(min_length=1, max_length=200)]

_KEPT_AT_ENDS = (3, 2)
"""Characters of a number that are told, at its beginning and end; of a short one none."""

_Form = TypeVar("_Form", bound=BaseModel)


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Words(_Part):
    """A name in both languages."""

    zh: str
    en: str


class Fact(_Part):
    """One thing that a data set knows. With `mask` it is never told whole."""

    kind: Literal["text", "date", "amount", "choice"]
    options: tuple[str, ...] = ()
    mask: Literal["name", "ends"] | None = None

    @model_validator(mode="after")
    def _has_options_if_a_choice(self) -> Fact:
        if (self.kind == "choice") != bool(self.options):
            raise ValueError("needs options if it is a choice, and only then")
        return self


class Record(_Part):
    """What is known under one key: of one person, of one account."""

    key: dict[str, str]
    told: dict[_Name, _Value]


class DataSet(_Part):
    """One holder's records."""

    data: _DataName
    name: Words
    holder: Words
    by: tuple[_Name, ...] = Field(min_length=1)
    """What finds a record: the person, answers, or both."""
    facts: dict[_Name, Fact] = Field(min_length=1)
    unavailable: bool = False
    """The holder cannot be reached: nothing is told, and nobody says that there is no record."""
    records: tuple[Record, ...] = ()

    @field_validator("records", mode="before")
    @classmethod
    def _with_keys_apart(cls, records: Any) -> Any:
        """In a file, a record's keys stand beside `told`."""
        return [
            {"key": {name: value for name, value in each.items() if name != "told"}, "told": each.get("told")}
            for each in records
        ]

    @model_validator(mode="after")
    def _has_fitting_records(self) -> DataSet:
        for number, record in enumerate(self.records, 1):
            if set(record.key) != set(self.by):
                raise ValueError(f"record {number}: needs {', '.join(self.by)} and told")
            for name, value in record.told.items():
                fact = self.facts.get(name)
                if fact is None:
                    raise ValueError(f"record {number}: {name}: no such fact")
                if fact.options and value not in fact.options:
                    raise ValueError(f"record {number}: {name}: not one of its options")
        return self

    @property
    def needs(self) -> frozenset[str]:
        """The answers that are asked for, beside the person."""
        return frozenset(self.by) - {PERSON}

    def find(self, id_number: str, needs: Mapping[str, str]) -> Record | None:
        """The record of this person, this account."""
        wanted = {name: id_number if name == PERSON else needs[name] for name in self.by}
        return next((record for record in self.records if record.key == wanted), None)


class Purpose(_Part):
    """What one matter may ask for."""

    data: tuple[_DataName, ...]
    levels: tuple[Level, ...] = _SURE
    """How surely the person has to be the one on the document."""


class _Purposes(_Part):
    items: dict[_Name, Purpose]


@dataclass(frozen=True)
class DataSets:
    """Everything that can be told, and to whom."""

    sets: Mapping[str, DataSet] = field(default_factory=dict)
    purposes: Mapping[str, Purpose] = field(default_factory=dict)

    @classmethod
    def load(cls, directory: Path) -> DataSets:
        """Read a directory. Raises `BadDirectory` with the file and what is wrong in it."""
        sets = {}
        for path in sorted(directory.glob("*.yaml")):
            if path.name != PURPOSES:
                read = _read(path, DataSet)
                if read.data == CASES_OF_PERSON:
                    raise BadDirectory(path, f"data: {CASES_OF_PERSON} is the platform's own")
                sets[read.data] = read
        purposes = _read(directory / PURPOSES, _Purposes).items
        for item, purpose in purposes.items():
            for name in purpose.data:
                if name not in sets and name != CASES_OF_PERSON:
                    raise BadDirectory(directory / PURPOSES, f"{item}: {name}: no such data set")
        return cls(sets, purposes)

    def allows(self, item: str, data: str, level: str) -> bool:
        """Purpose limitation: whether this matter may have this data set, for a person known so surely."""
        purpose = self.purposes.get(item)
        return purpose is not None and data in purpose.data and level in purpose.levels


class DataFiles:
    """The data sets of a directory, read anew when a file in it has changed."""

    def __init__(self, directory: Path) -> None:
        """Read them. Raises `BadDirectory`."""
        self._directory = directory
        self._seen = self._stamps()
        self._data_sets = DataSets.load(directory)

    def __call__(self) -> DataSets:
        """Everything as it is now; while a changed file is wrong, as it was before, and that is said."""
        stamps = self._stamps()
        if stamps != self._seen:
            self._seen = stamps
            try:
                self._data_sets = DataSets.load(self._directory)
            except BadDirectory as error:
                sys.stderr.write(f"platform: {error}\n")
        return self._data_sets

    def _stamps(self) -> frozenset[tuple[str, int, int]]:
        found = ((path.name, path.stat()) for path in self._directory.glob("*.yaml"))
        return frozenset((name, about.st_mtime_ns, about.st_size) for name, about in found)


def told(data_set: DataSet, record: Record, facts: list[str]) -> dict[str, str]:
    """Of the facts asked for, those that are known; what is somebody else's is masked."""
    return {name: _as_told(data_set.facts[name], record.told[name]) for name in facts if name in record.told}


def _as_told(fact: Fact, value: str) -> str:
    match fact.mask:
        case None:
            return value
        case "name":
            return value[:1] + "*" * max(len(value) - 1, 1)
        case "ends":
            first, last = _KEPT_AT_ENDS
            if len(value) <= 2 * (first + last):
                return "*" * len(value)
            return value[:first] + "*" * (len(value) - first - last) + value[-last:]


def _read(path: Path, form: type[_Form]) -> _Form:
    try:
        return form.model_validate(YAML(typ="safe").load(path))
    except OSError as error:
        raise BadDirectory(path, error.strerror or "cannot be read") from None
    except (YAMLError, UnicodeDecodeError):
        raise BadDirectory(path, "not YAML") from None
    except ValidationError as error:
        raise BadDirectory(path, "; ".join(_problems(error))) from None


def _problems(error: ValidationError) -> Iterator[str]:
    """Places and rules, never values: a real data set holds people."""
    for each in error.errors(include_input=False, include_url=False):
        where = ".".join(str(part) for part in each["loc"])
        yield f"{where}: {each['msg']}" if where else each["msg"]
