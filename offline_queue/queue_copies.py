"""Copies of the queue for a person to carry: the database while it runs, or envelopes as files.

Both hold only what is sealed. A copy is complete under its name, or not there under it.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
from pathlib import Path

from offline_queue.contract_files import canonical
from offline_queue.durable_file import sync_directory
from offline_queue.failures import CopyRefused
from offline_queue.signing import TerminalKey
from offline_queue.storage import Row, Store


def back_up(store: Store, file: Path) -> int:
    """Copy the database to the new file `file`; gives its bytes. Raises `CopyRefused`."""
    _refuse_there(file)
    part = file.with_name(f"{file.name}.part")
    try:
        os.close(os.open(part, os.O_CREAT | os.O_WRONLY | os.O_TRUNC | os.O_CLOEXEC, 0o600))
        store.copy_to(part)
        _check(part)
        _sync(part)
        part.rename(file)
        sync_directory(file.parent)
        return file.stat().st_size
    except OSError as error:
        raise CopyRefused(f"{file}: {error.strerror}") from None
    except sqlite3.Error as error:
        raise CopyRefused(f"{file}: {error}") from None
    finally:
        part.unlink(missing_ok=True)  # gone by its new name, unless something failed


def export(store: Store, key: TerminalKey, directory: Path, made_at: str) -> int:
    """Write each envelope that is not delivered, its parts, and a signed manifest, into the new `directory`.

    Gives how many applications there are. Nothing leaves the queue. Raises `CopyRefused`.
    """
    _refuse_there(directory)
    part = directory.with_name(f"{directory.name}.part")
    try:
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(mode=0o700)
        listed = []
        places = [
            row["place"]
            for row in store.rows("SELECT place FROM applications WHERE state != 'delivered' ORDER BY place")
        ]
        for place in places:
            row = store.rows("SELECT * FROM applications WHERE place = ?", [place])[0]
            name = f"{row['application_id']}.envelope.json"
            _write(part / name, row["envelope"])
            listed.append(
                {
                    "file": name,
                    "application_id": row["application_id"],
                    "local_no": row["local_no"],
                    "item": row["item"],
                    "item_version": row["item_version"],
                    "state": row["state"],
                    "made_at": row["made_at"],
                    "clock_trust": row["clock_trust"],
                    "bytes": len(row["envelope"]),
                    "parts": _export_parts(store, part, row),
                    "envelope_sha256": hashlib.sha256(row["envelope"]).hexdigest(),
                    "terminal_signature": key.sign(row["envelope"]),
                    "origin_signature": row["origin_signature"],
                }
            )
        manifest = canonical(
            {"v": 1, "terminal": key.terminal_id, "made_at": made_at, "applications": listed}
        )
        _write(part / "manifest.json", manifest)
        _write(part / "manifest.sig", key.sign(manifest).encode() + b"\n")
        sync_directory(part)
        part.rename(directory)
        sync_directory(directory.parent)
    except OSError as error:
        shutil.rmtree(part, ignore_errors=True)
        raise CopyRefused(f"{directory}: {error.strerror}") from None
    return len(listed)


def _export_parts(store: Store, directory: Path, application: Row) -> list[dict[str, object]]:
    listed: list[dict[str, object]] = []
    names = store.rows(
        "SELECT name FROM deliveries WHERE place = ? AND kind = 'part' ORDER BY number",
        [application["place"]],
    )
    for number, each in enumerate(names, 1):
        file = f"{application['application_id']}.part-{number}.json"
        (row,) = store.rows("SELECT sealed FROM parts WHERE sha256 = ?", [each["name"]])
        _write(directory / file, row["sealed"])
        listed.append({"file": file, "bytes": len(row["sealed"]), "sha256": each["name"]})
    return listed


def _refuse_there(target: Path) -> None:
    if target.exists() or target.is_symlink():
        raise CopyRefused(f"{target}: is there already; name a new one")


def _check(part: Path) -> None:
    copy = sqlite3.connect(f"file:{part}?mode=ro", uri=True)
    try:
        (verdict,) = copy.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.DatabaseError as error:
        raise CopyRefused(f"{part}: the copy cannot be read: {error}") from None
    finally:
        copy.close()
    if verdict != "ok":
        raise CopyRefused(f"{part}: the copy is damaged: {verdict}")


def _write(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
