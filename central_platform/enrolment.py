"""Enrolment: an invited terminal proves its two keys, and is given everything it needs.

The answer can get lost: until the terminal confirms, the same keys with the same secret get the same answer.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from central_platform.contract import Reason, Refusal, canonical, parse
from central_platform.enrolled import write_terminal
from central_platform.invitations import recognised
from central_platform.issuing import issued_to, key_of_request
from central_platform.keys import BadDirectory
from central_platform.opening import Keyring
from central_platform.revocation import revoke_certificates
from central_platform.tables import Invitation
from central_platform.vouching import certificate_text

_PROVED = b"hall-terminal enrolment 1\n"
_OVER: dict[str, Reason] = {
    "used": "invitation_used",
    "withdrawn": "invitation_withdrawn",
    "locked": "invitation_locked",
}


class Enrolment:
    """What invited terminals ask of the platform."""

    def __init__(
        self, engine: Engine, keyring: Keyring, directory: Path, url: str, now: Callable[[], datetime]
    ) -> None:
        """`url` is where terminals send everything else."""
        self._engine = engine
        self._keyring = keyring
        self._directory = directory
        self._url = url
        self._now = now

    def authority(self) -> bytes:
        """Show who vouches for the platform's servers, and what time it is."""
        pem = (self._directory / "platform" / "server_ca.pem").read_text("ascii")
        return canonical({"v": 1, "authority": pem, "time": self._now().isoformat()})

    def enrol(self, body: bytes) -> bytes:
        """Answer a terminal's keys. Raises `Refusal`."""
        asked = parse("enrolment", body, "malformed")
        signing = _proved(asked)
        client = key_of_request(asked["request"], asked["terminal"])
        keys_sha256 = _keys_sha256(client, signing)

        def use(invitation: Invitation) -> bytes:
            if invitation.state in _OVER:
                raise Refusal(_OVER[invitation.state], "this invitation is over")
            if invitation.state == "answered":
                if invitation.keys_sha256 != keys_sha256:
                    raise Refusal("invitation_used", "another machine has enrolled with it")
                return invitation.answer
            if self._now() >= datetime.fromisoformat(invitation.ends_at):
                raise Refusal("invitation_ended", f"it was good until {invitation.ends_at}")
            answer = self._answered(invitation, client, signing)
            invitation.state, invitation.keys_sha256, invitation.answer = "answered", keys_sha256, answer
            return answer

        return self._with_invitation(asked, use)

    def confirm(self, body: bytes) -> bytes:
        """Take note that the terminal has everything. Raises `Refusal`."""
        asked = parse("enrolment-confirmation", body, "malformed")

        def use(invitation: Invitation) -> bytes:
            if invitation.state not in {"answered", "used"}:
                raise Refusal(
                    _OVER.get(invitation.state, "invitation_unknown"), "nobody has enrolled with it"
                )
            invitation.state, invitation.answer = "used", b""
            return canonical({"v": 1, "terminal": invitation.terminal, "confirmed": True})

        return self._with_invitation(asked, use)

    def _with_invitation(self, asked: dict[str, Any], use: Callable[[Invitation], bytes]) -> bytes:
        try:
            with Session(self._engine) as session, session.begin():
                try:
                    return use(recognised(session, asked["terminal"], asked["secret"]))
                except Refusal as refusal:
                    refused = refusal  # and the count of wrong tries is committed
        except (OperationalError, OSError, BadDirectory):
            raise Refusal("storage", "the platform cannot store anything now") from None
        raise refused

    def _answered(
        self, invitation: Invitation, client: EllipticCurvePublicKey, signing: Ed25519PublicKey
    ) -> bytes:
        """Make a terminal known. Everything here may be done again after a crash: nobody was answered yet."""
        keyring, terminal, now = self._keyring, invitation.terminal, self._now()
        known = keyring.keys_of(terminal)
        if known and known[0] != signing:
            if not invitation.again:
                raise Refusal("terminal_known", "this terminal has been enrolled since it was invited")
            known = (signing, *known)
        if invitation.again:
            revoke_certificates(self._directory, issued_to(keyring.issuer.platform, terminal), now)
        certificate = keyring.issuer.issue(client, terminal, now)
        keyring.take_up(terminal, known or (signing,))
        write_terminal(self._directory, terminal, known or (signing,))
        receipt = keyring.receipt.public_key()
        return canonical(
            {
                "v": 1,
                "terminal": terminal,
                "url": self._url,
                "client_certificate": certificate,
                "certificate": certificate_text(keyring.receipt, terminal, signing, now),
                "envelope_key": keyring.envelopes.public,
                "envelope_kid": keyring.envelopes.kid,
                "envelope_suite": keyring.envelopes.suite,
                "receipt_key": receipt.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode(),
            }
        )


def _proved(asked: dict[str, Any]) -> Ed25519PublicKey:
    key = Ed25519PublicKey.from_public_bytes(base64.b64decode(asked["signing_key"]))
    said = canonical({name: value for name, value in asked.items() if name != "proof"})
    try:
        key.verify(base64.b64decode(asked["proof"]), _PROVED + said)
    except InvalidSignature:
        raise Refusal("signature_wrong", "proof: not made with signing_key") from None
    return key


def _keys_sha256(client: EllipticCurvePublicKey, signing: Ed25519PublicKey) -> str:
    der = client.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(der + signing.public_bytes_raw()).hexdigest()
