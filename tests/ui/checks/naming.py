"""Findings about names: what is operated or looked at has a name and a role, and no two share one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from tests.ui.checks.parts import Part, of

ROLES = {
    "control": {"Button", "CheckBox", "RadioButton", "ListItem", "Link"},
    "field": {"EditableText"},
    "text": {"StaticText", "Heading", "AlertMessage"},
}


def nameless(found: Sequence[Part]) -> Iterator[str]:
    """Controls and fields without a name, and parts whose role does not say what they are."""
    listed = list(found)
    controls = list(of(listed, "control"))
    for part in of(listed, "control", "field", "text"):
        label = part.kind == "text" and any(part.within(control) for control in controls)
        if label or (part.kind == "text" and (not part.role or not part.said)):
            continue  # said by its control, or left out on purpose because something else says it
        if not part.name.strip():
            yield f"no accessible name: {part.label}"
        elif part.role not in ROLES[part.kind]:
            yield f"role {part.role or 'none'}: {part.label}"


def same_name_twice(found: Sequence[Part]) -> Iterator[str]:
    """Two controls that a screen reader cannot tell apart."""
    names = Counter(part.name for part in of(list(found), "control") if not part.seen.empty)
    yield from (f"{count} controls are called “{name}”" for name, count in names.items() if count > 1)
