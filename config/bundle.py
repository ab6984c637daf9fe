"""A catalogue bundle: the files of a catalogue, with their hashes and version, signed; one zip file.

`manifest.json` names every other file with size and SHA-256; `manifest.sig` is the Ed25519 signature (RFC
8032, 64 bytes) over `DOMAIN` and the manifest's bytes. Nothing is used before all of that has held. The same
files, version and moment give the same bytes, so that two halls can compare them.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated, Final, Literal

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key
from pydantic import AwareDatetime, Field, ValidationError

from config.item_basics import DataModel
from config.plain import BadFile

DOMAIN: Final = b"hall-catalogue-v1\0"
MANIFEST: Final = "manifest.json"
SIGNATURE: Final = "manifest.sig"

MOST_BYTES: Final = 64_000_000
"""All files together; 450 guides and 30 matters have 2 MB."""
MOST_FILES: Final = 20_000

_NAME = re.compile(r"(?:[a-z0-9][a-z0-9_.-]*/){0,4}[a-z0-9][a-z0-9_.-]*\.yaml")
_EPOCH = (1980, 1, 1, 0, 0, 0)

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class BadBundle(ValueError):
    """A bundle that is not used: `str()` says which part of it, and why."""


class FileEntry(DataModel):
    """One file of a bundle."""

    sha256: Sha256
    bytes: int = Field(ge=0)


class Manifest(DataModel):
    """What a bundle says of itself."""

    format: Literal[1]
    version: int = Field(ge=1)
    """Counted upwards by whoever signs; a terminal never goes back to a lower one by itself."""
    area_code: str = Field(pattern=r"^[0-9]{6}$")
    made_at: AwareDatetime
    files: dict[str, FileEntry] = Field(min_length=1, max_length=MOST_FILES)


@dataclass(frozen=True)
class Bundle:
    """A bundle whose signature, names, sizes and hashes have held."""

    manifest: Manifest
    files: Mapping[str, bytes]


def packed(
    files: Mapping[str, bytes], version: int, area_code: str, made_at: datetime, key: Ed25519PrivateKey
) -> bytes:
    """The bundle of `files`, by relative name. Raises `BadBundle` for what a terminal would refuse."""
    for name in files:
        _check_name(name)
    entries = {
        name: {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
        for name, data in sorted(files.items())
    }
    said = {
        "format": 1,
        "version": version,
        "area_code": area_code,
        "made_at": made_at.isoformat(timespec="seconds"),
        "files": entries,
    }
    manifest = json.dumps(said, sort_keys=True, separators=(",", ":")).encode()
    _manifest(manifest)
    container = io.BytesIO()
    with zipfile.ZipFile(container, "w") as archive:
        for name, data in (
            (MANIFEST, manifest),
            (SIGNATURE, key.sign(DOMAIN + manifest)),
            *sorted(files.items()),
        ):
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), data, zipfile.ZIP_DEFLATED)
    return container.getvalue()


def opened(path: Path, key: Ed25519PublicKey) -> Bundle:
    """Read a bundle and believe it, or not. Raises `BadBundle`."""
    try:
        with zipfile.ZipFile(path) as archive:
            return _checked(archive, key)
    except OSError as error:
        raise BadBundle(f"cannot be read: {error.strerror}") from None
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise BadBundle(f"is no catalogue bundle: {error}") from None


def _checked(archive: zipfile.ZipFile, key: Ed25519PublicKey) -> Bundle:
    sizes = {entry.filename: entry.file_size for entry in archive.infolist()}
    if len(sizes) != len(archive.infolist()):
        raise BadBundle("names a file twice")
    if sum(sizes.values()) > MOST_BYTES:
        raise BadBundle(f"unpacks to more than {MOST_BYTES} bytes")
    for needed in (MANIFEST, SIGNATURE):
        if needed not in sizes:
            raise BadBundle(f"has no {needed}")
    manifest = _read(archive, MANIFEST, sizes[MANIFEST])
    try:
        key.verify(_read(archive, SIGNATURE, sizes[SIGNATURE]), DOMAIN + manifest)
    except InvalidSignature:
        raise BadBundle(f"{MANIFEST}: not signed with the key of this terminal's catalogue") from None
    said = _manifest(manifest)
    extra = sorted(set(sizes) - set(said.files) - {MANIFEST, SIGNATURE})
    if extra:
        raise BadBundle(f"{extra[0]}: is not named in {MANIFEST}")
    return Bundle(said, dict(_files(archive, said, sizes)))


def _files(
    archive: zipfile.ZipFile, manifest: Manifest, sizes: Mapping[str, int]
) -> Iterator[tuple[str, bytes]]:
    for name, entry in manifest.files.items():
        _check_name(name)
        if sizes.get(name) != entry.bytes:
            raise BadBundle(f"{name}: is missing, or not as long as {MANIFEST} says")
        data = _read(archive, name, entry.bytes)
        if hashlib.sha256(data).hexdigest() != entry.sha256:
            raise BadBundle(f"{name}: is not the file that was signed")
        yield name, data


def _read(archive: zipfile.ZipFile, name: str, size: int) -> bytes:
    """Not a byte more than the directory promised: a bomb ends here."""
    with archive.open(name) as file:
        data = file.read(size + 1)
    if len(data) != size:
        raise BadBundle(f"{name}: is not as long as the container says")
    return data


def _manifest(data: bytes) -> Manifest:
    try:
        return Manifest.model_validate_json(data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise BadBundle(f"{MANIFEST}: {where or 'whole file'}: {first['msg']}") from None


def _check_name(name: str) -> None:
    if _NAME.fullmatch(name) is None:
        raise BadBundle(f"{name}: must be small letters, digits and _ . -, at most four folders deep, *.yaml")


def read_key(path: Path) -> Ed25519PublicKey:
    """Read the public key that bundles must be signed with (PEM). Raises `config.plain.BadFile`."""
    try:
        key = load_pem_public_key(path.read_bytes())
    except OSError as error:
        raise BadFile(path, None, "", f"cannot be read: {error.strerror}") from None
    except (ValueError, UnsupportedAlgorithm):
        raise BadFile(path, None, "", "is no public key in PEM form") from None
    if not isinstance(key, Ed25519PublicKey):
        raise BadFile(path, None, "", "is a public key, but not Ed25519")
    return key


def fingerprint(key: Ed25519PublicKey) -> str:
    """What a signer is called where it is withdrawn: SHA-256 of the key's 32 bytes."""
    return hashlib.sha256(key.public_bytes_raw()).hexdigest()


def read_signing_key(path: Path) -> Ed25519PrivateKey:
    """Read the private key that signs bundles (PEM, not encrypted). Raises `config.plain.BadFile`."""
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except OSError as error:
        raise BadFile(path, None, "", f"cannot be read: {error.strerror}") from None
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise BadFile(path, None, "", "is no private key in PEM form without a password") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise BadFile(path, None, "", "is a private key, but not Ed25519")
    return key
