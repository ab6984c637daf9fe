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


_COMMON: Final = {
    "id": "Its name in this file: small letters, digits and underscores.",
    "version": "Digits in quotes; counted up with every change.",
    "summary": "One sentence: what it is, and for whom.",
    "audience": "Who applies.",
    "depth": "How far it goes on the terminal.",
    "case_type": "Decided at once, or promised for later.",
    "area_code": "Six digits (GB/T 2260), in quotes.",
    "life_events": "Ids of the hall's list of life events.",
    "office": "Who handles it, and where the terminal sends people.",
    "complaint_phone": "Whom a person calls who is not content.",
    "assurance_level": "How surely the person must be the holder of the document.",
    "confidential_result": "Whether nobody looking on may know what came of it.",
    "results": "What comes of it.",
    "good_to_know": "What a person should know before beginning, a sentence each.",
    "flow": "The steps; without it: situations, licences, form, materials, parties, confirm, sign, deliver.",
    "lookups": "What shared data is asked for.",
    "fields": "The questions of the form, in their order.",
    "calculations": "Amounts that are worked out and shown.",
    "materials": "Every paper, or what stands for it.",
    "agreements": "Texts that are signed beside the form.",
    "basis": "Where it comes from, and whether anybody has checked it.",
    "source": "Where it comes from: law, notice, list.",
    "verified": "true only when somebody has checked it against its source.",
    "name": "As people read it.",
    "label": "As people read it, short.",
    "note": "A further line.",
    "relevant": "Only if this holds.",
    "value": "As it is sent and referred to.",
    "window": "Where it goes on instead.",
    "field": "The id of an earlier choice or of a fact, or `document`.",
    "values": "It holds for any of these.",
    "statutory_days": "Working days that the law gives.",
    "promised_days": "Working days that the authority promises.",
    "options": "The answers, two to eight.",
    "max_length": "The most characters.",
    "unit": "Behind the number.",
    "decimals": "How many places behind the point.",
    "default": "What most people would answer.",
}
"""For keys whose models say it themselves."""


def schema() -> dict[str, Any]:
    """The schema, each key with the meaning that the model's source gives it."""
    found = Item.model_json_schema()
    meanings = dict(_meanings())
    for name, model in {"Item": found, **found["$defs"]}.items():
        for key, property_ in model.get("properties", {}).items():
            meaning = meanings.get((name, key)) or _COMMON.get(key)
            if "ask" in model["properties"]:
                meaning = meanings.get(("_Question", key), meaning)
            if meaning is not None:
                property_["description"] = meaning.replace("None", "null")
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
