"""The host: a process that holds one vendor library and answers for it on one socket.

`main.py vendor-host KIND LIBRARY --fd N` is this. It knows nothing of settings, logs or citizens; end-of-file
on the socket ends it at once, also while the library hangs. A photo or a fingerprint is only in its memory:
no core dump, no bytes into any file, and nothing that the library prints goes anywhere.
"""

from __future__ import annotations

import ctypes
import os
import queue
import resource
import signal
import socket
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from devices.session_pipe import receive, send
from devices.vendor_host import wire
from devices.vendor_host.libraries.fingerprint import FingerprintModule
from devices.vendor_host.libraries.liveness import LivenessModule
from devices.vendor_host.libraries.sdt import SdtModule
from devices.vendor_host.libraries.simulated import SimulatedFingerprint, SimulatedLiveness
from devices.vendor_host.libraries.wlt import WltModule
from devices.vendor_host.loading import Library, Module, Nonsense, NotLoadable
from devices.vendor_host.operations import OPERATIONS, SIMULATED, ModuleKind, longest_call
from devices.vendor_host.wire import What

OPEN_FILES = 256
"""A library that leaks descriptors meets this, and not the terminal's own limit."""

EXIT_BAD_WIRE, EXIT_NOT_LOADED, EXIT_CRASHED = 2, 3, 70
"""Exit statuses: a message that is none; no usable library; a mistake of ours."""

_PR_SET_DUMPABLE = 4

_MODULES: dict[ModuleKind, Callable[[Library], Module]] = {
    ModuleKind.SDT: SdtModule,
    ModuleKind.WLT: WltModule,
    ModuleKind.FINGERPRINT: FingerprintModule,
    ModuleKind.LIVENESS: LivenessModule,
}
_SIMULATED: dict[ModuleKind, Callable[[Path], Module]] = {
    ModuleKind.FINGERPRINT: SimulatedFingerprint,
    ModuleKind.LIVENESS: SimulatedLiveness,
}


def main(kind: str, library: str, fd: int) -> None:
    """Serve the driver at the other end of socket `fd` until it goes.

    `kind` is a value of `ModuleKind`. Never returns: the process ends with the socket.
    """
    _keep_to_itself()
    _Host(ModuleKind(kind), socket.socket(fileno=fd)).serve(library)


def _keep_to_itself() -> None:
    """Leave the library no way to put what it knows anywhere but into its answers."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # A core dump that is piped to a program ignores that limit, but not this.
    ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    # Vendors' decoders like to leave the photo as a file where they are. Python ignores SIGXFSZ already.
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    files = OPEN_FILES if most == resource.RLIM_INFINITY else min(OPEN_FILES, most)
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, files))
    # Ctrl-C reaches the whole group; the session decides when this ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)


class _Host:
    """The pipe's reading thread posts calls; the main thread is the only one in the library."""

    def __init__(self, kind: ModuleKind, pipe: socket.socket) -> None:
        self._kind = kind
        self._pipe = pipe
        self._limit = longest_call(kind)
        self._operations = {operation.code: operation for operation in OPERATIONS[kind]}
        self._calls: queue.SimpleQueue[tuple[int, bytes]] = queue.SimpleQueue()
        self._number = 0
        """Of the call that is being answered."""
        sys.excepthook = self._crash
        threading.excepthook = lambda crash: self._crash(crash.exc_type, crash.exc_value, crash.exc_traceback)
        # Before the library is loaded: its constructor may hang, and this process must still end.
        threading.Thread(target=self._listen, name="pipe", daemon=True).start()

    def serve(self, library: str) -> None:
        """Load, then answer calls for ever."""
        try:
            module = _load(self._kind, library)
        except NotLoadable as refusal:
            self._send(What.NOT_LOADED, wire.text_body(str(refusal)))
            os._exit(EXIT_NOT_LOADED)
        self._send(What.LOADED)
        while True:
            self._number, body = self._calls.get()
            try:
                operation = self._operations[wire.operation_of(body)]
                values = wire.read_values(body, operation.takes)
            except (wire.BadWire, KeyError):
                os._exit(EXIT_BAD_WIRE)
            try:
                given = module.answer(operation, values)
                answer = wire.values_body(operation.code, operation.gives, given)
            except (Nonsense, wire.BadWire) as nonsense:
                self._send(What.NONSENSE, wire.text_body(str(nonsense)))
            else:
                self._send(What.RESULT, answer)

    def _listen(self) -> None:
        try:
            while True:
                what, number, length = wire.read_head(receive(self._pipe, wire.HEAD.size), self._limit)
                body = receive(self._pipe, length)
                if what is not What.CALL:
                    os._exit(EXIT_BAD_WIRE)
                self._calls.put((number, body))
        except wire.BadWire:
            os._exit(EXIT_BAD_WIRE)

    def _send(self, what: What, body: bytes = b"") -> None:
        send(self._pipe, wire.pack(what, self._number, body))

    def _crash(
        self, kind: type[BaseException], _error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Our own mistake: type and place go to the driver, not the text, which may quote a person."""
        frames = traceback.extract_tb(trace)
        place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "unknown"
        self._send(What.NONSENSE, wire.text_body(f"the host itself failed: {kind.__name__} at {place}"))
        os._exit(EXIT_CRASHED)


def _load(kind: ModuleKind, library: str) -> Module:
    """The module; raises `NotLoadable`."""
    if library.startswith(SIMULATED):
        return _SIMULATED[kind](Path(library.removeprefix(SIMULATED)))
    return _MODULES[kind](Library(Path(library)))
