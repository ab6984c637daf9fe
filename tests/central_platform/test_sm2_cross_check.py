"""The national suite against the standards' own numbers, and against a second implementation, OpenSSL's.

SM2 is GmSSL's here, SM4-GCM OpenSSL's; so SM2 is held against OpenSSL 3 and SM4-GCM against GmSSL.
"""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path

import gmssl_pyx
import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from central_platform import sm2_envelope
from central_platform.suites import SM2, DoesNotOpen, OpeningKey, Sm2Key, new_key, opening_key
from config.envelope_keys import read_envelope_key
from kiosk.session.sm2_envelope import digital_envelope
from kiosk.session.suites import canonical, sealing_key

HEADER: dict[str, str | int] = {"v": 1, "kid": "envelope-1", "suite": SM2, "terminal": "HALL-0001"}


def openssl(*arguments: str | Path, said: bytes = b"") -> bytes:
    ended = subprocess.run(["openssl", *map(str, arguments)], input=said, capture_output=True, check=True)
    return ended.stdout


def h(digits: str) -> bytes:
    return bytes.fromhex(digits)


# ---- the standards' numbers ------------------------------------------------------------------------------


def test_sm2_decrypts_the_example_of_the_standard() -> None:
    """GB/T 32918.5-2017, annex C: "encryption standard"."""
    x = h("04ebfc718e8d1798620432268e77feb6415e2ede0e073c0f4f640ecd2e149a73")
    y = h("e858f9d81e5430a57b36daab8f950a3c64e6ee6a63094d99283aff767e124df0")
    digest = h("59983c18f809e262923c53aec295d30383b54e39d609d160afcb1908d0bd8766")
    wrapped = h("21886ca989ca9c7d58087307ca93092d651efa")
    body = b"".join(
        (b"\x02\x20", x, b"\x02\x21\x00", y, b"\x04\x20", digest, b"\x04", bytes((len(wrapped),)), wrapped)
    )
    key = h("3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8")
    assert gmssl_pyx.sm2_decrypt(key, b"\x30" + bytes((len(body),)) + body) == b"encryption standard"


def test_sm3_gives_the_example_of_the_standard() -> None:
    """GB/T 32905, annex A.1."""
    expected = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert gmssl_pyx.sm3_hash(b"abc") == h(expected)


def test_sm4_gcm_gives_the_example_of_rfc_8998() -> None:
    """RFC 8998, appendix A.1, by both libraries."""
    key, nonce = h("0123456789abcdeffedcba9876543210"), h("00001234567800000000abcd")
    associated = h("feedfacedeadbeeffeedfacedeadbeefabaddad2")
    plaintext = b"".join(bytes((byte,)) * 8 for byte in h("aabbccddeeffeeaa"))
    expected = h(
        "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735"
        "d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d"
    )
    tag = h("83de3541e4c2b58177e065a9bf7b62ec")
    encryptor = Cipher(algorithms.SM4(key), modes.GCM(nonce)).encryptor()
    encryptor.authenticate_additional_data(associated)
    assert (encryptor.update(plaintext) + encryptor.finalize(), encryptor.tag) == (expected, tag)
    assert gmssl_pyx.sm4_gcm_encrypt(key, nonce, associated, plaintext) == (expected, tag)


# ---- the other implementation ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Keys that OpenSSL made, and ours: `theirs.key`, `theirs.pem`, `ours.key`, `ours.pem`."""
    directory = tmp_path_factory.mktemp("sm2")
    openssl("genpkey", "-algorithm", "SM2", "-out", directory / "theirs.key")
    openssl("pkey", "-in", directory / "theirs.key", "-pubout", "-out", directory / "theirs.pem")
    private, public = new_key(SM2)
    (directory / "ours.key").write_bytes(private)
    (directory / "ours.pem").write_bytes(public)
    return directory


def test_each_reads_the_other_ones_keys(keys: Path) -> None:
    assert openssl("pkey", "-in", keys / "ours.key", "-pubout") == (keys / "ours.pem").read_bytes()
    assert isinstance(opening_key((keys / "theirs.key").read_bytes()), Sm2Key)
    assert read_envelope_key((keys / "theirs.pem").read_bytes())[0] == SM2


@pytest.mark.parametrize("whose", ["ours", "theirs"])
def test_openssl_and_gmssl_open_what_a_session_sealed(keys: Path, whose: str) -> None:
    content = "申请事由：就业".encode()
    envelope = sealing_key((keys / f"{whose}.pem").read_bytes()).seal(content, HEADER)
    cipher, nonce, sealed = sm2_envelope._taken_apart(envelope)
    key = openssl("pkeyutl", "-decrypt", "-inkey", keys / f"{whose}.key", said=cipher)
    opened = gmssl_pyx.sm4_gcm_decrypt(key, nonce, canonical(HEADER), sealed[:-16], sealed[-16:])
    assert opened == content
    assert opening_key((keys / f"{whose}.key").read_bytes()).open(envelope, HEADER) == content


@pytest.mark.parametrize("whose", ["ours", "theirs"])
def test_the_platform_opens_what_openssl_and_gmssl_sealed(keys: Path, whose: str) -> None:
    key, nonce = bytes(range(16)), bytes(range(12))
    public = keys / f"{whose}.pem"
    cipher = openssl("pkeyutl", "-encrypt", "-pubin", "-inkey", public, said=key)
    sealed, tag = gmssl_pyx.sm4_gcm_encrypt(key, nonce, canonical(HEADER), b"content")
    envelope = digital_envelope("envelope-1", cipher, nonce, sealed + tag)
    assert opening_key((keys / f"{whose}.key").read_bytes()).open(envelope, HEADER) == b"content"


def test_openssl_finds_the_structure_that_is_documented(keys: Path) -> None:
    envelope = sealing_key((keys / "ours.pem").read_bytes()).seal(b"content", HEADER)
    said = openssl("asn1parse", "-inform", "DER", said=envelope).decode()
    for name in (
        "1.2.156.10197.6.1.4.2.3", "1.2.156.10197.1.301.3", "1.2.156.10197.6.1.4.2.1",
        "1.2.156.10197.1.104.8", "commonName",
    ):  # fmt: skip
        assert said.count(f":{name}\n") == 1, said
    assert ":envelope-1\n" in said


# ---- what the sweep of bits would find -------------------------------------------------------------------


class Lenient:
    """A weakened opener: takes the parts out, and does not care how the rest is written."""

    suite = SM2

    def __init__(self, key: bytes) -> None:
        self._key = key

    def open(self, sealed: bytes, header: Mapping[str, str | int]) -> bytes:
        try:
            cipher, nonce, content = sm2_envelope._taken_apart(sealed)
            key = gmssl_pyx.sm2_decrypt(self._key, cipher)
            return gmssl_pyx.sm4_gcm_decrypt(key, nonce, canonical(header), content[:-16], content[-16:])
        except (sm2_envelope.NotAnEnvelope, gmssl_pyx.GmsslInnerError) as error:
            raise DoesNotOpen(type(error).__name__) from None


def unnoticed(opens: OpeningKey | Lenient, envelope: bytes) -> int:
    """How many bytes of an envelope can be changed without anybody seeing it."""
    found = 0
    for place in range(len(envelope)):
        turned = bytearray(envelope)
        turned[place] ^= 1
        try:
            opens.open(bytes(turned), HEADER)
        except DoesNotOpen:
            continue
        found += 1
    return found


def test_the_sweep_of_bits_finds_an_opener_that_reads_leniently() -> None:
    private, public = new_key(SM2)
    strict = opening_key(private)
    assert isinstance(strict, Sm2Key)
    envelope = sealing_key(public).seal(b"content", HEADER)
    assert unnoticed(strict, envelope) == 0
    assert unnoticed(Lenient(strict.key), envelope) > 20
