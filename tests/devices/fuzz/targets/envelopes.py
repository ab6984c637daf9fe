"""What is sealed and what is announced: the national envelope as the platform opens it, and a new key."""

from __future__ import annotations

import base64
from functools import cache

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from central_platform.contract import canonical
from central_platform.suites import HPKE, SM2, DoesNotOpen, OpeningKey, new_key, opening_key
from kiosk.session.platform_key import NotAnnounced, announced
from kiosk.session.suites import sealing_key
from tests.devices.fuzz.target import Target, require

HEADER: dict[str, str | int] = {"v": 1, "kid": "envelope-1", "suite": SM2}
CONTENT = b"what was sealed"


@cache
def _sealed() -> tuple[OpeningKey, bytes]:
    private, public = new_key(SM2)
    return opening_key(private), sealing_key(public).seal(CONTENT, HEADER)


def sm2_seeds() -> list[bytes]:
    """One digital envelope, and the beginning of one."""
    _, whole = _sealed()
    return [whole, whole[:120]]


def check_sm2(data: bytes) -> None:
    """Only the envelope itself opens, in its one spelling."""
    key, whole = _sealed()
    try:
        content = key.open(data, HEADER)
    except DoesNotOpen:
        return
    require(data == whole, "another envelope opened")
    require(content == CONTENT, "another content came out")


@cache
def _announcement() -> tuple[Ed25519PrivateKey, bytes]:
    word = Ed25519PrivateKey.generate()
    said = {
        "v": 1,
        "kind": "envelope_key",
        "envelope_kid": "envelope-1",
        "suite": HPKE,
        "public_key": new_key(HPKE)[1].decode(),
        "kid": "receipt-1",
    }
    signature = base64.b64encode(word.sign(canonical(said))).decode()
    return word, canonical({**said, "signature": signature})


def announcement_seeds() -> list[bytes]:
    """One announcement."""
    return [_announcement()[1]]


def check_announcement(data: bytes) -> None:
    """What is believed was signed."""
    word, whole = _announcement()
    public = word.public_key()
    try:
        key = announced(data.decode("utf-8", errors="replace"), word=public, suite=HPKE)
    except NotAnnounced:
        return
    right = announced(whole.decode(), word=public, suite=HPKE)
    require(key.kid == right.kid, "another name was believed")
    header: dict[str, str | int] = {"v": 1, "kid": key.kid, "suite": HPKE}
    require(key.key.suite == right.key.suite and key.key.seal(b"", header), "another key was believed")


TARGETS = (
    Target("sm2-envelope", sm2_seeds, check_sm2),
    Target("announced-key", announcement_seeds, check_announcement),
)
