"""Renewing: a terminal's next certificate, asked for with the present one."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from central_platform.certificates import common_name
from central_platform.contract import Refusal, canonical, parse
from central_platform.issuing import key_of_request
from central_platform.opening import Keyring


class Renewing:
    """Vouches anew for whoever TLS and the terminal's own signature both say that it is."""

    def __init__(self, keyring: Keyring, now: Callable[[], datetime]) -> None:
        self._keyring = keyring
        self._now = now

    def answer(self, present: x509.Certificate | None, terminal: str, signature: str, body: bytes) -> bytes:
        """Give the next certificate, signed; `present` is what TLS has checked. Raises `Refusal`."""
        self._keyring.refuse_strangers(terminal, signature, body)
        asked = parse("certificate-request", body, "malformed")
        if present is None or not common_name(present) == terminal == asked["terminal"]:
            raise Refusal("terminal_mismatch", "the present certificate and the request name two terminals")
        key = key_of_request(asked["request"], terminal)
        if _der(key) == _der(present.public_key()):
            raise Refusal("bad_request", "request: has the present key; a new one is needed")
        try:
            certificate = self._keyring.issuer.issue(key, terminal, self._now())
        except OSError:
            raise Refusal("storage", "the platform cannot store anything now") from None
        return canonical(
            self._keyring.signed(
                {
                    "v": 1,
                    "kind": "certificate",
                    "terminal": terminal,
                    "request_sha256": hashlib.sha256(asked["request"].encode()).hexdigest(),
                    "certificate": certificate,
                }
            )
        )


def _der(key: CertificatePublicKeyTypes) -> bytes:
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
