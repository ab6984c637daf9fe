"""The part "items" in its short form: every figure is taken, beside its peer."""

from __future__ import annotations

from pathlib import Path

from benchmarks.items import Plan, take


def test_the_figures_of_many_matters_are_taken_beside_their_peers(tmp_path: Path) -> None:
    said: list[str] = []
    hall, asked, linting = take(tmp_path, said.append, Plan(matters=40, files=20, opens=2, lints=1))
    assert hall.title == "A hall of 40 matters"
    by_name = {figure.name: figure for figure in (*hall.figures, *asked.figures, *linting.figures)}
    for name in ("service files read and checked", "catalogue opened", "memory of the catalogue"):
        figure = by_name[name]
        assert figure.samples.median > 0
        assert figure.peer is not None
        assert figure.peer.samples.median > 0
    # Times are the machine's; what matters ask is the files'.
    assert by_name["fields typed"].met
    assert by_name["fields filled already"].samples.median > by_name["fields typed"].samples.median
    assert said
