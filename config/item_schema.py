"""The JSON Schema of a service file, for editors: `config/item.schema.json`, made from the models.

`python main.py item schema --output config/item.schema.json` writes it; a test keeps it in step. A file names
it in its first line, and editors that speak YAML's language server then complete keys and mark mistakes.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import config
from config.item import Item

SHIPPED: Final = Path(__file__).with_name("item.schema.json")

_MODULES: Final = (
    "item", "item_amounts", "item_basics", "item_conditions", "item_flow", "item_lookups", "item_parties",
    "item_questions",
)  # fmt: skip


def schema() -> dict[str, Any]:
    """The schema, each key with the meaning that the model's source gives it."""
    found = Item.model_json_schema()
    meanings = dict(_meanings())
    for name, model in {"Item": found, **found["$defs"]}.items():
        for key, property_ in model.get("properties", {}).items():
            meaning = meanings.get((name, key)) or meanings.get(("_Question", key))
            if meaning is not None:
                property_["description"] = meaning
            property_.pop("title", None)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Service file of a hall terminal",
        **{key: value for key, value in found.items() if key != "title"},
    }


def text() -> str:
    """As it stands in the file."""
    return json.dumps(schema(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _meanings() -> Iterator[tuple[tuple[str, str], str]]:
    """Model and key to the words that stand beneath the key in the source."""
    for name in _MODULES:
        path = Path(config.__path__[0]) / f"{name}.py"
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.ClassDef):
                for field, below in zip(node.body, [*node.body[1:], None], strict=True):
                    if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
                        match below:
                            case ast.Expr(value=ast.Constant(value=str(words))):
                                yield (node.name, field.target.id), " ".join(words.split())
