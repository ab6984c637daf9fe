"""Uploads: the bytes of a large envelope arriving in chunks, over many connections if need be.

Named by their SHA-256 and believed only when it fits: nothing else about a chunk matters, so the same one may
come twice, overlap what is there, or come after a restart. An upload is no application: that is received by
the request that names the upload, when all its bytes are here.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress

from sqlalchemy import Engine, LargeBinary, delete, func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Mapped, Session, mapped_column

from central_platform.contract import BODY_LIMIT, Refusal, canonical
from central_platform.opening import Keyring
from central_platform.tables import Application, Base

MOST_UPLOADS = 16
"""Unfinished ones of one terminal; the oldest goes, and begins anew should it come back."""

CHUNK_LIMIT = 1024 * 1024
"""Bytes of one request."""


class Upload(Base):
    """How much of one envelope is here."""

    __tablename__ = "uploads"

    place: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[str] = mapped_column(unique=True)
    terminal: Mapped[str] = mapped_column(index=True)
    sha256: Mapped[str]
    length: Mapped[int]
    received: Mapped[int]


class UploadChunk(Base):
    """Bytes from `start`; the chunks of an upload follow each other without a gap."""

    __tablename__ = "upload_chunks"

    application_id: Mapped[str] = mapped_column(primary_key=True)
    start: Mapped[int] = mapped_column(primary_key=True)
    data: Mapped[bytes] = mapped_column(LargeBinary)


class Uploads:
    """Takes chunks, and gives the whole."""

    def __init__(self, engine: Engine, keyring: Keyring) -> None:
        self._engine = engine
        self._keyring = keyring

    def take(
        self,
        application_id: str,
        terminal: str,
        signature: str,
        body: bytes,
        *,
        sha256: str,
        offset: int,
        length: int,
    ) -> bytes:
        """Add what is new in `body`, which begins at `offset`, and say how many bytes are here.

        An empty one only asks. Raises `Refusal`.
        """
        self._keyring.refuse_strangers(terminal, signature, body)
        if len(body) > CHUNK_LIMIT or length > BODY_LIMIT:
            raise Refusal("too_large", f"more than {CHUNK_LIMIT} bytes at once, or {BODY_LIMIT} in all")
        if offset + len(body) > length:
            raise Refusal("malformed", "query.offset: the chunk goes beyond the length")
        try:
            with Session(self._engine) as session, session.begin():
                known = session.get(Application, application_id)
                if known is not None and known.envelope_sha256 == sha256:
                    received = length
                else:
                    upload = _upload(session, application_id, terminal, sha256, length)
                    _add(session, upload, offset, body)
                    received = upload.received
        except OperationalError:
            raise Refusal("storage", "the platform cannot store anything now") from None
        return canonical({"v": 1, "application_id": application_id, "sha256": sha256, "received": received})

    def whole(self, application_id: str, terminal: str, sha256: str) -> bytes:
        """Give the envelope; also of an application that was received before. Raises `Refusal`."""
        if terminal not in self._keyring.terminals:
            raise Refusal("terminal_unknown", "this terminal is not enrolled")
        try:
            with Session(self._engine) as session:
                known = session.get(Application, application_id)
                if known is not None and known.envelope_sha256 == sha256:
                    return known.envelope
                upload = session.scalar(select(Upload).where(Upload.application_id == application_id))
                if upload is None or (upload.terminal, upload.sha256) != (terminal, sha256):
                    raise Refusal("in_flight", "nothing of this upload is here")
                if upload.received != upload.length:
                    raise Refusal("in_flight", f"{upload.received} of {upload.length} bytes are here")
                return _joined(session, application_id)
        except OperationalError:
            raise Refusal("storage", "the platform cannot read anything now") from None

    def drop(self, application_id: str) -> None:
        """Forget an upload whose application is received; if not now, then as the oldest one."""
        with suppress(OperationalError), Session(self._engine) as session, session.begin():
            _drop(session, application_id)


def _upload(session: Session, application_id: str, terminal: str, sha256: str, length: int) -> Upload:
    upload = session.scalar(select(Upload).where(Upload.application_id == application_id))
    if upload is not None:
        if (upload.terminal, upload.sha256, upload.length) == (terminal, sha256, length):
            return upload
        if upload.terminal != terminal:
            raise Refusal("terminal_mismatch", "another terminal sends this application")
        _drop(session, application_id)
    of_terminal = Upload.terminal == terminal
    count = session.scalar(select(func.count()).select_from(Upload).where(of_terminal)) or 0
    if count >= MOST_UPLOADS:
        oldest = select(Upload.application_id).where(of_terminal).order_by(Upload.place)
        for each in session.scalars(oldest.limit(count - MOST_UPLOADS + 1)).all():
            _drop(session, each)
    upload = Upload(
        application_id=application_id, terminal=terminal, sha256=sha256, length=length, received=0
    )
    session.add(upload)
    return upload


def _add(session: Session, upload: Upload, offset: int, body: bytes) -> None:
    end = offset + len(body)
    if not offset <= upload.received < end:
        return
    fresh = body[upload.received - offset :]
    session.add(UploadChunk(application_id=upload.application_id, start=upload.received, data=fresh))
    upload.received = end
    session.flush()
    if end == upload.length:
        digest = hashlib.sha256(_joined(session, upload.application_id)).hexdigest()
        if digest != upload.sha256:
            session.execute(delete(UploadChunk).where(UploadChunk.application_id == upload.application_id))
            upload.received = 0


def _joined(session: Session, application_id: str) -> bytes:
    chunks = select(UploadChunk.data).where(UploadChunk.application_id == application_id)
    return b"".join(session.scalars(chunks.order_by(UploadChunk.start)))


def _drop(session: Session, application_id: str) -> None:
    session.execute(delete(Upload).where(Upload.application_id == application_id))
    session.execute(delete(UploadChunk).where(UploadChunk.application_id == application_id))
