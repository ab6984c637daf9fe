"""What this machine lacks for its settings: keys, directories, space, memory that never reaches a disk.

Every finding is one line with file, key and reason. Nothing is changed and nothing is created; a directory
that does not exist yet is judged by the nearest one above it that does.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from config.envelope_keys import ENVELOPE_KEY_OF, UnknownKind, read_envelope_key
from config.envelope_suites import EnvelopeSuite
from config.free_space import free_mb
from config.plain import BadFile
from config.printer_profile import SHIPPED, UnknownProfile, profile_named
from config.settings import Settings, TerminalSettings

MOUNTINFO = Path("/proc/self/mountinfo")
SWAPS = Path("/proc/swaps")

_MEMORY_FILE_SYSTEMS = {"tmpfs", "ramfs"}
_OTHERS_MAY = 0o077
_PRIVATE = "holds a private key, which only the platform may have; its public key is needed"


@dataclass(frozen=True)
class Problem:
    """One thing to put right; `str()` is the line for the technician."""

    file: Path
    key: str
    reason: str

    def __str__(self) -> str:
        """`/etc/…/terminal_signing.pem: terminal.signing_key: does not exist`."""
        return f"{self.file}: {self.key}: {self.reason}"


def problems(settings: Settings, *, mountinfo: Path = MOUNTINFO, swaps: Path = SWAPS) -> list[Problem]:
    """Everything that keeps this machine from serving with `settings`; empty when nothing does.

    `mountinfo` and `swaps` are the kernel's tables (proc(5)).
    """
    terminal, platform = settings.terminal, settings.platform
    found = [
        *_signing_key(terminal),
        *_pem("platform.ca_file", platform.ca_file, _certificates),
        *_pem("platform.client_certificate", platform.client_certificate, _certificates),
        *_private_key("platform.client_key", platform.client_key, ed25519=False),
        *_envelope_key("platform.envelope_key", platform.envelope_key, platform.envelope_suite),
        *_public_key("platform.receipt_key", platform.receipt_key, Ed25519PublicKey, "Ed25519"),
    ]
    if settings.catalogue.key is not None:
        found += _public_key("catalogue.key", settings.catalogue.key, Ed25519PublicKey, "Ed25519")
    if not found:
        found += _pair(platform.client_certificate, platform.client_key)
    found += _directory("terminal.state_dir", terminal.state_dir)
    found += _free_space(terminal.state_dir, terminal.free_space_floor_mb)
    found += _directory("terminal.runtime_dir", terminal.runtime_dir)
    found += _memory_only(terminal.runtime_dir, mountinfo)
    found += _directory("log.file", settings.log.file.parent)
    if not terminal.allow_swap:
        found += _swap(swaps)
    if settings.items_dir is not None:
        found += _items(settings.items_dir)
    found += _printer_profile(settings.printer.profile)
    return found


def _printer_profile(name: str) -> Iterator[Problem]:
    try:
        profile_named(name)
    except UnknownProfile as unknown:
        yield Problem(SHIPPED, "printer.profile", str(unknown))
    except BadFile as bad:
        yield Problem(Path(name), "printer.profile", str(bad))


# ---- keys and certificates -------------------------------------------------------------------------------


def _pem(key: str, file: Path, mistake: Callable[[bytes], str | None]) -> Iterator[Problem]:
    try:
        data = file.read_bytes()
    except FileNotFoundError:
        yield Problem(file, key, "does not exist")
    except OSError as error:
        yield Problem(file, key, f"cannot be read: {error.strerror}")
    else:
        why = "is not a PEM file" if b"-----BEGIN " not in data else mistake(data)
        if why is not None:
            yield Problem(file, key, why)


def _private_key(key: str, file: Path, *, ed25519: bool) -> Iterator[Problem]:
    def mistake(data: bytes) -> str | None:
        if b"PRIVATE KEY-----" not in data:
            return "holds no private key"
        try:
            private = load_pem_private_key(data, password=None)
        except TypeError:
            return "is locked with a password; the terminal starts without anybody to type one"
        except (ValueError, UnsupportedAlgorithm):
            return "holds a damaged private key"
        if ed25519 and not isinstance(private, Ed25519PrivateKey):
            return "holds a private key of another kind; Ed25519 is needed"
        mode = file.stat().st_mode & 0o777
        if mode & _OTHERS_MAY:
            return f"is open to others (mode {mode:04o}): chmod 600"
        return None

    return _pem(key, file, mistake)


def _signing_key(terminal: TerminalSettings) -> Iterator[Problem]:
    """Nothing, where the key is in a token: only the token knows, when it is opened."""
    if not terminal.signing_token:
        yield from _private_key("terminal.signing_key", terminal.signing_key, ed25519=True)


def _envelope_key(key: str, file: Path, suite: EnvelopeSuite) -> Iterator[Problem]:
    def mistake(data: bytes) -> str | None:
        if b"PRIVATE KEY-----" in data:
            return _PRIVATE
        try:
            found, _ = read_envelope_key(data)
        except UnknownKind:
            found = None
        except ValueError:
            return "holds no public key"
        needed = ENVELOPE_KEY_OF[suite]
        return None if found == suite else f"holds a public key of another kind; {needed} is needed"

    return _pem(key, file, mistake)


def _public_key(key: str, file: Path, wanted: type[PublicKeyTypes], kind: str) -> Iterator[Problem]:
    def mistake(data: bytes) -> str | None:
        if b"PRIVATE KEY-----" in data:
            return _PRIVATE
        try:
            public = load_pem_public_key(data)
        except (ValueError, UnsupportedAlgorithm):
            return "holds no public key"
        return None if isinstance(public, wanted) else f"holds a public key of another kind; {kind} is needed"

    return _pem(key, file, mistake)


def _certificates(data: bytes) -> str | None:
    try:
        x509.load_pem_x509_certificates(data)
    except ValueError:
        return "holds no certificate"
    return None


def _pair(certificate: Path, private_key: Path) -> Iterator[Problem]:
    """A key that is not the certificate's would only show as a refused connection."""
    certified = x509.load_pem_x509_certificate(certificate.read_bytes()).public_key()
    own = load_pem_private_key(private_key.read_bytes(), password=None).public_key()
    if _bytes(certified) != _bytes(own):
        yield Problem(private_key, "platform.client_key", f"is not the key of {certificate}")


def _bytes(public: PublicKeyTypes) -> bytes:
    return public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


# ---- directories, space, memory --------------------------------------------------------------------------


def _existing(path: Path) -> Path:
    """What of `path` is there; what we may not look into counts as not there."""
    path = path.absolute()
    while not os.path.exists(path):  # noqa: PTH110 - Path.exists raises where we may not look
        path = path.parent
    return path.resolve()


def _directory(key: str, directory: Path) -> Iterator[Problem]:
    nearest = _existing(directory)
    if not nearest.is_dir():
        yield Problem(directory, key, f"{nearest} is a file, not a directory")
    elif not os.access(nearest, os.W_OK | os.X_OK):
        what = (
            "is not writable"
            if nearest == directory.resolve()
            else f"cannot be made: {nearest} is not writable"
        )
        yield Problem(directory, key, what)


def _free_space(directory: Path, floor_mb: int) -> Iterator[Problem]:
    free = free_mb(_existing(directory))
    if free < floor_mb:
        yield Problem(directory, "terminal.free_space_floor_mb", f"{free} MB free, {floor_mb} MB needed")


def _memory_only(directory: Path, mountinfo: Path) -> Iterator[Problem]:
    key = "terminal.runtime_dir"
    try:
        kind = _file_system(_existing(directory), mountinfo.read_text())
    except OSError as error:
        yield Problem(mountinfo, key, f"cannot be read, so memory or disk is unknown: {error.strerror}")
        return
    if kind not in _MEMORY_FILE_SYSTEMS:
        why = f"is on {kind}, not on tmpfs: what a session leaves there would reach a disk"
        yield Problem(directory, key, why)


def _file_system(path: Path, mountinfo: str) -> str:
    """The type of the file system that `path` is on; of two mounts on one place, the later covers."""
    best, kind = -1, "unknown"
    for line in mountinfo.splitlines():
        mount, _, source = line.partition(" - ")
        point = Path(re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), mount.split(" ")[4]))
        depth = len(point.parts)
        if path.is_relative_to(point) and depth >= best:
            best, kind = depth, source.split(" ")[0]
    return kind


def _swap(swaps: Path) -> Iterator[Problem]:
    key = "terminal.allow_swap"
    try:
        lines = swaps.read_text().splitlines()[1:]
    except OSError as error:
        yield Problem(swaps, key, f"cannot be read, so swap is unknown: {error.strerror}")
        return
    for line in lines:
        device = line.split()[0]
        why = f"swap is on ({device}) and writes memory to disk: run `swapoff -a`, or allow it"
        yield Problem(swaps, key, why)


def _items(directory: Path) -> Iterator[Problem]:
    try:
        names = os.listdir(directory)  # noqa: PTH208 - the names are enough
    except OSError as error:
        yield Problem(directory, "items_dir", f"cannot be read: {error.strerror}")
        return
    if not any(name.endswith(".yaml") for name in names):
        yield Problem(directory, "items_dir", "holds no service item (*.yaml)")
