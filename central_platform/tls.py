"""TLS as the platform's HTTP sees it: who the caller is, by the certificate that the handshake checked."""

from __future__ import annotations

import asyncio
import ssl
from typing import Any, cast

from cryptography import x509
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol


class NamedCaller(H11Protocol):
    """Tells the application of the caller's certificate, as the TLS extension of ASGI wants it."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Note the certificate before anything is read."""
        super().connection_made(cast("asyncio.Transport", transport))
        connection: ssl.SSLObject = transport.get_extra_info("ssl_object")
        certificate = connection.getpeercert(binary_form=True)
        if certificate is None:
            self.transport.abort()
            return
        extensions = {"tls": {"client_cert_chain": (ssl.DER_cert_to_PEM_cert(certificate),)}}
        app: Any = self.app

        async def named(scope: Scope, receive: Receive, send: Send) -> None:
            await app({**scope, "extensions": extensions}, receive, send)

        self.app = cast("Any", named)


def certificate_of(scope: Scope) -> x509.Certificate | None:
    """The caller's certificate; None for one who has none."""
    chain = scope.get("extensions", {}).get("tls", {}).get("client_cert_chain", ())
    return x509.load_pem_x509_certificate(chain[0].encode()) if chain else None
