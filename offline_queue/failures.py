"""What can go wrong on the way to the platform, as types:

```
QueueFailure
├── StorageFailure          the disk
│   ├── StorageFull         no room; nothing was changed; may get better
│   ├── StorageFailed       a write or sync failed, or the file is damaged: fatal, close and reopen
│   │   └── QueueDamaged    the file cannot be read, or is gone: only a salvage goes on from here
│   ├── NewerQueue          written by a newer version of this program; nothing was changed
│   ├── WeakSettings        SQLite would not promise what "kept" means
│   └── QueueInUse          another process has the queue open
├── Refused                 this commit, not the disk; nothing was changed
│   ├── HashMismatch        the bytes are not those the session sealed
│   ├── OtherEnvelope       this id already names other bytes
│   ├── WrongEnvelope       not an envelope of the contract, or its header says something else
│   ├── QueueFull           too many wait for the platform
│   └── SigningFailed       the terminal's key cannot be used now; may get better
├── UnknownApplication      no such id here
├── ReceiptMismatch         a receipt for other bytes: nothing may be deleted
├── CopyRefused             a backup, export or salvage cannot be made there; the queue is untouched
└── UnreadableFile          a key or certificate of the settings cannot be used
```

`StorageFailure` and `Refused` carry `reason`, the pipe's word for them.
"""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from kiosk.messages import CommitRefusal


class QueueFailure(Exception):
    """The root of the tree above."""


class StorageFailure(QueueFailure):
    """The disk could not do it."""

    reason: ClassVar[CommitRefusal] = "storage_failed"


class StorageFull(StorageFailure):
    """No room left; the transaction was rolled back and nothing was changed."""

    reason: ClassVar[CommitRefusal] = "disk_full"


class StorageFailed(StorageFailure):
    """A write or sync failed, or the file is damaged.

    Fatal: after a failed sync the kernel may have dropped the pages, and a second sync would lie. The queue
    answers nothing more; close it, reopen it (which checks it), and go out of service if that fails.
    """


class QueueDamaged(StorageFailed):
    """The queue's file is damaged, gone or half salvaged. It is never begun anew without a person's word."""

    def __init__(self, path: Path, what: str) -> None:
        super().__init__(f"{path}: {what}; `python main.py queue salvage` brings back what can be read")


class NewerQueue(StorageFailure):
    """The file has changes that this version does not know."""


class WeakSettings(StorageFailure):
    """A setting read back from SQLite is weaker than the promise needs."""

    def __init__(self, setting: str, wanted: str, found: str) -> None:
        super().__init__(f"{setting} is {found}, must be {wanted}")
        self.setting = setting
        self.found = found


class QueueInUse(StorageFailure):
    """Another process has the queue open; there is only ever one connection."""


class Refused(QueueFailure):
    """This application is not kept, and nothing was changed."""

    reason: ClassVar[CommitRefusal] = "hash_mismatch"


class HashMismatch(Refused):
    """The bytes that arrived are not those the session sealed."""


class OtherEnvelope(Refused):
    """This application id already names other bytes."""


class WrongEnvelope(Refused):
    """Not an envelope of the contract, or its header disagrees with the commit; the text says where."""

    reason: ClassVar[CommitRefusal] = "incomplete"


class QueueFull(Refused):
    """As many applications wait for the platform as the settings allow."""

    reason: ClassVar[CommitRefusal] = "queue_full"


class SigningFailed(Refused):
    """The token that holds the terminal's key does not sign now; the text names the token and its error."""

    reason: ClassVar[CommitRefusal] = "storage_failed"


class UnknownApplication(QueueFailure):
    """No application with this id is here."""


class ReceiptMismatch(QueueFailure):
    """The receipt is for other bytes than the ones kept here."""


class CopyRefused(QueueFailure):
    """No copy under this name; the text says why, and the queue is as it was."""


class UnreadableFile(QueueFailure):
    """A key or certificate cannot be used: `path` and `reason` say which file, or which setting, and why."""

    def __init__(self, path: Path | str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason
