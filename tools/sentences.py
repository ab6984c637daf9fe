"""Brings the translators' file up to date with what the screens say: `python -m tools.sentences`.

Qt's lupdate finds every sentence of the QML by itself. What the view-models say stands in Python in many
places (a table, a `say`), always as Chinese text: those sentences are handed to lupdate as one list, in the
context `Sentences`, with the files that say them as a comment for the translator.

New sentences stand in ui/translations/hall_en.ts as unfinished, vanished ones as vanished, until somebody has
looked at them in Qt Linguist. With `--check` nothing is written; exit status 1 if there are any.
"""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from ui.linguist import SENTENCES, Message, read_messages

UI = Path(__file__).resolve().parents[1] / "ui"
ENGLISH = UI / "translations" / "hall_en.ts"

CHINESE = re.compile("[\u2e80-\uffef]")
"""Characters, their punctuation and full-width forms."""

NOT_SAID = {UI / "root_picture.py", *UI.joinpath("translations").glob("*.py")}
"""Draws both languages into one picture; and what is no screen."""

NO_WORDS = frozenset("；") | {"；\n"}
"""Between two sentences of a list, in either language."""


def said_in_python(file: Path) -> Iterator[str]:
    """Every Chinese text in a Python file but for its docstrings."""
    tree = ast.parse(file.read_text("utf-8"))
    docs = {
        ast.get_docstring(node, clean=False)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value not in docs:
            text = node.value
            if CHINESE.search(text) and text not in NO_WORDS:
                yield text


def in_python() -> Mapping[str, str]:
    """Every sentence that a view-model says, with the files that say it."""
    files: dict[str, list[str]] = defaultdict(list)
    for file in sorted(UI.rglob("*.py")):
        if file not in NOT_SAID:
            for text in dict.fromkeys(said_in_python(file)):
                files[text].append(file.relative_to(UI.parent).as_posix())
    return {text: ", ".join(where) for text, where in files.items()}


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def update(catalogue: Path) -> None:
    """Let lupdate merge everything that is said now into a translators' file."""
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder) / f"{SENTENCES}.py"
        listed.write_text(
            "".join(
                f'#: {where}\nQCoreApplication.translate("{SENTENCES}", {_quoted(text)})\n'
                for text, where in in_python().items()
            ),
            "utf-8",
        )
        tool = Path(sys.executable).with_name("pyside6-lupdate")
        qml = sorted(map(str, UI.joinpath("qml").rglob("*.qml")))
        subprocess.run(
            [str(tool), "-silent", "-locations", "none", "-source-language", "zh_CN",
             "-target-language", "en", str(listed), *qml, "-ts", str(catalogue)],
            check=True,
        )  # fmt: skip


def found() -> Mapping[tuple[str, str], Message]:
    """Everything that is said now, by context and sentence."""
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / "fresh.ts"
        update(fresh)
        return {(each.context, each.source): each for each in read_messages(fresh)}


def differences(catalogue: Path) -> list[str]:
    """What is said and not in the file, in the file and not said, or without its English; one line each."""
    said = found()
    kept = {
        (each.context, each.source): each for each in read_messages(catalogue) if each.state != "vanished"
    }
    return [
        *(f"new: {context}: {source}" for context, source in said if (context, source) not in kept),
        *(f"vanished: {context}: {source}" for context, source in kept if (context, source) not in said),
        *(
            f"without English: {each.context}: {each.source}"
            for each in kept.values()
            if each.state == "unfinished" or not each.translation
        ),
    ]


def main() -> int:
    """Update or check; gives the exit status."""
    if "--check" not in sys.argv[1:]:
        update(ENGLISH)
    lines = differences(ENGLISH)
    sys.stdout.writelines(f"{line}\n" for line in lines)
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
