"""What a valid submission of one matter is, as JSON Schema: which answers there are, and what each may be.

The value that is judged is `{"document": …, "facts": {…}, "answers": {…}}`: the kind of identity document,
what lookups told, and every answer that is sent. An answer whose condition does not hold must not be there.
"""

from __future__ import annotations

from typing import Any, assert_never

from config.item import (
    DOCUMENT,
    AddressQuestion,
    CaptureQuestion,
    Choice,
    CitizenIdQuestion,
    CodeQuestion,
    Condition,
    DateQuestion,
    Equals,
    Item,
    MobileQuestion,
    NumberQuestion,
    Question,
    ScanQuestion,
    TextQuestion,
)
from config.item_conditions import AllOf, AnyOf, NoneOf
from config.item_lookups import Fact

_DAY = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_ADDRESS = r"^([0-9]{6}|[0-9]{9}) \S.*$"
"""The region's code, a space, and the whole address in words."""
_AMOUNT = r"^[0-9]{1,12}(\.[0-9]{1,2})?$"
_LONGEST_CODE = 400


def answers_schema(item: Item) -> dict[str, Any]:
    """The schema of `item`; for a joint matter, of everything that its members ask together."""
    facts = {fact.id: _fact(fact) for lookup in item.lookups for fact in lookup.facts}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Answers to {item.id}, version {item.version}",
        "type": "object",
        "additionalProperties": False,
        "required": ["document", "facts", "answers"],
        "properties": {
            "document": {"enum": list(item.documents)},
            "facts": {"type": "object", "additionalProperties": False, "properties": facts},
            "answers": {
                "type": "object",
                "additionalProperties": False,
                "properties": {asked.id: _answer(asked) for asked in item.questions},
            },
        },
        "allOf": [_presence(asked, frozenset(facts)) for asked in item.questions],
    }


def _presence(asked: Question, facts: frozenset[str]) -> dict[str, Any]:
    there = {"properties": {"answers": {"required": [asked.id]}}}
    if asked.relevant is None:
        return there
    return {"if": _condition(asked.relevant, facts), "then": there, "else": {"not": there}}


def _condition(condition: Condition, facts: frozenset[str]) -> dict[str, Any]:
    match condition:
        case Equals(field=field, values=values):
            one_of = {"enum": list(values)}
            if field == DOCUMENT:
                return {"properties": {"document": one_of}}
            where = "facts" if field in facts else "answers"
            return {"properties": {where: {"required": [field], "properties": {field: one_of}}}}
        case AllOf():
            return {"allOf": [_condition(each, facts) for each in condition.all_of]}
        case AnyOf():
            return {"anyOf": [_condition(each, facts) for each in condition.any_of]}
        case NoneOf():
            return {"not": {"anyOf": [_condition(each, facts) for each in condition.none_of]}}
        case _:
            assert_never(condition)


def _answer(asked: Question) -> dict[str, Any]:
    """What an answer may be that goes on: one that leads to the window is never sent."""
    match asked:
        case Choice():
            return {"enum": [option.value for option in asked.options if option.window is None]}
        case TextQuestion():
            return {"type": "string", "pattern": r"\S", "maxLength": asked.max_length}
        case MobileQuestion():
            return {"type": "string", "pattern": "^1[3-9][0-9]{9}$"}
        case DateQuestion():
            return {"type": "string", "pattern": _DAY}
        case AddressQuestion():
            return {"type": "string", "pattern": _ADDRESS}
        case NumberQuestion():
            point = rf"(\.[0-9]{{1,{asked.decimals}}})?" if asked.decimals else ""
            return {"type": "string", "pattern": f"^[0-9]{{1,12}}{point}$"}
        case CodeQuestion():
            return {"type": "string", "pattern": f"^(?:{asked.pattern})$", "maxLength": asked.max_length}
        case CitizenIdQuestion():
            return {"type": "string", "pattern": "^[1-9][0-9]{16}[0-9X]$"}
        case ScanQuestion():
            return {"type": "string", "minLength": 1, "maxLength": _LONGEST_CODE}
        case CaptureQuestion():
            return {"type": "string", "pattern": f"^[1-{asked.most_pages}]$"}
        case _:
            assert_never(asked)


def _fact(fact: Fact) -> dict[str, Any]:
    match fact.kind:
        case "text" | "case":
            return {"type": "string", "minLength": 1}
        case "date":
            return {"type": "string", "pattern": _DAY}
        case "amount":
            return {"type": "string", "pattern": _AMOUNT}
        case "choice":
            return {"enum": [option.value for option in fact.options if option.window is None]}
        case _:
            assert_never(fact.kind)
