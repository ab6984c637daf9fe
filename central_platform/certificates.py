"""Certificates: X.509 with P-256, of the platform's two authorities, its servers and its terminals."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

AUTHORITY_DAYS = 3650
SERVER_DAYS = 730
TERMINAL_DAYS = 90
"""A terminal renews its certificate by itself in the last third: thirty days are more than any outage, and a
stolen one that nobody misses is worth nothing after a season."""

SLACK = timedelta(days=1)
"""Certificates begin a day early: a terminal's clock may be behind."""


@dataclass(frozen=True)
class Authority:
    """Who vouches for one kind of certificate."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    @classmethod
    def made(cls, name: str, now: datetime) -> Authority:
        """Make one."""
        key = ec.generate_private_key(ec.SECP256R1())
        subject = _name(name)
        certificate = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(subject)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - SLACK)
            .not_valid_after(now + timedelta(days=AUTHORITY_DAYS))
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(_usage(signs_certificates=True), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .sign(key, SHA256())
        )
        return cls(key, certificate)

    @classmethod
    def load(cls, certificate: Path, key: Path) -> Authority:
        """Read one. Raises `OSError`, `ValueError`."""
        own = load_pem_private_key(key.read_bytes(), None)
        if not isinstance(own, ec.EllipticCurvePrivateKey):
            raise ValueError("not a key on P-256")  # noqa: TRY004 - a wrong file, not a wrong call
        return cls(own, x509.load_pem_x509_certificate(certificate.read_bytes()))

    def server(self, key: ec.EllipticCurvePublicKey, host: str, now: datetime) -> x509.Certificate:
        """Vouch for a server that is reached as `host`, and on its own machine."""
        names = [x509.DNSName("localhost"), _general_name("127.0.0.1")]
        if _general_name(host) not in names:
            names.append(_general_name(host))
        life = timedelta(days=SERVER_DAYS)
        return self._signed(key, host, (now - SLACK, now + life), ExtendedKeyUsageOID.SERVER_AUTH, names)

    def terminal(self, key: ec.EllipticCurvePublicKey, terminal_id: str, now: datetime) -> x509.Certificate:
        """Vouch for a terminal."""
        names: list[x509.GeneralName] = [x509.DNSName(terminal_id.lower())]
        span = now - SLACK, now + timedelta(days=TERMINAL_DAYS)
        return self._signed(key, terminal_id, span, ExtendedKeyUsageOID.CLIENT_AUTH, names)

    def _signed(
        self,
        key: ec.EllipticCurvePublicKey,
        name: str,
        span: tuple[datetime, datetime],
        purpose: x509.ObjectIdentifier,
        names: list[x509.GeneralName],
    ) -> x509.Certificate:
        issuer_key = self.key.public_key()
        return (
            x509.CertificateBuilder()
            .subject_name(_name(name))
            .issuer_name(self.certificate.subject)
            .public_key(key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(span[0])
            .not_valid_after(span[1])
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_usage(signs_certificates=False), critical=True)
            .add_extension(x509.ExtendedKeyUsage([purpose]), critical=False)
            .add_extension(x509.SubjectAlternativeName(names), critical=False)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key), critical=False)
            .sign(self.key, SHA256())
        )


def common_name(certificate: x509.Certificate | x509.CertificateSigningRequest) -> str:
    """Whom it names; nobody, in one of another make."""
    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(names[0].value) if len(names) == 1 else ""


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _general_name(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)
