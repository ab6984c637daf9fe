"""One end of the pipe between terminal and session: whole packets in, whole packets out, on asyncio.

The socket is AF_UNIX SOCK_SEQPACKET, so a packet is a message and nothing has to be reassembled. Neither
side can hold up the other: sending never waits, and a peer that has stopped reading is a `PeerStalled`.
"""

from __future__ import annotations

import asyncio
import socket
from collections import deque

from kiosk.messages import PACKET_LIMIT, BadMessage

SEND_QUEUE = 512
"""Packets that may wait for a slow peer: two of the largest envelopes, and far more than anything else."""


class PeerStalled(Exception):
    """The other side has not read its last `SEND_QUEUE` packets."""


class PacketEnd:
    """This process's end of the pipe. Owns `sock`, belongs to one running loop, and has one receiver."""

    def __init__(self, sock: socket.socket) -> None:
        sock.setblocking(False)  # noqa: FBT003 - the standard library's own signature
        self._sock = sock
        self._loop = asyncio.get_running_loop()
        self._unsent: deque[bytes] = deque()
        self._readable: asyncio.Future[None] | None = None
        self._closed = False

    def send(self, packet: bytes) -> None:
        """Send or queue one packet, in order. After the peer is gone this does nothing: `receive` tells.

        Raises `PeerStalled` when too many packets wait already.
        """
        if self._closed:
            return
        if self._unsent:
            if len(self._unsent) >= SEND_QUEUE:
                raise PeerStalled
            self._unsent.append(packet)
        elif not self._sent(packet):
            self._unsent.append(packet)
            self._loop.add_writer(self._sock, self._flush)

    async def receive(self) -> bytes | None:
        """The next packet, or None at the end of the pipe. Raises `BadMessage` for one above the limit."""
        # A peer that floods the pipe gets one packet a turn of the loop; everybody else keeps their turns.
        await asyncio.sleep(0)
        while not self._closed:
            try:
                packet = self._sock.recv(PACKET_LIMIT + 1)
            except BlockingIOError:
                await self._until_readable()
            except ConnectionResetError:
                # The peer died with packets of ours unread. The kernel says so once, before it hands over
                # what the peer had sent; giving up here would lose its last words.
                continue
            else:
                if len(packet) > PACKET_LIMIT:
                    raise BadMessage(f"packet: above {PACKET_LIMIT} bytes")
                return packet or None
        return None

    def close(self) -> None:
        """Give the socket back; a waiting `receive` returns None. What is still queued is dropped."""
        if self._closed:
            return
        self._closed = True
        self._loop.remove_reader(self._sock)
        self._loop.remove_writer(self._sock)
        self._sock.close()
        self._unsent.clear()
        self._wake()

    async def _until_readable(self) -> None:
        self._readable = self._loop.create_future()
        self._loop.add_reader(self._sock, self._wake)
        try:
            await self._readable
        finally:
            self._readable = None
            if not self._closed:
                self._loop.remove_reader(self._sock)

    def _wake(self) -> None:
        if self._readable is not None and not self._readable.done():
            self._readable.set_result(None)

    def _sent(self, packet: bytes) -> bool:
        try:
            self._sock.send(packet)
        except BlockingIOError:
            return False
        except (BrokenPipeError, ConnectionResetError):
            pass
        return True

    def _flush(self) -> None:
        while self._unsent and self._sent(self._unsent[0]):
            self._unsent.popleft()
        if not self._unsent:
            self._loop.remove_writer(self._sock)
