"""What a residue run found, as a verdict, a table and JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rich.table import Table

from bench.report import versions
from bench.residue.places import VISIBLE, Searched

CARD_KINDS = frozenset({"name", "number", "address", "photo"})
KINDS = CARD_KINDS | {"former name", "mobile", "signature"}

_MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Round:
    """One terminal, two people: what was found of the first while there, and `after_s` after leaving."""

    kinds: frozenset[str]
    """The kinds of trait that the first person has shown."""
    control: tuple[Searched, ...]
    after: tuple[Searched, ...]
    after_s: float

    @property
    def blind(self) -> frozenset[str]:
        """The kinds that were not found in the first person's session though they were still there."""
        own = (place for place in self.control if place.role.endswith(VISIBLE))
        return self.kinds - {hit.needle.kind for place in own for hit in place.hits}

    @property
    def left(self) -> int:
        """Hits after the first person had left, where there must be none."""
        return sum(len(place.hits) for place in self.after if place.judged)


@dataclass(frozen=True)
class Findings:
    """The product's round, and that of the terminal whose one session serves everybody."""

    seed: int
    product: Round
    weakened: Round

    @property
    def ok(self) -> bool:
        """Whether nothing remained, and the search has proved that it sees."""
        return self.product.left == 0 and not self.product.blind and self.weakened.left > 0


def table(findings: Findings) -> Table:
    """Place, bytes searched, hits, what they were."""
    product, weakened = findings.product, findings.weakened
    drawn = Table(title="What remains of a person", title_justify="left", header_style="bold")
    drawn.add_column("place")
    drawn.add_column("MB searched", justify="right")
    drawn.add_column("hits", justify="right")
    drawn.add_column("what, in which coding")
    _section(drawn, "Control: the person still stands before the signed form", product.control)
    _section(drawn, f"{product.after_s:.1f} s after the person left; the next has begun", product.after)
    _section(drawn, f"Weakened: one session for all, {weakened.after_s:.1f} s after leaving", weakened.after)
    return drawn


def verdict(findings: Findings) -> list[str]:
    """The run in sentences."""
    product, weakened = findings.product, findings.weakened
    searched = sum(place.bytes for place in product.after) / _MEGABYTE
    return [
        "[green]control[/green]: found all of " + ", ".join(sorted(product.kinds))
        if not product.blind
        else "[red]control: blind to " + ", ".join(sorted(product.blind)) + "[/red]",
        f"[green]residue: 0 hits in {searched:.0f} MB[/green]"
        if product.left == 0
        else f"[red]residue: {product.left} hits in {searched:.0f} MB[/red]",
        f"[green]weakened variant: caught, {weakened.left} hits[/green]"
        if weakened.left
        else "[red]weakened variant: not caught, so the search proves nothing[/red]",
        "X server: searched for text, ink and the look of the name; the rest of a dead window is pixels.",
        "accessibility bus: no residue if hit (in brackets), for it speaks what the citizen's screen says.",
        "Not searched: this bench, the platform and the demo's own pictures hold the data by construction.",
    ]


def as_json(findings: Findings) -> str:
    """The same for programs."""
    product, weakened = findings.product, findings.weakened
    said = {
        "ok": findings.ok,
        "seed": findings.seed,
        "control": [_place(place) for place in product.control],
        "after_s": round(product.after_s, 2),
        "after": [_place(place) for place in product.after],
        "weakened_after_s": round(weakened.after_s, 2),
        "weakened": [_place(place) for place in weakened.after],
        "versions": versions(),
    }
    return json.dumps(said, ensure_ascii=False, indent=2) + "\n"


def _place(searched: Searched) -> dict[str, Any]:
    return {
        "place": searched.place,
        "bytes": searched.bytes,
        "hits": len(searched.hits),
        "judged": searched.judged,
        "what": {f"{kind}, {coding}": count for (kind, coding), count in _what(searched).items()},
        "note": searched.note,
    }


def _section(drawn: Table, title: str, found: Sequence[Searched]) -> None:
    drawn.add_section()
    drawn.add_row(f"[bold]{title}[/bold]")
    for searched in found:
        hits = str(len(searched.hits)) if searched.judged else f"({len(searched.hits)})"
        what = "; ".join(f"{kind}, {coding}: {count}" for (kind, coding), count in _what(searched).items())
        drawn.add_row(
            searched.place,
            f"{searched.bytes / _MEGABYTE:.1f}",
            hits,
            " — ".join(filter(None, (what, searched.note))),
        )


def _what(searched: Searched) -> Counter[tuple[str, str]]:
    return Counter((hit.needle.kind, hit.needle.coding) for hit in searched.hits)
