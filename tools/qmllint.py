"""Checks all QML against the types of the Python view-models: `python -m tools.qmllint`.

metaobjectdump reads the models, qmltyperegistrar makes type descriptions of them, and qmllint checks every
screen against those, any warning being an error. Exit status 0 means: no warning.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
UI = PROJECT / "ui"
MODULE, MAJOR = "Hall.Models", "1"

MODELS = ("models/base.py", "models/rows.py", "items.py", "shell.py", "models/[!_]*.py")
"""Bases first: metaobjectdump knows a class as Qt's only after it has read its base."""


def model_files() -> list[Path]:
    """Every Python file with types for QML, in the order in which metaobjectdump understands them."""
    found = [path for pattern in MODELS for path in sorted(UI.glob(pattern))]
    return list(dict.fromkeys(found))


def describe_types(folder: Path) -> None:
    """Write a QML module with the models' types into `folder`."""
    module = folder.joinpath(*MODULE.split("."))
    module.mkdir(parents=True)
    dump = folder / "models.json"
    types = module / "models.qmltypes"
    _run(["metaobjectdump", "--quiet", "--out-file", str(dump), *map(str, model_files())])
    _run(
        ["qmltyperegistrar", "--generate-qmltypes", str(types), "-o", str(folder / "registration.cpp"),
         "--import-name", MODULE, "--major-version", MAJOR, "--minor-version", "0",
         *_foreign_types(), str(dump)]
    )  # fmt: skip
    (module / "qmldir").write_text(f"module {MODULE}\ntypeinfo {types.name}\ndepends QtQuick\n", "utf-8")


def _foreign_types() -> list[str]:
    import PySide6  # noqa: PLC0415 - only its place is wanted

    metatypes = Path(PySide6.__file__).parent / "Qt" / "metatypes"
    found = sorted(
        str(path) for part in ("core", "gui", "qml", "quick") for path in metatypes.glob(f"qt6{part}_*")
    )
    return ["--foreign-types", ",".join(found)] if found else []


def _run(command: list[str]) -> int:
    tool = Path(sys.executable).with_name(f"pyside6-{command[0]}")
    return subprocess.run([str(tool), *command[1:]], check=False, cwd=PROJECT).returncode


def lint(types: Path, files: list[Path]) -> int:
    """Check `files` against the types in folder `types`; gives the exit status.

    Paths are absolute: qmllint finds the qmldir beside a file only then.
    """
    return _run(["qmllint", "-W", "0", "-I", str(types), *map(str, files)])


def main() -> int:
    """Lint; gives the exit status."""
    with tempfile.TemporaryDirectory() as folder:
        describe_types(Path(folder))
        return lint(Path(folder), sorted(UI.rglob("*.qml")))


if __name__ == "__main__":
    sys.exit(main())
