"""`item search` and `item words`: queries in, names out; what nobody found, as lines for the vocabulary."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from ruamel.yaml import YAML

ROOT = Path(__file__).parents[2]


def run(*arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "main.py"), "item", *arguments],
        input=typed,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def catalogue(tmp_path: Path) -> str:
    names = ["居民身份证办理", "户口注销", "户口登记", "户口注销", "食品经营许可核发"]
    items = [{"name": name, "department": "区公安分局", "main_item": "未分类"} for name in names]
    path = tmp_path / "hall.json"
    path.write_text(json.dumps({"source": "invented", "items": items}), encoding="utf-8")
    return str(path)


def test_every_line_gets_its_list_in_order(catalogue: str) -> None:
    done = run(
        "search",
        "--catalogue",
        catalogue,
        "--json",
        typed="sfz丢了\n\n老人走了\r\n330199199001011234\n天上下猫",
    )
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer[:1] for answer in answers] == [["居民身份证办理"], [], ["户口注销"], [], []]
    assert all(len(answer) == len(set(answer)) for answer in answers)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_line_is_answered_before_the_next_is_asked(catalogue: str) -> None:
    with subprocess.Popen(
        [sys.executable, str(ROOT / "main.py"), "item", "search", "--catalogue", catalogue, "--json"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for query in ("身份证", "户口"):
            process.stdin.write(query + "\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())
        process.stdin.close()
    assert process.returncode == 0


def test_the_shipped_matters_are_searched_without_a_file_and_told_with_reasons() -> None:
    done = run("search", "--limit", "2", typed="没犯过罪的证明\n")
    assert "无犯罪记录证明" in done.stdout
    assert "everyday words" in done.stdout
    assert done.returncode == 0


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (None, "cannot be read"),
        ("[", "is not JSON"),
        ("[]", "items: must be a list of matters"),
        ('{"items": []}', "items: must be a list of matters"),
        ('{"items": [{"name": "甲"}, {"department": "乙"}]}', "items[2].name: must be a text"),
        ('{"items": [{"name": "甲", "department": 3}]}', "items[1].department: must be a text"),
        ("\udcff", "is not UTF-8 text"),
    ],
)
def test_a_bad_file_gets_one_clear_line(tmp_path: Path, text: str | None, complaint: str) -> None:
    path = tmp_path / "hall.json"
    if text is not None:
        path.write_bytes(text.encode("utf-8", "surrogateescape"))
    done = run("search", "--catalogue", str(path), "--json", typed="户口\n")
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert str(path) in done.stderr
    assert complaint in done.stderr


def test_words_that_found_nothing_become_lines_to_paste(tmp_path: Path) -> None:
    path = tmp_path / "tallies.json"
    counted = {"days": {}, "not_found": {"办个低保户证": 4, "啊呀呀": 2, "13800138000": 9}}
    path.write_text(json.dumps(counted), encoding="utf-8")
    done = run("words", str(path))
    assert done.returncode == 0
    pasted = YAML(typ="safe").load(done.stdout)
    assert [each["said"] for each in pasted] == [["办个低保户证"]]
    assert "最低生活保障" in pasted[0]["means"]
    assert "13800138000" not in done.stdout
    assert "啊呀呀" in done.stdout


def test_a_file_of_words_that_is_none_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "tallies.json"
    path.write_text('{"not_found": ["a"]}', encoding="utf-8")
    done = run("words", str(path))
    assert done.returncode == 2
    assert "must be words with a whole number each" in done.stderr
