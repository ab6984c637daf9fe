"""TLS to the platform: one authority that can vouch for it, our certificate, and what a failure means."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from types import MappingProxyType

import httpx

from config.client_certificate import CERTIFICATE_ENDED, CERTIFICATE_REVOKED
from config.settings import PlatformSettings
from offline_queue.failures import UnreadableFile
from offline_queue.signing import read_private

_ALERTS = MappingProxyType(
    {
        "SSLV3_ALERT_CERTIFICATE_REVOKED": CERTIFICATE_REVOKED,
        "SSLV3_ALERT_CERTIFICATE_EXPIRED": CERTIFICATE_ENDED,
    }
)
"""What the platform's TLS says of our certificate (RFC 8446, section 6.2), by OpenSSL's names."""


def tls_to(settings: PlatformSettings) -> ssl.SSLContext:
    """Read authority, certificate and key of the settings. Raises `UnreadableFile`."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        context.load_verify_locations(cafile=settings.ca_file)
    except OSError as error:
        raise UnreadableFile(settings.ca_file, _why(error, "holds no certificate in PEM form")) from None
    read_private(settings.client_key)
    try:
        context.load_cert_chain(settings.client_certificate, settings.client_key)
    except OSError as error:
        reason = _why(error, f"does not hold a certificate that fits {settings.client_key}")
        raise UnreadableFile(settings.client_certificate, reason) from None
    return context


def _why(error: OSError, unusable: str) -> str:
    return unusable if isinstance(error, ssl.SSLError) else error.strerror or "cannot be read"


def cause_of(error: httpx.TransportError) -> str:
    """Name what failed, for the technician."""
    if isinstance(error, httpx.TimeoutException):
        return "timeout"
    for link in _chain(error):
        if isinstance(link, ssl.SSLError):
            return _ALERTS.get(link.reason or "", "tls")
        if isinstance(link, socket.gaierror):
            return "dns"
        if isinstance(link, ConnectionRefusedError):
            return "refused"
    return "broken_off"


def _chain(error: BaseException) -> Iterator[BaseException]:
    link: BaseException | None = error
    while link is not None:
        yield link
        if isinstance(link, BaseExceptionGroup):
            for member in link.exceptions:
                yield from _chain(member)
        link = link.__cause__ or link.__context__
