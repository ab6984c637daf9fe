"""The platform's key to seal to: the settings' own, or a newer one that the platform has announced.

An announcement comes by way of the terminal, signed by the platform. What is not its word, or is for another
suite than the settings ask for, is a `NotAnnounced`: nobody on the way can put a key or a suite of their own
in its place.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Literal

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from config.envelope_suites import EnvelopeSuite
from kiosk.session.suites import SealingKey, canonical, sealing_key


class NotAnnounced(Exception):
    """Not a key that the platform gives out for this suite; its text names place and rule."""


@dataclass(frozen=True)
class PlatformKey:
    """A public key, and the platform's name for it."""

    kid: str
    key: SealingKey


class _Announcement(BaseModel):
    """The contract's form: envelope-key.schema.json."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, hide_input_in_errors=True)

    v: Literal[1]
    kind: Literal["envelope_key"]
    envelope_kid: str = Field(min_length=1, max_length=64)
    suite: EnvelopeSuite
    public_key: str = Field(max_length=4096)
    kid: str
    signature: str


def announced(text: str, *, word: Ed25519PublicKey, suite: EnvelopeSuite) -> PlatformKey:
    """Read an announcement. Raises `NotAnnounced`."""
    try:
        said = _Announcement.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise NotAnnounced(f"{where or 'text'}: {first['type']}") from None
    try:
        signature = base64.b64decode(said.signature, validate=True)
        word.verify(signature, canonical(said.model_dump(exclude={"signature"})))
    except (ValueError, InvalidSignature):
        raise NotAnnounced("not signed by the platform") from None
    try:
        key = sealing_key(said.public_key.encode())
    except ValueError as error:
        raise NotAnnounced(f"public_key: {error}") from None
    if not key.suite == said.suite == suite:
        raise NotAnnounced(f"suite: a key for {key.suite}, where {suite} is asked for")
    return PlatformKey(said.envelope_kid, key)
