"""Restore codes read from a slip: the parts put together again into the envelope that the session sealed.

Pure. A code is `HR1:` and Base45 (RFC 9285) of one part, numbers big-endian, a *name* being one byte of
length and so many of ASCII:

```
part          set (8: the start of SHA-256 of the packet), place (1: index * 16 + count), data,
              check (4: CRC-32 of all before it)
packet        the data of all parts in their order:
              version 1 (1), application id (16), SHA-256 of the whole envelope (32), content_sha256 (32),
              the terminal's Ed25519 signature over the compact envelope (64), suite (name), kid (name),
              item (name), item_version (name), terminal (name), local number (name),
              the rest: the ciphertext
```

The compact envelope is canonical JSON of these and of `"v": 1` and `"content": "compact"`
(`envelope.schema.json`). The session writes what is read here (`kiosk.session.restore_codes`).
"""

from __future__ import annotations

import base64
import hashlib
import uuid
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from kiosk import base45
from offline_queue import contract_files
from offline_queue.contract_files import NotOfTheContract, canonical

PREFIX = "HR1:"

Fault = Literal["damaged", "parts_missing", "not_of_the_contract", "not_kept"]

_VERSION = 1
_SET, _CHECK, _HASH, _SIGNATURE, _UUID = 8, 4, 32, 64, 16


@dataclass(frozen=True)
class Rescued:
    """One application from a slip: the envelope's exact bytes, and what was printed beside it."""

    application_id: str
    item: str
    item_version: str
    terminal: str
    local_no: str
    envelope: bytes
    origin_signature: str
    """Base64: the printing terminal's signature over `envelope`. Only the platform can judge it."""


@dataclass(frozen=True)
class Unreadable:
    """Codes that brought no application back; `words` say which and why."""

    fault: Fault
    words: str


@dataclass(frozen=True)
class _Part:
    set: str
    index: int
    count: int
    data: bytes


def read_codes(texts: Iterable[str]) -> tuple[list[Rescued], list[Unreadable]]:
    """Read every restore code among `texts`, in any order and of any number of slips; others are ignored."""
    wrong: list[Unreadable] = []
    sets: dict[tuple[str, int], dict[int, bytes]] = {}
    for text in dict.fromkeys(texts):
        if text.startswith(PREFIX):
            try:
                part = _part(text)
            except ValueError as error:
                wrong.append(Unreadable("damaged", f"a restore code is damaged: {error}"))
            else:
                sets.setdefault((part.set, part.count), {})[part.index] = part.data
    rescued = []
    for (name, count), parts in sets.items():
        found = _together(name, count, parts)
        if isinstance(found, Rescued):
            rescued.append(found)
        else:
            wrong.append(found)
    return rescued, wrong


def _part(text: str) -> _Part:
    part = base45.decode(text.removeprefix(PREFIX))
    if len(part) <= _SET + 1 + _CHECK:
        raise ValueError("it is too short")
    said, check = part[:-_CHECK], part[-_CHECK:]
    if zlib.crc32(said).to_bytes(_CHECK, "big") != check:
        raise ValueError("its check value is wrong")
    index, count = said[_SET] >> 4, said[_SET] & 0xF
    if index >= count:
        raise ValueError("it has no place among its parts")
    return _Part(said[:_SET].hex(), index, count, said[_SET + 1 :])


def _together(name: str, count: int, parts: dict[int, bytes]) -> Rescued | Unreadable:
    missing = [str(index + 1) for index in range(count) if index not in parts]
    if missing:
        which = f"part {missing[0]} is" if len(missing) == 1 else f"parts {', '.join(missing)} are"
        return Unreadable("parts_missing", f"{which} missing of {count} (set {name})")
    packet = b"".join(parts[index] for index in range(count))
    if hashlib.sha256(packet).digest()[:_SET].hex() != name:
        return Unreadable("damaged", f"the parts do not belong together (set {name})")
    try:
        return _rescued(packet)
    except ValueError as error:
        return Unreadable("not_of_the_contract", f"no sealed application: {error} (set {name})")


def _rescued(packet: bytes) -> Rescued:
    """Build the envelope that the packet describes. Raises `ValueError`."""
    at = 0

    def take(count: int) -> bytes:
        nonlocal at
        taken = packet[at : at + count]
        at += count
        if len(taken) != count:
            raise ValueError("it ends too early")
        return taken

    def name() -> str:
        return take(take(1)[0]).decode("ascii")

    if take(1)[0] != _VERSION:
        raise ValueError("a version that is not known here")
    application_id = str(uuid.UUID(bytes=take(_UUID)))
    whole, content, signature = take(_HASH).hex(), take(_HASH).hex(), take(_SIGNATURE)
    suite, kid, item, item_version, terminal, local_no = (name() for _ in range(6))
    envelope = canonical(
        {
            "v": 1,
            "id": application_id,
            "kid": kid,
            "suite": suite,
            "item": item,
            "item_version": item_version,
            "terminal": terminal,
            "content": "compact",
            "stands_for": whole,
            "content_sha256": content,
            "ciphertext": base64.b64encode(packet[at:]).decode(),
        }
    )
    try:
        contract_files.read("envelope", envelope)
    except NotOfTheContract as error:
        raise ValueError(str(error)) from None
    return Rescued(
        application_id,
        item,
        item_version,
        terminal,
        local_no,
        envelope,
        base64.b64encode(signature).decode(),
    )
