"""A scene is read whole before anybody plays it; a mistake in it is one line with file, line and reason."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bench.cast import CAST
from bench.scene_file import BadScene, read_scene
from bench.script import EXIT_BAD_SCENE, SHIPPED, play_script
from bench.verbs import VERBS

DOCUMENT = Path(__file__).parent.parent.parent / "docs" / "bench.md"


def written(folder: Path, text: str) -> Path:
    file = folder / "scene.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_scene_is_who_comes_and_what_they_do(tmp_path: Path) -> None:
    scene = read_scene(
        written(
            tmp_path,
            "title: 断网\npeople: [resident, child]\nsteps:\n"
            "  - network: cut\n  # a remark\n  - sees: {contains: 网络, within_s: 3}\n  - pulls_card\n",
        )
    )
    assert (scene.title, scene.people) == ("断网", ("resident", "child"))
    assert [(step.line, step.name) for step in scene.steps] == [
        (4, "004-network-cut"),
        (6, "006-sees-网络"),
        (7, "007-pulls_card"),
    ]


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("title: x\nsteps:\n  - touches: 好\n  - tuoches: 好\n", 4, "unknown verb 'tuoches'"),
        ("title: x\nsteps:\n  - touches:\n", 3, "touches: words are needed"),
        ("title: x\nsteps:\n  - types: 0417\n", 3, "types: 417 is a number; write it in quotes"),
        ("title: x\nsteps:\n  - network: off\n", 3, "network: 'off' is not one of cut, heal"),
        ("title: x\nsteps:\n  - lays_card: zhou\n", 3, "lays_card: 'zhou' is not one of resident"),
        ("title: x\nsteps:\n  - sees: '{naem}'\n", 3, "sees: {naem} stands for nothing"),
        ("title: x\nsteps:\n  - sees: {role: heading}\n", 3, "sees: words, or `name` or `contains`"),
        ("title: x\nsteps:\n  - platform_has: many\n", 3, "platform_has: a number of applications"),
        (
            "title: x\nsteps:\n  - record_is_signed_by: resident\n",
            3,
            "record_is_signed_by: a list of persons",
        ),
        ("title: x\nsteps:\n  - keys_in: 1234\n", 3, "keys_in: 1234 is a number"),
        ("title: x\nsteps:\n  - a: 1\n    b: 2\n", 3, "a step is one verb with its value"),
        ("title: x\nsteps: []\n", 2, "steps: a list of steps is needed"),
        ("title: x\n", 1, "steps: a list of steps is needed"),
        ("steps:\n  - pulls_card\n", 1, "title: a line of text is needed"),
        ("title: x\npeople: [me]\nsteps:\n  - pulls_card\n", 2, "people: nobody is called 'me'"),
        ("title: x\nrole: y\n", 2, "unknown key 'role'"),
        ("title: x\nsteps:\n  - sees: [\n", 4, "no YAML"),
        ("", 1, "a scene has the keys"),
    ],
)
def test_a_mistake_is_said_with_its_line(tmp_path: Path, text: str, line: int, reason: str) -> None:
    file = written(tmp_path, text)
    with pytest.raises(BadScene) as mistake:
        read_scene(file)
    assert str(mistake.value).startswith(f"{file}:{line}: {reason}")
    assert "\n" not in str(mistake.value)


def test_a_bad_file_starts_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert play_script(tmp_path / "none.yaml", tmp_path / "out") == EXIT_BAD_SCENE
    said = capsys.readouterr()
    assert said.err == f"{tmp_path / 'none.yaml'}:0: No such file or directory\n"
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("file", sorted(SHIPPED.glob("*.yaml")), ids=lambda file: file.stem)
def test_a_shipped_scene_can_be_read(file: Path) -> None:
    assert read_scene(file).steps


def test_the_document_names_every_verb_and_everybody() -> None:
    named = set(re.findall(r"^\| `(\w+)`", DOCUMENT.read_text("utf-8"), re.MULTILINE))
    assert named == set(VERBS) | set(CAST)
