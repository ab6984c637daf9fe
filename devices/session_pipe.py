"""The pipe of a process that belongs to a session: when the session is gone, so is the process, at once."""

from __future__ import annotations

import os
import socket


def receive(pipe: socket.socket, length: int) -> bytes:
    """Wait for exactly `length` bytes. Ends this process when the session goes."""
    parts = bytearray()
    while len(parts) < length:
        try:
            part = pipe.recv(length - len(parts))
        except ConnectionError:
            part = b""
        if not part:
            os._exit(0)
        parts += part
    return bytes(parts)


def send(pipe: socket.socket, message: bytes) -> None:
    """Hand over all of `message`. Ends this process when the session goes."""
    try:
        pipe.sendall(message)
    except ConnectionError:
        os._exit(0)
