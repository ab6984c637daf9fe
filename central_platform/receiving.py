"""Receiving: the platform's decisions, and the one transaction that comes before every receipt."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from central_platform.calls import Calls
from central_platform.cases import Cases, as_receipt, split
from central_platform.contract import Refusal, canonical, parse
from central_platform.downstream import Downstream
from central_platform.followers import Followers
from central_platform.opening import Keyring, checked_record, is_compact, opened
from central_platform.parts import Parts, file_parts
from central_platform.person_index import PersonIndex
from central_platform.renewing import Renewing
from central_platform.tables import Application, FilingCounter, OtherForm

CHINA_TIME = timezone(timedelta(hours=8))


@dataclass(frozen=True)
class Received:
    """The receipt's bytes, and whether this very request made it."""

    receipt: bytes
    new: bool


class Platform:
    """The reference central platform behind its HTTP; `published` is the folder of what goes downstream."""

    def __init__(
        self, engine: Engine, keyring: Keyring, now: Callable[[], datetime], published: Path | None = None
    ) -> None:
        self._engine = engine
        self._keyring = keyring
        self._now = now
        self._persons = PersonIndex(keyring)
        self.cases = Cases(engine, keyring, now)
        self.parts = Parts(engine, keyring)
        self.followers = Followers(engine, keyring)
        self.calls = Calls(engine, keyring, now)
        self.renewing = Renewing(keyring, now)
        self.downstream = Downstream(keyring, published)

    def status(self, nonce: str) -> bytes:
        """Sign the time and the caller's nonce."""
        return canonical(
            self._keyring.signed(
                {
                    "v": 1,
                    "nonce": nonce,
                    "time": self._now().astimezone(CHINA_TIME).isoformat(timespec="milliseconds"),
                    "envelope_kid": self._keyring.envelopes.kid,
                    "published": self.downstream.published(),
                }
            )
        )

    def envelope_key(self) -> bytes:
        """Say what new envelopes are to be sealed to."""
        return canonical(self._keyring.announcement())

    def receive(
        self, application_id: str, terminal: str, signature: str, body: bytes, origin_signature: str = ""
    ) -> Received:
        """Take an application in; the same bytes again get the same receipt. Raises `Refusal`.

        Its parts come before it, through `parts`; the receipt is for them too.

        `origin_signature` comes with a compact envelope, from the terminal that printed the slip. It and the
        whole envelope it stands for are one application with one filing number, in whichever order.
        """
        self._keyring.refuse_strangers(terminal, signature, body)
        digest = hashlib.sha256(body).hexdigest()
        try:
            with Session(self._engine) as session, session.begin():
                known = session.get(Application, application_id)
                if known is not None and known.envelope_sha256 == digest:
                    if known.terminal != terminal and not is_compact(json.loads(body)):
                        raise Refusal("terminal_mismatch", "another terminal sent this application")
                    return Received(known.receipt, new=False)
                if known is not None:
                    refuse_unrelated(known, body, digest)
                    other = session.get(OtherForm, application_id)
                    if other is not None and other.envelope_sha256 == digest:
                        return Received(other.receipt, new=False)
                record = checked_record(self._keyring, application_id, terminal, body, origin_signature)
                file_parts(session, self._keyring, json.loads(body), record)
                if known is not None:
                    if _but_page(record) != _but_page(opened(self._keyring, known.envelope)):
                        raise Refusal("record_differs", "not the application that its whole envelope holds")
                    other = self._other_form(known, body, digest)
                    session.add(other)
                    return Received(other.receipt, new=False)
                receipt = self._filed(session, record, body, digest).receipt
        except OperationalError:
            raise Refusal("storage", "the platform cannot store anything now") from None
        return Received(receipt, new=True)

    def _other_form(self, known: Application, body: bytes, digest: str) -> OtherForm:
        fields: dict[str, Any] = {**json.loads(known.receipt), "envelope_sha256": digest}
        fields = {name: value for name, value in fields.items() if name not in {"kid", "signature"}}
        return OtherForm(
            application_id=known.application_id,
            envelope=body,
            envelope_sha256=digest,
            receipt=canonical(self._keyring.signed(fields)),
        )

    def _filed(self, session: Session, record: dict[str, Any], body: bytes, digest: str) -> Application:
        now = self._now().astimezone(CHINA_TIME)
        prefix = f"{record['area_code']}00-{now:%Y%m%d}"
        counter = session.get(FilingCounter, prefix)
        if counter is None:
            counter = FilingCounter(prefix=prefix, last_no=0)
            session.add(counter)
        counter.last_no += 1
        fields: dict[str, Any] = {
            "v": 1,
            "application_id": record["application_id"],
            "envelope_sha256": digest,
            "filing_no": f"{prefix}-{counter.last_no:06}",
            "received_at": now.isoformat(timespec="seconds"),
        }

        def next_no() -> str:
            counter.last_no += 1
            return f"{prefix}-{counter.last_no:06}"

        members = split(record, next_no, fields["received_at"])
        if members:
            fields["members"] = [as_receipt(case) for case in members]
        application = Application(
            application_id=record["application_id"],
            terminal=record["terminal"],
            item=record["item"]["id"],
            item_version=record["item"]["version"],
            area_code=record["area_code"],
            envelope=body,
            envelope_sha256=digest,
            filing_no=fields["filing_no"],
            received_at=fields["received_at"],
            receipt=canonical(self._keyring.signed(fields)),
        )
        session.add(application)
        session.flush()  # before what refers to it
        session.add_all(members)
        session.add_all(self._persons.rows(record))
        return application


def refuse_unrelated(known: Application, body: bytes, digest: str) -> None:
    """Other bytes under a known id are let in only as the other form of the same application.

    Raises `Refusal`.
    """
    before, now = json.loads(known.envelope), parse("envelope", body, "bad_envelope")
    pair = (now, known.envelope_sha256) if is_compact(now) else (before, digest)
    if pair[0].get("stands_for") != pair[1]:
        raise Refusal("other_bytes", "this id already names other bytes")


def _but_page(record: dict[str, Any]) -> dict[str, Any]:
    """The record without its pages, which no slip has room for."""
    but_pages = {**record, "form": {**record["form"], "pdf_base64": None}}
    if "members" in record:
        but_pages["members"] = [
            each if each["form"] is None else {**each, "form": {**each["form"], "pdf_base64": None}}
            for each in record["members"]
        ]
    return but_pages
