"""The terminal's chain of statements: one for each application kept, one for each received, none left out.

Every function runs inside the transaction that makes its statement true, so that there is no statement
without its application, and no number twice.
"""

from __future__ import annotations

import base64
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kiosk.messages import ClockTrust
from offline_queue import statement
from offline_queue.failures import UnreadableFile
from offline_queue.signing import PlatformWord, Receipt, TerminalKey
from offline_queue.statement import Certificate, Kind, Signed, Statement
from offline_queue.storage import Store

_LONGEST_FILING_NO = 40


@dataclass(frozen=True)
class Witness:
    """Signs statements: a terminal's key with the platform's word for it."""

    key: TerminalKey
    certificate: Certificate

    @classmethod
    def load(cls, path: Path, key: TerminalKey, platform: PlatformWord) -> Witness:
        """Read the certificate made for `key`. Raises `UnreadableFile`."""
        try:
            certificate = Certificate.read(path.read_text("ascii"))
        except OSError as error:
            raise UnreadableFile(path, error.strerror or "cannot be read") from None
        except ValueError as error:
            raise UnreadableFile(path, f"not a terminal's certificate: {error}") from None
        if (certificate.terminal, certificate.key) != (key.terminal_id, key.public_bytes()):
            raise UnreadableFile(path, "the certificate of another terminal or of another key")
        if not certificate.holds(platform.key):
            raise UnreadableFile(path, "not signed by the platform of platform.receipt_key")
        return cls(key, certificate)

    def text(self, said: Statement) -> str:
        """Sign a statement; the same one gives the same text."""
        signature = base64.b64decode(self.key.sign(said.signed_bytes()))
        return Signed(said, signature, self.certificate).text()


@dataclass(frozen=True)
class Keeping:
    """What the terminal knows of an application it keeps."""

    application_id: str
    envelope_sha256: str
    local_no: str
    clock_trust: ClockTrust
    kept_at: datetime


def state_kept(store: Store, witness: Witness, kept: Keeping) -> str:
    """State that an application was kept; asked again, the same statement."""
    return _state(store, witness, kept, None, None)


def state_received(store: Store, witness: Witness, kept: Keeping, receipt: Receipt) -> str | None:
    """State that the platform has received it; None for a receipt that no slip could carry."""
    try:
        received_at = datetime.fromisoformat(receipt.received_at)
    except ValueError:
        return None
    if len(receipt.filing_no) > _LONGEST_FILING_NO:
        return None
    return _state(store, witness, kept, receipt.filing_no, received_at)


def chain(store: Store, witness: Witness) -> list[str]:
    """Give every statement so far, first to last."""
    rows = store.rows("SELECT body FROM statements ORDER BY number")
    return [witness.text(statement.read_body(row["body"])) for row in rows]


def _state(
    store: Store, witness: Witness, kept: Keeping, filing_no: str | None, received_at: datetime | None
) -> str:
    kind: Kind = "kept" if filing_no is None else "received"
    known = store.row(
        "SELECT body FROM statements WHERE application_id = ? AND kind = ?", [kept.application_id, kind]
    )
    if known is not None:
        return witness.text(statement.read_body(known["body"]))
    last = store.row("SELECT body FROM statements ORDER BY number DESC LIMIT 1")
    before = None if last is None else statement.read_body(last["body"])
    said = Statement(
        kind=kind,
        clock_trust=kept.clock_trust,
        chain=os.urandom(4).hex() if before is None else before.chain,
        number=1 if before is None else before.number + 1,
        link=statement.FIRST_LINK.hex() if before is None else statement.link_to(before),
        kept_at=kept.kept_at,
        envelope_sha256=kept.envelope_sha256,
        terminal=witness.key.terminal_id,
        local_no=kept.local_no,
        filing_no=filing_no,
        received_at=received_at,
    )
    store.execute(
        "INSERT INTO statements VALUES (?, ?, ?, ?)", [said.number, kept.application_id, kind, said.body()]
    )
    return witness.text(said)
