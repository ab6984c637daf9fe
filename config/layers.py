"""Settings in layers: what ships, each file in order, what the platform set, `--set`; and who said what.

What the platform may set, and how it comes here, is `config.published`. A relative path is meant from the
file that says it (with `--set`, from where the command was typed). A later layer replaces a key as a whole: a
file with `[[guides]]` names all guides. The first mistake ends the reading with one line; what only the
machine can tell (missing key files, no tmpfs) is `config.problems`.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, get_args

from pydantic import ValidationError

from config.calibration import threshold_problem
from config.plain import keys_at, meant, reason
from config.published import published_layer
from config.setting_files import BadConfiguration, Said, leaf_keys, read_toml
from config.settings import Settings

__all__ = ["DEFAULTS", "BadConfiguration", "Loaded", "leaf_keys", "load"]

DEFAULTS = Path(__file__).with_name("defaults.toml")
"""What ships: everything but what only the site knows."""

_OVERRIDE = "--set"
_STATE_DIR = "terminal.state_dir"


@dataclass(frozen=True)
class Loaded:
    """The settings, and of every dotted key who said it, as `site.toml:12` or `platform 3:2`."""

    settings: Settings
    provenance: Mapping[str, str]


def load(files: Sequence[Path], overrides: Sequence[str] = ()) -> Loaded:
    """Read the shipped defaults, `files` in order, the platform's word, `overrides` ("section.key=value").

    Raises `BadConfiguration`.
    """
    said: dict[str, Said] = {}
    for file in (DEFAULTS, *files):
        said.update(_read(file))
    typed = dict(_override(text) for text in overrides)
    state_dir = (typed.get(_STATE_DIR) or said[_STATE_DIR]).value
    said |= published_layer(Path(str(state_dir))) | typed
    settings = _validated(said, files)
    _check_together(settings, said)
    origin = {key: _origin(key, said) for key in leaf_keys()}
    return Loaded(settings, origin)


def _read(file: Path) -> dict[str, Said]:
    try:
        # Editors on Windows put a byte order mark in front; TOML forbids it, people cannot see it.
        text = file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise BadConfiguration(file, None, "", f"cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise BadConfiguration(file, line, "", "is not UTF-8 text; save the file as UTF-8") from None
    said = read_toml(text, file)
    return {key: replace(one, value=_resolved(key, one, file.parent)) for key, one in said.items()}


def _resolved(key: str, said: Said, base: Path) -> Any:
    """Give a path its place; leave everything else as it is."""
    kind = leaf_keys()[key]
    if Path not in (kind, *get_args(kind)) or not isinstance(said.value, str):
        return said.value
    if not said.value:
        raise BadConfiguration(said.path, said.line(*key.split(".")), key, "must not be empty")
    return str((base / said.value).absolute())


def _override(text: str) -> tuple[str, Said]:
    key, equals, words = (part.strip() for part in text.partition("="))
    leaves = leaf_keys()
    if not equals:
        raise BadConfiguration(_OVERRIDE, None, text, "is not section.key=value")
    if key not in leaves:
        raise BadConfiguration(_OVERRIDE, None, key, "no such key" + meant(key, leaves))
    value: Any = words
    if leaves[key] is not str:
        # Numbers and truth values are read as TOML; what is no TOML is a bare word or a path.
        with suppress(tomllib.TOMLDecodeError):
            value = tomllib.loads(f"value = {words}")["value"]
    said = Said(value, _OVERRIDE, {})
    return key, Said(_resolved(key, said, Path.cwd()), _OVERRIDE, {})


def _validated(said: Mapping[str, Said], files: Sequence[Path]) -> Settings:
    nested: dict[str, Any] = {name: {} for name in {key.split(".")[0] for key in leaf_keys() if "." in key}}
    for key, one in said.items():
        *outer, inner = key.split(".")
        (nested[outer[0]] if outer else nested)[inner] = one.value
    try:
        # Strict JSON: a quoted number is no number, yet a text is a path and a list a tuple.
        return Settings.model_validate_json(json.dumps(nested, default=str), strict=True)
    except ValidationError as error:
        found = error.errors(include_url=False)
        first = min(found, key=lambda each: each["type"] != "extra_forbidden")
        loc = first["loc"]
        key = ".".join(str(part) for part in loc[:2]) if loc[0] != "guides" else "guides"
        why = reason(first, keys_at(Settings, loc[:-1]))
        if key not in said:
            raise BadConfiguration(files[-1] if files else "no site file", None, key, why) from None
        one = said[key]
        shown = _guide_key(loc) if key == "guides" else key
        raise BadConfiguration(one.path, one.line(*loc), shown, why) from None


def _guide_key(loc: tuple[str | int, ...]) -> str:
    """People count from one."""
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in loc)


_LIBRARY = "a library: name its file"
_NEEDS = (
    ("id_reader.driver", {"sam_v"}, "id_reader.port", "a port: name its device file"),
    ("id_reader.driver", {"sdt"}, "id_reader.library", _LIBRARY),
    ("printer.driver", {"escpos"}, "printer.port", "a port: name its device file"),
    ("scanner.driver", {"honeywell", "newland", "gm65"}, "scanner.port", "a port: name its device file"),
    ("face.photo_decoder", {"vendor"}, "face.photo_library", _LIBRARY),
    ("fingerprint.driver", {"vendor", "simulator"}, "fingerprint.library", _LIBRARY),
    ("fingerprint.driver", {"vendor", "simulator"}, "fingerprint.threshold", "a threshold: see its manual"),
    ("liveness_module.driver", {"vendor", "simulator"}, "liveness_module.library", _LIBRARY),
)
"""A key, its values that need another key, that key, and what is needed."""


def _check_together(settings: Settings, said: Mapping[str, Said]) -> None:
    """What no field can know alone."""
    for asking, values, key, needed in _NEEDS:
        one, there = said[asking], said.get(key)
        if one.value in values and (there is None or there.value in {"", None}):
            section, name = asking.split(".")
            why = f'{name} "{one.value}" needs {needed}'
            raise BadConfiguration(one.path, one.line(section, name), key, why)
    if (problem := threshold_problem(settings.face)) is not None:
        name, why = problem
        one = said[f"face.{name}"]
        raise BadConfiguration(one.path, one.line("face", name), f"face.{name}", why)
    seen: set[str] = set()
    for position, guide in enumerate(settings.guides):
        if guide.staff_no in seen:
            one = said["guides"]
            line = one.line("guides", position, "staff_no")
            why = f"{guide.staff_no} is listed twice"
            raise BadConfiguration(one.path, line, f"guides.{position + 1}.staff_no", why)
        seen.add(guide.staff_no)


def _origin(key: str, said: Mapping[str, Said]) -> str:
    one = said.get(key)
    if one is None or one.path == DEFAULTS:
        return "default"
    line = one.line(*key.split("."))
    return str(one.path) if line is None else f"{one.path}:{line}"
