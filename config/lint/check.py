"""The linter's one entrance: a matter and what stands beside it in, findings with file and line out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from config.data_files import DataFile
from config.item import Item
from config.items import mistakes, read_item
from config.joint_checks import in_own_file
from config.joint_items import JoinedItem, joined
from config.lint.codes import CODES, Severity
from config.lint.effort import about_effort
from config.lint.hall import Hall, about_hall
from config.lint.papers import about_materials
from config.lint.paths import about_paths
from config.lint.promises import about_promises
from config.lint.report import Finding, Lint
from config.lint.words import about_words
from config.lint.worlds import Worlds
from config.plain import BadFile, Loc

_RANK: Final[Mapping[Severity, int]] = {"error": 0, "warning": 1, "note": 2}


def lint_files(
    paths: Iterable[Path], hall: Hall | None = None, seed: int = 1
) -> tuple[tuple[Finding, ...], tuple[Item, ...]]:
    """Findings in these files, file by file and the gravest first; and the matters that could be read.

    The members of a joint matter are looked for among `paths`, and then in its own directory.
    """
    found: list[Finding] = []
    files: dict[str, DataFile[Item]] = {}
    for path in paths:
        try:
            file = read_item(path)
        except BadFile as bad:
            found.append(_finding(bad, "not-read", None))
            continue
        first = files.setdefault(file.value.id, file)
        if first is not file:
            why = f'"{file.value.id}" is already the id in {first.path.name}'
            found.append(_finding(file.mistake(("id",), why), "id-twice", None))
    by_id = {name: file.value for name, file in files.items()}
    in_joint = {member.item for item in by_id.values() for member in item.members}
    items = []
    for file in files.values():
        mine = list(lint(file.value, by_id | _members(file, by_id), hall, seed))
        if file.value.only_in_joint and file.value.id not in in_joint:
            mine.append(Lint("member-alone", ("only_in_joint",), "no joint matter here has it"))
        found += sorted(
            (
                _finding(file.mistake(each.loc, each.reason), each.code, each.suggestion)
                for each in dict.fromkeys(mine)
            ),
            key=lambda each: (_RANK[each.severity], each.line or 0),
        )
        items.append(file.value)
    return tuple(found), tuple(items)


def lint(item: Item, by_id: Mapping[str, Item], hall: Hall | None = None, seed: int = 1) -> Iterator[Lint]:
    """Findings in one matter; `by_id` are those beside it, of which a joint one has its members."""
    refused = False
    for finding in mistakes(item, by_id):
        refused = True
        yield Lint("refused", finding.loc, finding.reason)
    yield from about_words(item)
    yield from about_promises(item)
    if hall is not None:
        yield from about_hall(item, hall)
    if refused:
        return  # what refers to nothing has no paths
    whole = joined(item, by_id) if item.members else item
    worlds = Worlds(whole, seed)

    def own(loc: Loc) -> bool:
        return _own(Lint("", loc, ""), item, whole).loc[0] != "members"

    for about in (about_paths, about_materials, about_effort):
        for each in about(whole, worlds, own):
            yield _own(each, item, whole)
    if worlds.sampled:
        yield Lint("sampled", (), f"there are more than {worlds.most} paths; of some, a sample was looked at")


def _own(found: Lint, item: Item, whole: Item) -> Lint:
    if not isinstance(whole, JoinedItem):
        return found
    loc, reason = in_own_file(found.loc, found.reason, item, whole)
    return Lint(found.code, loc, reason, found.suggestion)


def _members(file: DataFile[Item], by_id: Mapping[str, Item]) -> dict[str, Item]:
    found: dict[str, Item] = {}
    for member in file.value.members:
        path = file.path.with_name(f"{member.item}.yaml")
        if member.item in by_id or not path.exists():
            continue
        try:
            found[member.item] = read_item(path).value
        except BadFile:
            continue
    return found


def _finding(bad: BadFile, code: str, suggestion: str | None) -> Finding:
    return Finding(Path(bad.path), bad.line, bad.key, code, bad.reason, suggestion or CODES[code].remedy)
