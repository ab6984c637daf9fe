"""A condition of a service file as a person would say it, in either language; pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from config.item import DOCUMENT, Choice, Condition, DocumentKind, Equals, Item, Text
from config.item_conditions import AllOf, AnyOf, NoneOf

DOCUMENT_NAMES: Final[dict[DocumentKind, Text]] = {
    "resident": Text(zh="居民身份证", en="resident identity card"),
    "permit": Text(zh="港澳台居民居住证", en="residence permit for residents of Hong Kong, Macau and Taiwan"),
    "foreign-2017": Text(zh="外国人永久居留身份证（2017版）", en="foreign permanent resident card of 2017"),
    "foreign-2023": Text(zh="外国人永久居留身份证（2023版）", en="foreign permanent resident card of 2023"),
}


def in_words(condition: Condition, item: Item, language: str) -> str:
    """`住房是“租的”`, `Home: "Rented"`; groups within groups stand in brackets."""
    match condition:
        case Equals():
            return _comparison(condition, item, language)
        case AllOf():
            return _joined(condition.all_of, item, language, "，并且" if language == "zh" else ", and ")
        case AnyOf():
            return _joined(condition.any_of, item, language, "，或者" if language == "zh" else ", or ")
        case NoneOf():
            others = [in_words(each, item, language) for each in condition.none_of]
            if language == "zh":
                return "，并且".join(f"不是（{other}）" for other in others)
            return ", and ".join(f"not ({other})" for other in others)


def _joined(conditions: Iterable[Condition], item: Item, language: str, word: str) -> str:
    parts = [(isinstance(each, Equals), in_words(each, item, language)) for each in conditions]
    if len(parts) == 1:
        return parts[0][1]
    brackets = "（）" if language == "zh" else "()"
    return word.join(words if plain else f"{brackets[0]}{words}{brackets[1]}" for plain, words in parts)


def _comparison(equals: Equals, item: Item, language: str) -> str:
    name, values, told = _labels(equals, item, language)
    if told:
        return "查到了" if language == "zh" else "it is found"
    if language == "zh":
        return f"{name}是{'或'.join(f'“{value}”' for value in values)}"
    quoted = " or ".join(f'"{value}"' for value in values)
    return f"{name}: {quoted}"


def _labels(equals: Equals, item: Item, language: str) -> tuple[str, list[str], bool]:
    """The name, the values, and whether they are all that a lookup can tell."""
    if equals.field == DOCUMENT:
        names = {str(kind): name(language) for kind, name in DOCUMENT_NAMES.items()}
        return ("证件" if language == "zh" else "Document"), [names[value] for value in equals.values], False
    for asked in item.questions:
        if asked.id == equals.field and isinstance(asked, Choice):
            labels = {option.value: option.label(language) for option in asked.options}
            return asked.label(language), [labels[value] for value in equals.values], False
    for lookup in item.lookups:
        for fact in lookup.facts:
            if fact.id == equals.field:
                labels = {option.value: option.label(language) for option in fact.options}
                told = set(equals.values) == set(labels)
                return fact.label(language), [labels[value] for value in equals.values], told
    raise KeyError(equals.field)
