"""Vouching: the platform's short word that a key is a terminal's, small enough to be printed on every slip.

A slip's signed statement carries it, so that whoever has the platform's public key can check a slip alone.
"""

from __future__ import annotations

import base64
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_CERTIFIED = b"hall-terminal certificate 1\n"
_TIME_BYTES = 5


def certificate_text(
    platform: Ed25519PrivateKey, terminal_id: str, key: Ed25519PublicKey, issued_at: datetime
) -> str:
    """Give the terminal's `certificate.txt`: base64 of name, time in seconds, key, and the signature."""
    name = terminal_id.encode("ascii")
    seconds = int(issued_at.timestamp()).to_bytes(_TIME_BYTES, "big")
    said = bytes((len(name),)) + name + seconds + key.public_bytes_raw()
    return base64.b64encode(said + platform.sign(_CERTIFIED + said)).decode() + "\n"
