"""Serving enrolment: a port that asks for no client certificate, and knows nothing but enrolment."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from central_platform.invitations import ENROLMENT_PORT
from central_platform.keys import BadDirectory


@contextmanager
def enrolling(app: FastAPI, directory: Path, host: str, port: int) -> Iterator[None]:
    """Serve for as long as the context lasts; `<directory>/enrolment_port` says where. `port` 0: a free one.

    The file stays, for invitations while the platform is down; one that is served without enrolment removes
    it.

    Raises `BadDirectory`.
    """
    keys, announced = directory / "platform", directory / ENROLMENT_PORT
    try:
        listener = socket.create_server((host, port))
    except OSError as error:
        raise BadDirectory(directory, f"{host}:{port}: {error.strerror}") from None
    server = uvicorn.Server(
        uvicorn.Config(
            app,
            loop="asyncio",
            http="h11",
            ws="none",
            lifespan="off",
            log_level="warning",
            access_log=False,
            server_header=False,
            limit_concurrency=_MOST_AT_ONCE,
            timeout_graceful_shutdown=1,
            ssl_certfile=keys / "server.pem",
            ssl_keyfile=keys / "server.key",
        )
    )
    thread = threading.Thread(target=server.run, args=([listener],), name="enrolment")
    with listener:
        announced.write_text(f"{listener.getsockname()[1]}\n", "ascii")
        thread.start()
        try:
            yield
        finally:
            server.should_exit = True
            thread.join()


_MOST_AT_ONCE = 20
"""Callers at once; nobody who enrols waits long, and strangers may knock here."""
