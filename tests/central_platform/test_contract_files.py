"""The platform's HTTP and the contract's files say the same."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from pydantic import BaseModel
from ruamel.yaml import YAML

from central_platform.app import make_app
from central_platform.contract import (
    DIRECTORY,
    Authority,
    CallState,
    Case,
    Certificate,
    Confirmed,
    Downstream,
    DownstreamReport,
    Enrolled,
    EnvelopeKey,
    Kept,
    Problem,
    Receipt,
    SealedAnswer,
    Status,
    Upload,
)
from central_platform.enrolment import Enrolment
from central_platform.enrolment_app import make_enrolment_app
from central_platform.opening import Keyring
from central_platform.receiving import CHINA_TIME, Platform
from central_platform.shared_data import SharedData
from central_platform.shared_data_sets import DataSets
from central_platform.tables import open_database
from tests.central_platform.test_receiving import LATE_EVENING_UTC
from tests.offline_queue.platform_process import made

WORDS = {"title", "description", "$schema", "$id"}


@pytest.fixture
def served(tmp_path: Path) -> dict[str, Any]:
    made(tmp_path)
    engine = open_database(tmp_path / "platform.db")
    keyring, now = Keyring.load(tmp_path), lambda: LATE_EVENING_UTC.astimezone(CHINA_TIME)
    app = make_app(Platform(engine, keyring, now), SharedData(engine, keyring, now, DataSets))
    engine.dispose()
    return app.openapi()


@pytest.fixture
def served_to_the_invited(tmp_path: Path) -> dict[str, Any]:
    made(tmp_path)
    engine = open_database(tmp_path / "platform.db")
    keyring, now = Keyring.load(tmp_path), lambda: LATE_EVENING_UTC
    app = make_enrolment_app(Enrolment(engine, keyring, tmp_path, "https://localhost:8443", now))
    engine.dispose()
    return app.openapi()


def written(file: str = "openapi.yaml") -> dict[str, Any]:
    contract: dict[str, Any] = YAML(typ="safe").load(DIRECTORY / file)
    return contract


def resolved(contract: dict[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    reference = node.get("$ref", "")
    if not reference.startswith("#/"):
        return node
    target = contract
    for part in reference[2:].split("/"):
        target = target[part]
    return target


def form(schema: dict[str, Any]) -> str:
    """`sealed-answer.schema.json` and `#/components/schemas/SealedAnswer` are both "sealedanswer"."""
    return str(schema["$ref"]).rsplit("/", 1)[-1].partition(".")[0].replace("-", "").lower()


def media(content: dict[str, Any]) -> str:
    """A body's form, or only its kind where it is bytes."""
    ((kind, said),) = content.items()
    return form(said["schema"]) if kind == "application/json" else kind


def file_of(model: type[BaseModel]) -> Path:
    """The schema file of one of the server's types: two words of its name have a hyphen between."""
    return DIRECTORY / f"{re.sub(r'(?<=[a-z])(?=[A-Z])', '-', model.__name__).lower()}.schema.json"


def said(contract: dict[str, Any]) -> dict[str, Any]:
    """What a contract promises, without its words."""
    promises = {}
    for path, methods in contract["paths"].items():
        for method, operation in methods.items():
            parameters = [resolved(contract, parameter) for parameter in operation.get("parameters", [])]
            body = operation.get("requestBody")
            promises[f"{method} {path}"] = {
                "parameters": {
                    (p["in"], p["name"], p["required"]): {
                        k: v for k, v in p["schema"].items() if k not in WORDS
                    }
                    for p in parameters
                },
                "body": media(body["content"]) if body else None,
                "answers": {
                    status: media(resolved(contract, answer)["content"])
                    for status, answer in operation["responses"].items()
                },
            }
    return promises


def test_the_server_promises_what_the_contract_file_promises(served: dict[str, Any]) -> None:
    assert said(served) == said(written())


def test_enrolment_promises_what_its_contract_file_promises(served_to_the_invited: dict[str, Any]) -> None:
    assert said(served_to_the_invited) == said(written("enrolment.yaml"))


def bare(schema: Any, definitions: dict[str, Any]) -> Any:
    """A schema without words, with the two ways to write one constant or one nullable string made one."""
    if isinstance(schema, list):
        return [bare(entry, definitions) for entry in schema]
    if not isinstance(schema, dict):
        return schema
    if "anyOf" in schema and {"type": "null"} in schema["anyOf"]:
        (other,) = [entry for entry in schema["anyOf"] if entry != {"type": "null"}]
        return bare({**other, "type": [other["type"], "null"]}, definitions)
    values = {key: bare(value, definitions) for key, value in schema.items() if key not in WORDS}
    if "const" in values or "enum" in values:
        values.pop("type", None)
    return values


@pytest.mark.parametrize(
    "model",
    [
        Receipt,
        CallState,
        Case,
        Downstream,
        DownstreamReport,
        Status,
        EnvelopeKey,
        Kept,
        Problem,
        SealedAnswer,
        Upload,
        Authority,
        Enrolled,
        Confirmed,
        Certificate,
    ],
)
def test_the_types_the_server_answers_with_are_the_schemas(model: type[BaseModel]) -> None:
    file = json.loads(file_of(model).read_text("utf-8"))
    ours = bare(model.model_json_schema(), {})
    theirs = bare(file, {})
    for schema in (ours, theirs):
        schema["required"] = sorted(schema["required"])
    assert ours == theirs


def test_every_schema_is_a_schema_and_allows_nothing_unknown() -> None:
    for path in DIRECTORY.glob("*.schema.json"):
        schema = json.loads(path.read_text("utf-8"))
        jsonschema.Draft202012Validator.check_schema(schema)
        assert schema["additionalProperties"] is False, path.name
