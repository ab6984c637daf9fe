"""An envelope key in a PKCS#11 token: X25519, whose private half nobody ever reads, the platform included.

The URI (RFC 7512) names token, object, the vendor's library, and a file with the PIN:
`pkcs11:token=hall;object=envelope-1?module-path=/usr/lib/softhsm/libsofthsm2.so&pin-source=/etc/hall/pin`.
python-pkcs11 is an optional part; tried with SoftHSM 2. A token that fails is never an envelope that does not
open: it is `KeyStoreDown`, and may be there again for the next try.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from central_platform import hpke_schedule
from central_platform.contract import canonical
from central_platform.suites import HPKE, DoesNotOpen, KeyStoreDown, SuiteName

if TYPE_CHECKING:
    import pkcs11

_X25519 = bytes.fromhex("06032b656e")
"""The curve's object identifier, 1.3.101.110 (RFC 8410), in DER."""
_POINT = 32
_OTHERS = 0o077


class TokenKey:
    """Opens what was sealed to a key in a token."""

    suite: SuiteName = HPKE

    def __init__(self, uri: str) -> None:
        """Log in to the token and find the key. Raises `KeyStoreDown`."""
        self._token = _Token(uri)
        self._lock = threading.Lock()
        with self._lock:
            self._public = self._token.public()

    def open(self, sealed: bytes, header: Mapping[str, Any]) -> bytes:
        """As `suites.HpkeKey` does, with the Diffie-Hellman in the token."""
        enc, rest = sealed[:_POINT], sealed[_POINT:]
        try:
            # A point of low order is the envelope's fault, and must not look like the token's.
            X25519PrivateKey.generate().exchange(X25519PublicKey.from_public_bytes(enc))
        except ValueError:
            raise DoesNotOpen("no point of the curve") from None
        with self._lock:
            dh = self._token.derive(enc)
        try:
            return hpke_schedule.opened(rest, dh, enc=enc, public=self._public, info=canonical(header))
        except (ValueError, InvalidTag) as error:
            raise DoesNotOpen(type(error).__name__) from None


def made_in_token(uri: str) -> bytes:
    """Give the public PEM of the key that `uri` names, made in the token if there is none.

    Raises `KeyStoreDown`.
    """
    token = _Token(uri)
    key = X25519PublicKey.from_public_bytes(token.public(make=True))
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


class _Token:
    """A key's place in a token; every failure is a `KeyStoreDown` that names it."""

    def __init__(self, uri: str) -> None:
        try:
            import pkcs11  # noqa: PLC0415 - an optional part
        except ImportError:
            raise KeyStoreDown("a key in a token needs the optional parts: run `make extras`") from None
        self._pkcs11 = pkcs11
        place, _, query = uri.removeprefix("pkcs11:").partition("?")
        said = [each.partition("=") for each in (*place.split(";"), *query.split("&"))]
        self._said = {name: unquote(value) for name, _, value in said}
        self._session: pkcs11.Session | None = None
        self._broken = False

    def public(self, *, make: bool = False) -> bytes:
        """Give the key's public half, 32 bytes."""
        p11 = self._pkcs11

        def of(session: pkcs11.Session) -> bytes:
            label = self._word("object")
            try:
                key = session.get_key(object_class=p11.ObjectClass.PUBLIC_KEY, label=label)
            except p11.exceptions.NoSuchKey:
                if not make:
                    raise
                curve = session.create_domain_parameters(
                    p11.KeyType.EC_EDWARDS, {p11.Attribute.EC_PARAMS: _X25519}, local=True
                )
                key, _ = curve.generate_keypair(
                    mechanism=p11.Mechanism.EC_EDWARDS_KEY_PAIR_GEN,
                    store=True,
                    label=label,
                    capabilities=p11.MechanismFlag.DERIVE,
                )
            return key[p11.Attribute.EC_POINT][-_POINT:]

        return self._in_session(of, writing=make)

    def derive(self, point: bytes) -> bytes:
        """Give X25519 of the key and `point`."""
        p11 = self._pkcs11

        def of(session: pkcs11.Session) -> bytes:
            key = session.get_key(object_class=p11.ObjectClass.PRIVATE_KEY, label=self._word("object"))
            return key.derive_key(
                p11.KeyType.GENERIC_SECRET,
                8 * _POINT,
                mechanism=p11.Mechanism.ECDH1_DERIVE,
                mechanism_param=(p11.KDF.NULL, None, point),
                template={p11.Attribute.SENSITIVE: False, p11.Attribute.EXTRACTABLE: True},
            )[p11.Attribute.VALUE]

        return self._in_session(of)

    def _in_session(self, use: Callable[[pkcs11.Session], bytes], *, writing: bool = False) -> bytes:
        """Use the session; one that broke off since the last time is opened anew, once."""
        failures = (self._pkcs11.exceptions.PKCS11Error, OSError, UnicodeDecodeError)
        if self._session is not None:
            try:
                return use(self._session)
            except failures:
                self._session, self._broken = None, True
        try:
            session = self._logged_in(writing=writing)
            done = use(session)
        except failures as error:
            self._broken = True
            name = f"{self._word('token')}/{self._word('object')}"
            raise KeyStoreDown(f"token {name}: {type(error).__name__}") from None
        self._session, self._broken = session, False
        return done

    def _logged_in(self, *, writing: bool) -> pkcs11.Session:
        p11 = self._pkcs11
        file = Path(self._word("pin-source").removeprefix("file:"))
        if file.stat().st_mode & _OTHERS:
            raise KeyStoreDown(f"{file}: others may read it; its mode must be 0600")
        pin = file.read_text("ascii").strip()
        library = p11.lib(self._word("module-path"))
        if self._broken:  # what it knows of the token is of before; other keys' sessions begin anew, too
            library.reinitialize()
        token = library.get_token(token_label=self._word("token"))
        session: pkcs11.Session
        try:
            session = token.open(rw=writing, user_pin=pin)
        except p11.exceptions.UserAlreadyLoggedIn:  # by this process, for another key of the token
            session = token.open(rw=writing)
        return session

    def _word(self, name: str) -> str:
        try:
            return self._said[name]
        except KeyError:
            raise KeyStoreDown(f"the PKCS#11 URI does not say {name}") from None
