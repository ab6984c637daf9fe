"""Checks all QML against the types of the Python view-models: `python -m tools.qmllint`.

metaobjectdump reads the models, qmltyperegistrar makes type descriptions of them, and qmllint checks every
screen against those, any warning being an error. Exit status 0 means: no warning.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
MAJOR = "1"

WINDOWS: Mapping[str, tuple[Path, Sequence[str]]] = {
    "Hall.Models": (
        PROJECT / "ui",
        ("models/base.py", "models/rows.py", "items.py", "models/beside.py", "shell.py", "models/[!_]*.py"),
    ),
    "Bench.Models": (PROJECT / "bench" / "window", ("rows.py", "model.py")),
}
"""Each module of types, the folder with its QML, and the Python files that it is made of.

Bases first: metaobjectdump knows a class as Qt's only after it has read its base.
"""


def describe_types(folder: Path) -> None:
    """Write a QML module with the models' types into `folder`, one for each window."""
    for module, (place, patterns) in WINDOWS.items():
        found = [path for pattern in patterns for path in sorted(place.glob(pattern))]
        _describe(folder, module, list(dict.fromkeys(found)))


def _describe(folder: Path, name: str, files: Sequence[Path]) -> None:
    module = folder.joinpath(*name.split("."))
    module.mkdir(parents=True)
    dump = folder / f"{name}.json"
    types = module / "models.qmltypes"
    _run(["metaobjectdump", "--quiet", "--out-file", str(dump), *map(str, files)])
    _run(
        ["qmltyperegistrar", "--generate-qmltypes", str(types), "-o", str(folder / "registration.cpp"),
         "--import-name", name, "--major-version", MAJOR, "--minor-version", "0",
         *_foreign_types(), str(dump)]
    )  # fmt: skip
    (module / "qmldir").write_text(f"module {name}\ntypeinfo {types.name}\ndepends QtQuick\n", "utf-8")


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
        return lint(
            Path(folder), sorted(file for place, _ in WINDOWS.values() for file in place.rglob("*.qml"))
        )


if __name__ == "__main__":
    sys.exit(main())
