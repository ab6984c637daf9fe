"""Invitations: what lets one terminal enrol once. Of the secret only the hash is kept."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from sqlalchemy import Engine, Select, select
from sqlalchemy.orm import Session

from central_platform.certificates import common_name
from central_platform.contract import Refusal
from central_platform.invitation_code import SECRET_BYTES, invitation_code
from central_platform.keys import TERMINAL_ID, BadDirectory
from central_platform.tables import Invitation

ENROLMENT_PORT = "enrolment_port"
"""In the platform's directory while it serves: where invited terminals enrol."""

MOST_WRONG_TRIES = 10
"""Of 80 bits, that is no chance at all; it is there to be noticed."""

_WAITING = ("open", "answered")


@dataclass(frozen=True)
class Invited:
    """A new invitation, as a person gets it: once."""

    code: str
    ends_at: datetime


def invite(
    engine: Engine, directory: Path, terminal: str, now: datetime, *, valid_for: timedelta, again: bool
) -> Invited:
    """Invite `terminal`, in place of any invitation of before. Raises `BadDirectory`.

    `again` says that the terminal is known, and that whoever enrols now takes its place.
    """
    if not TERMINAL_ID.fullmatch(terminal):
        raise BadDirectory(directory, f"terminal id {terminal!r}: 4 to 32 of A-Z, 0-9 and -")
    if not again and (directory / "terminals" / f"{terminal}.pem").exists():
        raise BadDirectory(
            directory, f"{terminal} is enrolled; --again lets another machine or key take its place"
        )
    platform = directory / "platform"
    try:
        port = int((directory / ENROLMENT_PORT).read_text("ascii"))
    except (OSError, ValueError):
        why = "nobody can enrol here: serve it with --enrolment-port PORT, then invite"
        raise BadDirectory(directory, why) from None
    try:
        authority = x509.load_pem_x509_certificate((platform / "server_ca.pem").read_bytes())
        host = common_name(x509.load_pem_x509_certificate((platform / "server.pem").read_bytes()))
    except (OSError, ValueError):
        raise BadDirectory(platform, "server_ca.pem or server.pem is not what init made") from None
    secret, ends_at = secrets.token_bytes(SECRET_BYTES), now + valid_for
    with Session(engine) as session, session.begin():
        for earlier in session.scalars(_of(terminal)):
            if earlier.state in _WAITING:
                earlier.state = "withdrawn"
        session.add(
            Invitation(
                terminal=terminal,
                secret_sha256=hashlib.sha256(secret).hexdigest(),
                again=again,
                ends_at=ends_at.isoformat(),
                wrong_tries=0,
                state="open",
                keys_sha256="",
                answer=b"",
            )
        )
    der = authority.public_bytes(Encoding.DER)
    return Invited(invitation_code(terminal, f"{host}:{port}", der, secret), ends_at)


def waiting(engine: Engine, now: datetime) -> list[Invitation]:
    """Give the invitations that somebody could still use."""
    with Session(engine, expire_on_commit=False) as session:
        found = session.scalars(select(Invitation).where(Invitation.state.in_(_WAITING)))
        return [each for each in found if datetime.fromisoformat(each.ends_at) > now]


def withdraw(engine: Engine, terminal: str) -> bool:
    """Take the invitation of a terminal back; False where there was none."""
    with Session(engine) as session, session.begin():
        found = [each for each in session.scalars(_of(terminal)) if each.state in _WAITING]
        for each in found:
            each.state = "withdrawn"
        return bool(found)


def recognised(session: Session, terminal: str, secret: str) -> Invitation:
    """Find the invitation with this secret; a wrong one is counted. Raises `Refusal`.

    The count is of the session's transaction: commit it whatever is answered.
    """
    digest = hashlib.sha256(bytes.fromhex(secret)).hexdigest()
    for each in session.scalars(_of(terminal)):
        if hmac.compare_digest(each.secret_sha256, digest):
            return each
        if each.state in _WAITING:
            each.wrong_tries += 1
            if each.wrong_tries >= MOST_WRONG_TRIES:
                each.state = "locked"
    raise Refusal("invitation_unknown", "no invitation of this terminal has this secret")


def _of(terminal: str) -> Select[Invitation]:
    return select(Invitation).where(Invitation.terminal == terminal).order_by(Invitation.number)
