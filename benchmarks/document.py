"""The figures as a page to read: aims first, then why one is missed, then everything, then the machine."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.figures import Chapter, Figure, Samples

_INTRODUCTION = """\
# Figures

Written by `make bench`; do not edit. Times, memory and bytes on the machine named with each part, with
simulated devices and an invented citizen, each beside something that was measured in the same run. Values are
medians, with the 10th and 90th percentile in brackets where there is more than one sample. A ratio is that of
medians. `python -m benchmarks PART` takes one part anew and leaves the others as they are.
"""

_AIMS_HEAD = """\
## What was aimed at

| part | figure | renderer | value | compared with | ratio | aim | |
|---|---|---|---|---|---|---|---|
"""


@dataclass(frozen=True)
class TakenPart:
    """The figures of one part, and how they were come by."""

    name: str
    """As in `benchmarks.registry.PARTS`."""
    chapters: Sequence[Chapter]
    run: Mapping[str, str]
    machine: Mapping[str, str]
    software: Mapping[str, str]
    warning: str = ""
    """What a reader has to know before any figure."""


def renewed(page: str, part: TakenPart, order: Sequence[str]) -> str:
    """The page with `part` as it was taken now; what `page` says of the others of `order` stays."""
    blocks = _blocks(page) | {part.name: _block(part)}
    aimed = [figure for chapter in part.chapters for figure in chapter.figures if figure.aim is not None]
    aims = _aim_rows(page) | {part.name: [_aim(part.name, figure) for figure in aimed]}
    rows = [row for name in order for row in aims.get(name, ())]
    return "\n".join(
        [
            _INTRODUCTION,
            *([_AIMS_HEAD + "\n".join(rows) + "\n"] if rows else []),
            *(_begin(name) + "\n\n" + blocks[name] + _end(name) + "\n" for name in order if name in blocks),
        ]
    )


def _begin(name: str) -> str:
    return f"<!-- part {name}: begin -->"


def _end(name: str) -> str:
    return f"<!-- part {name}: end -->"


def _blocks(page: str) -> dict[str, str]:
    found = re.finditer(r"<!-- part (\w+): begin -->\n\n(.*?)<!-- part \1: end -->", page, re.DOTALL)
    return {block[1]: block[2] for block in found}


def _aim_rows(page: str) -> dict[str, list[str]]:
    rows: dict[str, list[str]] = {}
    for row in re.findall(r"^\|.*\|$", page.partition(_AIMS_HEAD)[2].partition("\n\n")[0], re.MULTILINE):
        rows.setdefault(row.split("|")[1].strip(), []).append(row)
    return rows


def _block(part: TakenPart) -> str:
    missed = [figure for chapter in part.chapters for figure in chapter.figures if figure.met is False]
    pieces = [f"**{part.warning}**\n"] if part.warning else []
    for chapter in part.chapters:
        pieces += [f"## {chapter.title}\n", chapter.how + "\n", _table(chapter.figures)]
        pieces += [_missed(figure) for figure in missed if figure in chapter.figures]
    versions = ", ".join(f"{name} {value}" for name, value in part.software.items())
    pieces += [
        f"### Where and how: {part.name}\n",
        _two_columns([*part.run.items(), *part.machine.items()]),
        f"Versions: {versions}.\n",
    ]
    return "\n".join(pieces) + "\n"


def _aim(part: str, figure: Figure) -> str:
    aim = figure.aim.says(figure.samples.unit) if figure.aim else ""
    peer = "" if figure.peer is None else f"{figure.peer.what}: {_value(figure.peer.samples)}"
    verdict = "met" if figure.met else "**missed**"
    cells = (part, figure.name, figure.renderer, _value(figure.samples), peer, _ratio(figure), aim, verdict)
    return _row(cells)


def _missed(figure: Figure) -> str:
    drawn = f", {figure.renderer}" if figure.renderer else ""
    unit = figure.samples.unit
    where = "; ".join(f"{name} {_number(value)} {unit}" for name, value in figure.parts)
    aim = figure.aim.says(unit) if figure.aim else ""
    value = _value(figure.samples) if figure.aim and not figure.aim.as_ratio else f"{_ratio(figure)} ×"
    lines = [
        f"**Missed. {figure.name[0].upper()}{figure.name[1:]}{drawn}: {value}, aim {aim}.** {figure.reason}"
    ]
    if where:
        lines.append(f"Where it goes: {where}.")
    return " ".join(lines) + "\n"


def _table(figures: Iterable[Figure]) -> str:
    lines = [
        "| figure | renderer | value | N | compared with | its value | N | ratio |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for figure in figures:
        peer = figure.peer
        beside = ("", "", "") if peer is None else (peer.what, _value(peer.samples), str(peer.samples.count))
        samples = figure.samples
        cells = (figure.name, figure.renderer, _value(samples), str(samples.count), *beside, _ratio(figure))
        lines.append(_row(cells))
    return "\n".join(lines) + "\n"


def _two_columns(rows: Iterable[tuple[str, str]]) -> str:
    return "\n".join(["| | |", "|---|---|", *(_row(row) for row in rows)]) + "\n"


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _value(samples: Samples) -> str:
    middle = f"{_number(samples.median)} {samples.unit}"
    if samples.count == 1:
        return middle
    return f"{middle} ({_number(samples.quantile(0.1))} – {_number(samples.quantile(0.9))})"


def _ratio(figure: Figure) -> str:
    return "" if figure.ratio is None else f"{figure.ratio:.2f}"


def _number(value: float) -> str:
    """Three digits that mean something, and no more than a reader can use."""
    if value >= 100:  # noqa: PLR2004 - three digits
        return f"{value:.0f}"
    if value >= 10:  # noqa: PLR2004 - three digits
        return f"{value:.1f}"
    return f"{value:.2f}" if value >= 0.01 or not value else f"{value:.4f}"  # noqa: PLR2004 - three digits
