"""Whose an application is: found by a keyed hash of the document's kind and number, read by nobody.

It is written in the transaction that receives an application. What was received before there was an index is
filled in when the platform starts, as far as its keys still open it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import Engine, ForeignKey, exists, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from central_platform.contract import Refusal, canonical
from central_platform.opening import Keyring, opened
from central_platform.suites import DoesNotOpen
from central_platform.tables import Application, Base

_ROLES: Final = frozenset({"applicant", "guardian"})
"""Who is told of an application: whose it is, and who made it for a child under fourteen."""

_AT_ONCE: Final = 50
"""Applications that are indexed in one transaction; those of older terminals hold all their pages."""


class PersonApplication(Base):
    """That an application belongs to whoever has this tag."""

    __tablename__ = "person_applications"

    person_tag: Mapped[str] = mapped_column(primary_key=True)
    application_id: Mapped[str] = mapped_column(
        ForeignKey(Application.application_id), primary_key=True, index=True
    )


class PersonIndex:
    """Tags people, with another key than who was asked about: the two cannot be laid side by side."""

    def __init__(self, keyring: Keyring) -> None:
        self._key = HKDF(SHA256(), 32, None, b"applications of a person").derive(keyring.audit_key)

    def tag(self, id_type: str, id_number: str) -> str:
        """The same for the same document, and no number."""
        mac = HMAC(self._key, SHA256())
        mac.update(canonical([id_type, id_number]))
        return mac.finalize().hex()

    def rows(self, record: Mapping[str, Any]) -> Iterator[PersonApplication]:
        """One for each person who is told of this application."""
        tags = {
            self.tag(party["id_type"], party["id_number"])
            for party in record["parties"]
            if party["role"] in _ROLES and party["id_number"] is not None
        }
        for tag in sorted(tags):
            yield PersonApplication(person_tag=tag, application_id=record["application_id"])


def index_earlier(engine: Engine, keyring: Keyring) -> int:
    """Index what was received before there was an index; gives how many no key opens. Again is harmless."""
    index, closed = PersonIndex(keyring), 0
    known = exists().where(PersonApplication.application_id == Application.application_id)
    with Session(engine) as session:
        waiting = list(session.scalars(select(Application.application_id).where(~known)))
    for first in range(0, len(waiting), _AT_ONCE):
        with Session(engine) as session, session.begin():
            chosen = Application.application_id.in_(waiting[first : first + _AT_ONCE])
            for envelope in session.scalars(select(Application.envelope).where(chosen)):
                try:
                    session.add_all(index.rows(opened(keyring, envelope)))
                except (DoesNotOpen, Refusal):
                    closed += 1
    return closed
