"""QML is checked against the Python types, and a slip of the pen in either is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import qmllint

UI = Path(__file__).resolve().parents[2] / "ui"


def test_all_qml_is_clean() -> None:
    assert qmllint.main() == 0


def test_a_misspelt_property_of_a_model_is_found(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    qmllint.describe_types(tmp_path / "types")
    wrong = tmp_path / "Wrong.qml"
    wrong.write_text(
        "import QtQuick\nimport Hall.Models\n"
        "Item { required property MatterModel model\n Text { text: parent.model?.titel ?? '' }\n"
        " Component.onCompleted: model.titel = 'x' }\n",
        "utf-8",
    )
    assert qmllint.lint(tmp_path / "types", [wrong]) != 0
    assert "titel" in "".join(capfd.readouterr())


@pytest.mark.parametrize("file", sorted(UI.rglob("*.qml")), ids=lambda file: file.name)
def test_no_shader_and_no_context_property(file: Path) -> None:
    text = file.read_text("utf-8")
    for word in ("ShaderEffect", "MultiEffect", "Effects", "layer.enabled", "Canvas"):
        assert word not in text
