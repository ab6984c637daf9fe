"""Taking a terminal's certificates back: a signed list (RFC 5280, section 5) that is asked before all else.

`<directory>/platform/client_crl.pem`, made whole each time. A running platform looks at every request whether
it has changed.
"""

from __future__ import annotations

import fcntl
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from central_platform.certificates import AUTHORITY_DAYS, Authority, common_name
from central_platform.contract import STATUS_OF, Problem, Reason
from central_platform.issuing import issued_to
from central_platform.keys import BadDirectory
from central_platform.safe_files import replace_file
from central_platform.tls import certificate_of

REVOKED = "client_crl.pem"
_MODE = 0o644


def revoke(directory: Path, certificate: Path, now: datetime) -> int:
    """Add a terminal's certificate to the list; gives how many are on it. Raises `BadDirectory`."""
    try:
        revoked = x509.load_pem_x509_certificate(certificate.read_bytes())
    except OSError as error:
        raise BadDirectory(certificate, error.strerror or "cannot be read") from None
    except ValueError:
        raise BadDirectory(certificate, "is no certificate in PEM form") from None
    authority = _authority(directory / "platform")
    if revoked.issuer != authority.certificate.subject:
        raise BadDirectory(certificate, "is not of this platform")
    return _listed(directory / "platform", authority, [revoked.serial_number], now)


def revoke_terminal(directory: Path, terminal: str, now: datetime) -> int:
    """Add every certificate that a terminal has; gives how many those are. Raises `BadDirectory`."""
    keys = directory / "platform"
    try:
        own = [each for each in issued_to(keys, terminal) if each.not_valid_after_utc > now]
    except (OSError, ValueError):
        raise BadDirectory(keys, "holds a record of a certificate that cannot be read") from None
    if not own:
        raise BadDirectory(directory, f"{terminal} has no certificate that is good now")
    revoke_certificates(directory, own, now)
    return len(own)


def revoke_certificates(directory: Path, certificates: Iterable[x509.Certificate], now: datetime) -> None:
    """Add these to the list, without those that have ended. Raises `BadDirectory`."""
    keys = directory / "platform"
    serials = [each.serial_number for each in certificates if each.not_valid_after_utc > now]
    _listed(keys, _authority(keys), serials, now)


class Doorkeeper:
    """Stands before an application: whoever comes with a revoked certificate hears that, and nothing else.

    TLS could refuse such a caller itself, but then the terminal would only see its line break off. Nor does
    anybody speak for another terminal than the certificate names.
    """

    def __init__(self, app: ASGIApp, directory: Path) -> None:
        """Read the list, if there is one. Raises `BadDirectory`."""
        self._app = app
        self._path = directory / "platform" / REVOKED
        self._authority = _authority(directory / "platform").certificate
        self._seen = (0, 0)
        self._revoked: frozenset[int] = frozenset()
        self._look()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let in, or answer in the application's place."""
        certificate = certificate_of(scope)
        try:
            self._look()
        except BadDirectory as error:
            sys.stderr.write(f"platform: {error}; the earlier list stands\n")
        if certificate is None:
            await self._app(scope, receive, send)
        elif certificate.serial_number in self._revoked:
            await _refusal("certificate_revoked", "this certificate was taken back")(scope, receive, send)
        elif Headers(scope=scope).get("terminal-id", common_name(certificate)) != common_name(certificate):
            await _refusal("terminal_unknown", "the certificate names another")(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _look(self) -> None:
        try:
            found = self._path.stat()
        except FileNotFoundError:
            return
        if (found.st_mtime_ns, found.st_ino) != self._seen:
            self._revoked = frozenset(_read(self._path, self._authority))
            self._seen = found.st_mtime_ns, found.st_ino


def _refusal(reason: Reason, detail: str) -> JSONResponse:
    problem = Problem(v=1, application_id=None, refused=reason, detail=detail)
    return JSONResponse(problem.model_dump(), STATUS_OF[reason])


def _authority(keys: Path) -> Authority:
    try:
        return Authority.load(keys / "client_ca.pem", keys / "client_ca.key")
    except OSError as error:
        raise BadDirectory(Path(error.filename or keys), error.strerror or "cannot be read") from None
    except ValueError:
        raise BadDirectory(keys, "client_ca.pem or client_ca.key is not what init made") from None


def _listed(keys: Path, authority: Authority, serials: Iterable[int], now: datetime) -> int:
    path = keys / REVOKED
    with _alone(path):
        listed = _read(path, authority.certificate) if path.exists() else {}
        for serial in serials:
            listed.setdefault(serial, now)
        _write(path, authority, listed, now)
    return len(listed)


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """A command and a running platform take turns."""
    with path.with_suffix(".lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _write(path: Path, authority: Authority, listed: Mapping[int, datetime], now: datetime) -> None:
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(authority.certificate.subject)
        .last_update(now)
        # The list is on this machine: it does not grow stale on the way.
        .next_update(now + timedelta(days=AUTHORITY_DAYS))
    )
    for serial, moment in listed.items():
        entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(moment).build()
        builder = builder.add_revoked_certificate(entry)
    try:
        replace_file(path, builder.sign(authority.key, SHA256()).public_bytes(Encoding.PEM), _MODE)
    except OSError as error:
        raise BadDirectory(path, error.strerror or "cannot be written") from None


def _read(path: Path, authority: x509.Certificate) -> dict[int, datetime]:
    """Give each serial number with when it was revoked. Raises `BadDirectory`."""
    key = authority.public_key()
    try:
        found = x509.load_pem_x509_crl(path.read_bytes())
    except OSError as error:
        raise BadDirectory(path, error.strerror or "cannot be read") from None
    except ValueError:
        raise BadDirectory(path, "is no list of revoked certificates") from None
    if not isinstance(key, ec.EllipticCurvePublicKey) or not found.is_signature_valid(key):
        raise BadDirectory(path, "is not signed by this platform")
    return {each.serial_number: each.revocation_date_utc for each in found}
