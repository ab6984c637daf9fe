"""What is wrong with a file that people write, as one clear line: file, line, key, reason.

pydantic finds the mistakes; this module says them in plain words, with a suggestion where a word is
misspelt. Values are not quoted unless they are numbers: some settings are secrets.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel
from pydantic_core import ErrorDetails

Loc = tuple[str | int, ...]
"""Where in nested data something is: keys and positions, outermost first."""

SHAPES = {
    r"^[A-Z0-9][A-Z0-9-]{3,31}$": "4 to 32 capital letters, digits and hyphens, no hyphen first",
    r"^[0-9]{6}$": "six digits",
    r"^[0-9]{4}$": "four digits",
    r"^https://[^\s/]+$": "https:// and a host, with a port if need be, and no path",
    r"^(pkcs11:[^\s]+)?$": "a PKCS#11 URI, or empty",
    r"^[0-9a-f]{32}\$[0-9a-f]{64}$": "32 hexadecimal digits, a dollar sign and 64 more",
    r"^[a-z][a-z0-9_]*$": "small letters, digits and underscores, a letter first",
    r"^[0-9]+$": "digits only",
    r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$": "words of small letters, digits and _, with points between",
    r"^[0-9]{1,12}(\.[0-9]{1,4})?$": "a number in quotes, with a point and at most four decimals",
}
"""Every pattern of the settings and of the service items, said in words."""

_BOUNDS = {
    "greater_than": ("gt", "more than"),
    "greater_than_equal": ("ge", "at least"),
    "less_than": ("lt", "less than"),
    "less_than_equal": ("le", "at most"),
}
_KINDS = {
    "int_type": "a whole number, without quotes",
    "int_from_float": "a whole number",
    "float_type": "a number, without quotes",
    "finite_number": "an ordinary number",
    "bool_type": "true or false, without quotes",
    "string_type": "text; put it in quotes",
    "model_type": "a group of keys, not a single value",
    "model_attributes_type": "a group of keys, not a single value",
    "tuple_type": "a list",
}


class BadFile(ValueError):
    """One mistake in a file; `str()` is the line for the technician."""

    def __init__(self, path: Path | str, line: int | None, key: str, reason: str) -> None:
        self.path, self.line, self.key, self.reason = path, line, key, reason
        place = str(path) if line is None else f"{path}:{line}"
        super().__init__(": ".join(part for part in (place, key, reason) if part))


def meant(word: str, known: Iterable[str]) -> str:
    """`; did you mean "threshold"?`, or nothing when no known word is close."""
    close = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f'; did you mean "{close[0]}"?' if close else ""


def reason(error: ErrorDetails, known: Sequence[str]) -> str:
    """Say one pydantic finding in plain English; `known` are the keys that would have been right there."""
    kind, given = error["type"], error["input"]
    context: dict[str, Any] = error.get("ctx", {})
    number = isinstance(given, int | float) and not isinstance(given, bool)
    says = f" (it says {given})" if number else ""
    if kind in _KINDS:
        return f"must be {_KINDS[kind]}{says}"
    if kind in _BOUNDS:
        bound, words = _BOUNDS[kind]
        return f"must be {words} {context[bound]:g}{says}"
    match kind:
        case "union_tag_not_found" if not by_kind(error):
            return f"needs one of {', '.join(known)}"
        case "missing" | "union_tag_not_found":
            return "is missing"
        case "value_error":
            return error["msg"].removeprefix("Value error, ")
        case "extra_forbidden":
            return "no such key" + meant(str(error["loc"][-1]), known)
        case "literal_error":
            allowed = context["expected"]
            return f"must be {allowed}{says}" + _meant_value(given, allowed)
        case "union_tag_invalid":
            allowed = context["expected_tags"]
            return f"must be one of {allowed}" + _meant_value(context["tag"], allowed)
        case "string_pattern_mismatch":
            return f"must be {SHAPES[context['pattern']]}"
        case "string_too_short":
            length = context["min_length"]
            return "must not be empty" if length == 1 else f"must have at least {length} characters"
        case "string_too_long":
            return f"must have at most {context['max_length']} characters"
        case "too_short":
            return f"needs at least {context['min_length']} (it has {context['actual_length']})"
        case "too_long":
            return f"may have at most {context['max_length']} (it has {context['actual_length']})"
        case _:
            return error["msg"]


def by_kind(error: ErrorDetails) -> bool:
    """Whether it is about the key `kind`, which tells the variants of a group apart."""
    return error["type"].startswith("union_tag") and error.get("ctx", {}).get("discriminator") == "'kind'"


def keys_at(model: type[BaseModel], loc: Loc) -> tuple[str, ...]:
    """The keys that belong at `loc` of `model`, for suggestions."""
    here = [model]
    for part in loc:
        if isinstance(part, int):
            continue
        inside = [found for one in here if part in one.model_fields for found in _models(one, part)]
        # pydantic names the variant it chose (a question's kind) between the position and the key.
        variant = [one for one in here if part in get_args(_annotation(one, "kind"))]
        here = inside or variant or here
    return tuple(dict.fromkeys(key for one in here for key in one.model_fields))


def _meant_value(given: object, allowed: str) -> str:
    return meant(given, allowed.split("'")[1::2]) if isinstance(given, str) else ""


def _annotation(model: type[BaseModel], key: str) -> Any:
    return model.model_fields[key].annotation if key in model.model_fields else None


def _models(model: type[BaseModel], key: str) -> list[type[BaseModel]]:
    return _models_in(_annotation(model, key))


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [found for inner in get_args(annotation) for found in _models_in(inner)]
