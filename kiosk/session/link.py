"""The session's end of the pipe to the terminal: typed messages each way."""

from __future__ import annotations

import os
import socket

from kiosk.messages import FromSession, FromTerminal, decode_from_terminal, encode
from kiosk.packets import PacketEnd


class TerminalLink:
    """The pipe whose descriptor the terminal handed down as `--fd`. Belongs to one running loop."""

    def __init__(self, fd: int) -> None:
        # Nothing this session starts may hold the pipe open after the session has died.
        os.set_inheritable(fd, False)  # noqa: FBT003 - the standard library's own signature
        self._end = PacketEnd(socket.socket(fileno=fd))

    def send(self, message: FromSession) -> None:
        """Send without waiting. Raises `BadMessage` (too large) and `kiosk.packets.PeerStalled`."""
        self._end.send(encode(message))

    async def receive(self) -> FromTerminal | None:
        """The next message; None when the terminal is gone. Raises `BadMessage`: this session has to end."""
        packet = await self._end.receive()
        return None if packet is None else decode_from_terminal(packet)

    def close(self) -> None:
        """Hang up."""
        self._end.close()
