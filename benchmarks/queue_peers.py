"""Queues that others have made, each as it comes and with the fullest durability that it can be told.

What may be told: its own settings and methods, and PRAGMAs by a connection that it shows. None is patched.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from benchmarks.figures import NotTaken
from benchmarks.queue_ways import Item, Way

try:
    import diskcache
    import huey
    import litequeue
    import persistqueue
    from persistqueue.exceptions import Empty
except ImportError as error:
    raise NotTaken(f"{error.name} is not installed: run `tools/setup-bench`") from None

_AS_IT_COMES, _FULL = "as it comes", "told to be durable"

UNTOLD = (
    "persist-queue's acknowledged queue and huey open SQLite with synchronous=FULL by themselves, and huey "
    "has no way to take a task and acknowledge it later. persist-queue's files are synced whenever one is "
    "full, so they are told to hold one envelope each; the file that says where it stands is never synced. "
    "litequeue is told FULL by the connection that it shows, and at the start to give out again what was "
    "taken; diskcache is told FULL by its setting, and looks before it takes."
)


class _AckQueue:
    """persist-queue's SQLite queue with acknowledgements; what was not acknowledged comes again."""

    def __init__(self, directory: Path) -> None:
        self._queue = persistqueue.SQLiteAckQueue(str(directory))
        self._taken = b""

    def put(self, item: Item) -> None:
        self._queue.put(item.envelope)

    def take(self) -> bytes | None:
        try:
            self._taken = self._queue.get(block=False)
        except Empty:
            return None
        return self._taken

    def done(self) -> None:
        self._queue.ack(self._taken)

    def close(self) -> None:
        self._queue.close()


class _Files:
    """persist-queue's queue of files."""

    def __init__(self, directory: Path, chunksize: int) -> None:
        # Its default is the system's folder for temporary files, if that is on the same disk.
        self._queue = persistqueue.Queue(str(directory), chunksize=chunksize, tempdir=str(directory))

    def put(self, item: Item) -> None:
        self._queue.put(item.envelope)

    def take(self) -> bytes | None:
        try:
            return self._queue.get_nowait()
        except Empty:
            return None

    def done(self) -> None:
        self._queue.task_done()

    def close(self) -> None:
        del self._queue  # closes its files


class _LiteQueue:
    """litequeue: what is taken is locked."""

    def __init__(self, directory: Path, *, durable: bool) -> None:
        self._queue = litequeue.LiteQueue(str(directory / "queue.sqlite"))
        self._taken = ""
        if durable:
            self._queue.conn.execute("PRAGMA synchronous=FULL")
            for message in list(self._queue.list_locked(threshold_seconds=0)):
                self._queue.retry(message.message_id)

    def put(self, item: Item) -> None:
        self._queue.put(item.envelope.decode())

    def take(self) -> bytes | None:
        message = self._queue.pop()
        if message is None:
            return None
        self._taken = message.message_id
        return message.data.encode()

    def done(self) -> None:
        self._queue.done(self._taken)

    def close(self) -> None:
        self._queue.close()


class _Huey:
    """huey on SQLite: a task is gone when it is taken."""

    def __init__(self, directory: Path, *, fsync: bool | None) -> None:
        self._huey = huey.SqliteHuey("sending", filename=str(directory / "huey.sqlite"), fsync=fsync)
        self._send = self._huey.task()(_send)

    def put(self, item: Item) -> None:
        self._send(item.envelope)

    def take(self) -> bytes | None:
        task = self._huey.dequeue()
        return None if task is None else task.args[0]

    def done(self) -> None:
        """It went when it was taken."""

    def close(self) -> None:
        self._huey.storage.close()


def _send(_envelope: bytes) -> None:
    """The task; nobody runs it."""


class _Deque:
    """diskcache's deque, as its own words have it: append, popleft."""

    def __init__(self, directory: Path) -> None:
        self._deque = diskcache.Deque(directory=str(directory))

    def put(self, item: Item) -> None:
        self._deque.append(item.envelope)

    def take(self) -> bytes | None:
        try:
            return self._deque.popleft()
        except IndexError:
            return None

    def done(self) -> None:
        """It went when it was taken."""

    def close(self) -> None:
        self._deque.cache.close()


class _DurableDeque(_Deque):
    """The same with synchronous=FULL, and looked at before it is taken."""

    def __init__(self, directory: Path) -> None:
        cache = diskcache.Cache(str(directory), eviction_policy="none", sqlite_synchronous=2)
        self._deque = diskcache.Deque.fromcache(cache)

    def take(self) -> bytes | None:
        try:
            return self._deque.peekleft()
        except IndexError:
            return None

    def done(self) -> None:
        self._deque.popleft()


PEERS: Sequence[Way] = (
    Way(f"persist-queue SQLiteAckQueue, {_AS_IT_COMES}", _AckQueue),
    Way(f"persist-queue Queue, {_AS_IT_COMES}", lambda directory: _Files(directory, chunksize=100)),
    Way(f"persist-queue Queue, {_FULL}", lambda directory: _Files(directory, chunksize=1)),
    Way(f"litequeue, {_AS_IT_COMES}", lambda directory: _LiteQueue(directory, durable=False)),
    Way(f"litequeue, {_FULL}", lambda directory: _LiteQueue(directory, durable=True)),
    Way(f"huey SqliteHuey, {_AS_IT_COMES}", lambda directory: _Huey(directory, fsync=None)),
    Way(f"huey SqliteHuey, {_FULL}", lambda directory: _Huey(directory, fsync=True)),
    Way(f"diskcache Deque, {_AS_IT_COMES}", _Deque),
    Way(f"diskcache Deque, {_FULL}", _DurableDeque),
)
