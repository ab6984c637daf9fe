"""`item report`, `show`, `new` and `schema`: figures to compare, a page to read, a file to begin with."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from pydantic import TypeAdapter
from typer.testing import CliRunner, Result

from commands.item import app
from config.item_conditions import Condition
from config.item_reference import written
from config.item_schema import SHIPPED as SCHEMA
from config.item_schema import schema, text
from config.items import SHIPPED, load_items
from config.lint.check import lint_files
from config.lint.figures import figures
from config.yaml_lines import read
from tests.config.rich_item import RICH, write

PAGE = Path(__file__).resolve().parents[2] / "docs/items.md"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


# ---- report -----------------------------------------------------------------------------------------------


def test_the_figures_count_what_a_person_meets(tmp_path: Path) -> None:
    (found,) = json.loads(run("report", "--json", str(write(tmp_path))).stdout)
    assert found["id"] == "dog_licence"
    # Rented with permit or without, or another home; vaccinated or not; shared or not.
    assert found["paths"] == 3 * 2 * 2
    # The chip's number; what was paid, where vaccinated; name and number of whoever shares the dog.
    assert found["typed"] == {"least": 1, "usual": 2.5, "most": 4}
    # Nobody knows the dog: its name and birthday, too, and nobody is asked what was paid.
    assert found["typed_without_data"] == {"least": 3, "usual": 4.0, "most": 5}
    assert found["papers"] == {"least": 0, "usual": 0.5, "most": 1}
    assert found["touched"] == {"least": 3, "usual": 4, "most": 4}


def test_a_spreadsheet_can_read_the_figures(tmp_path: Path) -> None:
    (row,) = csv.DictReader(io.StringIO(run("report", "--csv", str(write(tmp_path))).stdout))
    assert row["id"] == "dog_licence"
    assert row["typed_most"] == "4"


def test_two_halls_versions_are_compared(tmp_path: Path) -> None:
    for hall in ("here", "there"):
        (tmp_path / hall).mkdir()
        write(tmp_path / hall)
    both = (str(tmp_path / "here"), str(tmp_path / "there"))
    assert run("report", *both).stdout.strip() == "1 matters, no difference in these figures."
    write(tmp_path / "there", ("    prefill: {fact: born_found}\n", ""))
    write(tmp_path / "there", ("id: dog_licence", "id: cat_licence"), name="cat.yaml")
    lines = run("report", *both).stdout.split("\n")
    assert [line.split() for line in lines if " typed " in line] == [
        ["dog_licence", "typed", "1/2.5/4", "2/3.5/5"]
    ]
    assert ["cat_licence", "is", "there", "no", "yes"] in [line.split() for line in lines]
    (dog, cat) = json.loads(run("report", "--json", *both).stdout)
    assert "typed" in dog["changed"]
    assert cat["here"] is None
    rows = list(csv.DictReader(io.StringIO(run("report", "--csv", *both).stdout)))
    assert {"id": "dog_licence", "figure": "typed", "here": "1/2.5/4", "there": "2/3.5/5"} in rows


def test_a_report_on_a_file_that_is_refused_names_it(tmp_path: Path) -> None:
    result = run("report", str(write(tmp_path, ("depth: application", "depth: aplication"))))
    assert result.exit_code == 2
    assert result.stderr.startswith(f"{tmp_path}/dog_licence.yaml:8: depth: ")
    assert run("report", "--json", "--csv").exit_code == 2
    as_json = run("report", "--json", str(tmp_path / "none.yaml"))
    assert as_json.exit_code == 2
    assert json.loads(as_json.stdout) == {
        "error": f"{tmp_path}/none.yaml: cannot be read: No such file or directory"
    }


def test_the_median_matter_asks_for_two_typed_fields_or_fewer() -> None:
    typed = sorted(figures(item).typed.usual for item in load_items(SHIPPED) if not item.only_in_joint)
    assert typed[len(typed) // 2] <= 2


# ---- show -------------------------------------------------------------------------------------------------


def test_a_matter_is_shown_in_both_languages_with_every_path(tmp_path: Path) -> None:
    shown = run("show", str(write(tmp_path))).stdout
    assert "# 给狗上户口 · Register a dog" in shown
    assert "- [1, 1, 7] 住房：自己的 (My own); 打过疫苗：没打过 (No); 共同饲养：不是 (No) → 疫苗本" in shown
    assert shown.count("\n- [") == len(set(shown.split("\n- ["))) - 1
    assert "- → window: For whom: Other · 为谁：别人" in shown
    assert "→ 疫苗本" in shown


def test_a_shipped_matter_is_shown_by_its_id() -> None:
    item = load_items(SHIPPED)[0]
    assert item.name.zh in run("show", item.id).stdout
    result = run("show", "no_such_matter")
    assert result.exit_code == 2
    assert "no_such_matter.yaml: cannot be read" in result.stderr


# ---- new --------------------------------------------------------------------------------------------------

TO_FILL_IN = {"placeholder", "not-verified", "nothing-said"}


def test_a_new_file_is_found_wanting_only_in_what_is_to_be_filled_in(tmp_path: Path) -> None:
    assert run("new", "dog_licence", "--output", str(tmp_path)).exit_code == 0
    path = tmp_path / "dog_licence.yaml"
    found, items = lint_files([path])
    assert {finding.code for finding in found} == TO_FILL_IN
    assert [item.id for item in items] == ["dog_licence"]
    lines = path.read_text("utf-8").split("\n")
    for finding in found:
        if finding.code == "placeholder":
            assert re.search("待填|TODO", lines[(finding.line or 0) - 1])


def test_a_new_joint_matter_is_found_wanting_only_in_what_is_to_be_filled_in(tmp_path: Path) -> None:
    members = ("dog_licence", "dog_tag", "dog_lead")
    for member in members:
        run("new", member, "--output", str(tmp_path))
    arguments = [word for member in members for word in ("--member", member)]
    assert run("new", "dog", *arguments, "--output", str(tmp_path)).exit_code == 0
    found, (item,) = lint_files([tmp_path / "dog.yaml"])
    assert {finding.code for finding in found} == TO_FILL_IN
    assert {member.item for member in item.members} == set(members)


def test_a_new_file_names_the_schema_and_no_file_is_written_over(tmp_path: Path) -> None:
    run("new", "dog_licence", "--output", str(tmp_path))
    path = tmp_path / "dog_licence.yaml"
    first, _, _rest = path.read_text("utf-8").partition("\n")
    named = first.removeprefix("# yaml-language-server: $schema=")
    assert (tmp_path / named).resolve() == SCHEMA
    path.write_text("mine", "utf-8")
    again = run("new", "dog_licence", "--output", str(tmp_path))
    assert again.exit_code == 2
    assert again.stderr.strip() == f"{path}: cannot be written: File exists"
    assert path.read_text("utf-8") == "mine"


@pytest.mark.parametrize("wrong", ["Dog", "9dogs", "../dog", "dog licence", "x" * 65])
def test_an_id_that_is_none_is_refused(tmp_path: Path, wrong: str) -> None:
    result = run("new", wrong, "--output", str(tmp_path))
    assert result.exit_code == 2
    assert list(tmp_path.iterdir()) == []


# ---- schema -----------------------------------------------------------------------------------------------


def errors(data: Any) -> list[str]:
    return [error.message for error in jsonschema.Draft202012Validator(schema()).iter_errors(data)]


def test_the_schema_file_is_in_step_with_the_models(tmp_path: Path) -> None:
    """`python main.py item schema --output config/item.schema.json` writes it."""
    assert SCHEMA.read_text("utf-8") == text()
    assert run("schema").stdout == text()
    run("schema", "--output", str(tmp_path / "schema.json"))
    assert (tmp_path / "schema.json").read_text("utf-8") == text()
    assert run("schema", "--output", str(tmp_path)).exit_code == 2


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.yaml")), ids=lambda path: path.stem)
def test_an_editor_finds_nothing_wrong_with_a_shipped_matter(path: Path) -> None:
    assert errors(read(path.read_text("utf-8"))[0]) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("audience:", "audiance:"),
        ("depth: application", "depth: aplication"),
        ("kind: citizen_id", "kind: citizen"),
        ("{value: self, label", "{valu: self, label"),
        ("promised_days: 3", "promised_days: three"),
    ],
)
def test_an_editor_marks_what_the_terminal_would_refuse(old: str, new: str) -> None:
    assert errors(read(RICH)[0]) == []
    assert old in RICH
    assert errors(read(RICH.replace(old, new, 1))[0]) != []


def test_the_schema_says_what_keys_mean() -> None:
    models = schema()["$defs"]
    assert models["Material"]["properties"]["lookup"]["description"].startswith("With `data_sharing`")
    assert models["TextQuestion"]["properties"]["reason"]["description"] == (
        "Why the authority wants to know."
    )


# ---- the page ---------------------------------------------------------------------------------------------


def test_the_page_s_tables_are_in_step_with_the_models() -> None:
    """`python -m config.item_reference docs/items.md` writes them."""
    document = PAGE.read_text("utf-8")
    assert document == written(document)


def test_every_command_of_the_page_works_in_its_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "my-items").mkdir()
    commands = re.findall(r"^ *python main\.py item (.+)$", PAGE.read_text("utf-8"), re.MULTILINE)
    assert len(commands) >= 6
    for command in commands:
        if "their-items" in command:
            shutil.copytree("my-items", "their-items")
        if "--member" in command:
            run("new", "dog_tag", "--output", "my-items")
        result = run(*command.split())
        # What nobody has filled in yet is an error of the linter's.
        assert result.exit_code == (1 if command.startswith("lint") else 0), result.output


def test_the_conditions_of_the_page_are_conditions() -> None:
    (block,) = re.findall(r"```yaml\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    parts = re.split(r"^(?=relevant:)", block, flags=re.MULTILINE)
    conditions = [TypeAdapter(Condition).validate_python(read(part)[0]["relevant"]) for part in parts if part]
    assert len(conditions) == 3
