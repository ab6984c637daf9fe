"""A running platform with an open enrolment port, and the ways to be invited by it."""

from __future__ import annotations

import json
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key

from central_platform import keys
from central_platform.contract import Refusal
from central_platform.enrolment import Enrolment
from central_platform.invitation_code import invitation_code
from central_platform.invitations import ENROLMENT_PORT, invite, waiting
from central_platform.issuing import Issuer
from central_platform.records import DATABASE
from central_platform.tables import open_database
from offline_queue.enrolment import Enrolled, enrol
from offline_queue.enrolment_wire import EnrolmentFailed, EnrolmentWire
from offline_queue.invitation import read_invitation
from tests.offline_queue.platform_process import running
from tests.offline_queue.samples import TERMINAL

FIRST = "HALL-0009"
"""The terminal that `platform init` enrols; it plays no part."""


def now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class InvitingHall:
    directory: Path
    port: int
    enrolment_port: int

    def invites(
        self,
        terminal: str = TERMINAL,
        *,
        at: datetime | None = None,
        again: bool = False,
        valid_for: timedelta = timedelta(hours=24),
    ) -> str:
        """Give the code of a new invitation."""
        engine = open_database(self.directory / DATABASE)
        try:
            invited = invite(engine, self.directory, terminal, at or now(), valid_for=valid_for, again=again)
        finally:
            engine.dispose()
        return invited.code

    def knows(self, terminal: str) -> bool:
        return (self.directory / "terminals" / f"{terminal}.pem").exists()

    def waiting(self) -> list[str]:
        """Who can still enrol."""
        engine = open_database(self.directory / DATABASE)
        try:
            return [each.terminal for each in waiting(engine, now())]
        finally:
            engine.dispose()

    def by_way_of(self, code: str, port: int) -> str:
        """The same invitation as if it had been printed for another port."""
        invitation = read_invitation(code)
        authority = x509.load_pem_x509_certificate((self.directory / "platform/server_ca.pem").read_bytes())
        der = authority.public_bytes(Encoding.DER)
        return invitation_code(
            invitation.terminal, f"127.0.0.1:{port}", der, bytes.fromhex(invitation.secret)
        )


@contextmanager
def inviting(directory: Path) -> Iterator[InvitingHall]:
    """Serve a platform that has enrolled `FIRST`."""
    keys.init(directory, terminal_id=FIRST)
    with running(directory, "--enrolment-port", "0") as port:
        yield InvitingHall(directory, port, int((directory / ENROLMENT_PORT).read_text("ascii")))


def enrolled(code: str, into: Path) -> Enrolled:
    return enrol(code, into, now=now)


def aged(terminal: Path, days: float) -> None:
    """Let the terminal have been given its certificate so many days ago."""
    key = load_pem_private_key((terminal / "client.key").read_bytes(), None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    issuer = Issuer.load(terminal.parent / "platform")
    (terminal / "client.pem").write_text(
        issuer.issue(key.public_key(), TERMINAL, now() - timedelta(days=days))
    )


def terminal_folder(into: Path) -> Path:
    """Where the files are that `platform.toml` names."""
    (found,) = [each for each in into.iterdir() if each.is_dir()]
    return found


class Direct(EnrolmentWire):
    """Asks a platform in the same process."""

    platform: Enrolment

    def _asked(
        self, tls: ssl.SSLContext, method: str, path: str, body: bytes | None, form: Any
    ) -> dict[str, Any]:
        del tls, method, form
        asked = {"/v1/enrolment": self.platform.enrol, "/v1/enrolment/confirmation": self.platform.confirm}
        try:
            said = self.platform.authority() if body is None else asked[path](body)
        except Refusal as refusal:
            raise EnrolmentFailed(refusal.reason) from None
        found: dict[str, Any] = json.loads(said)
        return found


def direct(platform: Enrolment) -> type[EnrolmentWire]:
    """The wire to a platform in this process."""
    return type("ToThis", (Direct,), {"platform": platform})
