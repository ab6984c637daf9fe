"""The terminal's keys for TLS: on P-256, asked a certificate for by PKCS#10 (RFC 2986)."""

from __future__ import annotations

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

PrivateKey = ec.EllipticCurvePrivateKey | Ed25519PrivateKey


def new_client_key() -> ec.EllipticCurvePrivateKey:
    """Make one."""
    return ec.generate_private_key(ec.SECP256R1())


def key_pem(key: PrivateKey) -> bytes:
    """Write a private key."""
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def signing_request(terminal: str, key: ec.EllipticCurvePrivateKey) -> str:
    """Ask for a certificate that names `terminal`, PEM."""
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, terminal)])
    request = x509.CertificateSigningRequestBuilder().subject_name(subject).sign(key, SHA256())
    return request.public_bytes(Encoding.PEM).decode()


def is_for(certificate_pem: str, terminal: str, key: ec.EllipticCurvePrivateKey) -> bool:
    """Whether a certificate names this terminal and this key."""
    try:
        certificate = x509.load_pem_x509_certificate(certificate_pem.encode())
    except ValueError:
        return False
    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return [each.value for each in names] == [terminal] and certificate.public_key() == key.public_key()
