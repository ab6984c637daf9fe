"""Who one is: two terminals with one identity, replays, others' numbers, certificates that are over."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from central_platform import records
from central_platform.certificates import Authority
from central_platform.contract import Refusal, canonical
from central_platform.issuing import Issuer
from central_platform.opening import Keyring
from central_platform.receiving import Platform
from central_platform.revocation import REVOKED, revoke
from central_platform.tables import open_database
from offline_queue.answers import LineDown, Received
from offline_queue.clock import system_clock
from offline_queue.platform_client import PlatformClient
from offline_queue.queue_values import Sealed
from offline_queue.signing import TerminalKey
from tests.faults.conftest import Tell
from tests.faults.figures import Figures
from tests.faults.world import Enrolment, World
from tests.offline_queue.platform_process import made, running, settings
from tests.offline_queue.samples import TERMINAL, a_record, new_id, sealed, terminal_key

OTHER = "HALL-0002"


class Credulous(Keyring):
    """The weakened variant: whoever says a number has it."""

    def refuse_strangers(self, terminal: str, signature: str, body: bytes) -> None:
        """Let everybody in."""


@dataclass
class Hall:
    """A platform with two terminals; what was sent to it can be sent again."""

    platform: Platform
    keyring: Keyring
    terminal: Path
    other: TerminalKey
    directory: Path

    def sends(self, key: TerminalKey, name: str, envelope: bytes, **said: str) -> str:
        """Give what the platform answers: `new`, `again`, or why it refuses."""
        terminal, signature = said.get("terminal", key.terminal_id), said.get("signature", key.sign(envelope))
        try:
            received = self.platform.receive(said.get("under", name), terminal, signature, envelope)
        except Refusal as refusal:
            return refusal.reason
        return "new" if received.new else "again"


@pytest.fixture
def hall(memory: Path) -> Iterator[Hall]:
    terminal = made(memory / "both")
    other = Ed25519PrivateKey.generate()
    keyring = Keyring.load(memory / "both")
    keyring = replace(keyring, terminals={**keyring.terminals, OTHER: other.public_key()})
    engine = open_database(memory / "both" / records.DATABASE)
    yield Hall(
        Platform(engine, keyring, lambda: system_clock().wall),
        keyring,
        terminal,
        TerminalKey(OTHER, other),
        memory / "both",
    )
    engine.dispose()


def test_a_cloned_disk_sends_everything_twice_and_the_platform_has_it_once(
    memory: Path, enrolment: Enrolment
) -> None:
    (memory / "world").mkdir()
    world = World(memory / "world", enrolment, 1)
    world.start()
    world.weather = "refused"
    names = [world.apply().application_id for _ in range(3)]
    shutil.copytree(world.state, memory / "clone")
    world.heal()
    first = world.at_platform()
    assert sorted(first) == sorted(names)
    # The clone wakes up: the same identity, the same queue.
    world.stop()
    world.state = memory / "clone"
    world.start()
    twin = world.apply()
    world.heal()
    assert not world.wrong() | world.stuck()
    assert {name: world.at_platform()[name] for name in names} == first
    assert set(world.at_platform()) == {*names, twin.application_id}
    world.end()


def impostures(hall: Hall) -> dict[str, str]:
    """What the platform answers to each, by what was tried."""
    mine = terminal_key(hall.terminal)
    name, other_name = new_id(), new_id()
    envelope = sealed(a_record(name), hall.terminal)
    assert hall.sends(mine, name, envelope) == "new"
    stranger = TerminalKey(TERMINAL, Ed25519PrivateKey.generate())
    fresh = sealed(a_record(other_name), hall.terminal)
    return {
        "replayed": hall.sends(mine, name, envelope),
        "replayed as another application": hall.sends(mine, name, envelope, under=other_name),
        "replayed by another terminal": hall.sends(hall.other, name, envelope),
        "another's number": hall.sends(hall.other, other_name, fresh, terminal=TERMINAL),
        "another's envelope": hall.sends(hall.other, other_name, fresh),
        "a number that nobody has": hall.sends(mine, other_name, fresh, terminal="HALL-9999"),
        "the number, another key": hall.sends(stranger, other_name, fresh),
        "signature of other bytes": hall.sends(mine, other_name, fresh, signature=mine.sign(envelope)),
        "no signature": hall.sends(mine, other_name, fresh, signature=""),
    }


def test_nobody_sends_in_anothers_name_and_a_replay_changes_nothing(hall: Hall, tell: Tell) -> None:
    answers = impostures(hall)
    assert answers == {
        "replayed": "again",
        "replayed as another application": "id_mismatch",
        "replayed by another terminal": "terminal_mismatch",
        "another's number": "signature_wrong",
        "another's envelope": "terminal_mismatch",
        "a number that nobody has": "terminal_unknown",
        "the number, another key": "signature_wrong",
        "signature of other bytes": "signature_wrong",
        "no signature": "signature_wrong",
    }
    assert len(records.all_ids(hall.directory)) == 1
    figures = Figures("impostures", 0, cases=len(answers))
    tell(figures)


def test_a_rating_of_anothers_application_is_refused(hall: Hall) -> None:
    name = new_id()
    hall.sends(terminal_key(hall.terminal), name, sealed(a_record(name), hall.terminal))
    moment = "2026-11-21T20:00:00+08:00"
    rating = canonical({"v": 1, "application_id": name, "terminal": OTHER, "level": 1, "rated_at": moment})
    with pytest.raises(Refusal, match="application_unknown"):
        hall.platform.followers.keep("rating", name, OTHER, hall.other.sign(rating), rating)


def test_the_same_impostures_catch_a_platform_that_asks_for_no_signature(hall: Hall, tell: Tell) -> None:
    hall.platform._keyring = Credulous(**vars(hall.keyring))
    answers = impostures(hall)
    figures = Figures("weakened (asks for no signature)", 0, cases=len(answers))
    figures.wrong["taken in another's name"] = list(answers.values()).count("new")
    tell(figures)
    assert answers["another's number"] == "new"


Certificate = Literal["good", "expired", "of tomorrow", "revoked", "of a stranger", "of the server"]


def certified(platform: Path, kind: Certificate, folder: Path) -> tuple[Path, Path]:
    """A certificate of this kind and its key, as files."""
    if kind == "good":
        return platform / "terminal/client.pem", platform / "terminal/client.key"
    if kind == "of the server":
        return platform / "platform/server.pem", platform / "platform/server.key"
    now = datetime.now(UTC)
    begins = {"expired": now - timedelta(days=365 * 3), "of tomorrow": now + timedelta(days=3)}.get(kind, now)
    if kind == "of a stranger":
        authority = Authority.made("Hall platform: terminals", now)
    else:
        authority = Issuer.load(platform / "platform").authority
    key = ec.generate_private_key(ec.SECP256R1())
    signed = authority.terminal(key.public_key(), TERMINAL, begins)
    certificate_file, key_file = folder / "client.pem", folder / "client.key"
    certificate_file.write_bytes(signed.public_bytes(Encoding.PEM))
    with os.fdopen(os.open(key_file, os.O_CREAT | os.O_WRONLY, 0o600), "wb") as file:
        file.write(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return certificate_file, key_file


@pytest.fixture(scope="module")
def revoking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, int, tuple[Path, Path]]]:
    """A running platform that has taken one certificate back; that certificate with its key."""
    directory = tmp_path_factory.mktemp("revoking")
    made(directory)
    revoked = certified(directory, "revoked", tmp_path_factory.mktemp("revoked"))
    assert revoke(directory, revoked[0], datetime.now(UTC)) == 1
    with running(directory) as port:
        yield directory, port, revoked


async def sent(directory: Path, port: int, certificate: tuple[Path, Path]) -> Received | object:
    """Send one application with this certificate."""
    terminal = directory / "terminal"
    chosen = settings(terminal, port, client_certificate=certificate[0], client_key=certificate[1])
    client = PlatformClient(chosen, terminal_key(terminal))
    name = new_id()
    envelope = sealed(a_record(name), terminal)
    answer = await client.put_application(name, Sealed(envelope, hashlib.sha256(envelope).hexdigest(), ""))
    await client.close()
    return answer


@pytest.mark.parametrize(
    "kind", ["good", "expired", "of tomorrow", "revoked", "of a stranger", "of the server"]
)
async def test_only_a_certificate_that_holds_lets_a_terminal_in(
    tmp_path: Path, revoking: tuple[Path, int, tuple[Path, Path]], kind: Certificate
) -> None:
    directory, port, revoked = revoking
    certificate = revoked if kind == "revoked" else certified(directory, kind, tmp_path)
    answer = await sent(directory, port, certificate)
    assert isinstance(answer, Received if kind == "good" else LineDown)


@pytest.mark.long
async def test_a_platform_without_the_list_lets_the_revoked_one_in(
    tmp_path: Path, revoking: tuple[Path, int, tuple[Path, Path]]
) -> None:
    """The weakened variant."""
    directory, _, revoked = revoking
    shutil.copytree(directory, tmp_path / "without")
    (tmp_path / "without/platform" / REVOKED).unlink()
    with running(tmp_path / "without") as port:
        assert isinstance(await sent(tmp_path / "without", port, revoked), Received)
