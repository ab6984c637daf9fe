"""Enrolled terminals: `<directory>/terminals/<terminal id>.pem`, its public signing keys, newest first.

A terminal that is enrolled anew has another key. Only the newest sends; the earlier ones still prove who
printed a slip.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key

from central_platform.safe_files import replace_file

_FOLDER = "terminals"
_MODE = 0o644
_ONE = re.compile(rb"-----BEGIN PUBLIC KEY-----.*?-----END PUBLIC KEY-----", re.DOTALL)

Keys = tuple[Ed25519PublicKey, ...]


class OtherKey(ValueError):
    """A key that is no terminal's: its kind is another."""


def read_terminals(directory: Path) -> dict[str, Keys]:
    """Read the keys of every terminal. Raises `OSError`, `ValueError`, `OtherKey`."""
    return {path.stem: _keys(path.read_bytes()) for path in sorted((directory / _FOLDER).glob("*.pem"))}


def write_terminal(directory: Path, terminal: str, keys: Sequence[Ed25519PublicKey]) -> None:
    """Put these keys in place of a terminal's earlier list. Raises `OSError`."""
    pem = b"".join(key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo) for key in keys)
    replace_file(directory / _FOLDER / f"{terminal}.pem", pem, _MODE)


def _keys(pem: bytes) -> Keys:
    found = [load_pem_public_key(each) for each in _ONE.findall(pem)]
    keys = tuple(key for key in found if isinstance(key, Ed25519PublicKey))
    if not found:
        raise ValueError("no public key")
    if len(keys) != len(found):
        raise OtherKey("not Ed25519")
    return keys
