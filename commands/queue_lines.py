"""`queue list`, `queue show`, `queue retry`: what waits, what was set aside, and a person's word."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from commands.device_common import Voice
from commands.queue_asking import asked, settings_of

_COLUMNS = "{state:<12} {age:>8} {attempts:>5} {size:>9}  {local_no:<18} {item:<32} {error}"

_PART = "{kind:<12} {state:<12} {attempts:>5} {bytes:>9}  {error}"


def show_list(
    voice: Voice, state: str | None, config: list[Path] | None, overrides: list[str] | None
) -> None:
    """One line an application."""
    settings = settings_of(voice, config, overrides)
    details = {} if state is None else {"state": state}
    answer = asked(voice, settings, "queue-list", details)
    rows = [_row(line) for line in answer["applications"]]
    head = _COLUMNS.format(
        state="state", age="age", attempts="tries", size="bytes", local_no="local number", item="item",
        error="last error",
    )  # fmt: skip
    voice.result(answer, "\n".join([head, *rows]) if rows else "nothing waits, and nothing is set aside")


def show_one(voice: Voice, name: str, config: list[Path] | None, overrides: list[str] | None) -> None:
    """Everything that is known here of one application."""
    answer = asked(voice, settings_of(voice, config, overrides), "queue-show", {"application": name})
    parts = [f"{'':<15} {_PART.format(**part, error=_said(part['last_error']))}" for part in answer["parts"]]
    lines = [f"{key:<15} {_said(value)}" for key, value in answer.items() if key != "parts"]
    voice.result(answer, "\n".join([*lines, "parts", *parts]) if parts else "\n".join(lines))


def retry(voice: Voice, name: str, config: list[Path] | None, overrides: list[str] | None) -> None:
    """Let one, or all that were set aside, go again."""
    answer = asked(voice, settings_of(voice, config, overrides), "queue-retry", {"application": name})
    names = answer["retried"]
    voice.result(answer, "\n".join(f"{each}: goes again" for each in names) or "nothing was set aside")


def _row(line: dict[str, Any]) -> str:
    return _COLUMNS.format(
        state="sending" if line["sending"] else line["state"],
        age=age(line["age_s"]),
        attempts=line["attempts"],
        size=_said(line["bytes"]),
        local_no=line["local_no"],
        item=line["item"],
        error=_said(line["last_error"]),
    ).rstrip()


def _said(value: object) -> str:
    return "–" if value is None else str(value)


def age(seconds: int) -> str:
    """The largest unit that says something: `40 s`, `3 min`, `5 h`, `2 d`."""
    for unit, length_s in (("d", 86_400), ("h", 3_600), ("min", 60)):
        if abs(seconds) >= length_s:
            return f"{seconds // length_s} {unit}"
    return f"{seconds} s"
