"""`item search`: what finding makes of queries, one a line, as the terminal would."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from commands.item_files import refuse, say
from config.plain import BadFile
from kiosk.finding.findable import Findable, Hit, Match
from kiosk.finding.finder import Finder
from kiosk.finding.folding import is_personal
from kiosk.finding.vocabulary import load_vocabulary

_WAYS = {
    "same": "the same words",
    "word": "everyday words",
    "pinyin": "pinyin",
    "initials": "initials",
    "error": "set right",
}


def answer(catalogue: Path | None, limit: int, *, as_json: bool) -> None:
    """Answer every line of standard input as soon as it has come."""
    try:
        things = _shipped() if catalogue is None else _listed(catalogue)
        finder = Finder(things, load_vocabulary())
    except BadFile as bad:
        refuse(str(bad))
    names = {thing.id: thing.name for thing in things}
    for line in sys.stdin.buffer:
        query = line.decode("utf-8-sig", "replace").strip()
        hits = finder.find(query, limit) if query else ()
        if as_json:
            say(json.dumps([names[hit.id] for hit in hits], ensure_ascii=False))
        else:
            say("\n".join(_told(query, hits, names)))
        sys.stdout.flush()


def _shipped() -> tuple[Findable, ...]:
    from config.district import load_district
    from config.items import SHIPPED, load_items
    from kiosk.finding.found import findables

    items = load_items(SHIPPED)
    return findables(items, load_district(taken=(item.id for item in items)), {})


def _listed(file: Path) -> tuple[Findable, ...]:
    """What another hall's list names, each name once. Raises `BadFile`."""
    try:
        data = json.loads(file.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise BadFile(file, None, "", f"cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise BadFile(file, None, "", "is not UTF-8 text; save the file as UTF-8") from None
    except json.JSONDecodeError as error:
        raise BadFile(file, error.lineno, "", f"is not JSON: {error.msg}") from None
    except RecursionError:
        raise BadFile(file, None, "", "is nested too deeply") from None
    items = data.get("items") if isinstance(data, dict) else None
    if not isinstance(items, list) or not items:
        raise BadFile(file, None, "items", 'must be a list of matters: {"items": [{"name": …}, …]}')
    return tuple({thing.name: thing for thing in _things(file, items)}.values())


def _things(file: Path, items: Iterable[object]) -> Iterator[Findable]:
    for number, item in enumerate(items, 1):
        place = f"items[{number}]"
        if not isinstance(item, dict):
            raise BadFile(file, None, place, "must be a group of keys")
        name, department = item.get("name"), item.get("department") or ""
        if not isinstance(name, str) or not name.strip():
            raise BadFile(file, None, f"{place}.name", "must be a text that is not empty")
        if not isinstance(department, str):
            raise BadFile(file, None, f"{place}.department", "must be a text")
        yield Findable(name, name, department=department)


def _told(query: str, hits: Iterable[Hit], names: dict[str, str]) -> Iterator[str]:
    yield "(not looked up: it looks like somebody's number)" if is_personal(query) else query
    for hit in hits:
        yield f"  {names[hit.id]}"
        yield from (f"      {_reason(match)}" for match in hit.why)


def _reason(match: Match) -> str:
    return f"“{match.said}” = {match.found} ({_WAYS[match.way]})"
