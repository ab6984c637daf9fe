"""What follows an application: its rating, and what became of the visit. Of each the first word stands."""

from __future__ import annotations

import hashlib
from typing import Literal

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from central_platform.contract import Reason, Refusal, canonical, parse
from central_platform.opening import Keyring
from central_platform.tables import Application, ApplicationAudit, ApplicationRating

FollowerKind = Literal["rating", "audit"]

_KINDS: dict[FollowerKind, tuple[type[ApplicationRating | ApplicationAudit], Reason]] = {
    "rating": (ApplicationRating, "bad_rating"),
    "audit": (ApplicationAudit, "bad_audit"),
}


class Followers:
    """Keeps them, beside the applications that they follow."""

    def __init__(self, engine: Engine, keyring: Keyring) -> None:
        self._engine = engine
        self._keyring = keyring

    def keep(
        self, kind: FollowerKind, application_id: str, terminal: str, signature: str, body: bytes
    ) -> bytes:
        """Keep one, unless there is one, and sign that there is. Raises `Refusal`."""
        self._keyring.refuse_strangers(terminal, signature, body)
        table, bad = _KINDS[kind]
        said = parse(kind, body, bad)
        if (said["application_id"], said["terminal"]) != (application_id, terminal):
            raise Refusal(bad, f"the {kind} names another application or terminal")
        try:
            with Session(self._engine) as session, session.begin():
                application = session.get(Application, application_id)
                if application is None or application.terminal != terminal:
                    raise Refusal("application_unknown", "no such application from this terminal")
                if session.get(table, application_id) is None:
                    session.add(table(**{name: value for name, value in said.items() if name != "v"}))
        except OperationalError:
            raise Refusal("storage", "the platform cannot store anything now") from None
        digest = hashlib.sha256(body).hexdigest()
        answer = {"v": 1, "kind": kind, "application_id": application_id, "sent_sha256": digest}
        return canonical(self._keyring.signed(answer))
