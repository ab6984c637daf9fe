"""Every key of a service file as tables for docs/items.md, made from the models.

`python -m config.item_reference docs/items.md` writes them between the two marks; a test compares.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from config.item_schema import schema

BEGIN, END = "<!-- keys: begin -->", "<!-- keys: end -->"

_SECTIONS: Final = (
    ("The matter", ("Item",)),
    ("Its small parts", ("Text", "Basis", "Time", "Fee", "Office", "Offline", "Result", "Retention", "Due")),
    ("Documents", ("Elsewhere", "Window", "CardField")),
    ("Questions: keys that every kind has", ("_Question",)),
    (
        "Questions: keys of one kind",
        (
            "Choice", "Option", "TextQuestion", "MobileQuestion", "DateQuestion", "AddressQuestion",
            "NumberQuestion", "CodeQuestion", "CitizenIdQuestion", "ScanQuestion", "CaptureQuestion",
            "Prefill",
        ),
    ),
    ("Conditions", ("Equals", "AllOf", "AnyOf", "NoneOf")),
    ("Shared data", ("Lookup", "Fact", "FactOption")),
    ("Amounts", ("Calculation", "Value", "OfField", "Least", "Total", "Less", "Share")),
    ("Materials, parties, agreements", ("Material", "Party", "Agreement")),
    ("Joint matters", ("JointMember", "LeftOut")),
)  # fmt: skip
_GROUPS: Final = {
    "Equals": "condition", "Value": "amount", "Choice": "question", "Deliver": "step",
}  # fmt: skip
"""One member of each union, and what the union is called."""
_KINDS: Final = {"string": "text", "integer": "whole number", "number": "number", "boolean": "true or false"}


def tables() -> str:
    """All of it in Markdown."""
    whole = schema()
    models = {"Item": whole, **whole["$defs"]}
    common = set.intersection(
        *(set(models[name]["properties"]) for name in ("TextQuestion", "DateQuestion", "CaptureQuestion"))
    )
    models["_Question"] = _cut(models["TextQuestion"], common - {"kind"}) | {"description": ""}
    parts = []
    for title, names in _SECTIONS:
        parts.append(f"### {title}\n")
        for name in names:
            model = models[name]
            if (
                name in models["Item"]["$defs"]
                and "kind" in model["properties"]
                and "ask" in model["properties"]
            ):
                model = _cut(model, set(model["properties"]) - common | {"kind"})
            parts.append("\n".join(_table(name, model)))
    parts.append("### Steps of `flow`\n")
    parts.append("\n".join(_steps(models)))
    return "\n".join(parts)


def written(document: str) -> str:
    """`document` with the tables between its marks."""
    before, _, rest = document.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{tables()}\n{END}{after}"


def _cut(model: dict[str, Any], keys: set[str]) -> dict[str, Any]:
    return model | {"properties": {key: value for key, value in model["properties"].items() if key in keys}}


def _table(name: str, model: dict[str, Any]) -> Iterator[str]:
    heading = model.get("description", "").partition("\n\n")[0]
    if name not in {"Item", "_Question"}:
        kind = model["properties"].get("kind", {}).get("const")
        called = f"`kind: {kind}`" if kind is not None else f"**{name}**"
        yield f"{called}: {' '.join(heading.split())}\n"
    if set(model["properties"]) <= {"kind"}:
        return
    needed = set(model.get("required", ()))
    yield "| key | is | needed | meaning |"
    yield "|---|---|---|---|"
    for key, value in model["properties"].items():
        if key == "kind" and "const" in value:
            continue
        must = "yes" if key in needed else ""
        yield f"| `{key}` | {_is(value)} | {must} | {value.get('description', '')} |"
    yield ""


def _steps(models: dict[str, Any]) -> Iterator[str]:
    yield "| kind | further keys | meaning |"
    yield "|---|---|---|"
    for option in models["Item"]["properties"]["flow"]["items"]["oneOf"]:
        step = models[option["$ref"].rpartition("/")[2]]
        keys = [f"`{key}`" for key in step["properties"] if key != "kind"]
        kind = step["properties"]["kind"]["const"]
        yield f"| `{kind}` | {', '.join(keys)} | {' '.join(step['description'].split())} |"
    yield ""


def _is(value: dict[str, Any]) -> str:
    """The type in a few words."""
    if "$ref" in value:
        name = value["$ref"].rpartition("/")[2]
        return "text, zh and en" if name == "Text" else name
    if "const" in value:
        return f"`{value['const']}`"
    if "enum" in value:
        return " ".join(f"`{each}`" for each in value["enum"])
    for key in ("anyOf", "oneOf"):
        if key in value:
            names = {each["$ref"].rpartition("/")[2] for each in value[key] if "$ref" in each}
            group = next((group for first, group in _GROUPS.items() if first in names), None)
            parts = (_is(each) for each in value[key] if each.get("type") != "null")
            return group or " or ".join(dict.fromkeys(parts))
    if value.get("type") == "array":
        return f"list: {_is(value['items'])}" if "items" in value else "two of them"
    return _KINDS.get(value.get("type", ""), "")


def main() -> None:
    """Write the tables into the file that the command line names."""
    match sys.argv[1:]:
        case [file]:
            path = Path(file)
            path.write_text(written(path.read_text("utf-8")), "utf-8")
        case _:
            sys.exit("usage: python -m config.item_reference FILE")


if __name__ == "__main__":
    main()
