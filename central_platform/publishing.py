"""Publishing: a catalogue's bundle as it is, settings and revocations signed by the platform, each numbered.

A number only grows: of a catalogue it is the version that its signer gave it, of the others the next one. The
list of revocations only grows, too: what was ever on it is on the next one.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import tomllib
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from central_platform.contract import Refusal, canonical, parse
from central_platform.downstream import DOWNSTREAM, Kind, Published, add, publications
from central_platform.keys import BadDirectory
from central_platform.opening import Keyring

_LISTS = ("envelope_keys", "bundles", "signers", "matters")


class NotPublished(Exception):
    """What cannot be published; `str()` is one line that names what and why. Nothing has changed."""


@dataclass(frozen=True)
class Withdrawn:
    """What is to be used no more, besides what already is."""

    envelope_keys: Sequence[str] = ()
    bundles: Sequence[int] = ()
    signers: Sequence[Path] = ()
    """Public keys, PEM."""
    matters: Sequence[tuple[str, str]] = ()
    """Each with the version that is withdrawn."""


def publish_catalogue(directory: Path, bundle: Path, terminal: str | None, now: datetime) -> Published:
    """Publish a bundle to the area that its manifest names. Raises `NotPublished`, `BadDirectory`."""
    _keyring(directory, terminal)
    try:
        content = bundle.read_bytes()
        with zipfile.ZipFile(bundle) as archive:
            manifest = json.loads(archive.read("manifest.json"))
        number, area_code = int(manifest["version"]), str(manifest["area_code"])
    except OSError as error:
        raise NotPublished(f"{bundle}: cannot be read: {error.strerror}") from None
    except (zipfile.BadZipFile, ValueError, KeyError, TypeError):
        raise NotPublished(f"{bundle}: is no catalogue bundle") from None
    with _alone(directory):
        latest = _latest(directory, "catalogue", area_code)
        if number <= latest:
            raise NotPublished(
                f"{bundle}: is version {number}; version {latest} is published for {area_code}"
            )
        return _added(directory, "catalogue", number, content, (area_code, terminal), now)


def publish_configuration(
    directory: Path, file: Path, area_code: str | None, terminal: str | None, now: datetime
) -> Published:
    """Sign and publish settings. Which ones a terminal takes is for the terminal to say.

    Raises `NotPublished`, `BadDirectory`.
    """
    keyring = _keyring(directory, terminal)
    try:
        toml = file.read_text("utf-8")
        tomllib.loads(toml)
    except OSError as error:
        raise NotPublished(f"{file}: cannot be read: {error.strerror}") from None
    except ValueError as error:
        raise NotPublished(f"{file}: is not TOML in UTF-8: {error}") from None
    with _alone(directory):
        number = _latest(directory, "configuration") + 1
        fields = {"number": number, "area_code": area_code, "terminal": terminal, "toml": toml}
        content = _signed(keyring, "configuration", fields)
        return _added(directory, "configuration", number, content, (area_code, terminal), now)


def withdraw(directory: Path, withdrawn: Withdrawn, now: datetime) -> Published:
    """Publish the list of what is used no more, longer than before. Raises `NotPublished`, `BadDirectory`."""
    keyring = _keyring(directory, None)
    if keyring.envelopes.kid in withdrawn.envelope_keys:
        raise NotPublished(f"{keyring.envelopes.kid}: terminals are told to seal to it: rotate first")
    fresh: dict[str, list[Any]] = {
        "envelope_keys": list(withdrawn.envelope_keys),
        "bundles": list(withdrawn.bundles),
        "signers": [_fingerprint(path) for path in withdrawn.signers],
        "matters": [{"item": item, "version": version} for item, version in withdrawn.matters],
    }
    with _alone(directory):
        before = _before(directory)
        lists = {
            name: [*before[name], *(new for new in fresh[name] if new not in before[name])] for name in _LISTS
        }
        if lists == before:
            raise NotPublished("nothing that is not withdrawn already")
        number = _latest(directory, "revocations") + 1
        content = _signed(keyring, "revocations", {"number": number, **lists})
        return _added(directory, "revocations", number, content, (None, None), now)


@contextmanager
def _alone(directory: Path) -> Iterator[None]:
    """Nobody else publishes meanwhile: no number is given twice. Raises `BadDirectory`."""
    folder = directory / DOWNSTREAM
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        lock = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise BadDirectory(folder, error.strerror or "cannot be written") from None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def _keyring(directory: Path, terminal: str | None) -> Keyring:
    keyring = Keyring.load(directory)
    if terminal is not None and terminal not in keyring.terminals:
        raise NotPublished(f"{terminal}: no terminal of this platform")
    return keyring


def _latest(directory: Path, kind: Kind, area_code: str | None = None) -> int:
    """The highest number so far; with `area_code`, of what is for that area."""
    return max(
        (
            each.number
            for each in publications(directory / DOWNSTREAM)
            if each.kind == kind and area_code in {None, each.area_code}
        ),
        default=0,
    )


def _before(directory: Path) -> dict[str, list[Any]]:
    folder = directory / DOWNSTREAM
    last = [each for each in publications(folder) if each.kind == "revocations"]
    if not last:
        return {name: [] for name in _LISTS}
    said = json.loads((folder / last[-1].sha256).read_bytes())
    return {name: said[name] for name in _LISTS}


def _fingerprint(path: Path) -> str:
    try:
        key = load_pem_public_key(path.read_bytes())
    except OSError as error:
        raise NotPublished(f"{path}: cannot be read: {error.strerror}") from None
    except (ValueError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, Ed25519PublicKey):
        raise NotPublished(f"{path}: is no public Ed25519 key in PEM form")
    return hashlib.sha256(key.public_bytes_raw()).hexdigest()


def _signed(keyring: Keyring, kind: Kind, fields: dict[str, Any]) -> bytes:
    content = canonical(keyring.signed({"v": 1, "kind": kind, **fields}))
    try:
        parse("revocations" if kind == "revocations" else "configuration", content, "malformed")
    except Refusal as refusal:
        raise NotPublished(refusal.detail) from None
    return content


def _added(
    directory: Path,
    kind: Kind,
    number: int,
    content: bytes,
    meant: tuple[str | None, str | None],
    now: datetime,
) -> Published:
    area_code, terminal = meant
    digest = hashlib.sha256(content).hexdigest()
    at = now.isoformat(timespec="seconds")
    entry = Published(kind, number, digest, len(content), area_code, terminal, at)
    try:
        add(directory / DOWNSTREAM, content, entry)
    except OSError as error:
        raise BadDirectory(directory / DOWNSTREAM, error.strerror or "cannot be written") from None
    return entry
