"""Checks of a question that is answered by the scanner."""

from __future__ import annotations

import re
from collections.abc import Iterator

from config.item import ScanQuestion
from config.item_findings import Finding
from config.plain import Loc


def about_scan(question: ScanQuestion, loc: Loc) -> Iterator[Finding]:
    """A pattern that is one, where one is needed; and no typing of what nobody can read."""
    pattern: Loc = (*loc, "pattern")
    if question.code == "opaque":
        if question.typed is not None:
            yield Finding((*loc, "typed"), "nobody can type an opaque code")
        if question.pattern is not None:
            yield Finding(
                pattern, "means nothing here: the hall's settings say what an opaque code looks like"
            )
        return
    if question.pattern is None:
        if question.code == "plain" or question.typed is not None:
            yield Finding(pattern, "is missing: what does the whole code look like?")
        return
    try:
        re.compile(question.pattern)
    except re.error as error:
        yield Finding(pattern, f"is no regular expression: {error}")
