"""Envelope suites: how long sealing and opening take, and what they add; the part `envelopes`."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from benchmarks.figures import Aim, Chapter, Figure, Peer, Samples
from central_platform.suites import HPKE, HPKE_HYBRID, SM2, SuiteName, new_key, opening_key
from kiosk.session.suites import sealing_key

SIZES: Mapping[str, int] = {"4 KB": 4_000, "100 KB": 100_000, "4 MB": 4_000_000}
"""Questions and compact envelopes have a few KB, applications 100 KB, with papers up to 4 MB."""

SHORTEST_S = 0.3
MOST = 400
LONGEST_MS = 200.0
"""A citizen waits for the sealing, once: more than this would be felt."""


def take(folder: Path, say: Callable[[str], None]) -> Sequence[Chapter]:
    """Take the figures. `folder` is not needed: nothing is written."""
    del folder
    figures: list[Figure] = []
    for what, size in SIZES.items():
        say(f"sealing and opening {what}")
        content = os.urandom(size)
        taken = {suite: _suite(suite, content) for suite in get_args(SuiteName)}
        peers = {
            HPKE: ("AES-256-GCM alone", *2 * (Samples.of(_timed(_aes(content)), "ms"),)),
            HPKE_HYBRID: ("X25519 only", taken[HPKE].seal, taken[HPKE].open),
            SM2: ("SM4-GCM alone", *2 * (Samples.of(_timed(_sm4(content)), "ms"),)),
        }
        for suite, times in taken.items():
            peer, sealing, opening = peers[suite]
            name = f"{what}, {suite} (+{times.added_bytes} bytes)"
            aim = Aim(LONGEST_MS, as_ratio=False)
            figures += [
                Figure(f"seal {name}", times.seal, peer=Peer(peer, sealing), aim=aim),
                Figure(f"open {name}", times.open, peer=Peer(peer, opening)),
            ]
    return [
        Chapter(
            "Envelope suites",
            "Random content is sealed as the session seals and opened as the platform opens, in memory, with "
            "keys in files; base64 and JSON, alike for all, are left out. Beside it: the same content "
            "encrypted with a key that is there already, by the same library; for the hybrid, HPKE with "
            "X25519.",
            figures,
        )
    ]


@dataclass(frozen=True)
class _Times:
    seal: Samples
    open: Samples
    added_bytes: int


def _suite(suite: SuiteName, content: bytes) -> _Times:
    private, public = new_key(suite)
    to, key = sealing_key(public), opening_key(private)
    header: dict[str, str | int] = {"v": 1, "kid": "envelope-20261122", "suite": suite, "terminal": "LX-0001"}
    sealed = to.seal(content, header)
    return _Times(
        Samples.of(_timed(lambda: to.seal(content, header)), "ms"),
        Samples.of(_timed(lambda: key.open(sealed, header)), "ms"),
        len(sealed) - len(content),
    )


def _aes(content: bytes) -> Callable[[], bytes]:
    cipher = AESGCM(os.urandom(32))
    return lambda: cipher.encrypt(os.urandom(12), content, b"")


def _sm4(content: bytes) -> Callable[[], bytes]:
    key = os.urandom(16)

    def encrypt() -> bytes:
        encryptor = Cipher(algorithms.SM4(key), modes.GCM(os.urandom(12))).encryptor()
        return encryptor.update(content) + encryptor.finalize() + encryptor.tag

    return encrypt


def _timed(act: Callable[[], bytes]) -> list[float]:
    """Milliseconds of each, for a while; the first is not counted."""
    act()
    taken: list[float] = []
    until_s = time.perf_counter() + SHORTEST_S
    while time.perf_counter() < until_s and len(taken) < MOST:
        began_s = time.perf_counter()
        act()
        taken.append(1000 * (time.perf_counter() - began_s))
    return taken
