"""The part "items": thousands of matters read, compiled and opened; and what matters ask of people."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import yaml

from benchmarks.figures import Aim, Chapter, Figure, Peer, Samples
from benchmarks.registry import Say
from config.catalogue import SHIPPED as SHIPPED_SOURCES
from config.catalogue import SHIPPED_VERSION, Catalogue, compile_into, load_catalogue, open_compiled
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
    files: int = 200
    opens: int = 9
    lints: int = 3


def take(folder: Path, say: Say, plan: Plan | None = None) -> Sequence[Chapter]:
    """See `benchmarks.registry.PARTS`."""
    plan = plan or Plan()
    say(f"{plan.files} service files, from the shipped ones under other ids, read and checked")
    sources, compiled, whole = folder / "sources", folder / "catalogue.json", folder / "bare.json"
    sources.mkdir()
    _write(sources, plan.files)
    reading = [_ms(lambda: load_items(sources))]
    parsing = [
        _ms(lambda: [yaml.load(path.read_text("utf-8"), yaml.CSafeLoader) for path in sources.iterdir()])
    ]
    say(f"a catalogue of {plan.matters} matters opened, beside json.load of the same file, in turns")
    compile_into(_hall_of(plan.matters), compiled)
    whole.write_bytes(compiled.read_bytes())
    opening, loading = [], []
    for _ in range(plan.opens):
        opening.append(_ms(lambda: open_compiled(compiled)))
        loading.append(_ms(lambda: json.loads(whole.read_bytes())))
    say("memory, each in a process of its own")
    memory = _held("from config.catalogue import open_compiled", f"open_compiled(Path({str(compiled)!r}))")
    everything = _held("import json", f"json.loads(Path({str(whole)!r}).read_bytes())")
    say("what the shipped matters ask")
    counted = [figures(item) for item in load_items(SHIPPED) if not item.only_in_joint]
    files = sorted(SHIPPED.glob("*.yaml"))
    linting = [_ms(lambda: lint_files(files)) for _ in range(plan.lints)]
    return [
        Chapter(
            f"A hall of {plan.matters} matters",
            "“Read and checked” is what a terminal does once when a catalogue comes: YAML, types, references "
            f"of {plan.files} complete service files, the shipped ones again and again under other ids; "
            "beside it PyYAML's C loader, which only parses. “Opened” is what each session does with the "
            "compiled file: the complete matters that ship and guide-level entries of as many others, every "
            "value checked against its type. Memory is what a process grows by (RSS).",
            [
                Figure(
                    "service files read and checked",
                    Samples.of(reading, "ms"),
                    peer=Peer("PyYAML C loader, parsing alone", Samples.of(parsing, "ms")),
                    aim=Aim(1.5, as_ratio=True),
                    reason="Beside parsing there are types, lines for messages, and every reference.",
                ),
                Figure(
                    "catalogue opened",
                    Samples.of(opening, "ms"),
                    peer=Peer("json.load of the same file, nothing checked", Samples.of(loading, "ms")),
                    aim=Aim(3, as_ratio=True),
                    reason="Each value is checked and becomes a typed one.",
                ),
                Figure(
                    "memory of the catalogue",
                    Samples.of([memory], "MB"),
                    peer=Peer("json.load of the same file", Samples.of([everything], "MB")),
                    aim=Aim(2, as_ratio=True),
                    reason="Typed values weigh more than bare dictionaries.",
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


def _hall_of(matters: int) -> Catalogue:
    """What ships, with its guide-level entries again and again under other ids."""
    shipped = load_catalogue(SHIPPED_SOURCES, SHIPPED_VERSION)
    entries = shipped.district.listings
    wanted = max(matters - len(shipped.items), 1)
    many = tuple(
        entries[number % len(entries)].model_copy(update={"id": f"entry_{number:05d}"})
        for number in range(wanted)
    )
    return shipped.model_copy(update={"district": replace(shipped.district, listings=many)})


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
