"""What a terminal does to its disk, one kind of work a run, said line by line once it is done.

As a process: the kind of work, the state directory, the terminal's directory, a folder (of envelopes named by
id, of bundles, or of settings that the platform signed), and perhaps a weakness. It says `kept <id> <local
number>`, `part <name>` (the platform has it for now), `platform <id>` (the platform has it for ever),
`delivered <id>`, `applied <version>`, `configured <number>`, `salvaged`, `backed_up`.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, cast

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.terminal.catalogues import Catalogues
from kiosk.terminal.downstream_book import Book
from kiosk.terminal.takers import ConfigurationTaker
from offline_queue.downstream import Publication
from offline_queue.outbox import Outbox
from offline_queue.queue_values import Sealed, SealedPart
from offline_queue.salvage import salvage
from offline_queue.signing import PlatformWord, Receipt
from offline_queue.statement_chain import Witness
from tests.offline_queue.samples import TERMINAL, HandClock, commit_written, terminal_key

Weakness = Literal["", "normal", "delete_before_verify", "parts_deleted_when_over", "application_first"]

QUEUE = "queue.sqlite"
COPY = "backup.sqlite"
AREA = "330199"
BUNDLE_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))


def opened(state: Path, terminal: Path) -> Outbox:
    """Open the queue as the terminal does, with statements."""
    key = terminal_key(terminal)
    witness = Witness.load(terminal / "certificate.txt", key, PlatformWord.load(terminal / "receipt.pem"))
    return Outbox.open(state / QUEUE, key=key, clock=HandClock(), queue_limit=1000, witness=witness)


def receipt_for(application_id: str, envelope_sha256: str) -> Receipt:
    """What the platform would answer."""
    number = int(application_id[-6:])
    return Receipt(
        application_id,
        envelope_sha256,
        f"33010600-20261121-{number:06}",
        "2026-11-21T20:00:05+08:00",
        '{"kept as it came": true}',
    )


def work_the_queue(state: Path, terminal: Path, envelopes: Path, weakness: Weakness) -> None:
    """Submit, acknowledge, purge: four are kept, two delivered, one set aside, four more kept, three sent."""
    outbox = opened(state, terminal)
    if weakness == "normal":
        outbox._store.execute("PRAGMA synchronous=NORMAL")
    waiting = sorted(envelopes.iterdir())
    for count, deliveries in ((4, 2), (4, 3)):
        for path in waiting[:count]:
            kept = commit_written(outbox, path)
            _say(f"kept {path.name} {kept.local_no}")
        del waiting[:count]
        for _ in range(deliveries):
            deliver(outbox, weakness)
        if (refused := outbox.delivery.lease("small")) is not None:
            outbox.delivery.quarantine(refused, "record_invalid")
    outbox.close()


def deliver(outbox: Outbox, weakness: Weakness) -> None:
    """Send the first application that is due, after its parts."""
    if weakness == "application_first":
        outbox._store.execute("UPDATE deliveries SET state = 'over' WHERE kind = 'part'")
    leased = outbox.delivery.lease("small")
    while leased is not None and isinstance(leased.sealed, SealedPart):
        _say(f"part {leased.sealed.sha256}")
        outbox.delivery.mark_over(leased)
        if weakness == "parts_deleted_when_over":
            outbox._store.execute("DELETE FROM parts WHERE sha256 = ?", [leased.sealed.sha256])
        leased = outbox.delivery.lease("small")
    assert leased is not None
    assert isinstance(leased.sealed, Sealed)
    name = leased.application_id
    if not leased.attempts:
        outbox.delivery.postpone(leased, "timeout", wait_s=0.0, explained=True)
    receipt = receipt_for(name, leased.sealed.envelope_sha256)
    if weakness == "delete_before_verify":
        outbox.delivery.mark_delivered(name, receipt)
        _say(f"platform {name}")
    else:
        _say(f"platform {name}")
        outbox.delivery.mark_delivered(name, receipt)
    _say(f"delivered {name}")


def migrate(state: Path, terminal: Path, _more: Path, _weakness: Weakness) -> None:
    """Open what an earlier version left."""
    outbox = opened(state, terminal)
    _say("migrated")
    outbox.close()


def apply_catalogues(state: Path, _terminal: Path, bundles: Path, _weakness: Weakness) -> None:
    """Use one bundle after another on a terminal that had none."""
    catalogues = Catalogues(state, None)
    for bundle in sorted(bundles.iterdir()):
        catalogues.use(catalogues.stage(bundle, BUNDLE_KEY.public_key(), AREA, lambda _directory: ()))
        _say(f"applied {catalogues.current.name}")


def take_settings(state: Path, terminal: Path, settings: Path, _weakness: Weakness) -> None:
    """Take one set of settings after another from the platform, on a terminal that had none."""
    Book(state, lambda: datetime.now(UTC)).make_folder()
    word = PlatformWord.load(terminal / "receipt.pem")
    taker = ConfigurationTaker(state, word, terminal_id=TERMINAL, area_code=AREA, renew=lambda: None)
    for file in sorted(settings.iterdir()):
        number = int(file.stem)
        taker.keep(file, Publication("configuration", number, "", file.stat().st_size))
        _say(f"configured {number}")


def bring_back(state: Path, terminal: Path, _more: Path, _weakness: Weakness) -> None:
    """Salvage a damaged queue."""
    salvage(state / QUEUE, terminal_key(terminal))
    _say("salvaged")


def back_up(state: Path, terminal: Path, _more: Path, _weakness: Weakness) -> None:
    """Copy the queue while it is open."""
    outbox = opened(state, terminal)
    outbox.back_up(state / COPY)
    _say("backed_up")
    outbox.close()


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


WORKS = {
    "queue": work_the_queue,
    "migrate": migrate,
    "catalogue": apply_catalogues,
    "configuration": take_settings,
    "salvage": bring_back,
    "backup": back_up,
}

if __name__ == "__main__":
    _, work, state, terminal, more, weakness = sys.argv
    WORKS[work](Path(state), Path(terminal), Path(more), cast("Weakness", weakness))
