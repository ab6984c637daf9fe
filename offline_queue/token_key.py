"""The terminal's signing key in a PKCS#11 token: Ed25519, whose private half nobody ever reads.

The URI (RFC 7512) names token, object, the vendor's library, and a file with the PIN:
`pkcs11:token=hall;object=signing?module-path=/usr/lib/softhsm/libsofthsm2.so&pin-source=/etc/hall-terminal/pin`.
python-pkcs11 is an optional part; tried with SoftHSM 2. The queue's thread and the loop both sign, one at a
time.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from offline_queue.failures import SigningFailed

if TYPE_CHECKING:
    import pkcs11

_KEY = 32
_OTHERS = 0o077


class TokenSigner:
    """Signs with a key in a token, as an `Ed25519PrivateKey` does."""

    def __init__(self, uri: str) -> None:
        """Log in to the token and find the key. Raises `SigningFailed`."""
        try:
            import pkcs11  # noqa: PLC0415 - an optional part
        except ImportError:
            raise SigningFailed("a key in a token needs the optional parts: run `make extras`") from None
        self._pkcs11 = pkcs11
        place, _, query = uri.removeprefix("pkcs11:").partition("?")
        said = [each.partition("=") for each in (*place.split(";"), *query.split("&"))]
        self._said = {name: unquote(value) for name, _, value in said}
        self._lock = threading.Lock()
        self._session: pkcs11.Session | None = None
        self._broken = False
        point = self._in_session(lambda session: self._key(session, private=False)[pkcs11.Attribute.EC_POINT])
        self._public = Ed25519PublicKey.from_public_bytes(point[-_KEY:])

    def sign(self, data: bytes) -> bytes:
        """Give the signature over `data`, 64 bytes. Raises `SigningFailed`."""
        mechanism = self._pkcs11.Mechanism.EDDSA
        return self._in_session(
            lambda session: self._key(session, private=True).sign(data, mechanism=mechanism)
        )

    def public_key(self) -> Ed25519PublicKey:
        """Give the public half."""
        return self._public

    def _key(self, session: pkcs11.Session, *, private: bool) -> pkcs11.Key:
        kinds = self._pkcs11.ObjectClass
        kind = kinds.PRIVATE_KEY if private else kinds.PUBLIC_KEY
        return session.get_key(object_class=kind, label=self._word("object"))

    def _in_session(self, use: Callable[[pkcs11.Session], bytes]) -> bytes:
        """Use the session; one that broke off since the last time is opened anew, once."""
        failures = (self._pkcs11.exceptions.PKCS11Error, OSError, UnicodeDecodeError)
        with self._lock:
            if self._session is not None:
                try:
                    return use(self._session)
                except failures:
                    self._session, self._broken = None, True
            try:
                session = self._logged_in()
                done = use(session)
            except failures as error:
                self._broken = True
                name = f"{self._word('token')}/{self._word('object')}"
                raise SigningFailed(f"token {name}: {type(error).__name__}") from None
            self._session, self._broken = session, False
            return done

    def _logged_in(self) -> pkcs11.Session:
        file = Path(self._word("pin-source").removeprefix("file:"))
        if file.stat().st_mode & _OTHERS:
            raise SigningFailed(f"{file}: others may read it; its mode must be 0600")
        pin = file.read_text("ascii").strip()
        library = self._pkcs11.lib(self._word("module-path"))
        if self._broken:  # what it knows of the token is of before
            library.reinitialize()
        token = library.get_token(token_label=self._word("token"))
        session: pkcs11.Session
        try:
            session = token.open(user_pin=pin)
        except self._pkcs11.exceptions.UserAlreadyLoggedIn:  # the broken session's login still stands
            session = token.open()
        return session

    def _word(self, name: str) -> str:
        try:
            return self._said[name]
        except KeyError:
            raise SigningFailed(f"the PKCS#11 URI does not say {name}") from None
