"""A machine becomes a terminal by a code that was printed once, and by nothing else."""

from __future__ import annotations

import asyncio
import hashlib
import ssl
import stat
import subprocess
import sys
import tomllib
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from central_platform import keys, records
from central_platform.contract import Refusal
from central_platform.enrolment import Enrolment
from central_platform.invitations import MOST_WRONG_TRIES, recognised, withdraw
from central_platform.opening import Keyring
from central_platform.tables import Invitation, open_database
from config.settings import PlatformSettings
from offline_queue.answers import Received
from offline_queue.contract_files import canonical
from offline_queue.enrolment import LAYER, enrol
from offline_queue.enrolment_wire import EnrolmentFailed, EnrolmentWire
from offline_queue.invitation import BadCode, read_invitation
from offline_queue.platform_client import PlatformClient
from offline_queue.queue_values import Sealed
from offline_queue.signing import TerminalKey
from tests.offline_queue.inviting import InvitingHall, direct, enrolled, inviting, now, terminal_folder
from tests.offline_queue.platform_process import ROOT
from tests.offline_queue.samples import TERMINAL, a_record, new_id, sealed
from tests.offline_queue.wire import answer, listening

DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
TIMES = {"probe_interval_s": 5, "request_timeout_s": 10, "retry_cap_s": 300}
LIMITS = {"queue_limit": 100, "oldest_days": 7, "offline_days": 7}


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[InvitingHall]:
    with inviting(tmp_path_factory.mktemp("inviting")) as hall:
        yield hall


def typed(*command: str | Path) -> str:
    """What a command says; its end must be good."""
    ended = subprocess.run(
        [sys.executable, *map(str, command)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


async def delivered(said: dict[str, Any], seal_as: Path) -> object:
    """What becomes of an application that a terminal with these settings sends."""
    key = TerminalKey.load(said["terminal"]["id"], Path(said["terminal"]["signing_key"]))
    client = PlatformClient(PlatformSettings.model_validate({**said["platform"], **TIMES, **LIMITS}), key)
    name = new_id()
    envelope = sealed(a_record(name), seal_as)
    try:
        return await client.put_application(name, Sealed(envelope, hashlib.sha256(envelope).hexdigest(), ""))
    finally:
        await client.close()


async def test_two_commands_make_a_terminal_that_delivers(hall: InvitingHall, tmp_path: Path) -> None:
    said = typed("main.py", "platform", "invite", hall.directory, "--terminal", TERMINAL)
    code = said.splitlines()[0]
    assert hall.waiting() == [TERMINAL]
    assert str(tmp_path / "here" / LAYER) in typed("main.py", "enrol", code, "--into", tmp_path / "here")
    assert hall.waiting() == []
    folder = terminal_folder(tmp_path / "here")
    assert {name: stat.S_IMODE((folder / name).stat().st_mode) for name in ("client.key", "signing.key")} == {
        "client.key": 0o600,
        "signing.key": 0o600,
    }
    said_there = tomllib.loads((tmp_path / "here" / LAYER).read_text("utf-8"))
    assert isinstance(await delivered(said_there, hall.directory / "terminal"), Received)
    private = [(folder / name).read_bytes() for name in ("client.key", "signing.key")]
    everything = b"".join(path.read_bytes() for path in hall.directory.rglob("*") if path.is_file())
    assert not any(key.splitlines()[1] in everything for key in private)


def test_a_wrong_character_is_found_and_so_are_two_that_changed_places(hall: InvitingHall) -> None:
    code = hall.invites("TYPED-01")
    head, groups = code.split("/")
    for place, digit in enumerate(groups):
        if digit == "-":
            continue
        group = f"group {place // 7 + 1} after"
        for other in DIGITS.replace(digit, ""):
            with pytest.raises(BadCode, match=group):
                read_invitation(f"{head}/{groups[:place]}{other}{groups[place + 1 :]}")
        following = groups[place + 1 : place + 2]
        if following not in {"", "-", digit}:
            with pytest.raises(BadCode, match=group):
                read_invitation(f"{head}/{groups[:place]}{following}{digit}{groups[place + 2 :]}")
    for mistaken in (head.replace("01", "02"), head.replace("127.", "128.")):
        with pytest.raises(BadCode, match="mistyped"):
            read_invitation(f"{mistaken}/{groups}")
    with pytest.raises(BadCode, match="47 characters"):
        read_invitation(code[:-1])


def test_small_letters_look_alikes_and_other_groupings_are_taken(hall: InvitingHall) -> None:
    code = hall.invites("TYPED-02")
    head, groups = code.split("/")
    alike = groups.lower().replace("0", "o").replace("1", "l").replace("-", "")
    assert read_invitation(f" {head.lower()}/{alike[:20]} {alike[20:]}\n") == read_invitation(code)


Spoilt = Callable[[InvitingHall, str], str]


def _expired(hall: InvitingHall, terminal: str) -> str:
    return hall.invites(terminal, at=now() - timedelta(hours=25))


def _withdrawn(hall: InvitingHall, terminal: str) -> str:
    code = hall.invites(terminal)
    engine = open_database(hall.directory / records.DATABASE)
    assert withdraw(engine, terminal)
    engine.dispose()
    return code


def _replaced(hall: InvitingHall, terminal: str) -> str:
    code = hall.invites(terminal)
    hall.invites(terminal)
    return code


@pytest.mark.parametrize(
    ("spoilt", "words"),
    [
        (_expired, "has expired: ask for a new invitation"),
        (_withdrawn, "was withdrawn"),
        (_replaced, "or a newer one made"),
    ],
)
def test_a_code_that_is_over_says_why_and_changes_nothing(
    hall: InvitingHall, tmp_path: Path, spoilt: Spoilt, words: str
) -> None:
    terminal = f"OVER-{spoilt.__name__.strip('_').upper()}"
    with pytest.raises(EnrolmentFailed, match=words):
        enrolled(spoilt(hall, terminal), tmp_path / "here")
    assert not hall.knows(terminal)
    assert not (tmp_path / "here" / LAYER).exists()


def test_a_code_makes_one_terminal_however_often_it_is_typed(hall: InvitingHall, tmp_path: Path) -> None:
    code = hall.invites("ONCE-0001")
    first = enrolled(code, tmp_path / "here")
    before = {path: path.read_bytes() for path in (tmp_path / "here").rglob("*") if path.is_file()}
    assert enrolled(code, tmp_path / "here") == first
    assert {path: path.read_bytes() for path in (tmp_path / "here").rglob("*") if path.is_file()} == before
    with pytest.raises(EnrolmentFailed, match="was used already"):
        enrolled(code, tmp_path / "elsewhere")
    with pytest.raises(EnrolmentFailed, match="this machine is ONCE-0001"):
        enrolled(hall.invites("ONCE-0002"), tmp_path / "here")


def test_whoever_guesses_ends_the_invitation(hall: InvitingHall, tmp_path: Path) -> None:
    code = hall.invites("GUESS-01")
    engine = open_database(hall.directory / records.DATABASE)
    for guess in range(MOST_WRONG_TRIES):
        with Session(engine) as session, session.begin(), suppress(Refusal):
            recognised(session, "GUESS-01", f"{guess:020x}")
    engine.dispose()
    with pytest.raises(EnrolmentFailed, match="too many wrong codes"):
        enrolled(code, tmp_path / "here")
    assert not hall.knows("GUESS-01")


def test_a_terminal_that_is_known_is_only_replaced_on_purpose(hall: InvitingHall, tmp_path: Path) -> None:
    enrolled(hall.invites("TAKEN-01"), tmp_path / "first")
    with pytest.raises(keys.BadDirectory, match="--again"):
        hall.invites("TAKEN-01")
    earlier = (hall.directory / "terminals/TAKEN-01.pem").read_bytes()
    enrolled(hall.invites("TAKEN-01", again=True), tmp_path / "second")
    both = (hall.directory / "terminals/TAKEN-01.pem").read_bytes()
    assert both.endswith(earlier)
    assert both != earlier


def test_nobody_there_and_a_name_that_is_none_are_told_apart(hall: InvitingHall, tmp_path: Path) -> None:
    code = hall.invites("NOWHERE-1")
    with pytest.raises(EnrolmentFailed, match="nobody enrols there now"):
        enrolled(hall.by_way_of(code, 1), tmp_path / "here")
    assert not (tmp_path / "here" / LAYER).exists()
    assert enrolled(code, tmp_path / "here").terminal == "NOWHERE-1"


@pytest.mark.parametrize("wrong_by", [timedelta(days=-4000), timedelta(days=4000)])
def test_a_clock_that_is_years_off_is_said_before_anything_is_sent(
    hall: InvitingHall, tmp_path: Path, wrong_by: timedelta
) -> None:
    code = hall.invites(terminal := f"CLOCK-{wrong_by.days:+}".replace("+", "1"))
    with pytest.raises(EnrolmentFailed, match="set it, then use the same code again"):
        enrol(code, tmp_path / "here", now=lambda: now() + wrong_by)
    assert enrolled(code, tmp_path / "here").terminal == terminal


# ---- somebody in between ---------------------------------------------------------------------------------


class Impostor:
    """A platform of another authority, which remembers what it was told."""

    def __init__(self, directory: Path) -> None:
        keys.init(directory, terminal_id="EVIL-0001")
        self._keys = directory / "platform"
        self.heard = b""

    @asynccontextmanager
    async def listens(self) -> AsyncIterator[int]:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self._keys / "server.pem", self._keys / "server.key")
        async with listening(self._handle, context) as port:
            yield port

    async def _handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(asyncio.IncompleteReadError):
            head = await reader.readuntil(b"\r\n\r\n")
            lengths = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
            self.heard += await reader.readexactly(int(lengths[0].split(b":")[1])) if lengths else b""
        authority = (self._keys / "server_ca.pem").read_text("ascii")
        body = canonical({"v": 1, "authority": authority, "time": now().isoformat()})
        writer.write(answer("200 OK", body))
        await writer.drain()
        writer.close()


class Gullible(EnrolmentWire):
    """The weakened variant: whoever answers is the platform."""

    def _is_the_one(self, pem: str) -> bool:
        return bool(pem)


async def secret_got_out(hall: InvitingHall, tmp_path: Path, wire: type[EnrolmentWire]) -> bool:
    impostor = Impostor(tmp_path / "impostor")
    async with impostor.listens() as port:
        code = hall.by_way_of(hall.invites("MIDDLE-01"), port)
        with pytest.raises(EnrolmentFailed) as failed:
            await asyncio.to_thread(enrol, code, tmp_path / "here", now=now, wire_to=wire)
    if wire is EnrolmentWire:
        assert "is not the platform of this code" in str(failed.value)
    assert not (tmp_path / "here" / LAYER).exists()
    return read_invitation(code).secret.encode() in impostor.heard


async def test_an_impostor_is_told_nothing(hall: InvitingHall, tmp_path: Path) -> None:
    assert not await secret_got_out(hall, tmp_path, EnrolmentWire)


async def test_a_terminal_that_does_not_compare_the_fingerprint_is_caught(
    hall: InvitingHall, tmp_path: Path
) -> None:
    assert await secret_got_out(hall, tmp_path, Gullible)


# ---- two machines, one code ------------------------------------------------------------------------------


class Forgetful(Enrolment):
    """The weakened variant: an invitation that was answered is as good as new."""

    def enrol(self, body: bytes) -> bytes:
        """Answer, and forget it."""
        answer = super().enrol(body)
        with Session(self._engine) as session, session.begin():
            session.execute(update(Invitation).values(state="open"))
        return answer


def two_machines(
    hall: InvitingHall, tmp_path: Path, kind: type[Enrolment], clock: datetime, at_once: int = 2
) -> tuple[int, list[str]]:
    """How many of two machines that are given one code are terminals then, and what was said to them."""
    engine = open_database(hall.directory / records.DATABASE)
    platform = kind(
        engine, Keyring.load(hall.directory), hall.directory, "https://127.0.0.1:1", lambda: clock
    )
    code = hall.invites("TWO-MACHINES", again=True)

    def become(name: str) -> str:
        try:
            return enrol(code, tmp_path / name, now=lambda: clock, wire_to=direct(platform)).unconfirmed
        except EnrolmentFailed as failed:
            return str(failed)

    with ThreadPoolExecutor(at_once) as machines:
        said = sorted(machines.map(become, ("one", "other")))
    engine.dispose()
    return len(list(tmp_path.glob(f"*/{LAYER}"))), said


def test_of_two_machines_with_one_code_one_is_the_terminal(hall: InvitingHall, tmp_path: Path) -> None:
    assert two_machines(hall, tmp_path, Enrolment, now()) == (1, ["", "invitation_used"])
    late = two_machines(hall, tmp_path / "late", Enrolment, now() + timedelta(hours=25))
    assert late == (0, ["invitation_ended", "invitation_ended"])


def test_a_platform_that_forgets_that_a_code_was_used_is_caught(hall: InvitingHall, tmp_path: Path) -> None:
    terminals, _ = two_machines(hall, tmp_path, Forgetful, now(), at_once=1)
    assert terminals == 2


class Crashing(Enrolment):
    """A platform whose power fails after the files and before the commit, once."""

    crashed = False

    def _answered(self, *asked: Any) -> bytes:
        answer = super()._answered(*asked)
        if not self.crashed:
            self.crashed = True
            raise PowerFailed
        return answer


class PowerFailed(Exception):
    """Nobody was answered."""


@pytest.mark.parametrize("again", ["", "again"])
def test_a_platform_that_fails_before_its_answer_gives_it_the_next_time(
    hall: InvitingHall, tmp_path: Path, again: str
) -> None:
    engine = open_database(hall.directory / records.DATABASE)
    keyring = Keyring.load(hall.directory)
    platform = Crashing(engine, keyring, hall.directory, "https://127.0.0.1:1", now)
    code = hall.invites(terminal := f"CRASHING{again.upper()}", again=bool(again))
    with pytest.raises(PowerFailed):
        enrol(code, tmp_path, now=now, wire_to=direct(platform))
    assert not (tmp_path / LAYER).exists()
    keyring = Keyring.load(hall.directory)
    platform._keyring = keyring
    assert enrol(code, tmp_path, now=now, wire_to=direct(platform)).unconfirmed == ""
    engine.dispose()
    key = TerminalKey.load(terminal, terminal_folder(tmp_path) / "signing.key")
    assert [each.public_bytes_raw() for each in keyring.keys_of(terminal)] == [key.public_bytes()]


def test_nobody_is_invited_where_nobody_can_enrol(tmp_path: Path) -> None:
    keys.init(tmp_path, terminal_id="HALL-0009")
    with pytest.raises(keys.BadDirectory, match="--enrolment-port"):
        InvitingHall(tmp_path, 1, 1).invites()


def test_settings_of_somebody_else_are_never_overwritten(hall: InvitingHall, tmp_path: Path) -> None:
    (tmp_path / LAYER).write_text("# by hand\n")
    with pytest.raises(EnrolmentFailed, match="not what an enrolment writes"):
        enrolled(hall.invites("BYHAND-1"), tmp_path)
    assert (tmp_path / LAYER).read_text() == "# by hand\n"


def test_the_layer_says_what_platform_init_says(hall: InvitingHall, tmp_path: Path) -> None:
    ours = tomllib.loads(enrolled(hall.invites("LAYER-01"), tmp_path).layer.read_text("utf-8"))
    theirs = tomllib.loads((hall.directory / "terminal/platform.toml").read_text("utf-8"))
    assert {name: set(section) for name, section in ours.items()} == {
        name: set(section) for name, section in theirs.items()
    }
    assert ours["platform"]["url"] == f"https://127.0.0.1:{hall.port}"
