"""The control socket: how the command line asks a running terminal. Root (or the terminal's own user) only.

One JSON object a line each way over the Unix socket `runtime_dir/control.sock` (0600):
`{"ask": "status"}` is answered with the status, `{"ask": "guide-unlock", "staff_no": "0417"}` with
`{"unlocked": "0417"}`, anything else with `{"error": reason}`.
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
import struct
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

SOCKET_NAME = "control.sock"
ANSWER_S = 5.0
_LINE_LIMIT = 64 * 1024

Answer = dict[str, Any]
Answers = Mapping[str, Callable[[Mapping[str, Any]], Awaitable[Answer]]]
"""What can be asked, by name; each is given the whole question."""


class NoTerminal(Exception):
    """No terminal answers on this control socket; the text names it."""


@asynccontextmanager
async def serving(runtime_dir: Path, answers: Answers) -> AsyncIterator[None]:
    """Answer questions by their names for as long as the context lasts."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            if _peer_uid(writer.get_extra_info("socket")) in {0, os.geteuid()}:
                while line := await reader.readline():
                    answer = await _answer(line, answers)
                    writer.write(json.dumps(answer, ensure_ascii=False).encode() + b"\n")
                    await writer.drain()
        except (ConnectionError, ValueError):  # hung up, or a line above the limit
            pass
        finally:
            writer.close()

    path = runtime_dir / SOCKET_NAME
    path.unlink(missing_ok=True)
    before = os.umask(0o177)
    try:
        server = await asyncio.start_unix_server(talk, path, limit=_LINE_LIMIT)
    finally:
        os.umask(before)
    try:
        yield
    finally:
        server.close()
        path.unlink(missing_ok=True)


def ask(runtime_dir: Path, question: str, answer_s: float = ANSWER_S, **details: str) -> Answer:
    """Ask the running terminal, from the command line. Raises `NoTerminal` if none answers in `answer_s`."""
    path = runtime_dir / SOCKET_NAME
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as sock:
        sock.settimeout(answer_s)
        try:
            sock.connect(str(path))
            sock.sendall(json.dumps({"ask": question, **details}).encode() + b"\n")
            line = sock.makefile("rb").readline()
        except OSError as error:
            raise NoTerminal(f"{path}: {error.strerror or 'no answer'}") from None
    if not line:
        raise NoTerminal(f"{path}: not for this user, or the terminal is ending")
    answer: Answer = json.loads(line)
    return answer


async def _answer(line: bytes, answers: Answers) -> Answer:
    try:
        asked = json.loads(line)
    except ValueError:
        return {"error": "not a JSON object"}
    question = asked.get("ask") if isinstance(asked, dict) else None
    if not isinstance(question, str) or question not in answers:
        return {"error": f"unknown question; known: {', '.join(sorted(answers))}"}
    return await answers[question](asked)


def _peer_uid(sock: socket.socket) -> int:
    """The user at the other end (unix(7), SO_PEERCRED: pid, uid, gid)."""
    _pid, uid, _gid = struct.unpack("3i", sock.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))
    return int(uid)
