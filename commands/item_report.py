"""`item report`: how much each matter asks of people; with two directories, where they differ."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path

from commands.item_files import read_items, refuse, say
from config.items import SHIPPED, read_item
from config.lint.figures import COLUMNS, Difference, Figures, as_data, as_row, differences, figures
from config.plain import BadFile

_HEADS = {
    "fields": "fields", "filled": "filled", "touched": "touched", "typed": "typed",
    "typed_without_data": "typed*", "shown_codes": "codes", "papers": "papers", "pages": "pages",
}  # fmt: skip
_FOOT = (
    "Least/median/most over all paths, lookups answered; typed*: where no lookup tells anything; + a sample."
)


def answer(paths: Sequence[Path], *, as_json: bool, as_csv: bool) -> None:
    """One table; or, of two directories or files, the differences."""
    if as_json and as_csv:
        refuse("--json and --csv: one of them", as_json=True)
    try:
        if len(paths) == 2 and (all(path.is_dir() for path in paths) or _same_matter(paths)):  # noqa: PLR2004 - two
            here, there = ({item.id: figures(item) for item in read_items([path])} for path in paths)
            _compared(differences(here, there), as_json=as_json, as_csv=as_csv)
            return
        found = [figures(item) for item in read_items(list(paths) or [SHIPPED])]
    except BadFile as bad:
        refuse(str(bad), as_json=as_json)
    if as_json:
        say(json.dumps([as_data(each) for each in found], ensure_ascii=False))
    elif as_csv:
        say(_csv([as_row(each) for each in found]))
    else:
        say(_table(found))


def _same_matter(paths: Sequence[Path]) -> bool:
    return all(path.is_file() for path in paths) and len({read_item(path).value.id for path in paths}) == 1


def _table(found: Sequence[Figures]) -> str:
    rows = [["matter", "paths", *(_HEADS[name] for name in COLUMNS)]]
    rows += [
        [
            each.id,
            f"{each.paths}{'+' if each.sampled else ''}",
            *(str(getattr(each, name)) for name in COLUMNS),
        ]
        for each in found
    ]
    return f"{_aligned(rows)}\n\n{_FOOT}"


def _compared(found: Sequence[Difference], *, as_json: bool, as_csv: bool) -> None:
    if as_json:
        data = [
            {
                "id": each.id,
                "here": None if each.here is None else as_data(each.here),
                "there": None if each.there is None else as_data(each.there),
                "changed": list(each.changed),
            }
            for each in found
        ]
        say(json.dumps(data, ensure_ascii=False))
        return
    rows = [
        {
            "id": each.id,
            "figure": name,
            "here": str(getattr(each.here, name)),
            "there": str(getattr(each.there, name)),
        }
        for each in found
        for name in each.changed
    ]
    rows += [
        {
            "id": each.id,
            "figure": "",
            "here": "yes" if each.here else "no",
            "there": "yes" if each.there else "no",
        }
        for each in found
        if each.here is None or each.there is None
    ]
    if as_csv:
        say(_csv(rows, ("id", "figure", "here", "there")))
    elif not rows:
        say(f"{len(found)} matters, no difference in these figures.")
    else:
        table = [["matter", "figure", "first", "second"]]
        table += [[row["id"], row["figure"] or "is there", row["here"], row["there"]] for row in rows]
        say(f"{_aligned(table)}\n\n{_FOOT}")


def _aligned(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def _csv(rows: Sequence[dict[str, object]] | Sequence[dict[str, str]], heads: Sequence[str] = ()) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, heads or list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().rstrip("\n")
