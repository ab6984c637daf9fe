"""The reviewed words of finding: how people speak, and what offices call it. Read from `config/finding`.

Every file of the directory has the same shape; `docs/finding.md` says how a clerk adds words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from config.data_files import files_in, read_model

SHIPPED = Path(__file__).parents[2] / "config" / "finding"

Words = Annotated[str, Field(min_length=1, max_length=40)]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Concept(_Model):
    """One thing or situation: what people say for it, and which official words it may lead to."""

    said: tuple[Words, ...] = ()
    means: tuple[Words, ...] = Field(min_length=1)
    """Most likely first. Parts with a space between them must all stand in a name, in any order."""


class Action(_Model):
    """What somebody wants done: how people say it, and what names of matters call it."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    said: tuple[Words, ...] = ()
    official: tuple[Words, ...] = Field(min_length=1)
    plain: bool = False
    """What is meant when nobody says anything else."""


class EnglishWords(_Model):
    """What people say in English for words that stand in the English names."""

    said: tuple[Words, ...] = Field(min_length=1)
    means: tuple[Words, ...] = Field(min_length=1)
    """Most likely first. Parts with a space between them must all stand in a name, in any order."""


class WordsFile(_Model):
    """One file of `config/finding`."""

    area: str = Field(min_length=1)
    concepts: tuple[Concept, ...] = ()
    actions: tuple[Action, ...] = ()
    fillers: tuple[Words, ...] = ()
    """Words that carry a sentence and no meaning for finding."""
    same: tuple[tuple[Words, ...], ...] = ()
    """Words used for one another in said phrases; the first of each group stands for all of it there."""
    lookalikes: tuple[Words, ...] = ()
    """Characters that are taken for one another, a group a line."""
    english: tuple[EnglishWords, ...] = ()
    english_fillers: tuple[Words, ...] = ()
    english_spellings: tuple[tuple[Words, ...], ...] = ()
    """Spellings of one word; all are read as the first."""


@dataclass(frozen=True)
class Vocabulary:
    """All reviewed words together."""

    concepts: Sequence[Concept] = ()
    actions: Sequence[Action] = ()
    fillers: Sequence[str] = ()
    same: Sequence[Sequence[str]] = ()
    lookalikes: Sequence[str] = ()
    english: Sequence[EnglishWords] = ()
    english_fillers: Sequence[str] = ()
    english_spellings: Sequence[Sequence[str]] = ()


def load_vocabulary(directory: Path = SHIPPED) -> Vocabulary:
    """Every file of `directory`. Raises `BadFile`."""
    files = [read_model(file, WordsFile).value for file in files_in(directory, "words")]
    return Vocabulary(
        tuple(concept for file in files for concept in file.concepts),
        tuple(action for file in files for action in file.actions),
        tuple(filler for file in files for filler in file.fillers),
        tuple(group for file in files for group in file.same),
        tuple(group for file in files for group in file.lookalikes),
        tuple(words for file in files for words in file.english),
        tuple(filler for file in files for filler in file.english_fillers),
        tuple(group for file in files for group in file.english_spellings),
    )
