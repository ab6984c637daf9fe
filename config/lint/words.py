"""Findings about words: both languages, whole, short enough, and no promise that is not the terminal's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from pydantic import BaseModel

from config.item import Item, Text
from config.lint.report import Lint
from config.plain import Loc

LIMITS: Final[dict[str, tuple[int, int]]] = {
    "title": (12, 45), "name": (24, 80), "label": (10, 32), "options.label": (13, 48), "ask": (18, 75),
    "note": (30, 110), "summary": (45, 150), "reason": (50, 170), "why": (60, 200), "bring": (20, 75),
    "where": (36, 120), "typed": (24, 75), "wrong": (40, 130), "formula": (40, 130), "later": (60, 200),
    "holders": (16, 64), "department": (16, 50), "window": (16, 50), "hours": (30, 70), "holder": (20, 60),
    "good_to_know": (50, 170), "conditions": (40, 140), "declaration": (150, 450), "next_steps": (120, 400),
    "offline.reason": (90, 280), "no_record": (60, 200),
}  # fmt: skip
"""The most characters, Chinese and English, that have their place on the screen."""

_NAMES: Final = frozenset(
    {"label", "name", "title", "bring", "department", "window", "hours", "holders", "unit"}
)
_SENTENCES: Final = frozenset(
    {"why", "reason", "summary", "declaration", "next_steps", "good_to_know", "text", "no_record"}
)

_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U000323af]")
_LATIN = re.compile(r"[A-Za-z]")
_EXPLAINED = re.compile(r"[\u3400-\u9fff]+ \([^)]*[A-Za-z][^)]*\)")
"""A Chinese word with its meaning behind it."""
_PLACEHOLDER = re.compile(
    r"\b(TODO|TBD|FIXME|XXX+|lorem|placeholder)\b|\?\?|？？|[<＜【\[].{0,20}[>＞】\]]|待填|待定|待补|某某|此处填|___",
    re.IGNORECASE,
)
_HALF_WIDTH = re.compile(r"""[,;!?()<>"']|(?<![0-9A-Za-z])[.:]|[.:](?![0-9A-Za-z/])""")
_FULL_WIDTH = re.compile(r"[，。；：！？（）“”、《》]")
_PROMISES: Final = {
    "zh": re.compile("当场|立即|马上出|立等可取|(?<!参)保证(?![人金])|受理通知书|一定"),
    "en": re.compile(r"\bat once|immediately|guarantee|\binstant", re.IGNORECASE),
}


def texts(value: Any, loc: Loc = ()) -> Iterator[tuple[Loc, Text]]:
    """Every text of an item, with its place."""
    if isinstance(value, Text):
        yield loc, value
    elif isinstance(value, BaseModel):
        for key in type(value).model_fields:
            yield from texts(getattr(value, key), (*loc, key))
    elif isinstance(value, tuple):
        for position, inner in enumerate(value):
            yield from texts(inner, (*loc, position))


def about_words(item: Item) -> Iterator[Lint]:
    """Everything about the texts of `item`."""
    for loc, text in texts(item):
        yield from _languages(loc, text)
        yield from _lengths(loc, text)
        yield from _signs(loc, text)
        for language, pattern in _PROMISES.items():
            found = pattern.search(text(language))
            if found is not None:
                why = f'"{found[0]}" is not the terminal\'s to promise'
                yield Lint("over-promised", (*loc, language), why)


def _languages(loc: Loc, text: Text) -> Iterator[Lint]:
    for language in ("zh", "en"):
        found = _PLACEHOLDER.search(text(language))
        if found is not None:
            yield Lint("placeholder", (*loc, language), f'"{found[0]}" was to be filled in')
    if loc[-1] == "unit":
        return  # 平方米, %, kWh
    if _HAN.search(text.zh) is None:
        yield Lint("not-chinese", (*loc, "zh"), f'"{text.zh}" has no Chinese in it')
    if _LATIN.search(text.en) is None:
        yield Lint("not-english", (*loc, "en"), f'"{text.en}" has no English in it')
    else:
        han = _HAN.search(_EXPLAINED.sub("", text.en))
        if han is not None:
            yield Lint("chinese-in-english", (*loc, "en"), f'has "{han[0]}" in it')
        if text.en[0].islower():
            yield Lint("small-letter", (*loc, "en"), f'begins with "{text.en[0]}"')


def _lengths(loc: Loc, text: Text) -> Iterator[Lint]:
    keys = [part for part in loc if isinstance(part, str)]
    limits = LIMITS.get(".".join(keys[-2:])) or LIMITS.get(keys[-1])
    if limits is None:
        return
    for language, most in zip(("zh", "en"), limits, strict=True):
        length = len(text(language))
        if length > most:
            why = f"has {length} characters; there is room for {most}"
            yield Lint("too-long", (*loc, language), why)


def _signs(loc: Loc, text: Text) -> Iterator[Lint]:
    for language, wrong in (("zh", _HALF_WIDTH), ("en", _FULL_WIDTH)):
        words = text(language)
        found = wrong.search(words)
        if found is not None:
            yield Lint("punctuation", (*loc, language), f'has "{found[0]}" in it')
        elif words.strip() != words:
            yield Lint("punctuation", (*loc, language), "has space at an end")
    key = next(part for part in reversed(loc) if isinstance(part, str))
    for language, stops, others in (("zh", "。！？", "。？，"), ("en", ".!?", ".?,")):
        end = text(language).rstrip("”）)\"'")[-1:]
        if key in _SENTENCES and end not in stops:
            yield Lint("full-stop", (*loc, language), f'ends with "{end}", without a full stop')
        elif key in _NAMES and end and end in others:
            yield Lint("full-stop", (*loc, language), f'is a name, and ends with "{end}"')
