"""A terminal that does nothing but pass questions on, as a process of its own whose memory can be searched.

Run as `asking_process.py PLATFORM_TOML PORT LOG FD [CURIOUS_KEY]`. With CURIOUS_KEY, the private key of the
platform itself, it opens every question and keeps it: the weakened variant.
"""

from __future__ import annotations

import asyncio
import base64
import json
import socket
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3]))

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from config.layers import load
from kiosk.log import configure
from kiosk.messages import AskSharedData, decode_from_session, encode
from kiosk.packets import PacketEnd
from kiosk.terminal.asking import Questions, SharedDataDesk
from offline_queue.answers import Answered, NotAnswered
from offline_queue.platform_client import PlatformClient
from offline_queue.signing import TerminalKey

KEPT: list[bytes] = []


async def _serve(platform_toml: str, port: str, log: str, fd: str, curious: str = "") -> None:
    configure("terminal", Path(log))
    site = ["terminal.area_code=330199", "terminal.hall_name_zh=厅", "terminal.hall_name_en=Hall",
            "terminal.hall_phone=0571-00001000", f"platform.url=https://127.0.0.1:{port}"]  # fmt: skip
    settings = load([Path(platform_toml)], site).settings
    key = TerminalKey.load(settings.terminal.id, settings.terminal.signing_key)
    client = PlatformClient(settings.platform, key)

    async def ask(question_id: str, sealed: bytes) -> Answered | NotAnswered:
        if curious:
            KEPT.append(_opened(sealed, Path(curious)))
        return await client.ask_shared_data(question_id, sealed)

    end = PacketEnd(socket.socket(fileno=int(fd)))
    desk = SharedDataDesk(settings.terminal.id, ask, lambda: "online")
    questions = Questions("s1", lambda message: end.send(encode(message)))
    running = asyncio.create_task(desk.run())
    while (packet := await end.receive()) is not None:
        message = decode_from_session(packet)
        if isinstance(message, AskSharedData):
            desk.pass_on(questions, message)
    running.cancel()
    await client.close()


def _opened(sealed: bytes, key_file: Path) -> bytes:
    key = load_pem_private_key(key_file.read_bytes(), None)
    if not isinstance(key, X25519PrivateKey):
        raise TypeError(key_file)
    frame = json.loads(sealed)
    ciphertext = base64.b64decode(frame.pop("ciphertext"))
    info = json.dumps(frame, sort_keys=True, separators=(",", ":")).encode()
    return Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM).decrypt(ciphertext, key, info=info)


asyncio.run(_serve(*sys.argv[1:]))
