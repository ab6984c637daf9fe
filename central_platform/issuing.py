"""Issuing: terminals' certificates, and the record of them: `<directory>/platform/issued`, a file each.

It is what a terminal's number is looked up in when its certificates are to be taken back.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from central_platform.certificates import Authority, common_name
from central_platform.contract import Refusal
from central_platform.safe_files import replace_file

ISSUED = "issued"
_MODE = 0o644


@dataclass(frozen=True)
class Issuer:
    """Vouches for terminals. `platform` is the directory with the authority's key."""

    platform: Path
    authority: Authority

    @classmethod
    def load(cls, platform: Path) -> Issuer:
        """Read the authority. Raises `OSError`, `ValueError`."""
        return cls(platform, Authority.load(platform / "client_ca.pem", platform / "client_ca.key"))

    def issue(self, key: ec.EllipticCurvePublicKey, terminal: str, now: datetime) -> str:
        """Give a certificate, PEM, once it is recorded. Raises `OSError`."""
        certificate = self.authority.terminal(key, terminal, now)
        pem = certificate.public_bytes(Encoding.PEM)
        record = self.platform / record_of(certificate)
        record.parent.mkdir(mode=0o700, exist_ok=True)
        replace_file(record, pem, _MODE)
        return pem.decode()


def record_of(certificate: x509.Certificate) -> str:
    """Where a certificate is recorded, from the directory with the platform's keys."""
    return f"{ISSUED}/{common_name(certificate)}-{certificate.serial_number:x}.pem"


def issued_to(platform: Path, terminal: str) -> list[x509.Certificate]:
    """All that a terminal was ever given and that is recorded. Raises `OSError`, `ValueError`."""
    files = sorted((platform / ISSUED).glob(f"{terminal}-*.pem"))
    certificates = [x509.load_pem_x509_certificate(file.read_bytes()) for file in files]
    return [each for each in certificates if common_name(each) == terminal]


def key_of_request(pem: str, terminal: str) -> ec.EllipticCurvePublicKey:
    """Read a PKCS#10 request (RFC 2986): whoever made it has its key. Raises `Refusal`."""
    try:
        request = x509.load_pem_x509_csr(pem.encode())
        key = request.public_key()
        proved = request.is_signature_valid
    except ValueError:
        raise Refusal("bad_request", "request: not a PKCS#10 request in PEM form") from None
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
        raise Refusal("bad_request", "request: the key must be on P-256")
    if not proved:
        raise Refusal("bad_request", "request: not signed with its own key")
    if common_name(request) != terminal:
        raise Refusal("terminal_mismatch", "request: names another terminal")
    return key
