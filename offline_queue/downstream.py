"""What comes down from the platform, as values: a signed list, and the documents that the platform signs.

A value can only be made here, from bytes whose signature held. A catalogue's bundle is not among them: its
own signer's word counts for it, and the platform's does not (`config.bundle`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from offline_queue.contract_files import NotOfTheContract, canonical
from offline_queue.signing import PlatformWord

Kind = Literal["revocations", "configuration", "catalogue"]


@dataclass(frozen=True)
class Publication:
    """What is current of one kind; its number only grows."""

    kind: Kind
    number: int
    sha256: str
    bytes: int


@dataclass(frozen=True)
class PublicationList:
    """What is current for this terminal, and how much was ever published."""

    published: int
    current: tuple[Publication, ...]


@dataclass(frozen=True)
class Report:
    """What became of it here: numbers in force, and refused numbers with their reasons."""

    in_force: tuple[tuple[Kind, int], ...] = ()
    refused: tuple[tuple[Kind, int, str], ...] = ()

    def body(self, terminal: str) -> bytes:
        """As it is sent."""
        said = {
            "v": 1,
            "kind": "downstream_report",
            "terminal": terminal,
            "in_force": [{"kind": kind, "number": number} for kind, number in self.in_force],
            "refused": [
                {"kind": kind, "number": number, "reason": reason} for kind, number, reason in self.refused
            ],
        }
        return canonical(said)


@dataclass(frozen=True)
class Configuration:
    """Settings that the platform sets; `area_code` and `terminal` say for whom, None for all."""

    number: int
    area_code: str | None
    terminal: str | None
    toml: str


@dataclass(frozen=True)
class Revocations:
    """What may not be used any more."""

    number: int = 0
    envelope_keys: frozenset[str] = frozenset()
    bundles: frozenset[int] = frozenset()
    signers: frozenset[str] = frozenset()
    """SHA-256 of a signer's public key."""
    matters: frozenset[tuple[str, str]] = frozenset()
    """Each with the version that is withdrawn."""

    def lacks(self, earlier: Revocations) -> bool:
        """Whether something that was revoked before would be good again."""
        return not (
            earlier.envelope_keys <= self.envelope_keys
            and earlier.bundles <= self.bundles
            and earlier.signers <= self.signers
            and earlier.matters <= self.matters
        )


NOTHING_REVOKED = Revocations()


def read_list(word: PlatformWord, body: bytes, *, nonce: str, terminal: str) -> PublicationList:
    """Read an answer to `nonce`. Raises `NotOfTheContract`."""
    value = word.read("downstream", body)
    if (value["nonce"], value["terminal"]) != (nonce, terminal):
        raise NotOfTheContract("downstream: an answer to another question")
    current = tuple(Publication(**each) for each in value["current"])
    if len({each.kind for each in current}) != len(current):
        raise NotOfTheContract("downstream: $.current: a kind twice")
    return PublicationList(value["published"], current)


def read_configuration(word: PlatformWord, body: bytes) -> Configuration:
    """Read settings that the platform signed. Raises `NotOfTheContract`."""
    value = word.read("configuration", body)
    return Configuration(value["number"], value["area_code"], value["terminal"], value["toml"])


def read_revocations(word: PlatformWord, body: bytes) -> Revocations:
    """Read what the platform revoked. Raises `NotOfTheContract`."""
    value = word.read("revocations", body)
    return Revocations(
        value["number"],
        frozenset(value["envelope_keys"]),
        frozenset(value["bundles"]),
        frozenset(value["signers"]),
        frozenset((each["item"], each["version"]) for each in value["matters"]),
    )
