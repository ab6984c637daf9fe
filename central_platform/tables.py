"""What the platform keeps: envelopes as they came, its receipts, ratings and audits, who asked for what.

Rollback journal with `synchronous=EXTRA` (the directory is synced too when the journal goes), because several
connections are open here and SQLite up to 3.51.2 could corrupt a WAL with more than one.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import CheckConstraint, Engine, ForeignKey, LargeBinary, create_engine, event
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

BUSY_MS = 5000
"""How long a connection waits for another one's transaction."""


class Base(DeclarativeBase):
    """All tables."""


class Application(Base):
    """One application: the id is unique for ever, and that is what makes a resend harmless."""

    __tablename__ = "applications"

    application_id: Mapped[str] = mapped_column(primary_key=True)
    terminal: Mapped[str]
    item: Mapped[str]
    item_version: Mapped[str]
    area_code: Mapped[str]
    envelope: Mapped[bytes] = mapped_column(LargeBinary)
    envelope_sha256: Mapped[str]
    filing_no: Mapped[str] = mapped_column(unique=True)
    received_at: Mapped[str]
    receipt: Mapped[bytes] = mapped_column(LargeBinary)
    """The signed bytes themselves: every resend gets the same ones."""


class OtherForm(Base):
    """An application that arrived twice, whole and from a slip: what came second, with its receipt."""

    __tablename__ = "other_forms"

    application_id: Mapped[str] = mapped_column(ForeignKey(Application.application_id), primary_key=True)
    envelope: Mapped[bytes] = mapped_column(LargeBinary)
    envelope_sha256: Mapped[str]
    receipt: Mapped[bytes] = mapped_column(LargeBinary)


class FilingCounter(Base):
    """The last running number of one area's day."""

    __tablename__ = "filing_counters"

    prefix: Mapped[str] = mapped_column(primary_key=True)
    last_no: Mapped[int]


class ApplicationRating(Base):
    """One rating an application; the first one stands."""

    __tablename__ = "ratings"
    __table_args__ = (CheckConstraint("level BETWEEN 1 AND 5"),)

    application_id: Mapped[str] = mapped_column(ForeignKey(Application.application_id), primary_key=True)
    terminal: Mapped[str]
    level: Mapped[int]
    rated_at: Mapped[str]


class ApplicationAudit(Base):
    """What became of the visit in which an application was made; the first word stands."""

    __tablename__ = "audits"

    application_id: Mapped[str] = mapped_column(ForeignKey(Application.application_id), primary_key=True)
    terminal: Mapped[str]
    shown_at: Mapped[str | None]
    slip: Mapped[str]
    ended: Mapped[str]
    lasted_s: Mapped[int]


class SharedDataQuestion(Base):
    """One question for shared data: that it was asked, by which terminal, for what. Never what was told."""

    __tablename__ = "shared_data_questions"

    question_id: Mapped[str] = mapped_column(primary_key=True)
    terminal: Mapped[str]
    item: Mapped[str]
    item_version: Mapped[str]
    data: Mapped[str]
    person_tag: Mapped[str] = mapped_column(index=True)
    """Keyed hash of the person's document number: who was asked about can be found, not read."""
    identity_method: Mapped[str]
    assurance_level: Mapped[str]
    outcome: Mapped[str]
    """`told`, why nothing was told, or `purpose` for a question that this matter may not ask."""
    answered_at: Mapped[str]


class Invitation(Base):
    """What lets one terminal enrol once."""

    __tablename__ = "invitations"

    number: Mapped[int] = mapped_column(primary_key=True)
    terminal: Mapped[str] = mapped_column(index=True)
    secret_sha256: Mapped[str]
    again: Mapped[bool]
    """Whether the terminal may be known already, and is to have another key."""
    ends_at: Mapped[str]
    wrong_tries: Mapped[int]
    state: Mapped[str]
    """`open`, `answered` (to the keys of `keys_sha256`), `used`, `withdrawn`, `locked`."""
    keys_sha256: Mapped[str]
    answer: Mapped[bytes] = mapped_column(LargeBinary)
    """What was answered: the same keys get the same again."""


def open_database(path: Path) -> Engine:
    """Open or create the database."""
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": BUSY_MS / 1000})
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    Base.metadata.create_all(engine)
    return engine


def _set_up(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the begin event above writes BEGIN itself
    for pragma in ("journal_mode=DELETE", "synchronous=EXTRA", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")
