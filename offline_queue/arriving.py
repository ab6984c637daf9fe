"""What a commit must say: an application held against the session's word, its parts against its manifest."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from offline_queue import contract_files
from offline_queue.contract_files import NotOfTheContract
from offline_queue.failures import HashMismatch, WrongEnvelope

ENVELOPE_LIMIT = 2 * 1024 * 1024
"""Bytes of an application without its pages: a joint one has the forms of all its matters."""

NO_PARTS: Mapping[str, bytes] = MappingProxyType({})


def header_of(envelope: bytes) -> dict[str, Any]:
    """Read an envelope. Raises `WrongEnvelope`."""
    try:
        return contract_files.read("envelope", envelope)
    except NotOfTheContract as error:
        raise WrongEnvelope(str(error)) from None


def refuse_difference(header: Mapping[str, Any], said: Mapping[str, str | None]) -> None:
    """A header says what the session said. Raises `WrongEnvelope`."""
    wrong = [name for name, value in said.items() if header.get(name) != value]
    if wrong:
        raise WrongEnvelope(f"envelope: {wrong[0]} is not what the session said")


def checked_parts(envelope: bytes, about: Mapping[str, str], parts: Mapping[str, bytes]) -> list[str]:
    """Hold an application and its parts, by their names, against `about` and against its manifest.

    Gives the names in the manifest's order. Raises `WrongEnvelope`, `HashMismatch`.
    """
    if len(envelope) > ENVELOPE_LIMIT:
        raise WrongEnvelope(f"envelope: more than {ENVELOPE_LIMIT} bytes")
    header = header_of(envelope)
    refuse_difference(header, {**about, "content": None})
    manifest = header.get("parts", [])
    listed = {each["sha256"]: each["bytes"] for each in manifest}
    if parts.keys() != listed.keys() or len(listed) != len(manifest):
        raise WrongEnvelope("envelope: its parts are not those that came with it")
    for name, part in parts.items():
        if hashlib.sha256(part).hexdigest() != name:
            raise HashMismatch("a part is not the one that was sealed")
        if len(part) != listed[name]:
            raise WrongEnvelope("envelope: a part is not as long as its manifest says")
        refuse_difference(header_of(part), {**about, "content": "part"})
    return list(listed)


def number_of(local_no: str, terminal_id: str) -> tuple[str, int]:
    """Give the day's prefix and the running number of a local number. Raises `WrongEnvelope`."""
    shape = rf"({re.escape(terminal_id[-4:])}-[0-9]{{6}})-([0-9]{{4,6}})"
    match = re.fullmatch(shape, local_no)
    if match is None:
        raise WrongEnvelope("local_no: not a number of this terminal")
    return match[1], int(match[2])
