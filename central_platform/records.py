"""Looking at what arrived, straight from the platform's directory; works beside a running server."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from central_platform.keys import BadDirectory
from central_platform.opening import Keyring, is_compact, opened
from central_platform.parts import filed_page
from central_platform.tables import (
    Application,
    ApplicationAudit,
    ApplicationRating,
    OtherForm,
    open_database,
)

DATABASE = "platform.db"


def all_ids(directory: Path) -> list[str]:
    """Give the ids of all received applications, by filing number."""
    with _looking(directory) as session:
        return list(session.scalars(select(Application.application_id).order_by(Application.filing_no)))


def filing_numbers(directory: Path) -> dict[str, str]:
    """Give the filing number of every received application, by its id."""
    with _looking(directory) as session:
        return {
            row.application_id: row.filing_no
            for row in session.execute(select(Application.application_id, Application.filing_no))
        }


def decrypted(directory: Path, application_id: str) -> dict[str, Any]:
    """Give the application record as the platform decrypts it. Raises `KeyError` for an unknown id."""
    with _looking(directory) as session:
        return opened(Keyring.load(directory), _fullest(session, application_id))


def restored(directory: Path, application_id: str) -> bool:
    """Whether all there is of an application came from a slip, so that its form's page is missing.

    Raises `KeyError` for an unknown id.
    """
    with _looking(directory) as session:
        return is_compact(json.loads(_fullest(session, application_id)))


def rating(directory: Path, application_id: str) -> int | None:
    """Give the level an application's self-service was rated with, if it was."""
    with _looking(directory) as session:
        kept = session.get(ApplicationRating, application_id)
        return None if kept is None else kept.level


def page(directory: Path, application_id: str, part: str) -> bytes:
    """Give a page of an application, by the part that its record names. Raises `KeyError`."""
    with _looking(directory) as session:
        return filed_page(session, Keyring.load(directory), application_id, part)


def audit(directory: Path, application_id: str) -> tuple[str, str] | None:
    """Give how the visit's slip and the visit itself ended, if the terminal has said so."""
    with _looking(directory) as session:
        kept = session.get(ApplicationAudit, application_id)
        return None if kept is None else (kept.slip, kept.ended)


def _fullest(session: Session, application_id: str) -> bytes:
    application = session.get(Application, application_id)
    if application is None:
        raise KeyError(application_id)
    other = session.get(OtherForm, application_id)
    if other is None or not is_compact(json.loads(application.envelope)):
        return application.envelope
    return other.envelope


@contextmanager
def _looking(directory: Path) -> Iterator[Session]:
    path = directory / DATABASE
    if not path.exists():
        raise BadDirectory(path, "no platform has been served from this directory yet")
    engine = open_database(path)
    try:
        with Session(engine) as session:
            yield session
    finally:
        engine.dispose()
