"""Sets of everyday queries, each with the matters that a window clerk would take it to mean.

A set is a YAML file: `about`, and `queries` by kind. Sets that finding is improved with are divided by
`half_of`, so that nobody chooses what stays unseen: `python -m benchmarks.search_sets SET.yaml DIR` writes
DIR/development.yaml and DIR/held_out.yaml.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from config.data_files import read_model

Kind = Literal[
    "colloquial",
    "synonym",
    "abbreviation",
    "pinyin",
    "initials",
    "traditional",
    "typo",
    "homophone",
    "mixed",
    "sentence",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
"""The ten ways in which people ask; "pinyin" whole or begun, "mixed" scripts or letters in one query."""

Half = Literal["development", "held_out"]
HALVES: tuple[Half, ...] = get_args(Half)

Text = Annotated[str, Field(min_length=1)]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Asked(_Model):
    """One query, and every name of the catalogue that answers it."""

    query: Text
    means: tuple[Text, ...] = Field(min_length=1)


class QuerySet(_Model):
    """One file."""

    about: Text
    """Who wrote it, and when with respect to the words that finding knows."""
    queries: Mapping[Kind, tuple[Asked, ...]]

    @property
    def count(self) -> int:
        """How many queries."""
        return sum(len(asked) for asked in self.queries.values())


class _Entry(BaseModel):
    name: str


class _Catalogue(BaseModel):
    items: tuple[_Entry, ...]


def read_set(path: Path) -> QuerySet:
    """One set. Raises `BadFile`."""
    return read_model(path, QuerySet).value


def names_in(catalogue: Path) -> tuple[str, ...]:
    """The different names of a catalogue, in its order."""
    items = _Catalogue.model_validate_json(catalogue.read_bytes()).items
    return tuple(dict.fromkeys(item.name for item in items))


def half_of(query: str) -> Half:
    """The half that a query belongs to: the last bit of its SHA-256."""
    return HALVES[hashlib.sha256(query.encode()).digest()[-1] & 1]


def divided(whole: QuerySet) -> Mapping[Half, QuerySet]:
    """Its two halves."""
    return {half: QuerySet(about=whole.about, queries=_of(half, whole.queries)) for half in HALVES}


def _of(half: Half, queries: Mapping[Kind, Sequence[Asked]]) -> Mapping[Kind, tuple[Asked, ...]]:
    return {
        kind: tuple(one for one in asked if half_of(one.query) == half) for kind, asked in queries.items()
    }


def as_yaml(queries: QuerySet) -> str:
    """Its file, one query a paragraph."""
    lines = [f"about: {_scalar(queries.about)}", "queries:"]
    for kind, asked in queries.queries.items():
        lines += ["", f"  {kind}:"]
        for one in asked:
            lines += [f"    - query: {_scalar(one.query)}", "      means:", *_listed(one.means)]
    return "\n".join(lines) + "\n"


def _listed(names: Iterable[str]) -> list[str]:
    return [f"        - {_scalar(name)}" for name in names]


def _scalar(text: str) -> str:
    """Plain where YAML reads it back as it is, else quoted."""
    plain = re.fullmatch(r"(?!(?i:null|true|false)$)[^\W\d_][^:#,\[\]{}&*!|>'\"%@`]*", text)
    return text if plain and text == text.strip() else json.dumps(text, ensure_ascii=False)


def main(arguments: Sequence[str]) -> int:
    """Divide a set into its halves; the exit status."""
    source, directory = map(Path, arguments)
    for half, queries in divided(read_set(source)).items():
        path = directory / f"{half}.yaml"
        path.write_text(as_yaml(queries))
        sys.stdout.write(f"{path}: {queries.count} queries\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
