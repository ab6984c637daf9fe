"""The part "items": thousands of matters read, indexed and opened; and what matters ask of people."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import yaml

from benchmarks.figures import Aim, Chapter, Figure, Peer, Samples
from benchmarks.registry import Say
from config.item_index import open_items, write_items
from config.items import SHIPPED, load_items
from config.lint.check import lint_files
from config.lint.figures import Figures, figures

_ROOT = Path(__file__).resolve().parent.parent
_MEMORY = """
import sys
from pathlib import Path
{load}
def rss():
    return sum(int(line.split()[1]) for line in open("/proc/self/smaps_rollup") if line.startswith("Rss"))
before = rss()
held = {call}
print((rss() - before) * 1024 / 1e6)
"""


@dataclass(frozen=True)
class Plan:
    """How many matters, and how often each thing is done."""

    matters: int = 4_000
    opens: int = 9
    single: int = 200
    lints: int = 3


def take(folder: Path, say: Say, plan: Plan | None = None) -> Sequence[Chapter]:
    """See `benchmarks.registry.PARTS`."""
    plan = plan or Plan()
    say(f"{plan.matters} files, from the shipped ones under other ids")
    sources, index, whole = folder / "sources", folder / "matters.bin", folder / "matters.json"
    sources.mkdir()
    _write(sources, plan.matters)
    say("every file read and checked, beside PyYAML's C loader on the same files")
    reading = [_ms(lambda: load_items(sources))]
    parsing = [
        _ms(lambda: [yaml.load(path.read_text("utf-8"), yaml.CSafeLoader) for path in sources.iterdir()])
    ]
    items = load_items(sources)
    write_items(items, index)
    whole.write_text(
        json.dumps([item.model_dump(mode="json") for item in items], ensure_ascii=False), "utf-8"
    )
    say("the index opened, beside json.load of all matters, in turns")
    opening, loading = [], []
    for _ in range(plan.opens):
        opening.append(_ms(lambda: open_items(index)))
        loading.append(_ms(lambda: json.loads(whole.read_bytes())))
    say("one matter opened")
    found = open_items(index)
    single, plain = [], []
    for item in items[: plan.single]:
        bare = item.model_dump_json()
        single.append(_ms(partial(found.item, item.id)))
        plain.append(_ms(partial(json.loads, bare)))
    say("memory, each in a process of its own")
    memory = _held("from config.item_index import open_items", f"open_items(Path({str(index)!r}))")
    everything = _held("import json", f"json.loads(Path({str(whole)!r}).read_bytes())")
    say("what the shipped matters ask")
    counted = [figures(item) for item in load_items(SHIPPED) if not item.only_in_joint]
    files = sorted(SHIPPED.glob("*.yaml"))
    linting = [_ms(lambda: lint_files(files)) for _ in range(plan.lints)]
    return [
        Chapter(
            f"A hall of {plan.matters} matters",
            "The shipped matters again and again under other ids. “Read and checked” is what a terminal does "
            "once when a catalogue comes: YAML, types, references, every file; beside it PyYAML's C loader, "
            "which only parses. “Index” is what each session does: names, titles, departments, shelves of "
            "every matter, from one compiled file; a matter itself is parsed, and its hash checked, when "
            "somebody chooses it. Memory is what a process grows by (RSS).",
            [
                Figure(
                    "every file read and checked",
                    Samples.of(reading, "ms"),
                    peer=Peer("PyYAML C loader, parsing alone", Samples.of(parsing, "ms")),
                    aim=Aim(1.5, as_ratio=True),
                    reason="Beside parsing there are types, lines for messages, and every reference.",
                ),
                Figure(
                    "index opened",
                    Samples.of(opening, "ms"),
                    peer=Peer("json.load of every matter", Samples.of(loading, "ms")),
                    aim=Aim(0.2, as_ratio=True),
                    reason="Each entry is checked against its types.",
                ),
                Figure(
                    "one matter opened",
                    Samples.of(single, "ms"),
                    peer=Peer("json.loads of it", Samples.of(plain, "ms")),
                ),
                Figure(
                    "memory of the index",
                    Samples.of([memory], "MB"),
                    peer=Peer("json.load of every matter", Samples.of([everything], "MB")),
                    aim=Aim(0.2, as_ratio=True),
                    reason="Each entry is a checked value, not bare JSON.",
                ),
            ],
        ),
        _asked(counted),
        Chapter(
            "Linting",
            "Every shipped file, every path of every matter, in one process, without the district.",
            [Figure(f"the {len(files)} shipped files proved", Samples.of(linting, "ms"))],
        ),
    ]


def _asked(counted: Sequence[Figures]) -> Chapter:
    def usual(name: str) -> Samples:
        return Samples.of([getattr(each, name).usual for each in counted], "per matter")

    return Chapter(
        "What matters ask",
        "Counted from the shipped files, not timed: of each matter the median over all its paths, with every "
        "lookup answered; the value is the median matter's. “Without shared data”: where no lookup tells "
        "anything.",
        [
            Figure(
                "fields typed",
                usual("typed"),
                peer=Peer("without shared data", usual("typed_without_data")),
                aim=Aim(2, as_ratio=False),
                reason="`python main.py item report` says which matters, and docs/lint.md what to do.",
            ),
            Figure("fields filled already", usual("filled"), peer=Peer("all fields", usual("fields"))),
            Figure("answers touched", usual("touched")),
            Figure("papers to bring", usual("papers")),
            Figure("pages", usual("pages")),
        ],
    )


def _write(directory: Path, count: int) -> None:
    texts = [path.read_text("utf-8") for path in sorted(SHIPPED.glob("*.yaml"))]
    single = [text for text in texts if re.search(r"^members:", text, re.MULTILINE) is None]
    for number in range(count):
        name = f"matter_{number:04d}"
        text = re.sub(r"^id: .*$", f"id: {name}", single[number % len(single)], count=1, flags=re.MULTILINE)
        (directory / f"{name}.yaml").write_text(text, "utf-8")


def _held(load: str, call: str) -> float:
    """MB (10⁶ bytes) that a fresh process grows by when it makes `call`, its imports done before."""
    program = _MEMORY.format(load=load, call=call)
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=_ROOT, check=True, capture_output=True, text=True
    )
    return float(done.stdout)


def _ms(work: Callable[[], object]) -> float:
    began_s = time.perf_counter()
    work()
    return (time.perf_counter() - began_s) * 1000
