"""What a machine lacks for its settings: each thing one line, and nothing changed by looking."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from cryptography.x509.oid import NameOID

from config.free_space import free_mb, has_room
from config.layers import load
from config.problems import Problem, problems
from config.settings import Settings

EXAMPLE = Path(__file__).parents[2] / "deploy" / "terminal.example.toml"
NOBODY = 65534
SWAP_HEADER = "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n"


def private_pem(key: PrivateKeyTypes, password: bytes | None = None) -> bytes:
    lock = BestAvailableEncryption(password) if password else NoEncryption()
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, lock)


def public_pem(key: PrivateKeyTypes) -> bytes:
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def certificate_pem() -> tuple[bytes, bytes]:
    key = generate_private_key(SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "LX-HALL-01-T03")])
    begin, end = datetime(2026, 1, 1, tzinfo=UTC), datetime(2036, 1, 1, tzinfo=UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(1).not_valid_before(begin).not_valid_after(end)
    return builder.sign(key, SHA256()).public_bytes(Encoding.PEM), private_pem(key)


CERTIFICATE, CERTIFICATE_KEY = certificate_pem()


@dataclass
class Machine:
    """A directory that stands for a terminal in order; a test breaks one thing."""

    root: Path
    overrides: list[str] = field(default_factory=list)

    def path(self, name: str) -> Path:
        return self.root / name

    def secret(self, name: str, data: bytes) -> None:
        self.path(name).write_bytes(data)
        self.path(name).chmod(0o600)

    @property
    def settings(self) -> Settings:
        places = {
            "terminal.signing_key": "signing.pem",
            "terminal.state_dir": "state",
            "terminal.runtime_dir": "run/hall",
            "platform.ca_file": "ca.pem",
            "platform.client_certificate": "tls.pem",
            "platform.client_key": "tls_key.pem",
            "platform.envelope_key": "envelope.pem",
            "platform.receipt_key": "receipt.pem",
            "log.file": "log/events.jsonl",
        }
        said = [f"{key}={self.path(name)}" for key, name in places.items()]
        return load([EXAMPLE], [*said, "terminal.free_space_floor_mb=1", *self.overrides]).settings

    def found(self) -> list[Problem]:
        return self.found_with(self.settings)

    def found_with(self, settings: Settings) -> list[Problem]:
        return problems(settings, mountinfo=self.path("mountinfo"), swaps=self.path("swaps"))

    def lines(self) -> list[str]:
        return self.said(self.found())

    def said(self, found: list[Problem]) -> list[str]:
        return [str(problem).replace(f"{self.root}/", "") for problem in found]

    def lines_for_nobody(self) -> list[str]:
        """As the terminal's own user finds it: root may read and write everything."""
        if os.geteuid() != 0:
            return self.lines()
        for path in (self.root, *self.root.rglob("*")):
            os.chown(path, NOBODY, NOBODY)
        # Read, and everything imported, while the project can be read: it may lie in root's own home.
        settings = self.settings
        self.found_with(settings)
        said, says = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                os.setgid(NOBODY)
                os.setuid(NOBODY)
                os.write(says, "\n".join(self.said(self.found_with(settings))).encode())
                os._exit(0)
            finally:
                os._exit(1)
        os.close(says)
        with os.fdopen(said, encoding="utf-8") as lines:
            found = lines.read().splitlines()
        assert os.waitpid(child, 0)[1] == 0
        return found


@pytest.fixture
def machine() -> Iterator[Machine]:
    # Not tmp_path: nobody may enter the directories above that one.
    with TemporaryDirectory() as directory:
        yield in_order(Machine(Path(directory)))


def in_order(made: Machine) -> Machine:
    for name in ("state", "run", "log"):
        made.path(name).mkdir()
    made.secret("signing.pem", private_pem(Ed25519PrivateKey.generate()))
    made.path("ca.pem").write_bytes(CERTIFICATE)
    made.path("tls.pem").write_bytes(CERTIFICATE)
    made.secret("tls_key.pem", CERTIFICATE_KEY)
    made.path("envelope.pem").write_bytes(public_pem(X25519PrivateKey.generate()))
    made.path("receipt.pem").write_bytes(public_pem(Ed25519PrivateKey.generate()))
    mounts = [
        "22 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw",
        f"23 22 0:20 / {made.path('run')} rw,nosuid shared:5 - tmpfs tmpfs rw,mode=755",
    ]
    made.path("mountinfo").write_text("\n".join(mounts) + "\n")
    made.path("swaps").write_text(SWAP_HEADER)
    return made


def test_a_terminal_in_order_has_no_problem_and_is_not_touched(machine: Machine) -> None:
    before = snapshot(machine.root)
    assert machine.lines() == []
    assert snapshot(machine.root) == before


def snapshot(root: Path) -> dict[str, tuple[int, float]]:
    return {str(path): (path.stat().st_mode, path.stat().st_mtime) for path in root.rglob("*")}


KEYS = [
    ("terminal.signing_key", "signing.pem"),
    ("platform.ca_file", "ca.pem"),
    ("platform.client_certificate", "tls.pem"),
    ("platform.client_key", "tls_key.pem"),
    ("platform.envelope_key", "envelope.pem"),
    ("platform.receipt_key", "receipt.pem"),
]


@pytest.mark.parametrize(("key", "name"), KEYS)
def test_a_missing_key_file_is_named(machine: Machine, key: str, name: str) -> None:
    machine.path(name).unlink()
    assert machine.lines() == [f"{name}: {key}: does not exist"]


@pytest.mark.parametrize(("key", "name"), KEYS)
def test_a_file_that_is_no_pem_is_named(machine: Machine, key: str, name: str) -> None:
    machine.path(name).write_bytes(b"\x30\x82\x01\x0a")
    assert machine.lines() == [f"{name}: {key}: is not a PEM file"]


@pytest.mark.parametrize(("key", "name"), KEYS)
def test_a_directory_in_place_of_a_key_is_named(machine: Machine, key: str, name: str) -> None:
    machine.path(name).unlink()
    machine.path(name).mkdir()
    assert machine.lines() == [f"{name}: {key}: cannot be read: Is a directory"]


@pytest.mark.parametrize(("key", "name"), KEYS)
def test_a_damaged_pem_is_named(machine: Machine, key: str, name: str) -> None:
    text = machine.path(name).read_text().splitlines()
    machine.path(name).write_text("\n".join([text[0], text[1][:7], text[-1], ""]))
    (line,) = machine.lines()
    assert line.startswith(f"{name}: {key}: holds ")


def test_an_unreadable_key_is_named(machine: Machine) -> None:
    machine.path("signing.pem").chmod(0)
    assert machine.lines_for_nobody() == [
        "signing.pem: terminal.signing_key: cannot be read: Permission denied"
    ]


@pytest.mark.parametrize(("key", "name"), [KEYS[0], KEYS[3]])
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o601])
def test_a_private_key_that_others_can_read_is_named(
    machine: Machine, key: str, name: str, mode: int
) -> None:
    machine.path(name).chmod(mode)
    assert machine.lines() == [f"{name}: {key}: is open to others (mode {mode:04o}): chmod 600"]


WRONG_KINDS = [
    ("signing.pem", private_pem(X25519PrivateKey.generate()), "holds a private key of another kind; Ed25519"),
    ("signing.pem", public_pem(Ed25519PrivateKey.generate()), "holds no private key"),
    ("signing.pem", private_pem(Ed25519PrivateKey.generate(), b"x"), "is locked with a password; the term"),
    ("envelope.pem", public_pem(Ed25519PrivateKey.generate()), "holds a public key of another kind; X25519"),
    ("envelope.pem", private_pem(X25519PrivateKey.generate()), "holds a private key, which only the platf"),
    ("receipt.pem", public_pem(X25519PrivateKey.generate()), "holds a public key of another kind; Ed25519"),
    ("receipt.pem", CERTIFICATE, "holds no public key"),
    ("ca.pem", public_pem(Ed25519PrivateKey.generate()), "holds no certificate"),
    ("tls_key.pem", CERTIFICATE, "holds no private key"),
]


@pytest.mark.parametrize(("name", "data", "why"), WRONG_KINDS, ids=[f"{n} {w}" for n, _d, w in WRONG_KINDS])
def test_a_pem_of_the_wrong_kind_is_named(machine: Machine, name: str, data: bytes, why: str) -> None:
    key_of = {name: key for key, name in KEYS}
    machine.secret(name, data)
    (line,) = machine.lines()
    assert line.startswith(f"{name}: {key_of[name]}: {why}")


def test_a_key_that_is_not_the_certificate_s_is_named(machine: Machine) -> None:
    machine.secret("tls_key.pem", certificate_pem()[1])
    assert machine.lines() == ["tls_key.pem: platform.client_key: is not the key of tls.pem"]


def test_a_runtime_directory_on_a_disk_is_named(machine: Machine) -> None:
    machine.path("mountinfo").write_text("22 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw\n")
    why = "is on ext4, not on tmpfs: what a session leaves there would reach a disk"
    assert machine.lines() == [f"run/hall: terminal.runtime_dir: {why}"]


def test_a_disk_mounted_over_the_tmpfs_is_seen(machine: Machine) -> None:
    with machine.path("mountinfo").open("a") as mounts:
        mounts.write(f"24 23 8:2 / {machine.path('run')} rw - xfs /dev/sdb1 rw\n")
    assert machine.lines()[0].startswith("run/hall: terminal.runtime_dir: is on xfs,")


def test_a_neighbour_s_tmpfs_does_not_count(machine: Machine) -> None:
    text = machine.path("mountinfo").read_text().replace("/run rw", "/ru rw")
    machine.path("mountinfo").write_text(text)
    assert machine.lines()[0].startswith("run/hall: terminal.runtime_dir: is on ext4,")


def test_a_mount_point_with_a_space_is_understood(machine: Machine) -> None:
    machine.path("run dir").mkdir()
    with machine.path("mountinfo").open("a") as mounts:
        mounts.write(f"25 22 0:21 / {machine.path('run')}\\040dir rw - tmpfs tmpfs rw\n")
    machine.overrides.append(f"terminal.runtime_dir={machine.path('run dir')}/hall")
    assert machine.lines() == []


@pytest.mark.parametrize(
    ("name", "line"),
    [
        (
            "mountinfo",
            "mountinfo: terminal.runtime_dir: cannot be read, so memory or disk is unknown: No such",
        ),
        ("swaps", "swaps: terminal.allow_swap: cannot be read, so swap is unknown: No such"),
    ],
)
def test_a_kernel_that_does_not_say_is_not_taken_for_a_yes(machine: Machine, name: str, line: str) -> None:
    machine.path(name).unlink()
    (said,) = machine.lines()
    assert said.startswith(line)


def test_swap_is_named_unless_it_is_allowed(machine: Machine) -> None:
    machine.path("swaps").write_text(SWAP_HEADER + "/dev/sda3    partition\t1998844\t\t0\t\t-2\n")
    why = "swap is on (/dev/sda3) and writes memory to disk: run `swapoff -a`, or allow it"
    assert machine.lines() == [f"swaps: terminal.allow_swap: {why}"]
    machine.overrides.append("terminal.allow_swap=true")
    assert machine.lines() == []


def test_too_little_space_is_named_with_what_there_is(machine: Machine) -> None:
    machine.overrides.append("terminal.free_space_floor_mb=1000000000")
    (line,) = machine.lines()
    assert line.startswith("state: terminal.free_space_floor_mb: ")
    assert line.endswith(" MB free, 1000000000 MB needed")


def test_room_is_what_stays_free_beside_what_is_about_to_come(machine: Machine) -> None:
    terminal = machine.settings.terminal
    terminal.state_dir.mkdir(exist_ok=True)
    assert has_room(terminal)
    # Somebody else may write meanwhile: half of what is free must do, and twice as much cannot.
    free_bytes = 1_000_000 * free_mb(terminal.state_dir)
    assert has_room(terminal, free_bytes // 2)
    assert not has_room(terminal, 2 * free_bytes)
    machine.overrides.append("terminal.free_space_floor_mb=1000000000")
    assert not has_room(machine.settings.terminal)


def test_a_file_in_place_of_a_directory_is_named(machine: Machine) -> None:
    machine.path("state").rmdir()
    machine.path("state").write_text("")
    state = machine.path("state")
    assert [str(found) for found in machine.found()] == [
        f"{state}: terminal.state_dir: {state} is a file, not a directory"
    ]


def test_a_directory_that_can_still_be_made_is_no_problem(machine: Machine) -> None:
    machine.path("state").rmdir()
    assert machine.lines() == []


@pytest.mark.parametrize(("key", "name"), [("terminal.state_dir", "state"), ("terminal.runtime_dir", "run")])
def test_a_directory_that_cannot_be_written_is_named(machine: Machine, key: str, name: str) -> None:
    machine.path(name).chmod(0o500)
    if name == "run":
        why = f"cannot be made: {machine.path(name)} is not writable".replace(f"{machine.root}/", "")
        assert machine.lines_for_nobody() == [f"run/hall: {key}: {why}"]
    else:
        assert machine.lines_for_nobody() == [f"{name}: {key}: is not writable"]


def test_a_directory_that_may_not_be_entered_is_named_not_crashed_upon(machine: Machine) -> None:
    machine.path("state").chmod(0)
    machine.overrides.append(f"terminal.state_dir={machine.path('state')}/queue")
    (line,) = machine.lines_for_nobody()
    assert line == "state/queue: terminal.state_dir: cannot be made: state is not writable"


def test_a_hall_s_own_items_are_looked_for(machine: Machine) -> None:
    machine.overrides.append(f"items_dir={machine.path('items')}")
    assert machine.lines() == ["items: items_dir: cannot be read: No such file or directory"]
    machine.path("items").mkdir()
    assert machine.lines() == ["items: items_dir: holds no service item (*.yaml)"]
    (machine.path("items") / "one.yaml").write_text("id: one\n")
    assert machine.lines() == []


def test_all_problems_are_told_at_once(machine: Machine) -> None:
    machine.path("signing.pem").unlink()
    machine.path("receipt.pem").unlink()
    machine.path("swaps").write_text(SWAP_HEADER + "/swapfile file 1 0 -2\n")
    found = [problem.key for problem in machine.found()]
    assert found == ["terminal.signing_key", "platform.receipt_key", "terminal.allow_swap"]
