"""Settings from the platform: a layer above the technician's files that may say only what is marked for it.

Each such setting carries its mark in `config.settings` (`PlatformMaySet`). A text with any other key, or with
one value that does not hold, is refused whole. What was taken lies, as the platform signed it, in
`state_dir/downstream/configuration.json`; the terminal checks signature and number before it writes that file
(`kiosk.terminal.downstream`). What of it cannot be read any more counts as not there.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, ValidationError, create_model
from pydantic.fields import FieldInfo

from config.plain import reason
from config.platform_may_set import PlatformMaySet
from config.setting_files import BadConfiguration, Said, read_toml
from config.settings import Settings

CONFIGURATION: Final = "downstream/configuration.json"
"""What was taken last, in `terminal.state_dir`."""


def platform_settings() -> dict[str, PlatformMaySet]:
    """Every dotted key that the platform may set, with its mark."""
    return {key: mark for key, (_field, mark) in _marked().items()}


def read_published(text: str, source: Path | str) -> dict[str, Said]:
    """What the platform sets, by dotted key. Raises `BadConfiguration` for the first line that is wrong."""
    said = read_toml(text, source)
    marked = _marked()
    for key, one in said.items():
        line = one.line(*key.split("."))
        if key not in marked:
            raise BadConfiguration(source, line, key, "is set on the machine only, never by the platform")
        if (why := _wrong(one.value, *marked[key])) is not None:
            raise BadConfiguration(source, line, key, why)
    return said


def published_layer(state_dir: Path) -> dict[str, Said]:
    """What this terminal has taken from the platform; nothing, if it has not or cannot be read."""
    try:
        document = json.loads((state_dir / CONFIGURATION).read_bytes())
        return read_published(str(document["toml"]), f"platform {document['number']}")
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _marked() -> dict[str, tuple[FieldInfo, PlatformMaySet]]:
    return {
        f"{section}.{key}": (field, mark)
        for section, outer in Settings.model_fields.items()
        if isinstance(outer.annotation, type) and issubclass(outer.annotation, BaseModel)
        for key, field in outer.annotation.model_fields.items()
        for mark in field.metadata
        if isinstance(mark, PlatformMaySet)
    }


def _wrong(value: Any, field: FieldInfo, mark: PlatformMaySet) -> str | None:
    """What the setting itself forbids, or what the platform may not go to."""
    kind: Any = field.annotation
    alone = create_model("Alone", __config__=ConfigDict(allow_inf_nan=False), value=(kind, field))
    said = json.dumps({"value": value}, default=str)
    try:
        checked = alone.model_validate_json(said, strict=True).model_dump()["value"]
    except ValidationError as error:
        return reason(error.errors(include_url=False)[0], ())
    if isinstance(checked, str) and not checked.isprintable():
        return "must be one line of text, without control characters"
    if mark.least is not None and checked < mark.least:
        return f"must be at least {mark.least:g} when the platform sets it (it says {checked:g})"
    if mark.most is not None and checked > mark.most:
        return f"must be at most {mark.most:g} when the platform sets it (it says {checked:g})"
    return None
