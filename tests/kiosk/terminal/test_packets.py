"""The pipe: whole packets, last words heard, nobody held up."""

from __future__ import annotations

import asyncio
import socket
from collections import deque

import pytest

from kiosk.messages import PACKET_LIMIT, BadMessage, Heartbeat, KeptNotice, Promote, StepShown, encode
from kiosk.packets import SEND_QUEUE, PacketEnd, PeerStalled
from kiosk.session.link import TerminalLink


def pair() -> tuple[socket.socket, socket.socket]:
    return socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)


async def test_packets_arrive_whole_and_in_order_also_when_the_kernel_has_to_queue_them() -> None:
    ours, theirs = (PacketEnd(sock) for sock in pair())
    sent = [bytes([number]) * PACKET_LIMIT for number in range(40)]
    for packet in sent:
        ours.send(packet)
    assert [await theirs.receive() for _ in sent] == sent
    ours.close()
    assert await theirs.receive() is None
    theirs.close()


async def test_the_last_words_of_a_process_that_died_without_reading_are_heard() -> None:
    ours_sock, theirs = pair()
    ours = PacketEnd(ours_sock)
    ours.send(b"unread")
    theirs.send(b"leaving")
    theirs.close()  # the kernel answers the next read with ECONNRESET first
    assert await ours.receive() == b"leaving"
    assert await ours.receive() is None
    ours.send(b"to nobody")
    ours.close()


async def test_a_waiting_reader_learns_that_its_own_end_was_closed() -> None:
    ours_sock, theirs = pair()
    ours = PacketEnd(ours_sock)
    waiting = asyncio.ensure_future(ours.receive())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    ours.close()
    assert await waiting is None
    theirs.close()


async def test_a_peer_that_stops_reading_is_reported_not_waited_for() -> None:
    ours_sock, theirs = pair()
    ours = PacketEnd(ours_sock)
    packets = (bytes(PACKET_LIMIT) for _ in range(SEND_QUEUE + 1000))
    with pytest.raises(PeerStalled):
        deque(map(ours.send, packets), maxlen=0)
    ours.close()
    theirs.close()


async def test_a_flood_leaves_everybody_else_their_turn() -> None:
    ours_sock, theirs = pair()
    ours = PacketEnd(ours_sock)
    for _ in range(100):
        theirs.send(b"flood")
    turns = 0

    async def somebody_else() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    other = asyncio.ensure_future(somebody_else())
    for _ in range(100):
        await ours.receive()
    other.cancel()
    assert turns >= 100
    ours.close()
    theirs.close()


async def test_a_packet_above_the_limit_is_refused() -> None:
    ours_sock, theirs = pair()
    ours = PacketEnd(ours_sock)
    theirs.send(bytes(PACKET_LIMIT + 1))
    with pytest.raises(BadMessage, match="above"):
        await ours.receive()
    ours.close()
    theirs.close()


async def test_the_session_speaks_in_messages() -> None:
    terminal_sock, session_sock = pair()
    terminal = PacketEnd(terminal_sock)
    link = TerminalLink(session_sock.detach())
    link.send(StepShown(step="welcome"))
    link.send(Heartbeat())
    assert await terminal.receive() == encode(StepShown(step="welcome"))
    promote = Promote(reach="online", kept_notice=KeptNotice(local_no="0001-261121-0007"))
    terminal.send(encode(promote))
    assert await link.receive() == promote
    terminal.send(b'{"kind":"dance"}')
    with pytest.raises(BadMessage):
        await link.receive()
    terminal.close()
    assert await link.receive() is None
    link.close()
