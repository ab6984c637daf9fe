"""Taking a terminal's certificate back: a signed list (RFC 5280, section 5) that TLS asks first.

`<directory>/platform/client_crl.pem`, made whole each time. A running platform reads it when it starts anew.
"""

from __future__ import annotations

import os
import ssl
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key

from central_platform.keys import AUTHORITY_YEARS, BadDirectory

REVOKED = "client_crl.pem"


def revoke(directory: Path, certificate: Path, now: datetime) -> int:
    """Add a terminal's certificate to the list; gives how many are on it. Raises `BadDirectory`."""
    keys = directory / "platform"
    try:
        authority = x509.load_pem_x509_certificate((keys / "client_ca.pem").read_bytes())
        key = load_pem_private_key((keys / "client_ca.key").read_bytes(), None)
        revoked = x509.load_pem_x509_certificate(certificate.read_bytes())
        path = keys / REVOKED
        before = list(x509.load_pem_x509_crl(path.read_bytes())) if path.exists() else []
    except OSError as error:
        raise BadDirectory(Path(error.filename or keys), error.strerror or "cannot be read") from None
    except ValueError:
        raise BadDirectory(certificate, "or a key of the platform is not PEM") from None
    if not isinstance(key, ec.EllipticCurvePrivateKey) or revoked.issuer != authority.subject:
        raise BadDirectory(certificate, "is not of this platform")
    listed = {each.serial_number: each.revocation_date_utc for each in before}
    listed.setdefault(revoked.serial_number, now)
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(authority.subject)
        .last_update(now)
        # The list is on this machine: it does not grow stale on the way.
        .next_update(now + timedelta(days=365 * AUTHORITY_YEARS))
    )
    for serial, moment in listed.items():
        entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(moment).build()
        builder = builder.add_revoked_certificate(entry)
    fresh = path.with_suffix(".new")
    fresh.write_bytes(builder.sign(key, SHA256()).public_bytes(Encoding.PEM))
    with fresh.open("rb") as file:
        os.fsync(file.fileno())
    fresh.replace(path)
    return len(listed)


def refuse_revoked(context: ssl.SSLContext, keys: Path) -> None:
    """Let TLS ask the list, where there is one. Raises `BadDirectory`."""
    path = keys / REVOKED
    if not path.exists():
        return
    try:
        context.load_verify_locations(cafile=path)
    except ssl.SSLError:
        raise BadDirectory(path, "is no list of revoked certificates") from None
    context.verify_flags |= ssl.VerifyFlags.VERIFY_CRL_CHECK_LEAF
