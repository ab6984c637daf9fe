"""What became of each matter of an application: a joint one is split, and every member goes its own way.

An authority accepts (受理); a company takes over (公司已接收) and nobody there accepts. Each can return its
own member with a reason, and the others go on. How a case was decided is nowhere here: concluded it is, and
that is all.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Literal, cast, get_args

from sqlalchemy import Engine, ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from central_platform.contract import Refusal, canonical
from central_platform.opening import Keyring
from central_platform.tables import Application, Base

MemberState = Literal["received", "taken_over", "accepted", "in_progress", "returned", "concluded"]
WholeState = Literal[
    "received", "correction", "not_accepted", "accepted", "in_progress", "special_procedure", "concluded",
    "withdrawn",
]  # fmt: skip
"""Of an application that is not split: 已收件, 补正, 不予受理, 已受理, 办理中, 特别程序, 办结, 撤回."""

_OF_COMPANIES = frozenset({"taken_over", "in_progress", "returned", "concluded"})
_OF_AUTHORITIES = frozenset({"received", "accepted", "in_progress", "returned", "concluded"})


class MemberCase(Base):
    """One member of a joint application, with a filing number of its own."""

    __tablename__ = "member_cases"

    application_id: Mapped[str] = mapped_column(ForeignKey(Application.application_id), primary_key=True)
    item: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    filing_no: Mapped[str] = mapped_column(unique=True)
    company: Mapped[bool]
    state: Mapped[str]
    reason_zh: Mapped[str | None]
    changed_at: Mapped[str]


class WholeCase(Base):
    """How far an application is that is not split, once its authority has said so; received before."""

    __tablename__ = "whole_cases"

    application_id: Mapped[str] = mapped_column(ForeignKey(Application.application_id), primary_key=True)
    state: Mapped[str]
    changed_at: Mapped[str]


def split(record: dict[str, Any], next_no: Callable[[], str], now: str) -> list[MemberCase]:
    """The members of a record that are done, each with the next filing number."""
    done = [each for each in record.get("members", ()) if each["form"] is not None]
    return [
        MemberCase(
            application_id=record["application_id"],
            item=each["item"]["id"],
            position=position,
            filing_no=next_no(),
            company=each["company"],
            state="taken_over" if each["company"] else "received",
            reason_zh=None,
            changed_at=now,
        )
        for position, each in enumerate(done)
    ]


def as_receipt(case: MemberCase) -> dict[str, Any]:
    """A member as the receipt names it."""
    return {"item": case.item, "filing_no": case.filing_no, "state": case.state}


class Cases:
    """Asked by the terminal that sent an application; moved by whoever handles it."""

    def __init__(self, engine: Engine, keyring: Keyring, now: Callable[[], datetime]) -> None:
        self._engine, self._keyring, self._now = engine, keyring, now

    def answer(self, application_id: str, terminal: str, signature: str, nonce: str) -> bytes:
        """The signed state of every member. Raises `Refusal`."""
        self._keyring.refuse_strangers(terminal, signature, f"{application_id}:{nonce}".encode())
        with Session(self._engine) as session:
            application = session.get(Application, application_id)
            if application is None or application.terminal != terminal:
                raise Refusal("application_unknown", "no such application from this terminal")
            members = [
                {**as_receipt(case), "reason_zh": case.reason_zh}
                for case in members_of(session, application_id)
            ]
            return canonical(
                self._keyring.signed(
                    {
                        "v": 1,
                        "application_id": application_id,
                        "nonce": nonce,
                        "filing_no": application.filing_no,
                        "members": members,
                    }
                )
            )

    def move(self, application_id: str, item: str, state: MemberState, reason_zh: str | None = None) -> None:
        """One member goes on, or is returned with a reason. Raises `KeyError`, `ValueError`."""
        with Session(self._engine) as session, session.begin():
            case = session.get(MemberCase, (application_id, item))
            if case is None:
                raise KeyError(item)
            if state not in (_OF_COMPANIES if case.company else _OF_AUTHORITIES):
                raise ValueError(f"{item}: a {'company' if case.company else 'authority'} has no {state}")
            if (state == "returned") != (reason_zh is not None):
                raise ValueError(f"{item}: a returned member has a reason, and no other has one")
            case.state, case.reason_zh = state, reason_zh
            case.changed_at = self._now().isoformat(timespec="seconds")

    def move_whole(self, application_id: str, state: WholeState) -> None:
        """An application that is not split goes on. Raises `KeyError`, `ValueError`."""
        with Session(self._engine) as session, session.begin():
            if session.get(Application, application_id) is None:
                raise KeyError(application_id)
            if members_of(session, application_id):
                raise ValueError("is split; each member goes its own way, by its own number")
            if state not in get_args(WholeState):
                raise ValueError(f"no application is {state}: it is one of {', '.join(get_args(WholeState))}")
            now = self._now().isoformat(timespec="seconds")
            session.merge(WholeCase(application_id=application_id, state=state, changed_at=now))

    def move_numbered(self, filing_no: str, state: str, reason_zh: str | None = None) -> None:
        """What has this filing number goes on: a member, or a whole application. Raises as both do."""
        with Session(self._engine) as session:
            member = session.scalar(select(MemberCase).where(MemberCase.filing_no == filing_no))
            whole = session.scalar(select(Application).where(Application.filing_no == filing_no))
        if member is not None:
            self.move(member.application_id, member.item, cast("MemberState", state), reason_zh)
        elif whole is None:
            raise KeyError(filing_no)
        elif reason_zh is not None:
            raise ValueError("only what is returned has a reason")
        else:
            self.move_whole(whole.application_id, cast("WholeState", state))


def members_of(session: Session, application_id: str) -> list[MemberCase]:
    """The members of an application in their order; none of one that is not split."""
    chosen = select(MemberCase).where(MemberCase.application_id == application_id)
    return list(session.scalars(chosen.order_by(MemberCase.position)))
