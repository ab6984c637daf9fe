r"""The signed statement on a slip: what a terminal kept, when, and who vouches for that terminal.

Pure. In a QR code it is `HT1:`, the local number, `:`, the filing number or `-`, `:` and Base45 (RFC 9285) of
what follows but for these two, which a scanner can so read without knowing more. Numbers are big-endian, a
*name* is one byte of length and so many of ASCII:

```
body          version 1 (1 byte), kind and clock (1: kind * 16 + clock), chain (4), number (4),
              link to the statement before (16), kept at (5, seconds since 1970 UTC),
              SHA-256 of the envelope (32), terminal (name), local number (name),
              and if received: filing number (name), received at (5)
signature     64, Ed25519 of the terminal over "hall-terminal statement 1\n" and the body
certificate   issued at (5), the terminal's public key (32),
              64, Ed25519 of the platform over "hall-terminal certificate 1\n", terminal (name), the two
```

The contract's `statement.schema.json` names the fields; `statement-examples.json` has worked examples.
Nothing in it is personal.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from kiosk import base45
from kiosk.messages import ClockTrust

PREFIX = "HT1:"
_NONE = "-"
FIRST_LINK = bytes(16)
"""What the first statement of a chain has for a link."""

Kind = Literal["kept", "received"]
Flaw = Literal["not_ours", "damaged", "not_signed_by_terminal", "not_vouched_for"]

_VERSION = 1
_SIGNED = b"hall-terminal statement 1\n"
_CERTIFIED = b"hall-terminal certificate 1\n"
_KINDS: tuple[Kind, ...] = ("kept", "received")
_CLOCKS: tuple[ClockTrust, ...] = ("platform", "system", "untrusted")
_CHAIN, _NUMBER, _LINK, _TIME, _HASH, _KEY, _SIGNATURE = 4, 4, 16, 5, 32, 32, 64
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class BadStatement(ValueError):
    """No statement, or not a genuine one: `flaw` for programs, the text for people."""

    def __init__(self, flaw: Flaw, words: str) -> None:
        super().__init__(words)
        self.flaw = flaw


@dataclass(frozen=True)
class Statement:
    """What is stated. `filing_no` and `received_at` are there when `kind` is "received", and only then."""

    kind: Kind
    clock_trust: ClockTrust
    """How far `kept_at` can be believed; `received_at` is the platform's own time."""
    chain: str
    """Eight hexadecimal digits, minted with the terminal's queue: a new disk begins a new chain."""
    number: int
    """Counts a chain's statements from 1, without a gap."""
    link: str
    """`link_to` the statement before, 32 hexadecimal digits."""
    kept_at: datetime
    envelope_sha256: str
    terminal: str
    local_no: str
    filing_no: str | None = None
    received_at: datetime | None = None

    def body(self) -> bytes:
        """Give the bytes that are signed and linked to."""
        parts = [self.head(), _name(self.local_no)]
        if self.filing_no is not None and self.received_at is not None:
            parts += [_name(self.filing_no), _seconds(self.received_at)]
        return b"".join(parts)

    def head(self) -> bytes:
        """Give the body up to the numbers."""
        parts = (
            bytes((_VERSION, _KINDS.index(self.kind) << 4 | _CLOCKS.index(self.clock_trust))),
            bytes.fromhex(self.chain),
            self.number.to_bytes(_NUMBER, "big"),
            bytes.fromhex(self.link),
            _seconds(self.kept_at),
            bytes.fromhex(self.envelope_sha256),
            _name(self.terminal),
        )
        return b"".join(parts)

    def signed_bytes(self) -> bytes:
        """Give what the terminal's signature is over."""
        return _SIGNED + self.body()

    def fields(self) -> dict[str, Any]:
        """Give the statement in the form of `statement.schema.json`."""
        return {
            "v": _VERSION,
            "kind": self.kind,
            "clock_trust": self.clock_trust,
            "chain": self.chain,
            "number": self.number,
            "link": self.link,
            "kept_at": self.kept_at.isoformat(),
            "envelope_sha256": self.envelope_sha256,
            "terminal": self.terminal,
            "local_no": self.local_no,
            "filing_no": self.filing_no,
            "received_at": None if self.received_at is None else self.received_at.isoformat(),
        }


@dataclass(frozen=True)
class Certificate:
    """The platform's word that a public key is a terminal's, made when the terminal was enrolled."""

    terminal: str
    issued_at: datetime
    key: bytes
    """Ed25519, 32 bytes."""
    signature: bytes

    @classmethod
    def read(cls, text: str) -> Certificate:
        """Read its file: base64 of terminal (name), issued at, key, signature. Raises `ValueError`."""
        rest = _Rest(base64.b64decode(text.strip(), validate=True))
        terminal = rest.name()
        issued_at, key, signature = rest.moment(), rest.take(_KEY), rest.take(_SIGNATURE)
        rest.end()
        return cls(terminal, issued_at, key, signature)

    def holds(self, platform: Ed25519PublicKey) -> bool:
        """Whether the platform with this key has signed it."""
        said = _CERTIFIED + _name(self.terminal) + _seconds(self.issued_at) + self.key
        return _signed_by(platform, self.signature, said)

    def tail(self) -> bytes:
        """Give what stands behind a statement; the terminal's name is in the statement."""
        return _seconds(self.issued_at) + self.key + self.signature


@dataclass(frozen=True)
class Signed:
    """A statement with its signature and certificate, neither checked yet."""

    statement: Statement
    signature: bytes
    certificate: Certificate

    def text(self) -> str:
        """Give what goes into the QR code."""
        said = self.statement
        received = b"" if said.received_at is None else _seconds(said.received_at)
        rest = said.head() + received + self.signature + self.certificate.tail()
        return f"{PREFIX}{said.local_no}:{said.filing_no or _NONE}:{base45.encode(rest)}"


def link_to(statement: Statement) -> str:
    """What the next statement of the chain says of this one: half of its SHA-256, hexadecimal."""
    return hashlib.sha256(statement.body()).digest()[:_LINK].hex()


def read(text: str) -> Signed:
    """Read a QR code's text without believing it. Raises `BadStatement`."""
    if not text.startswith(PREFIX):
        raise BadStatement("not_ours", "this QR code holds no statement of a terminal")
    try:
        local_no, filing_no, coded = text.removeprefix(PREFIX).split(":", 2)
        rest = _Rest(base45.decode(coded))
        statement = _statement(rest, _Numbers(_sound(local_no), _sound(filing_no)))
        signature = rest.take(_SIGNATURE)
        issued_at, key, vouched = rest.moment(), rest.take(_KEY), rest.take(_SIGNATURE)
        rest.end()
    except ValueError as error:
        raise BadStatement("damaged", f"the statement is damaged or cut short: {error}") from None
    return Signed(statement, signature, Certificate(statement.terminal, issued_at, key, vouched))


def read_body(body: bytes) -> Statement:
    """Read what `Statement.body` wrote. Raises `ValueError`."""
    rest = _Rest(body)
    statement = _statement(rest)
    rest.end()
    return statement


def check(signed: Signed, platform: Ed25519PublicKey | None) -> None:
    """Check both signatures; without the platform's key only the terminal's. Raises `BadStatement`."""
    terminal = Ed25519PublicKey.from_public_bytes(signed.certificate.key)
    if not _signed_by(terminal, signed.signature, signed.statement.signed_bytes()):
        raise BadStatement(
            "not_signed_by_terminal",
            "not genuine: the terminal's signature does not fit what the statement says",
        )
    if platform is not None and not signed.certificate.holds(platform):
        raise BadStatement(
            "not_vouched_for",
            "not genuine: this platform has not enrolled a terminal with this number and key",
        )


@dataclass(frozen=True)
class _Numbers:
    """The two numbers as the text has them, before the coded bytes."""

    local_no: str
    filing_no: str


def _statement(rest: _Rest, clear: _Numbers | None = None) -> Statement:
    version, grade = rest.take(2)
    if version != _VERSION:
        raise ValueError(f"version {version} is not known here")
    kind, clock = grade >> 4, grade & 0xF
    if kind >= len(_KINDS) or clock >= len(_CLOCKS):
        raise ValueError("a kind or clock grade that is not known here")
    chain, number, link = rest.take(_CHAIN).hex(), int.from_bytes(rest.take(_NUMBER), "big"), rest.take(_LINK)
    kept_at, envelope = rest.moment(), rest.take(_HASH).hex()
    terminal = rest.name()
    local_no = rest.name() if clear is None else clear.local_no
    filing_no, received_at = None, None
    if _KINDS[kind] == "received":
        filing_no = rest.name() if clear is None else clear.filing_no
        received_at = rest.moment()
    if clear is not None and (filing_no or _NONE) != clear.filing_no:
        raise ValueError("a filing number that the statement does not have")
    return Statement(
        _KINDS[kind], _CLOCKS[clock], chain, number, link.hex(), kept_at, envelope, terminal, local_no,
        filing_no, received_at,
    )  # fmt: skip


class _Rest:
    """What has not been read yet."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def take(self, count: int) -> bytes:
        taken, self._data = self._data[:count], self._data[count:]
        if len(taken) != count:
            raise ValueError("it ends too early")
        return taken

    def name(self) -> str:
        return _sound(self.take(self.take(1)[0]).decode("ascii"))

    def moment(self) -> datetime:
        try:
            return _EPOCH + timedelta(seconds=int.from_bytes(self.take(_TIME), "big"))
        except OverflowError:
            raise ValueError("a time that no calendar has") from None

    def end(self) -> None:
        if self._data:
            raise ValueError("it does not end where it should")


def _sound(name: str) -> str:
    if not name.isascii() or not name.isprintable() or not 0 < len(name) < 256:  # noqa: PLR2004  one byte of length
        raise ValueError("a name that cannot be printed")
    return name


def _name(text: str) -> bytes:
    return bytes((len(text),)) + text.encode("ascii")


def _seconds(moment: datetime) -> bytes:
    return max(0, int((moment - _EPOCH).total_seconds())).to_bytes(_TIME, "big")


def _signed_by(key: Ed25519PublicKey, signature: bytes, said: bytes) -> bool:
    try:
        key.verify(signature, said)
    except InvalidSignature:
        return False
    return True
