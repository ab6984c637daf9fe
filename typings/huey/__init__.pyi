# The part of huey that the figures use.

from collections.abc import Callable

class Task:
    args: tuple[bytes, ...]

class Storage:
    def close(self) -> bool: ...

class SqliteHuey:
    storage: Storage
    def __init__(self, name: str = ..., *, filename: str, fsync: bool | None = ...) -> None: ...
    def task(self) -> Callable[[Callable[[bytes], None]], Callable[[bytes], object]]: ...
    def dequeue(self) -> Task | None: ...
