"""The keys of a platform and of one terminal, made in one go.

```
<directory>/platform/    what only the platform may see: certificate authorities, server key, envelope and
                         receipt keys, platform.json with their names
<directory>/terminals/   one public key a terminal that is enrolled, <terminal id>.pem
<directory>/terminal/    what goes to the terminal, with platform.toml, a layer of its settings
```

Private files have mode 0600. The authority's keys stay here, so that more terminals can be enrolled by
invitation (`central_platform.invitations`).
"""

from __future__ import annotations

import json
import os
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from central_platform.certificates import Authority
from central_platform.envelope_keys import AUDIT_KEY, FIRST_KEY, FIRST_PUBLIC
from central_platform.issuing import record_of
from central_platform.suites import HPKE, SuiteName, new_key
from central_platform.vouching import certificate_text

TERMINAL_ID = re.compile(r"[A-Z0-9][A-Z0-9-]{3,31}")
_PRIVATE = 0o600
_PUBLIC = 0o644

_PrivateKey = ec.EllipticCurvePrivateKey | Ed25519PrivateKey


class BadDirectory(Exception):
    """A platform directory that cannot be used: `path` and `reason` say what and why."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


@dataclass(frozen=True)
class _File:
    content: bytes
    mode: int


def init(
    directory: Path,
    *,
    terminal_id: str,
    host: str = "127.0.0.1",
    port: int = 8443,
    suite: SuiteName = HPKE,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Path:
    """Make every key, enrol `terminal_id`, and give the path of the terminal's `platform.toml`.

    `host` is the name or address in the server's certificate, besides localhost and 127.0.0.1; `suite` is
    how the terminal is to seal. Raises `BadDirectory` when keys are there already or files cannot be written;
    then nothing is changed.
    """
    directory = directory.resolve()
    if not TERMINAL_ID.fullmatch(terminal_id):
        raise BadDirectory(directory, f"terminal id {terminal_id!r}: 4 to 32 of A-Z, 0-9 and -")
    for part in ("platform", "terminals", "terminal"):
        if (directory / part).exists():
            raise BadDirectory(directory / part, "there are keys already; they are never replaced")
    files = _files(directory, terminal_id, host, port, suite, now())
    try:
        for path, file in files.items():
            (directory / path).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle = os.open(directory / path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, file.mode)
            with os.fdopen(handle, "wb") as stream:
                stream.write(file.content)
    except OSError as error:
        raise BadDirectory(directory, error.strerror or "cannot be written") from None
    return directory / "terminal" / "platform.toml"


def _files(
    directory: Path, terminal_id: str, host: str, port: int, suite: SuiteName, now: datetime
) -> dict[str, _File]:
    server_authority = Authority.made("Hall platform: servers", now)
    client_authority = Authority.made("Hall platform: terminals", now)
    server_key, client_key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    server = server_authority.server(server_key.public_key(), host, now)
    client = client_authority.terminal(client_key.public_key(), terminal_id, now)
    client_pem = client.public_bytes(Encoding.PEM)
    receipt, signing = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    envelope, envelope_public = new_key(suite)
    envelope_kid, receipt_kid = f"envelope-{now:%Y%m%d}", f"receipt-{now:%Y%m%d}"
    about = {
        "envelope_kid": envelope_kid,
        "receipt_kid": receipt_kid,
        "envelope_keys": {envelope_kid: {"suite": suite, "public": FIRST_PUBLIC, "key": FIRST_KEY}},
    }
    server_pem = server_authority.certificate.public_bytes(Encoding.PEM)
    toml = _fragment(directory / "terminal", terminal_id, f"https://{host}:{port}", envelope_kid, suite)
    return {
        "platform/server_ca.pem": _File(server_pem, _PUBLIC),
        "platform/server_ca.key": _secret(server_authority.key),
        "platform/client_ca.pem": _File(client_authority.certificate.public_bytes(Encoding.PEM), _PUBLIC),
        "platform/client_ca.key": _secret(client_authority.key),
        "platform/server.pem": _File(server.public_bytes(Encoding.PEM), _PUBLIC),
        "platform/server.key": _secret(server_key),
        f"platform/{FIRST_KEY}": _File(envelope, _PRIVATE),
        f"platform/{FIRST_PUBLIC}": _File(envelope_public, _PUBLIC),
        f"platform/{AUDIT_KEY}": _File(secrets.token_bytes(32), _PRIVATE),
        "platform/receipt.key": _secret(receipt),
        "platform/platform.json": _File(json.dumps(about, indent=2).encode(), _PUBLIC),
        f"platform/{record_of(client)}": _File(client_pem, _PUBLIC),
        f"terminals/{terminal_id}.pem": _public(signing),
        "terminal/ca.pem": _File(server_pem, _PUBLIC),
        "terminal/client.pem": _File(client_pem, _PUBLIC),
        "terminal/client.key": _secret(client_key),
        "terminal/signing.key": _secret(signing),
        "terminal/certificate.txt": _File(
            certificate_text(receipt, terminal_id, signing.public_key(), now).encode(), _PUBLIC
        ),
        "terminal/envelope.pem": _File(envelope_public, _PUBLIC),
        "terminal/receipt.pem": _public(receipt),
        "terminal/platform.toml": _File(toml.encode(), _PUBLIC),
    }


def _fragment(terminal: Path, terminal_id: str, url: str, envelope_kid: str, suite: SuiteName) -> str:
    def path(name: str) -> str:
        return json.dumps(str(terminal / name), ensure_ascii=False)

    return f"""\
# Made by "platform init". A layer of the terminal's settings: where the platform is, and how it is known.

[terminal]
id = "{terminal_id}"
signing_key = {path("signing.key")}
certificate = {path("certificate.txt")}

[platform]
url = "{url}"
ca_file = {path("ca.pem")}
client_certificate = {path("client.pem")}
client_key = {path("client.key")}
envelope_key = {path("envelope.pem")}
envelope_kid = "{envelope_kid}"
envelope_suite = "{suite}"
receipt_key = {path("receipt.pem")}
"""


def _secret(key: _PrivateKey) -> _File:
    return _File(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()), _PRIVATE)


def _public(key: Ed25519PrivateKey) -> _File:
    pem = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return _File(pem, _PUBLIC)
