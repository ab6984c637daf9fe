"""What people are told of their own applications: which, since when, how far. Never how one was decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Engine, Select, select
from sqlalchemy.orm import Session

from central_platform.cases import WholeCase, members_of
from central_platform.contract import Refusal
from central_platform.opening import Keyring, opened
from central_platform.person_index import PersonApplication, PersonIndex
from central_platform.shared_data_sets import CASES_OF_PERSON, PERSON, DataSet, Fact, Words
from central_platform.suites import DoesNotOpen
from central_platform.tables import Application

MOST: Final = 6
"""Entries in one answer: what a screen and a slip have room for. A member of a joint matter is one, too."""

_EARLIER: Final = "earlier_cases"
_FACTS: Final = {
    **{f"case_{number}": Fact(kind="text") for number in range(1, MOST + 1)},
    _EARLIER: Fact(kind="choice", options=("more",)),
}
_LONGEST: Final = 200
"""Characters of one fact, as the contract has it."""


@dataclass(frozen=True)
class _Entry:
    """One application, or one member of a joint one."""

    state: str
    filing_no: str
    day: str
    item: str

    def told(self, names: Mapping[str, str]) -> str:
        """State, filing number, day and matter, with the matter's official name behind them."""
        name = names.get(self.item, self.item)
        return f"{self.state} {self.filing_no} {self.day} {self.item} {name}"[:_LONGEST]


class CasesOfPerson:
    """Answers from what this platform has received itself."""

    def __init__(self, engine: Engine, keyring: Keyring) -> None:
        self._engine, self._keyring, self._index = engine, keyring, PersonIndex(keyring)

    def data_set(self, id_type: str, id_number: str) -> DataSet:
        """The data set, with a record of this person if anything of theirs is here."""
        told = self._told(self._index.tag(id_type, id_number))
        return DataSet(
            data=CASES_OF_PERSON,
            name=Words(zh="办件进度", en="Progress of applications"),
            holder=Words(zh="政务服务平台", en="Government Service Platform"),
            by=(PERSON,),
            facts=_FACTS,
            records=({PERSON: id_number, "told": told},) if told else (),
        )

    def _told(self, tag: str) -> dict[str, str]:
        """The newest entries. An application and its members come together, or are among the earlier ones."""
        chosen: list[tuple[bytes, list[_Entry]]] = []
        room, more = MOST, False
        with Session(self._engine) as session:
            for application in session.scalars(_newest_of(tag)):
                entries = _entries(session, application)
                more = len(entries) > room
                if more and chosen:
                    break
                chosen.append((application.envelope, entries[:room]))
                room = max(room - len(entries), 0)
        lines: list[str] = []
        for envelope, entries in chosen:
            names = self._names(envelope)
            lines += [entry.told(names) for entry in entries]
        told = {f"case_{number}": line for number, line in enumerate(lines, 1)}
        return {**told, _EARLIER: "more"} if more else told

    def _names(self, envelope: bytes) -> dict[str, str]:
        """Official names of the matters of one application; none where no key opens it any more."""
        try:
            record = opened(self._keyring, envelope)
        except (DoesNotOpen, Refusal):
            return {}
        items = [record["item"], *(member["item"] for member in record.get("members", ()))]
        return {item["id"]: item["name_zh"] for item in items}


def _newest_of(tag: str) -> Select[Application]:
    return (
        select(Application)
        .join(PersonApplication, PersonApplication.application_id == Application.application_id)
        .where(PersonApplication.person_tag == tag)
        .order_by(Application.received_at.desc(), Application.filing_no.desc())
        .limit(MOST + 1)
    )


def _entries(session: Session, application: Application) -> list[_Entry]:
    members = members_of(session, application.application_id)
    said = session.get(WholeCase, application.application_id)
    state = "split" if members else "received" if said is None else said.state
    day = application.received_at[: len("2026-11-22")]
    return [
        _Entry(state, application.filing_no, day, application.item),
        *(_Entry(member.state, member.filing_no, day, member.item) for member in members),
    ]
