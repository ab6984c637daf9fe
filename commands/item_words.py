"""`item words`: what people looked for and nobody found, as lines that a clerk can add to the vocabulary."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from commands.item_files import refuse, say
from config.plain import BadFile
from kiosk.finding.proposing import Proposal, proposals
from kiosk.finding.vocabulary import load_vocabulary


def answer(file: Path | None, *, as_json: bool) -> None:
    """Propose additions. `file` is a terminal's tallies.json, or has a query a line; else standard input."""
    try:
        unfound = _unfound(file)
        found = proposals(unfound, load_vocabulary().concepts)
    except BadFile as bad:
        refuse(str(bad))
    if as_json:
        say(json.dumps([_data(each) for each in found], ensure_ascii=False))
    else:
        say("\n".join(_lines(found)) if found else "# Nothing to add.")


def _unfound(file: Path | None) -> Mapping[str, int]:
    try:
        text = (sys.stdin.buffer.read() if file is None else file.read_bytes()).decode("utf-8-sig")
    except OSError as error:
        raise BadFile(file or "", None, "", f"cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise BadFile(file or "standard input", None, "", "is not UTF-8 text") from None
    if not text.lstrip().startswith("{"):
        return Counter(line.strip() for line in text.splitlines() if line.strip())
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise BadFile(file or "standard input", error.lineno, "", f"is not JSON: {error.msg}") from None
    return _counts(data.get("not_found", data), file or "standard input")


def _counts(data: Any, file: Path | str) -> Mapping[str, int]:
    if not isinstance(data, dict) or not all(isinstance(count, int) for count in data.values()):
        raise BadFile(file, None, "not_found", "must be words with a whole number each")
    return data


def _data(proposal: Proposal) -> dict[str, Any]:
    means = list(proposal.concept.means) if proposal.concept else []
    return {"means": means, "like": proposal.near, "words": dict(proposal.words)}


def _lines(found: list[Proposal]) -> Iterator[str]:
    yield "# Found nothing, most often first. Read each line, correct it, and add the words to the concept in"
    yield "# config/finding/ that has these `means`. No name and no number of a person belongs there."
    for each in found:
        words = ", ".join(each.words)
        if each.concept is None:
            yield f"# {each.count} ×, like nothing known: say what it means, or leave it out"
            yield f"#  - {{means: [], said: [{words}]}}"
        else:
            yield f"# {each.count} ×, like “{each.near}”"
            yield f"  - {{means: [{', '.join(each.concept.means)}], said: [{words}]}}"
