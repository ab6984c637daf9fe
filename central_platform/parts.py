"""Parts: the sealed pages of applications, arriving in chunks, over many connections if need be.

Named by their SHA-256 and believed only when it fits: nothing else about a chunk matters, so the same one may
come twice, overlap what is there, or come after a restart. Parts are no application: that is received by its
own request, when all of its parts are here, open, and hold what its record says.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from sqlalchemy import Engine, ForeignKey, LargeBinary, Select, UniqueConstraint, delete, func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Mapped, Session, mapped_column

from central_platform.contract import Refusal, canonical, parse
from central_platform.opening import Keyring
from central_platform.suites import DoesNotOpen
from central_platform.tables import Base

MOST_UNFILED = 128
"""Parts of one terminal whose applications are not here; the oldest goes, and is asked for again."""

CHUNK_LIMIT = 1024 * 1024
"""Bytes of one request."""

PART_LIMIT = 5 * 1024 * 1024
"""Bytes of one part, as in `envelope.schema.json`."""

SALT_BYTES = 32
"""Random bytes before the page, so that the hash in the clear header confirms no guess."""


class Part(Base):
    """How much of one part is here; `filed` with its application, it stays for ever."""

    __tablename__ = "parts"
    __table_args__ = (UniqueConstraint("application_id", "sha256", "terminal"),)

    place: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[str]
    sha256: Mapped[str]
    terminal: Mapped[str] = mapped_column(index=True)
    length: Mapped[int]
    received: Mapped[int] = mapped_column(default=0)
    filed: Mapped[bool] = mapped_column(default=False)


class PartChunk(Base):
    """Bytes from `start`; the chunks of a part follow each other without a gap."""

    __tablename__ = "part_chunks"

    place: Mapped[int] = mapped_column(ForeignKey(Part.place), primary_key=True)
    start: Mapped[int] = mapped_column(primary_key=True)
    data: Mapped[bytes] = mapped_column(LargeBinary)


class Parts:
    """Takes chunks."""

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
        if len(body) > CHUNK_LIMIT or length > PART_LIMIT:
            raise Refusal("too_large", f"more than {CHUNK_LIMIT} bytes at once, or {PART_LIMIT} in all")
        if offset + len(body) > length:
            raise Refusal("malformed", "query.offset: the chunk goes beyond the length")
        try:
            with Session(self._engine) as session, session.begin():
                part = _begun(session, application_id, terminal, sha256, length)
                _add(session, part, offset, body)
                received = part.received
        except OperationalError:
            raise Refusal("storage", "the platform cannot store anything now") from None
        return canonical({"v": 1, "application_id": application_id, "sha256": sha256, "received": received})


def file_parts(session: Session, keyring: Keyring, envelope: dict[str, Any], record: dict[str, Any]) -> None:
    """Hold the manifest of an application against its record and its parts, and keep these for ever.

    Raises `Refusal`.
    """
    listed = {each["sha256"]: each["bytes"] for each in envelope.get("parts", ())}
    pages = [page for material in record["materials"] for page in material["pages"] if "part" in page]
    if set(listed) != {page["part"] for page in pages}:
        raise Refusal("record_differs", "parts: header and record disagree")
    parts = {
        each.sha256: each
        for each in session.scalars(_of(envelope["id"]).where(Part.terminal == envelope["terminal"]))
        if listed.get(each.sha256) == each.length == each.received
    }
    if len(parts) < len(listed):
        raise Refusal("parts_missing", f"{len(listed) - len(parts)} of {len(listed)} parts are not here")
    for page in pages:
        part = parts[page["part"]]
        opened = _opened(keyring, _joined(session, part), envelope)
        if hashlib.sha256(opened).hexdigest() != page["sha256"]:
            raise Refusal("content_mismatch", "parts: a part is not the page that the record says")
        part.filed = True


def filed_page(session: Session, keyring: Keyring, application_id: str, sha256: str) -> bytes:
    """Give a page of a received application. Raises `KeyError`."""
    part = session.scalar(_of(application_id).where(Part.sha256 == sha256, Part.filed))
    if part is None:
        raise KeyError(sha256)
    return keyring.decrypt(json.loads(_joined(session, part)))[SALT_BYTES:]


def _opened(keyring: Keyring, sealed: bytes, application: dict[str, Any]) -> bytes:
    """Open a part of `application`, whose parsed envelope it is. Raises `Refusal`."""
    part = parse("envelope", sealed, "bad_envelope")
    for name in ("id", "terminal", "item", "item_version"):
        if part[name] != application[name]:
            raise Refusal("record_differs", f"parts: {name}: not of this application")
    if part.get("content") != "part":
        raise Refusal("bad_envelope", "parts: $.content: is none")
    try:
        plaintext = keyring.decrypt(part)
    except DoesNotOpen:
        raise Refusal("not_decryptable", "parts: a part does not open") from None
    if hashlib.sha256(plaintext).hexdigest() != part["content_sha256"]:
        raise Refusal("content_mismatch", "parts: a content is not what its header says")
    return plaintext[SALT_BYTES:]


def _of(application_id: str) -> Select[Part]:
    return select(Part).where(Part.application_id == application_id)


def _begun(session: Session, application_id: str, terminal: str, sha256: str, length: int) -> Part:
    part = session.scalar(_of(application_id).where(Part.sha256 == sha256, Part.terminal == terminal))
    if part is not None and part.length == length:
        return part
    if part is not None and part.filed:
        raise Refusal("malformed", "query.length: not the length of this part")
    if part is not None:
        _drop(session, part.place)
    unfiled = Part.terminal == terminal, Part.filed.is_(False)
    count = session.scalar(select(func.count()).select_from(Part).where(*unfiled)) or 0
    if count >= MOST_UNFILED:
        oldest = select(Part.place).where(*unfiled).order_by(Part.place)
        for place in session.scalars(oldest.limit(count - MOST_UNFILED + 1)).all():
            _drop(session, place)
    part = Part(
        application_id=application_id,
        sha256=sha256,
        terminal=terminal,
        length=length,
        received=0,
        filed=False,
    )
    session.add(part)
    session.flush()  # before the chunks that refer to it
    return part


def _add(session: Session, part: Part, offset: int, body: bytes) -> None:
    end = offset + len(body)
    if not offset <= part.received < end:
        return
    fresh = body[part.received - offset :]
    session.add(PartChunk(place=part.place, start=part.received, data=fresh))
    part.received = end
    session.flush()
    if end == part.length and hashlib.sha256(_joined(session, part)).hexdigest() != part.sha256:
        session.execute(delete(PartChunk).where(PartChunk.place == part.place))
        part.received = 0


def _joined(session: Session, part: Part) -> bytes:
    chunks = select(PartChunk.data).where(PartChunk.place == part.place).order_by(PartChunk.start)
    return b"".join(session.scalars(chunks))


def _drop(session: Session, place: int) -> None:
    session.execute(delete(PartChunk).where(PartChunk.place == place))
    session.execute(delete(Part).where(Part.place == place))
