"""Enrolment over the wire: find out who answers, and only then say the secret.

The first connection believes nobody; it fetches the certificate of the authority, whose fingerprint is in the
code. Every other one trusts this authority alone.
"""

from __future__ import annotations

import hashlib
import socket
import ssl
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import httpx
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from offline_queue import contract_files
from offline_queue.contract_files import Form, NotOfTheContract, canonical
from offline_queue.invitation import Invitation

_ANSWER_S = 20.0
_ANSWER_LIMIT = 64 * 1024
_CLOCK_MAY_DIFFER = timedelta(hours=12)
"""Certificates begin a day before they are made."""

_NEW = "ask for a new invitation"
_WORDS = {
    "invitation_unknown": "the platform knows no such invitation: compare the code with the one that was "
    f"printed, or {_NEW}",
    "invitation_ended": f"this invitation has expired: {_NEW}",
    "invitation_used": f"this code was used already, perhaps on another machine: {_NEW}",
    "invitation_withdrawn": f"this invitation was withdrawn, or a newer one made: use that, or {_NEW}",
    "invitation_locked": f"too many wrong codes were tried, this one is good no more: {_NEW}",
    "terminal_known": "the platform knows this terminal already: if this machine takes its place, ask for an "
    "invitation made with --again",
    "storage": "the platform cannot store anything now: try the same code again later",
}


class EnrolmentFailed(Exception):
    """Not enrolled; the text is one sentence that says what to do."""


class EnrolmentWire:
    """Where an invitation leads."""

    def __init__(self, invitation: Invitation, now: Callable[[], datetime]) -> None:
        self._invitation = invitation
        self._now = now
        self.authority = ""
        """PEM; known after `meet`."""

    def meet(self) -> None:
        """Find out that the platform of the code answers. Raises `EnrolmentFailed`."""
        unverified = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        unverified.check_hostname, unverified.verify_mode = False, ssl.CERT_NONE
        said = self._asked(unverified, "GET", "/v1/authority", None, "authority")
        if not self._is_the_one(said["authority"]):
            raise EnrolmentFailed(
                f"whoever answers at {self._invitation.address} is not the platform of this code; nothing "
                f"was told: check the network between, and ask whoever printed the code"
            )
        ahead = self._now() - datetime.fromisoformat(said["time"])
        if abs(ahead) > _CLOCK_MAY_DIFFER:
            raise EnrolmentFailed(
                f"this machine's clock says {self._now():%Y-%m-%d %H:%M} UTC, the platform's "
                f"{datetime.fromisoformat(said['time']):%Y-%m-%d %H:%M}: set it, then use the same code again"
            )
        self.authority = said["authority"]

    def enrol(self, request: dict[str, Any]) -> dict[str, Any]:
        """Send keys and secret. Raises `EnrolmentFailed`."""
        return self._asked(self._pinned(), "POST", "/v1/enrolment", canonical(request), "enrolled")

    def confirm(self) -> None:
        """Say that everything is here. Raises `EnrolmentFailed`."""
        said = {"v": 1, "terminal": self._invitation.terminal, "secret": self._invitation.secret}
        self._asked(self._pinned(), "POST", "/v1/enrolment/confirmation", canonical(said), "confirmed")

    def _is_the_one(self, pem: str) -> bool:
        try:
            der = x509.load_pem_x509_certificate(pem.encode()).public_bytes(Encoding.DER)
        except ValueError:
            return False
        return hashlib.sha256(der).digest().startswith(self._invitation.fingerprint)

    def _pinned(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.load_verify_locations(cadata=self.authority)
        return context

    def _asked(
        self, tls: ssl.SSLContext, method: str, path: str, body: bytes | None, form: Form
    ) -> dict[str, Any]:
        address = self._invitation.address
        try:
            with (
                httpx.Client(verify=tls, trust_env=False, timeout=_ANSWER_S) as client,
                client.stream(method, f"https://{address}{path}", content=body) as answer,
            ):
                content = bytearray()
                for part in answer.iter_raw():
                    content += part
                    if len(content) > _ANSWER_LIMIT:
                        break
                status = answer.status_code
        except httpx.TransportError as error:
            raise EnrolmentFailed(_unreachable(address, error)) from None
        try:
            if status == httpx.codes.OK:
                return contract_files.read(form, bytes(content))
            reason = contract_files.read("problem", bytes(content))["refused"]
        except NotOfTheContract:
            if status == httpx.codes.SERVICE_UNAVAILABLE:
                raise EnrolmentFailed(f"{address}: busy: use the same code again in a minute") from None
            raise EnrolmentFailed(
                f"what answers at {address} is no platform: check the address, and what stands between"
            ) from None
        words = _WORDS.get(
            reason, f"the platform refuses this machine's request ({reason}): tell its operator"
        )
        raise EnrolmentFailed(f"{self._invitation.terminal}: {words}")


def _unreachable(address: str, error: httpx.TransportError) -> str:
    link: BaseException | None = error
    while link is not None:
        if isinstance(link, ssl.SSLCertVerificationError):
            return (
                f"{address} shows a certificate that is not good for this name: tell the platform's operator"
            )
        if isinstance(link, socket.gaierror):
            return f"{address}: no such name here: check the name server, then use the same code again"
        if isinstance(link, ConnectionRefusedError):
            return (
                f"{address}: nobody enrols there now: ask the platform's operator to open its enrolment "
                "port, then use the same code again"
            )
        link = link.__cause__ or link.__context__
    return f"{address}: no answer: check the network, then use the same code again"
