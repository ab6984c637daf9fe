"""A server that signs a receipt for whatever comes, keeps nothing and reads nothing: `thin_platform.py DIR`.

The least that a terminal can be answered with over mTLS. It serves a platform's directory and prints its
port.
"""

from __future__ import annotations

import asyncio
import hashlib
import ssl
import sys
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from central_platform.contract import canonical
from central_platform.opening import Keyring

_HEAD_END = b"\r\n\r\n"
_APPLICATIONS = "/v1/applications/"


class ThinPlatform:
    """Answers probes, applications and what follows them."""

    def __init__(self, keyring: Keyring) -> None:
        self._keyring = keyring
        self._received = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one connection until it ends."""
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                head = (await reader.readuntil(_HEAD_END)).decode("ascii")
                body = await reader.readexactly(_length(head))
                answer = canonical(self._keyring.signed(self._fields(head.split(" ")[1], body)))
                said = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(answer)}"
                writer.write(said.encode() + _HEAD_END + answer)
                await writer.drain()
        writer.close()

    def _fields(self, path: str, body: bytes) -> dict[str, Any]:
        now = datetime.now(UTC).isoformat(timespec="seconds")
        if not path.startswith(_APPLICATIONS):
            kid = self._keyring.envelopes.kid
            return {"v": 1, "nonce": path.partition("nonce=")[2], "time": now, "envelope_kid": kid}
        application_id, _, follower = path.removeprefix(_APPLICATIONS).partition("/")
        digest = hashlib.sha256(body).hexdigest()
        if follower:
            return {"v": 1, "kind": follower, "application_id": application_id, "sent_sha256": digest}
        self._received += 1
        return {
            "v": 1,
            "application_id": application_id,
            "envelope_sha256": digest,
            "filing_no": f"33019900-20261122-{self._received:06}",
            "received_at": now,
        }


def _length(head: str) -> int:
    lines = head.lower().split("\r\n")
    return next((int(line.partition(":")[2]) for line in lines if line.startswith("content-length:")), 0)


async def serve(directory: Path) -> None:
    """Serve until killed."""
    keys = directory / "platform"
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(keys / "server.pem", keys / "server.key")
    tls.load_verify_locations(keys / "client_ca.pem")
    tls.verify_mode = ssl.CERT_REQUIRED
    thin = ThinPlatform(Keyring.load(directory))
    server = await asyncio.start_server(thin.serve, "127.0.0.1", 0, ssl=tls)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1])))
