"""A process of our own at the other end of a socket: how each of the session's workers begins."""

from __future__ import annotations

import asyncio
import socket
from asyncio.subprocess import DEVNULL, Process
from collections.abc import Sequence
from pathlib import Path

Worker = tuple[Process, asyncio.StreamReader, asyncio.StreamWriter]


async def start_worker(argv: Sequence[str], *, also: Sequence[int] = (), cwd: Path | None = None) -> Worker:
    """Start `argv --fd N`, where N is its end of the socket; it has the file descriptors `also` besides.

    It is in the caller's own process group, on purpose: what kills the session kills the worker. A caller who
    is cancelled leaves no process behind. Raises `OSError` when it does not start.
    """
    ours, theirs = socket.socketpair()
    with theirs:
        # The socket first: once the process runs nothing more is waited for, and no cancellation can lose it.
        reader, writer = await asyncio.open_connection(sock=ours)
        end = theirs.fileno()
        try:
            process = await asyncio.create_subprocess_exec(
                *argv, "--fd", str(end), pass_fds=(end, *also), stdin=DEVNULL, cwd=cwd
            )
        except BaseException:
            writer.close()
            raise
    return process, reader, writer
