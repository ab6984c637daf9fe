"""One finding of the linter: where in which file, what is wrong, what to do."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from config.lint.codes import CODES, Severity
from config.plain import Loc


@dataclass(frozen=True)
class Lint:
    """A finding before it has its line: `loc` is a place in the item."""

    code: str
    loc: Loc
    reason: str
    suggestion: str | None = None
    """Where it differs from the code's own."""


@dataclass(frozen=True)
class Finding:
    """As it is printed."""

    path: Path
    line: int | None
    key: str
    code: str
    reason: str
    suggestion: str

    @property
    def severity(self) -> Severity:
        """How grave it is."""
        return CODES[self.code].severity

    def __str__(self) -> str:
        """One line, as compilers write it."""
        place = str(self.path) if self.line is None else f"{self.path}:{self.line}"
        key = f"{self.key}: " if self.key else ""
        return f"{place}: {self.severity}: {key}{self.reason} [{self.code}] {self.suggestion}"
