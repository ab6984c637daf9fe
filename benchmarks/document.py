"""The figures as a page to read: aims first, then why one is missed, then everything, then the machine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from benchmarks.figures import Chapter, Figure, Samples

_INTRODUCTION = """\
# Figures

Written by `make bench`; do not edit. Times, memory and bytes of one run on the machine below, with simulated
devices and an invented citizen, each beside something that was measured in the same run. Values are medians,
with the 10th and 90th percentile in brackets where there is more than one sample. A ratio is that of medians.
"""


def document(
    chapters: Sequence[Chapter],
    machine: Mapping[str, str],
    software: Mapping[str, str],
    run: Mapping[str, str],
    warning: str = "",
) -> str:
    """The whole page, Markdown. `warning` is what a reader has to know before any figure."""
    aimed = [figure for chapter in chapters for figure in chapter.figures if figure.aim is not None]
    missed = [figure for figure in aimed if not figure.met]
    parts = [
        _INTRODUCTION,
        *([f"**{warning}**\n"] if warning else []),
        "## What was aimed at\n",
        _aims(aimed),
    ]
    if missed:
        parts += ["## Missed, and why\n", *(_missed(figure) for figure in missed)]
    for chapter in chapters:
        parts += [f"## {chapter.title}\n", chapter.how + "\n", _table(chapter.figures)]
    parts += [
        "## Where and how\n",
        _two_columns([*run.items(), *machine.items()]),
        "Versions: " + ", ".join(f"{name} {value}" for name, value in software.items()) + ".\n",
    ]
    return "\n".join(parts)


def _aims(figures: Iterable[Figure]) -> str:
    lines = [
        "| figure | renderer | value | compared with | ratio | aim | |",
        "|---|---|---|---|---|---|---|",
    ]
    for figure in figures:
        if figure.aim is None:
            continue
        verdict = "met" if figure.met else "**missed**"
        aim = figure.aim.says(figure.samples.unit)
        peer = "" if figure.peer is None else f"{figure.peer.what}: {_value(figure.peer.samples)}"
        cells = (figure.name, figure.renderer, _value(figure.samples), peer, _ratio(figure), aim, verdict)
        lines.append(_row(cells))
    return "\n".join(lines) + "\n"


def _missed(figure: Figure) -> str:
    drawn = f", {figure.renderer}" if figure.renderer else ""
    unit = figure.samples.unit
    where = "; ".join(f"{name} {_number(value)} {unit}" for name, value in figure.parts)
    aim = figure.aim.says(unit) if figure.aim else ""
    value = _value(figure.samples) if figure.aim and not figure.aim.as_ratio else f"{_ratio(figure)} ×"
    lines = [f"**{figure.name[0].upper()}{figure.name[1:]}{drawn}: {value}, aim {aim}.** {figure.reason}"]
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
