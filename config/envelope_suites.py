"""The names of the envelope suites, as settings and envelopes write them."""

from __future__ import annotations

from typing import Final, Literal

EnvelopeSuite = Literal[
    "HPKE-X25519-HKDF-SHA256-AES-256-GCM",
    "HPKE-MLKEM768-X25519-HKDF-SHA256-AES-256-GCM",
    "SM2-SM3-SM4-GCM",
]
HPKE: Final = "HPKE-X25519-HKDF-SHA256-AES-256-GCM"
HPKE_HYBRID: Final = "HPKE-MLKEM768-X25519-HKDF-SHA256-AES-256-GCM"
SM2: Final = "SM2-SM3-SM4-GCM"
