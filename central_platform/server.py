"""Serving: TLS that asks every caller for a terminal's certificate, quiet logs, one line when ready."""

from __future__ import annotations

import os
import socket
import ssl
import sys
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import uvicorn
from cryptography import x509

from central_platform.app import make_app
from central_platform.certificates import common_name
from central_platform.downstream import DOWNSTREAM
from central_platform.enrolment import Enrolment
from central_platform.enrolment_app import make_enrolment_app
from central_platform.enrolment_server import enrolling
from central_platform.invitations import ENROLMENT_PORT
from central_platform.keys import BadDirectory
from central_platform.opening import Keyring
from central_platform.person_index import index_earlier
from central_platform.receiving import Platform
from central_platform.records import DATABASE
from central_platform.revocation import Doorkeeper
from central_platform.shared_data import SharedData
from central_platform.shared_data_sets import DataFiles, DataSets
from central_platform.tables import open_database
from central_platform.tls import NamedCaller

SHARED_DATA = "shared_data"
"""Where a platform's data sets are, in its directory, unless it is told otherwise."""


LAST_WORDS_S = 5
"""How long requests under way may go on when the platform stops; who never hangs up is not waited for."""


class _Announced(uvicorn.Server):
    """Says where it is once it answers, on standard output and in `<directory>/port`."""

    def __init__(self, config: uvicorn.Config, directory: Path, host: str, port: int) -> None:
        super().__init__(config)
        self._directory = directory
        self._host = host
        self._port = port

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen, then announce it."""
        await super().startup(sockets)
        fresh = self._directory / "port.new"
        fresh.write_text(f"{self._port}\n", "ascii")
        fresh.replace(self._directory / "port")
        sys.stdout.write(f"platform ready at https://{self._host}:{self._port}\n")
        sys.stdout.flush()


def serve(
    directory: Path,
    host: str = "127.0.0.1",
    port: int = 8443,
    shared_data: Path | None = None,
    enrolment_port: int | None = None,
) -> None:
    """Serve until told to stop (SIGTERM, SIGINT). `port` 0 takes a free one.

    With `enrolment_port` invited terminals can enrol there; without it nobody can.

    `shared_data` is a directory of data sets; by default `<directory>/shared_data`, if it is there. Without
    any, every question for shared data is refused. Raises `BadDirectory` when keys are missing, a data set is
    wrong or the address cannot be had; nothing was served then.
    """
    keyring = Keyring.load(directory)
    keys = directory / "platform"
    for name in ("server.pem", "server.key", "client_ca.pem"):
        if not (keys / name).is_file():
            raise BadDirectory(keys / name, "is missing")
    own_data = directory / SHARED_DATA
    if shared_data is None and own_data.is_dir():
        shared_data = own_data
    data_sets = DataSets if shared_data is None else DataFiles(shared_data)
    os.umask(0o077)
    engine = open_database(directory / DATABASE)
    closed = index_earlier(engine, keyring)
    if closed:
        sys.stderr.write(f"platform: no key opens {closed} earlier applications: nobody is told of them\n")
    platform = Platform(engine, keyring, _now, directory / DOWNSTREAM)
    config = uvicorn.Config(
        Doorkeeper(make_app(platform, SharedData(engine, keyring, _now, data_sets)), directory),
        loop="asyncio",
        http=NamedCaller,
        ws="none",
        lifespan="off",
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=LAST_WORDS_S,
        ssl_certfile=keys / "server.pem",
        ssl_keyfile=keys / "server.key",
        ssl_ca_certs=str(keys / "client_ca.pem"),
        ssl_cert_reqs=ssl.CERT_REQUIRED,
    )
    try:
        listener = socket.create_server((host, port))
    except OSError as error:
        raise BadDirectory(directory, f"{host}:{port}: {error.strerror}") from None
    (directory / ENROLMENT_PORT).unlink(missing_ok=True)
    with listener, ExitStack() as stack:
        # Accepted sockets inherit it; asyncio sets it only on those whose protocol was named.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        actual: int = listener.getsockname()[1]
        if enrolment_port is not None:
            url = f"https://{_own_name(keys)}:{actual}"
            enrolment = Enrolment(engine, keyring, directory, url, _now)
            stack.enter_context(enrolling(make_enrolment_app(enrolment), directory, host, enrolment_port))
        _Announced(config, directory, host, actual).run(sockets=[listener])


def _own_name(keys: Path) -> str:
    """What terminals call this platform."""
    return common_name(x509.load_pem_x509_certificate((keys / "server.pem").read_bytes()))


def _now() -> datetime:
    return datetime.now(UTC)
