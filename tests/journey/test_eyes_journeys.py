"""Whole journeys that hang on a camera: trouble in the middle, papers, a guardian, a liveness module."""

from __future__ import annotations

import copy
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from bench.citizen import Citizen
from bench.hall import Hall, open_hall
from bench.journey import boot
from bench.people import face_of, resident
from bench.scene_file import read_scene
from bench.script import SHIPPED
from config.hall_time import hall_today
from tests.devices.vendor_host.vendors import compile_library
from tests.journey.conftest import Walker
from tests.journey.test_scenes import played, troubles

OURS = Path(__file__).with_name("scenes")
CERTIFICATE = "no_criminal_record_certificate"
ITEMS = Path(__file__).resolve().parents[2] / "config" / "items"


@asynccontextmanager
async def hall_with(folder: Path, extras: tuple[str, ...], settings: str = "") -> AsyncIterator[Walker]:
    """A hall with these extras and a layer of settings more, whose terminal stands at its welcome screen."""
    async with open_hall(folder, extras=extras) as hall:
        _layer(hall, settings)
        walker = Walker(hall, Citizen(hall.sight, hall.finger))
        await walker.walks(boot(hall))
        await walker.standby_is_warm()
        yield walker


def _layer(hall: Hall, settings: str) -> None:
    path = hall.folder / "test.toml"
    path.write_text(settings, encoding="utf-8")
    hall.configuration = (*hall.configuration, path)


def changed_item(folder: Path, name: str, change: Callable[[Any], None] = lambda _: None) -> str:
    """Settings of a hall with one matter: a shipped one, changed."""
    folder.mkdir()
    yaml = YAML()
    item = yaml.load((ITEMS / f"{name}.yaml").read_text(encoding="utf-8"))
    change(item)
    with (folder / f"{name}.yaml").open("w", encoding="utf-8") as out:
        yaml.dump(item, out)
    return f"items_dir = {json.dumps(str(folder))}\n"


@pytest.mark.long
async def test_a_camera_that_fails_while_it_looks_is_said_in_two_seconds_and_the_journey_goes_on(
    tmp_path: Path,
) -> None:
    scene = read_scene(SHIPPED / "04-camera-fails.yaml")
    async with hall_with(tmp_path / "hall", (), changed_item(tmp_path / "items", CERTIFICATE)) as walker:
        assert troubles(await played(walker, scene, "04-camera-fails")) == []
        said = [event.get("reason") for event in walker.events() if event["event"] == "crashed"]
        assert said == []


@pytest.mark.long
async def test_a_guardian_is_verified_by_their_own_face_and_applies_for_a_child(tmp_path: Path) -> None:
    scene = read_scene(SHIPPED / "05-child-and-guardian.yaml")
    async with hall_with(tmp_path / "hall", (), changed_item(tmp_path / "items", CERTIFICATE)) as walker:
        assert troubles(await played(walker, scene, "05-child-and-guardian")) == []


def _with_a_card(item: Any) -> None:
    """Nothing to type with letters, and a card to be laid down beside the papers."""
    item["fields"] = [asked for asked in item["fields"] if asked["id"] != "current_address"]
    papers = next(asked for asked in item["fields"] if asked["kind"] == "capture")
    item["fields"].append(
        copy.deepcopy(papers)
        | {
            "id": "social_card_sides",
            "material": "social_card",
            "paper": "id_1",
            "most_pages": 2,
            "label": {"zh": "社保卡", "en": "Social security card"},
            "ask": {"zh": "请放您的社保卡", "en": "Please lay down your social security card"},
            "where": {"zh": "先放正面，再放背面。", "en": "The front first, then the back."},
        }
    )
    scanned = next(material for material in item["materials"] if material["obtained"] == "scan")
    item["materials"].append(
        copy.deepcopy(scanned) | {"id": "social_card", "name": {"zh": "社保卡", "en": "Social security card"}}
    )


@pytest.mark.long
async def test_papers_laid_under_the_document_camera_arrive_as_pages_and_a_card_as_one(
    tmp_path: Path,
) -> None:
    settings = changed_item(tmp_path / "items", "residence_permit_endorsement", _with_a_card)
    scene = read_scene(OURS / "papers.yaml")
    async with hall_with(tmp_path / "hall", scene.devices, settings) as walker:
        assert troubles(await played(walker, scene, "papers")) == []


@pytest.mark.long
async def test_a_simulated_module_sends_a_print_away_and_certifies_nothing(tmp_path: Path) -> None:
    scene = read_scene(SHIPPED / "04-liveness-module.yaml")
    settings = changed_item(tmp_path / "items", CERTIFICATE)
    async with hall_with(tmp_path / "hall", scene.devices, settings) as walker:
        assert troubles(await played(walker, scene, "04-liveness-module")) == []


def _certified(item: Any) -> None:
    item["liveness"] = "certified"


@pytest.mark.long
async def test_a_certified_modules_verdict_and_level_are_in_the_record_that_the_platform_reads(
    tmp_path: Path,
) -> None:
    face = face_of(resident(hall_today()))
    library = compile_library(tmp_path, "liveness", f'PICTURE="{face}"')
    settings = changed_item(tmp_path / "items", CERTIFICATE, _certified)
    settings += f'[liveness_module]\ndriver = "vendor"\nlibrary = {json.dumps(str(library))}\n'
    scene = read_scene(OURS / "certified.yaml")
    async with hall_with(tmp_path / "hall", (), settings) as walker:
        assert troubles(await played(walker, scene, "certified")) == []
        assert walker.hall.camera.connections_made == 0, "the module has cameras of its own"
