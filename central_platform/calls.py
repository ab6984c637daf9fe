"""Calls for a guide: which terminals ask for one now, and what guides touched. Nothing of any person."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import Engine, delete, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Mapped, Session, mapped_column

from central_platform.contract import Refusal, canonical, parse
from central_platform.opening import Keyring
from central_platform.tables import Base

OPEN = ("waiting", "coming")
"""Before the guides' eyes."""

REMEMBERED = timedelta(days=30)
"""How long a call that is over is kept: for the hall's own count."""

ABANDONED = timedelta(hours=2)
"""A call that is open so long belongs to a terminal that has gone; nobody waits there."""


class GuideCall(Base):
    """One call. The id is the terminal's."""

    __tablename__ = "guide_calls"

    call_id: Mapped[str] = mapped_column(primary_key=True)
    terminal: Mapped[str] = mapped_column(index=True)
    state: Mapped[str]
    called_at: Mapped[str]
    changed_at: Mapped[str]


@dataclass(frozen=True)
class OpenCall:
    """A terminal that asks for help, for as long as it has."""

    call_id: str
    terminal: str
    coming: bool
    waited: timedelta


class Calls:
    """Taken from terminals, shown to guides."""

    def __init__(self, engine: Engine, keyring: Keyring, now: Callable[[], datetime]) -> None:
        self._engine, self._keyring, self._now = engine, keyring, now

    def take(self, call_id: str, terminal: str, signature: str, body: bytes) -> bytes:
        """Take a call, withdraw it, or only say what became of it. Raises `Refusal`."""
        self._keyring.refuse_strangers(terminal, signature, body)
        asked = parse("call", body, "bad_call")
        if (asked["call_id"], asked["terminal"]) != (call_id, terminal):
            raise Refusal("bad_call", "the call names another id or terminal")
        try:
            with Session(self._engine) as session, session.begin():
                state = self._state(session, call_id, terminal, wanted=asked["wanted"])
        except OperationalError:
            raise Refusal("storage", "the platform cannot store anything now") from None
        digest = hashlib.sha256(body).hexdigest()
        answer = {"v": 1, "call_id": call_id, "call_sha256": digest, "terminal": terminal, "state": state}
        return canonical(self._keyring.signed(answer))

    def open_ones(self) -> list[OpenCall]:
        """Every call that waits for somebody, the oldest first."""
        now = self._now()
        with Session(self._engine) as session:
            chosen = select(GuideCall).where(GuideCall.state.in_(OPEN)).order_by(GuideCall.called_at)
            found = [(each, now - datetime.fromisoformat(each.called_at)) for each in session.scalars(chosen)]
            return [
                OpenCall(each.call_id, each.terminal, each.state == "coming", waited)
                for each, waited in found
                if waited < ABANDONED
            ]

    def move(self, call_id: str, state: Literal["coming", "done"]) -> bool:
        """A guide goes there, or has been there; False for a call that is over."""
        with Session(self._engine) as session, session.begin():
            call = session.get(GuideCall, call_id)
            if call is None or call.state not in OPEN:
                return False
            call.state, call.changed_at = state, self._moment()
            return True

    def _state(self, session: Session, call_id: str, terminal: str, *, wanted: bool) -> str:
        call = session.get(GuideCall, call_id)
        if call is not None and call.terminal != terminal:
            raise Refusal("bad_call", "another terminal's call")
        if call is None:
            self._make_room(session, terminal)
            now = self._moment()
            state = "waiting" if wanted else "withdrawn"
            call = GuideCall(call_id=call_id, terminal=terminal, state=state, called_at=now, changed_at=now)
            session.add(call)
        elif not wanted and call.state in OPEN:
            call.state, call.changed_at = "withdrawn", self._moment()
        return call.state

    def _make_room(self, session: Session, terminal: str) -> None:
        """A terminal has one call at a time, and none is remembered for ever."""
        for earlier in session.scalars(
            select(GuideCall).where(GuideCall.terminal == terminal, GuideCall.state.in_(OPEN))
        ):
            earlier.state, earlier.changed_at = "withdrawn", self._moment()
        old = (self._now() - REMEMBERED).isoformat(timespec="seconds")
        session.execute(delete(GuideCall).where(GuideCall.called_at < old))

    def _moment(self) -> str:
        return self._now().isoformat(timespec="seconds")
