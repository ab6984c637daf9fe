"""Loads a vendor's shared library and finds its functions, with one clear line where that fails.

`dlopen` is called as a foreign function and not by ctypes itself, which would hold the interpreter's lock: a
library whose constructor hangs must not keep the thread that watches the pipe from running.
"""

from __future__ import annotations

import ctypes
import os
from pathlib import Path
from typing import Any, Protocol

from devices.vendor_host.operations import Operation
from devices.vendor_host.wire import Values

_LIBC = ctypes.CDLL(None)
_LIBC.dlopen.restype = ctypes.c_void_p
_LIBC.dlopen.argtypes = [ctypes.c_char_p, ctypes.c_int]
_LIBC.dlerror.restype = ctypes.c_char_p
_LIBC.dlerror.argtypes = []


class NotLoadable(Exception):
    """The library cannot be used; the text names file and reason."""


class Nonsense(Exception):
    """What a library gave cannot be meant: a length beyond its buffer, a similarity that is no number.

    Its text names function and reason, never the content.
    """


class Module(Protocol):
    """A loaded library as the host sees it."""

    def answer(self, operation: Operation, values: Values) -> Values:
        """Carry out one operation of the module's kind, with values of its shape. Raises `Nonsense`."""
        ...


class Library:
    """A shared library, loaded whole: what is missing shows now and not in the middle of somebody's card."""

    def __init__(self, path: Path) -> None:
        self._path = path
        if not path.exists():
            raise NotLoadable(f"{path}: does not exist")
        if not path.is_file():
            raise NotLoadable(f"{path}: is no file")
        # RTLD_NOW: unresolved functions are found here. RTLD_LOCAL is 0.
        handle = _LIBC.dlopen(os.fsencode(path.absolute()), os.RTLD_NOW)
        if handle is None:
            reason = os.fsdecode(_LIBC.dlerror() or b"no reason given").removeprefix(f"{path}: ")
            raise NotLoadable(f"{path}: cannot be loaded: {reason}")
        self._library = ctypes.CDLL(str(path), handle=handle)

    def function(self, name: str, *takes: Any, gives: Any = ctypes.c_int) -> Any:
        """The function `name` with C types `takes` and `gives`. Raises `NotLoadable`."""
        found = self.optional(name, *takes, gives=gives)
        if found is None:
            raise NotLoadable(f"{self._path}: has no function {name}")
        return found

    def optional(self, name: str, *takes: Any, gives: Any = ctypes.c_int) -> Any:
        """The same, or None where the library has no such function."""
        try:
            found = self._library[name]
        except AttributeError:
            return None
        found.argtypes, found.restype = list(takes), gives
        return found


def taken(buffer: ctypes.Array[ctypes.c_char], length: int, limit: int, of: str) -> bytes:
    """The first `length` bytes of what a function wrote; raises `Nonsense` beyond `limit`."""
    if not 0 <= length <= limit:
        raise Nonsense(f"{of} says that it wrote {length} bytes, at most {limit} can be")
    return buffer.raw[:length]
