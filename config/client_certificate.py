"""The terminal's client certificate: which one is in use, and for how long.

A terminal begins with the one that its settings name. Renewed ones are in one file of `state_dir`, the
certificate and its key together: either both are there or neither.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key
from cryptography.x509.oid import NameOID

from config.settings import PlatformSettings

RENEWED = "client.pem"
"""The newest certificate that the terminal got by itself, and its key, in `terminal.state_dir`."""

CERTIFICATE_ENDED = "certificate_expired"
CERTIFICATE_REVOKED = "certificate_revoked"
"""Why the platform lets a terminal in no more."""

_OTHERS = 0o077
_LAST_WEEK = timedelta(days=7)

Standing = Literal["good", "renewal_due", "ending", "ended"]
"""`ending` is the last week: days in which nobody could renew it lie behind."""


@dataclass(frozen=True)
class ClientCertificate:
    """A certificate with its key; `key_file` may be the same file."""

    file: Path
    key_file: Path
    terminal: str
    serial: int
    begins: datetime
    ends: datetime

    @property
    def renewed_from(self) -> datetime:
        """When less than a third of its life is left."""
        return self.ends - (self.ends - self.begins) / 3

    def standing(self, now: datetime) -> Standing:
        """How it stands."""
        if now >= self.ends:
            return "ended"
        if now >= self.ends - _LAST_WEEK:
            return "ending"
        return "renewal_due" if now >= self.renewed_from else "good"


def in_use(platform: PlatformSettings, state_dir: Path | None) -> ClientCertificate:
    """Give the newest that works: the renewed one of `state_dir`, or the one that the settings name.

    Raises `OSError` and `ValueError` when the settings' own cannot be read.
    """
    given = _read(platform.client_certificate, platform.client_key)
    if state_dir is None:
        return given
    try:
        renewed = read_pair(state_dir / RENEWED)
    except (OSError, ValueError):
        return given
    # A terminal that is enrolled anew has a newer one in its settings.
    newer = renewed.begins >= given.begins and renewed.terminal == given.terminal
    return renewed if newer else given


def read_pair(file: Path) -> ClientCertificate:
    """Read a file with a certificate and its key. Raises `OSError`, `ValueError`."""
    pem = file.read_bytes()
    if file.stat().st_mode & _OTHERS:
        raise ValueError("open to others")
    key = load_pem_private_key(pem, None).public_key()
    certificate = x509.load_pem_x509_certificate(pem)
    form = Encoding.DER, PublicFormat.SubjectPublicKeyInfo
    if key.public_bytes(*form) != certificate.public_key().public_bytes(*form):
        raise ValueError("the key is not the certificate's")
    return _of(certificate, file, file)


def _read(file: Path, key_file: Path) -> ClientCertificate:
    return _of(x509.load_pem_x509_certificate(file.read_bytes()), file, key_file)


def _of(certificate: x509.Certificate, file: Path, key_file: Path) -> ClientCertificate:
    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return ClientCertificate(
        file,
        key_file,
        str(names[0].value) if names else "",
        certificate.serial_number,
        certificate.not_valid_before_utc,
        certificate.not_valid_after_utc,
    )
