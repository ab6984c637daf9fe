"""The platform's envelope keys: one that new envelopes are sealed to, and all earlier ones, which still open.

`platform/platform.json` names them, by `kid`; each is a file beside it or a key in a PKCS#11 token:

```
"envelope_kid": "envelope-20261122",
"envelope_keys": {
  "envelope-20261122": {"suite": "HPKE-X25519-…", "public": "envelope.pem", "key": "envelope.key"},
  "envelope-20270101": {"suite": "HPKE-X25519-…", "public": "envelope-20270101.pem", "token": "pkcs11:…"}
}
```

A directory from before there were several has one X25519 key, `envelope.key`.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key

from central_platform.safe_files import replace_file
from central_platform.suites import HPKE, HpkeKey, KeyStoreDown, OpeningKey, SuiteName, new_key, opening_key
from central_platform.token_key import TokenKey, made_in_token

PLATFORM_FILE = "platform.json"
FIRST_KEY, FIRST_PUBLIC = "envelope.key", "envelope.pem"
AUDIT_KEY = "audit.key"
"""What persons in the book of questions are tagged with; once, the first envelope key was."""

_PRIVATE, _PUBLIC = 0o600, 0o644


class BadKey(Exception):
    """An envelope key that cannot be used: `path` and `reason` say which and why."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


@dataclass(frozen=True)
class EnvelopeKeys:
    """What opens, by name; and the name and the public PEM of the one that terminals seal to now."""

    kid: str
    public: str
    opening: Mapping[str, OpeningKey]

    @property
    def suite(self) -> SuiteName:
        """What new envelopes are sealed with."""
        return self.opening[self.kid].suite


def load_envelope_keys(platform: Path, about: Mapping[str, Any]) -> EnvelopeKeys:
    """Read what `about` (platform.json) names. Raises `BadKey`, `OSError`, `KeyError`."""
    kid = about["envelope_kid"]
    named = about.get("envelope_keys")
    if named is None:
        return _single(platform, kid)
    opening = {each: _load(platform, entry) for each, entry in named.items()}
    if kid not in opening:
        raise BadKey(platform / PLATFORM_FILE, f"has no envelope key {kid}")
    return EnvelopeKeys(kid, (platform / named[kid]["public"]).read_text("ascii"), opening)


def load_audit_key(platform: Path) -> bytes:
    """Give the secret that stays the same when envelope keys change. Raises `BadKey`, `OSError`."""
    if (platform / AUDIT_KEY).exists():
        return (platform / AUDIT_KEY).read_bytes()
    return _x25519(platform / FIRST_KEY).private_bytes_raw()


def rotate(directory: Path, suite: SuiteName, now: datetime, token: str | None = None) -> str:
    """Make a new key for new envelopes, and give its name; the earlier ones stay, and go on opening.

    With `token`, a PKCS#11 URI, the key is the X25519 key of that name there, made if there is none. A server
    that runs goes on with what it had until it is started anew. Raises `BadKey`, `OSError`.
    """
    platform = directory / "platform"
    about = json.loads((platform / PLATFORM_FILE).read_bytes())
    before = load_envelope_keys(platform, about)
    named = about.get("envelope_keys")
    if named is None:
        (platform / FIRST_PUBLIC).write_text(before.public, "ascii")
        named = {before.kid: {"suite": HPKE, "public": FIRST_PUBLIC, "key": FIRST_KEY}}
    kid = _new_name(f"envelope-{now:%Y%m%d}", named)
    entry = {"suite": suite, "public": f"{kid}.pem"}
    if token is None:
        private, public = new_key(suite)
        _write(platform / f"{kid}.key", private, _PRIVATE)
        entry["key"] = f"{kid}.key"
    else:
        if suite != HPKE:
            raise BadKey(platform, f"a key in a token opens {HPKE} only")
        try:
            public = made_in_token(token)
        except KeyStoreDown as error:
            raise BadKey(platform, str(error)) from None
        entry["token"] = token
    _write(platform / f"{kid}.pem", public, _PUBLIC)
    about |= {"envelope_kid": kid, "envelope_keys": {**named, kid: entry}}
    # Last, and at once: before this the new key is nobody's, after it everybody's.
    replace_file(platform / PLATFORM_FILE, json.dumps(about, indent=2).encode(), _PUBLIC)
    return kid


def _single(platform: Path, kid: str) -> EnvelopeKeys:
    key = _x25519(platform / FIRST_KEY)
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return EnvelopeKeys(kid, public.decode(), {kid: HpkeKey(key)})


def _x25519(path: Path) -> X25519PrivateKey:
    try:
        key = load_pem_private_key(path.read_bytes(), None)
    except ValueError:
        raise BadKey(path, "not a private key in PEM form") from None
    if not isinstance(key, X25519PrivateKey):
        raise BadKey(path, "a private key, but not X25519")
    return key


def _load(platform: Path, entry: Mapping[str, str]) -> OpeningKey:
    if "token" in entry:
        try:
            return TokenKey(entry["token"])
        except KeyStoreDown as error:
            raise BadKey(platform / PLATFORM_FILE, str(error)) from None
    path = platform / entry["key"]
    try:
        key = opening_key(path.read_bytes())
    except ValueError as error:
        raise BadKey(path, str(error)) from None
    if key.suite != entry["suite"]:
        raise BadKey(path, f"a key for {key.suite}, not for {entry['suite']}")
    return key


def _new_name(name: str, taken: Mapping[str, Any]) -> str:
    names = (name, *(f"{name}-{number}" for number in range(2, len(taken) + 3)))
    return next(each for each in names if each not in taken)


def _write(path: Path, content: bytes, mode: int) -> None:
    """A file that is not there yet, on the disk when this returns."""
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode)
    with os.fdopen(handle, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
