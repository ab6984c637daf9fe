"""Simulated devices behind vendors' libraries: a fingerprint sensor, and cameras that judge liveness.

Each listens on a socket of its own; the settings name it where a library's path would be:
`library = "simulator:/run/…/sensor"`. Faults are fields. No compiler is needed.
"""

from __future__ import annotations

import base64
import json
import socket
import threading
from abc import ABC, abstractmethod
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from devices.vendor_host.operations import SIMULATED

GOOD_QUALITY = 85


class _SimulatedDevice(ABC):
    """Answers one line of JSON with another, on as many connections as there are."""

    def __init__(self, path: Path) -> None:
        self.hung = False
        """Takes questions and never answers."""
        self.garbled = False
        """Answers with values of wrong kinds."""
        self._path = path
        self._state = threading.Condition()
        self._asked: list[str] = []
        self._connections: list[socket.socket] = []
        self._listener: socket.socket | None = None
        self.replug()

    @property
    def library(self) -> str:
        """What the settings say for it."""
        return f"{SIMULATED}{self._path}"

    @property
    def asked(self) -> tuple[str, ...]:
        """Every question so far."""
        with self._state:
            return tuple(self._asked)

    def wait_for(self, question: str, since: int = 0, within_s: float = 10.0) -> int:
        """Block until `question` is among those from number `since` on; return the number after it.

        Raises `TimeoutError` after `within_s` seconds.
        """
        with self._state:
            if not self._state.wait_for(lambda: question in self._asked[since:], within_s):
                raise TimeoutError(f"no {question!r} within {within_s} s")
            return self._asked.index(question, since) + 1

    def unplug(self) -> None:
        """Pull the cable."""
        with self._state:
            ends, self._connections = self._connections, []
            if self._listener is not None:
                ends.append(self._listener)
                self._listener = None
        for end in ends:
            end.shutdown(socket.SHUT_RDWR)
            end.close()

    def replug(self) -> None:
        """Plug it in again."""
        self._path.unlink(missing_ok=True)
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(str(self._path))
        listener.listen()
        self._listener = listener
        threading.Thread(target=self._accept, args=(listener,), name=str(self._path), daemon=True).start()

    def close(self) -> None:
        """Take the device away for good."""
        self.unplug()
        self._path.unlink(missing_ok=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.close()

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                connection = listener.accept()[0]
            except OSError:
                return
            with self._state:
                self._connections.append(connection)
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        try:
            with connection.makefile("rb") as lines:
                for line in lines:
                    question = str(json.loads(line)["do"])
                    with self._state:
                        self._asked.append(question)
                        self._state.notify_all()
                    if not self.hung:
                        connection.sendall(json.dumps(self._said(question)).encode() + b"\n")
        except OSError:
            return  # unplugged

    def _said(self, question: str) -> dict[str, Any]:
        answer = self._answer(question)
        return dict.fromkeys(answer) if self.garbled else answer

    @abstractmethod
    def _answer(self, question: str) -> dict[str, Any]:
        """What the device says."""


class FingerprintSimulator(_SimulatedDevice):
    """A sensor to lay simulated fingers on: any name is a finger."""

    def __init__(self, path: Path) -> None:
        self._finger, self._quality = "", 0
        self.on = False
        """Whether its light burns."""
        super().__init__(path)

    def lay(self, finger: str, quality: int = GOOD_QUALITY) -> None:
        """Lay `finger` on; `quality` of 100 is how good the picture is."""
        with self._state:
            self._finger, self._quality = finger, quality

    def lift(self) -> None:
        """Lift it."""
        self.lay("", 0)

    def _answer(self, question: str) -> dict[str, Any]:
        match question:
            case "begin" | "end":
                self.on = question == "begin"
                return {}
            case "look":
                with self._state:
                    return {"finger": self._finger, "quality": self._quality}
            case _:
                return {}


class LivenessSimulator(_SimulatedDevice):
    """Cameras whose verdict is told to them: 0 undecided, 1 live, 2 attack."""

    def __init__(self, path: Path, jpeg: bytes, *, name: str = "simulated/1") -> None:
        self.verdict = 0
        self.reason = "looking"
        self.jpeg = jpeg
        """What the visible camera sees."""
        self._name = name
        super().__init__(path)

    def _answer(self, question: str) -> dict[str, Any]:
        match question:
            case "open":
                return {"name": self._name}
            case "look":
                jpeg = base64.b64encode(self.jpeg).decode()
                return {"verdict": self.verdict, "reason": self.reason, "jpeg": jpeg}
            case _:
                return {}
