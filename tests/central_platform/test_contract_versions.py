"""The contract does not change without a number: whoever builds the other side goes by it."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from central_platform.contract import DIRECTORY

VERSIONS = "versions.yaml"


def read(path: Path) -> Any:
    return YAML(typ="safe").load(path)


def digest(contract: Path) -> str:
    """One hash over every file but the list of versions: name, a line's end, and the hash of its bytes."""
    files = sorted(path for path in contract.iterdir() if path.name != VERSIONS)
    lines = (f"{path.name}\n{hashlib.sha256(path.read_bytes()).hexdigest()}\n" for path in files)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def wrong(contract: Path) -> list[str]:
    """What the list of versions and the files do not agree about."""
    found = []
    versions, api = read(contract / VERSIONS), read(contract / "openapi.yaml")
    numbers = [tuple(int(part) for part in str(each["version"]).split(".")) for each in versions]
    if numbers != sorted({*numbers}):
        found.append(f"{VERSIONS}: the newest version is the last one")
    newest = versions[-1]
    if api["info"]["version"] != newest["version"]:
        found.append(f"openapi.yaml says {api['info']['version']}, {VERSIONS} {newest['version']}")
    if newest["sha256"] != digest(contract):
        found.append(
            f"the files are not those of version {newest['version']}: add the next one to {VERSIONS} (how:"
            f" docs/integrators.md, Versions), or, as long as no terminal has this one, give it sha256"
            f" {digest(contract)}"
        )
    if not all(path.startswith(f"/v{numbers[-1][0]}/") for path in api["paths"]):
        found.append("an address does not begin with the version's first number")
    return found


def test_the_files_are_those_of_the_version_that_they_name() -> None:
    assert not wrong(DIRECTORY)


@pytest.mark.parametrize(
    ("file", "was", "becomes"),
    [
        ("receipt.schema.json", '"const": 1', '"const": 2'),
        ("openapi.yaml", "/v1/status:", "/v2/status:"),
        ("openapi.yaml", "summary: ", "summary:  "),
        (VERSIONS, "sha256: ", "sha256: 0"),
    ],
)
def test_a_change_without_a_number_is_noticed(tmp_path: Path, file: str, was: str, becomes: str) -> None:
    contract = shutil.copytree(DIRECTORY, tmp_path / "contract")
    text = (contract / file).read_text("utf-8")
    assert was in text
    (contract / file).write_text(text.replace(was, becomes, 1), "utf-8")
    assert wrong(contract)


def test_a_file_more_or_less_is_noticed(tmp_path: Path) -> None:
    contract = shutil.copytree(DIRECTORY, tmp_path / "contract")
    (contract / "status.schema.json").rename(contract / "state.schema.json")
    assert wrong(contract)
